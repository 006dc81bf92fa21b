"""What of a public text two can amend, and where a proposal to do so stands."""

from enum import StrEnum


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
