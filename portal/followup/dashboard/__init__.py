"""The public dashboard of the follow-up: one scope of pledges, figures drawn from it, and their addresses."""
