"""Migrations of the bare site."""
