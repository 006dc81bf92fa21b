"""What became of an organization's contributions, its objections, and the decisions about them."""
