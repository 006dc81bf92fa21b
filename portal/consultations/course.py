"""In which state a consultation is at a moment, from its dates and acts; page, desk and API all ask here.

A state begins at its moment and lasts until a later one has begun. A consultation that takes interventions
while its meeting is held is open; published conclusions end that. Days are those of the consultation's time
zone. Nothing is read here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from portal.consultations.enums import ConsultationState

EARLIEST = datetime.min.replace(tzinfo=UTC)
# The last day that has a day after it in every time zone.
LATEST = date.max - timedelta(days=2)
_OVER = frozenset({ConsultationState.CLOSED, ConsultationState.OUTCOMES, ConsultationState.FOLLOWED_UP})


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a state follows from. `has_questions`: the concept note's guiding questions are public."""

    time_zone: str = "UTC"
    starts_on: date | None = None
    ends_on: date | None = None
    opens_at: datetime | None = None
    deadline: datetime | None = None
    closed_at: datetime | None = None
    conclusions_at: datetime | None = None
    followed_up_on: date | None = None
    has_questions: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One state on a consultation's way. `since` is when it began or will begin, where that is known."""

    state: ConsultationState
    is_done: bool
    is_current: bool
    since: datetime | None


# The columns that hold facts, by their names; the others follow from what else is public.
FOLLOWING = ("has_questions", "conclusions_at")
COLUMNS = tuple(name for name in Facts.__dataclass_fields__ if name not in FOLLOWING)


def facts_from(columns: Mapping[str, Any], **known: Any) -> Facts:
    """The facts in a row's columns and what is `known` besides."""
    return Facts(**{name: columns[name] for name in COLUMNS} | known)


def state_at(facts: Facts, now: datetime) -> ConsultationState:
    reached = [state for state, since in _moments(facts).items() if since is not None and since <= now]
    if ConsultationState.OPEN in reached and not _OVER & {*reached}:
        return ConsultationState.OPEN
    return reached[-1]


def over_since(facts: Facts) -> datetime | None:
    """Since when, or from when on, it takes nothing whatever its deadlines say: the first that is known."""
    moments = (facts.conclusions_at, _begin(facts.followed_up_on, facts.time_zone))
    return min((moment for moment in moments if moment is not None), default=None)


def steps_at(facts: Facts, now: datetime) -> list[Step]:
    """Its way through all states. What comes before the current one is done even if nobody noted when."""
    moments, current = _moments(facts), state_at(facts, now)
    before = True
    steps = []
    for state, since in moments.items():
        before = before and state != current
        is_done = state != current and (before if since is None else since <= now)
        steps.append(Step(state, is_done, state == current, None if since == EARLIEST else since))
    return steps


def _moments(facts: Facts) -> dict[ConsultationState, datetime | None]:
    """When each state begins, in the order of the way; None where nothing says that it ever does.

    Interventions may close before the meeting or after it.
    """
    closes = [moment for moment in (facts.deadline, facts.closed_at) if moment is not None]
    moments = {
        ConsultationState.ANNOUNCED: EARLIEST,
        ConsultationState.CONCEPT_NOTE: EARLIEST if facts.has_questions else None,
        ConsultationState.OPEN: facts.opens_at,
        ConsultationState.MEETING_HELD: _after(facts.ends_on or facts.starts_on, facts.time_zone),
        ConsultationState.CLOSED: min(closes, default=None),
        ConsultationState.OUTCOMES: facts.conclusions_at,
        ConsultationState.FOLLOWED_UP: _begin(facts.followed_up_on, facts.time_zone),
    }
    held, closed = moments[ConsultationState.MEETING_HELD], moments[ConsultationState.CLOSED]
    if held is None or closed is None or held <= closed:
        return moments
    order = list(moments)
    at = order.index(ConsultationState.MEETING_HELD)
    order[at], order[at + 1] = order[at + 1], order[at]
    return {state: moments[state] for state in order}


def _begin(day: date | None, zone: str) -> datetime | None:
    """Midnight at the beginning of a day."""
    return None if day is None else datetime.combine(day, time.min, tzinfo=ZoneInfo(zone))


def _after(day: date | None, zone: str) -> datetime | None:
    """Midnight at the end of a day."""
    return None if day is None else _begin(min(day, LATEST) + timedelta(days=1), zone)
