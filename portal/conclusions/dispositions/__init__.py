"""What became of each intervention, as editors see it in a draft and set it."""
