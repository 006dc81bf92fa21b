"""What of a public text two can amend, and where a proposal to do so stands."""

from datetime import timedelta
from enum import StrEnum

# From when it was refused, taken back or lapsed: what it would have changed is kept for who proposed it.
CHANGES_FOR = timedelta(days=180)


class Part(StrEnum):
    # Its words: its organization accepts or refuses.
    TEXT = "text"
    # What it is about, its language, its country: a second moderator confirms or refuses.
    FILING = "filing"


class AmendmentState(StrEnum):
    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    TAKEN_BACK = "taken_back"
    LAPSED = "lapsed"
