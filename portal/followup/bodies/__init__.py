"""Bodies of the follow-up: their public pages, rows and feed, and their seats in the admin."""
