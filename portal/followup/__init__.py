"""The trace from question to review, and the follow-up overview."""
