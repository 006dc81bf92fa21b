"""Notes of contacts with the parties of silent pledges, for holders of seats alone."""
