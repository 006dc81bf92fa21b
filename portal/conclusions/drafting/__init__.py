"""Writing a draft by hand: the parts of its tree, their words by language, the summary in plain words."""
