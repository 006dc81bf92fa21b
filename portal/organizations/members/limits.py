"""How long a request to join lasts, and how many somebody may send."""

from datetime import timedelta

ASKED_FOR = timedelta(days=30)
# Of one organization.
OPEN_INVITATIONS = 50
# By one person within a day.
DAY = timedelta(days=1)
INVITATIONS_A_DAY = 30
REQUESTS_A_DAY = 5
# After so long without signing in an owner counts as out of reach.
OUT_OF_REACH = timedelta(days=60)
LONGEST_TEXT = 1_000
