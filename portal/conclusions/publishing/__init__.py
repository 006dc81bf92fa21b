"""Publishes a version of conclusions: what it needs, what stands in its way, what becomes public."""
