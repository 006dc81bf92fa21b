"""Until when something can be submitted, why until then, and what that means at a moment.

Pure. An app tells the facts of each draft as `Limits` and gets `Deadline`s, for which desk, verbs and
moderation ask; in words they stand in `deadline_words`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

# A draft that was begun in time can be submitted so long after the deadline, as late.
GRACE = timedelta(minutes=30)
# What the secretariat returns can be submitted again so long after that, whatever the deadline is.
CORRECTING = timedelta(days=14)


class Standing(StrEnum):
    """What a deadline means now."""

    NOT_YET = "not_yet"
    OPEN = "open"
    GRACE = "grace"
    CLOSED = "closed"


class Why(StrEnum):
    """Where a deadline comes from."""

    COMMON = "common"
    TYPE = "type"
    EARLY = "early"
    LATER = "later"
    RETURNED = "returned"
    OVER = "over"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a deadline follows from, for one organization and draft.

    `opens`: None where nothing can be submitted yet. `common`: of everybody, `of_type` in its place where
    the type has one of its own; `closed_at` ends both early. `later`: what the secretariat gave the
    organization. `over`: since when nothing is taken any more, but what was returned. `begun`: None before
    there is a draft. `returned`: when it was returned, None where that or what it answers is new.
    """

    opens: datetime | None = None
    common: datetime | None = None
    of_type: datetime | None = None
    closed_at: datetime | None = None
    later: datetime | None = None
    over: datetime | None = None
    begun: datetime | None = None
    returned: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """Of one consultation for one organization and draft at a moment.

    `ends`: the first moment at which it is too late, None without any. `language`: of the title.
    """

    key: UUID
    title: str
    language: str
    zone: str
    place: str
    opens: datetime | None
    ends: datetime | None
    why: Why
    standing: Standing
    now: datetime
    organization: str = ""

    @property
    def is_late(self) -> bool:
        """What is submitted now is marked late."""
        return self.standing == Standing.GRACE

    @property
    def is_shut(self) -> bool:
        """Nothing can be submitted now."""
        return self.standing in {Standing.NOT_YET, Standing.CLOSED}

    @property
    def last_day(self) -> date | None:
        """By the clock of the place."""
        last = self.ends - timedelta(microseconds=1) if self.ends else None
        return last.astimezone(ZoneInfo(self.zone)).date() if last else None

    @property
    def grace_ends(self) -> datetime | None:
        return self.ends + GRACE if self.ends else None


def ends_of(limits: Limits, now: datetime) -> tuple[datetime | None, Why]:
    """The deadline and why it is this one. Without one it lasts until the conclusions are published."""
    ends, why = _public(limits)
    if ends is not None and limits.later is not None and limits.later > ends:
        ends, why = limits.later, Why.LATER
    if limits.over is not None and limits.over <= now and (ends is None or limits.over < ends):
        ends, why = limits.over, Why.OVER
    corrected_by = limits.returned + CORRECTING if limits.returned else None
    if ends is not None and corrected_by is not None and corrected_by > ends:
        return corrected_by, Why.RETURNED
    return ends, why


def standing_of(limits: Limits, now: datetime) -> Standing:
    """The server's clock decides: at the moment of the deadline it has passed."""
    ends, why = ends_of(limits, now)
    if why != Why.RETURNED and (limits.opens is None or now < limits.opens):
        return Standing.NOT_YET
    if ends is None or now < ends:
        return Standing.OPEN
    has_grace = why != Why.OVER and limits.begun is not None and limits.begun < ends
    return Standing.GRACE if has_grace and now < ends + GRACE else Standing.CLOSED


def any_late(deadlines: Iterable[Deadline]) -> bool:
    return any(each.is_late for each in deadlines)


def any_shut(deadlines: Iterable[Deadline]) -> bool:
    return any(each.is_shut for each in deadlines)


def _public(limits: Limits) -> tuple[datetime | None, Why]:
    """That of everybody of its type, before what is given to the organization alone."""
    ends, why = limits.common, Why.COMMON
    if limits.of_type is not None:
        ends, why = limits.of_type, Why.TYPE
    if limits.closed_at is not None and (ends is None or limits.closed_at < ends):
        return limits.closed_at, Why.EARLY
    return ends, why
