"""Reads a file of conclusions into a draft, again and again without doubling; the command calls `run`."""
