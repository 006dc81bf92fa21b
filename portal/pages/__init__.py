"""Home, content pages, timeline."""
