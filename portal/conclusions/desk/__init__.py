"""The staff desk's screens for drafting conclusions: parts, segments with their contributions, publishing."""
