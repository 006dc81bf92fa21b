"""The thread from question to review, and the follow-up overview."""
