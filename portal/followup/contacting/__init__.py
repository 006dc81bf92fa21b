"""Notes of contacts with the parties of silent pledges, for seats in bodies that run cycles alone."""
