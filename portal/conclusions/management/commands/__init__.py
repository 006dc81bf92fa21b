"""Commands of the conclusions."""
