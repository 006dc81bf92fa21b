"""Demo content and accounts; nothing imports it."""
