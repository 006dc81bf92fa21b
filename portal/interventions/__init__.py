"""What organizations say on guiding questions."""
