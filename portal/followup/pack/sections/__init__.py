"""One module for each section of the pack, a function of the view that gives it."""
