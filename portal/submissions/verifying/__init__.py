"""The public page that says whether a receipt is good: it needs number and file, and tells nothing else."""
