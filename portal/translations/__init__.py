"""Translations beside published texts of organizations: entered, decided about, kept in step, taken off."""
