"""What people keep of the search for themselves; stands above `search`."""
