"""Assessments: what a body with seats finds of a pledge, from the draft to the public record."""
