"""Consultation pages and the interventions that answer their questions."""
