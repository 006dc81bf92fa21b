"""The glossary's editing by two people and its candidates mined from translations; stands above `search`."""
