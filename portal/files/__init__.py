"""Files that people give: what they are, what they say, where they lie. Imports `portal.common` only."""
