"""Dossiers: collected passages with comments, shared with named people and exported."""
