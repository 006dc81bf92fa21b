"""The state of a consultation: the second before, at and after each boundary, by its own clock."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from portal.cms.queries import PublicPage
from portal.consultations.course import Facts, state_at, steps_at
from portal.consultations.deadlines import Call, Exceptions
from portal.consultations.enums import ConsultationState as State
from portal.submissions.deadlines import Standing

SECOND = timedelta(seconds=1)
MEXICO = "America/Mexico_City"


def _at(text: str, zone: str = MEXICO) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


WAY: dict[str, Any] = {
    "time_zone": MEXICO,
    "starts_on": date(2024, 5, 16),
    "ends_on": date(2024, 5, 17),
    "opens_at": _at("2024-03-01T09:00"),
    "deadline": _at("2024-06-14T18:00"),
    "conclusions_at": _at("2024-09-01T12:00"),
    "followed_up_on": date(2025, 1, 10),
    "has_questions": True,
}
EARLY = WAY | {"deadline": _at("2024-05-10T18:00")}
ORAL = WAY | {"opens_at": None, "deadline": None}
# Facts, the moment of a boundary, the state until then and from then on.
BOUNDARIES = [
    (WAY, _at("2024-03-01T09:00"), State.CONCEPT_NOTE, State.OPEN),
    # Open goes on after the meeting, until the deadline.
    (WAY, _at("2024-05-18T00:00"), State.OPEN, State.OPEN),
    (WAY, _at("2024-06-14T18:00"), State.OPEN, State.CLOSED),
    (WAY, _at("2024-09-01T12:00"), State.CLOSED, State.OUTCOMES),
    (WAY, _at("2025-01-10T00:00"), State.OUTCOMES, State.FOLLOWED_UP),
    (EARLY, _at("2024-05-10T18:00"), State.OPEN, State.CLOSED),
    (EARLY, _at("2024-05-18T00:00"), State.CLOSED, State.MEETING_HELD),
    (EARLY, _at("2024-09-01T12:00"), State.MEETING_HELD, State.OUTCOMES),
    (ORAL, _at("2024-05-18T00:00"), State.CONCEPT_NOTE, State.MEETING_HELD),
    (ORAL | {"ends_on": None}, _at("2024-05-17T00:00"), State.CONCEPT_NOTE, State.MEETING_HELD),
    (WAY | {"closed_at": _at("2024-04-01T00:00")}, _at("2024-04-01T00:00"), State.OPEN, State.CLOSED),
    # Conclusions end it, whatever the deadline says.
    (WAY | {"deadline": None}, _at("2024-09-01T12:00"), State.OPEN, State.OUTCOMES),
    # Without public questions one can write on it as a whole.
    (WAY | {"has_questions": False}, _at("2024-03-01T09:00"), State.ANNOUNCED, State.OPEN),
    (WAY | {"has_questions": False}, _at("2024-06-14T18:00"), State.OPEN, State.CLOSED),
]  # fmt: skip


@pytest.mark.parametrize(("facts", "moment", "before", "after"), BOUNDARIES)
def test_state_changes_at_its_boundary(
    facts: dict[str, Any], moment: datetime, before: State, after: State
) -> None:
    told = [state_at(Facts(**facts), moment + step) for step in (-SECOND, 0 * SECOND, SECOND)]
    assert told == [before, after, after]
    call = Call(PublicPage(uuid4(), "Brasília", "", "en", extra={"place": ""}), Facts(**facts), Exceptions())
    standing = [call.deadline(None, moment + step).standing for step in (-SECOND, 0 * SECOND, SECOND)]
    assert [each == Standing.OPEN for each in standing] == [state == State.OPEN for state in told]


@pytest.mark.parametrize(
    ("zone", "midnight"),
    [
        ("America/Mexico_City", datetime(2024, 5, 18, 6, tzinfo=UTC)),
        ("America/Sao_Paulo", datetime(2024, 5, 18, 3, tzinfo=UTC)),
        ("UTC", datetime(2024, 5, 18, tzinfo=UTC)),
        ("Pacific/Auckland", datetime(2024, 5, 17, 12, tzinfo=UTC)),
    ],
)
def test_a_meeting_is_over_at_midnight_of_its_place(zone: str, midnight: datetime) -> None:
    facts = Facts(**ORAL | {"time_zone": zone})
    told = [state_at(facts, midnight + step) for step in (-SECOND, 0 * SECOND)]
    assert told == [State.CONCEPT_NOTE, State.MEETING_HELD]


def test_nothing_known_is_announced() -> None:
    assert state_at(Facts(), datetime(2024, 1, 1, tzinfo=UTC)) == State.ANNOUNCED
    assert state_at(Facts(has_questions=True), datetime(2024, 1, 1, tzinfo=UTC)) == State.CONCEPT_NOTE


@pytest.mark.parametrize(
    "facts", [WAY, EARLY, ORAL, {"time_zone": MEXICO, "conclusions_at": WAY["conclusions_at"]}]
)
def test_way_has_every_state_once_and_one_current(facts: dict[str, Any]) -> None:
    for day in range(0, 500, 5):
        now = _at("2024-02-01T00:00") + timedelta(days=day)
        steps = steps_at(Facts(**facts), now)
        assert {step.state for step in steps} == set(State)
        assert [step.state for step in steps if step.is_current] == [state_at(Facts(**facts), now)]
        # What lies ahead is never called done, what has begun always is.
        assert [step.state for step in steps if step.since and step.since > now and step.is_done] == []
        assert [
            step.state
            for step in steps
            if step.since and step.since <= now and not (step.is_done or step.is_current)
        ] == []


def test_way_puts_an_early_deadline_before_the_meeting() -> None:
    now = _at("2024-05-12T00:00")
    order = [(step.state, step.is_done) for step in steps_at(Facts(**EARLY), now)]
    assert order[2:5] == [(State.OPEN, True), (State.CLOSED, False), (State.MEETING_HELD, False)]
