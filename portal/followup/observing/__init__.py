"""Observations of organizations and notes of the observatory, from the draft to the public record."""
