"""Organizations, memberships, verification."""
