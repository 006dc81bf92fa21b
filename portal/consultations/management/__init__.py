"""Commands of the consultations."""
