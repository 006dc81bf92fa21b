"""What an organization writes, at the desk: for every type of submission."""
