"""What is public is amended by two: proposed by one of the secretariat, accepted or confirmed by another."""
