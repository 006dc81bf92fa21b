"""Organizations that may be one: suggested to people, never merged by itself."""
