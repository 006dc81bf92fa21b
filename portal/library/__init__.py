"""Library documents and their passages."""
