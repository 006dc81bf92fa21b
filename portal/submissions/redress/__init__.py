"""What the secretariat does against a text, and how its organization has that looked at again."""
