"""The bare site's one app."""
