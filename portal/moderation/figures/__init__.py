"""The public page of moderation: its rules in words, and figures that tell of no one text."""
