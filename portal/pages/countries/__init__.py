"""Pages of the countries of the region: what was said, promised and reported there."""
