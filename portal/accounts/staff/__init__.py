"""The staff: the second step they need, who is invited, has which tasks, is suspended."""
