"""What is public of conclusions: their page, records of recommendations, the read API."""
