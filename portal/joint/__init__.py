"""Joint statements: other organizations sign what one has written; drafts shared with a network."""
