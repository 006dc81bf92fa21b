"""Replies of a pledge's parties to an assessment, within thirty days of its publication."""
