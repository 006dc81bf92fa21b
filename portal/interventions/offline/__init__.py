"""Texts written without a connection: a form that was filled in as a Word file becomes drafts."""
