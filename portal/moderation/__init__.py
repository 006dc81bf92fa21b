"""One queue for the secretariat over everything that waits for a decision."""
