"""Review cycles: what happens to them, their pages in public and at the desk, their calendar in the admin."""
