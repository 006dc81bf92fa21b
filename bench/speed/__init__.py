"""What search costs on synthetic texts, beside the raw engines; bench/search_speed.py calls it."""
