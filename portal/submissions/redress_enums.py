"""What the secretariat can do against a text, and where that and an appeal against it stand."""

from enum import StrEnum


class Act(StrEnum):
    DECLINED = "declined"
    TAKEN_DOWN = "taken_down"
    REDACTED = "redacted"


class MeasureState(StrEnum):
    # Done by one person; a second one confirms or undoes it.
    PROVISIONAL = "provisional"
    STANDS = "stands"
    ENDED = "ended"


class AppealState(StrEnum):
    SUBMITTED = "submitted"
    # One of two has decided.
    SECOND = "second"
    GRANTED = "granted"
    DISMISSED = "dismissed"
