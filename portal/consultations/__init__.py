"""Consultation pages: consultation, segment, thematic area and guiding question."""
