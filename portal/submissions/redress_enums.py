"""What the secretariat can do against a text, and where that and an appeal against it stand."""

from datetime import timedelta
from enum import StrEnum

# From the day on which its organization is told of a measure that stands.
APPEAL_FOR = timedelta(days=30)


class Act(StrEnum):
    DECLINED = "declined"
    TAKEN_DOWN = "taken_down"
    REDACTED = "redacted"


class MeasureState(StrEnum):
    # A take-down that a second person confirms or undoes; a redaction of what is not published yet.
    PROVISIONAL = "provisional"
    STANDS = "stands"
    ENDED = "ended"
    # The same was done again to its text, which had come back in between.
    REPLACED = "replaced"


OVER = (MeasureState.ENDED, MeasureState.REPLACED)


class AppealState(StrEnum):
    SUBMITTED = "submitted"
    # One of two has decided.
    SECOND = "second"
    GRANTED = "granted"
    DISMISSED = "dismissed"
