"""What happens to a review cycle, as verbs; the room and the demo call them. Only who holds a seat may."""

from dataclasses import asdict
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.common import events
from portal.common.actors import Actor
from portal.common.errors import Incomplete, NotAllowed, Problem, WrongState
from portal.followup.cycles.priorities import carry_over
from portal.followup.cycles.turns import MAX_REASON, is_early, why_not_open
from portal.followup.enums import CycleState
from portal.followup.models import ReviewCycle
from portal.followup.pack.domain import prepare
from portal.followup.queries import open_cycle_at
from portal.followup.rules import may_run_cycles
from portal.followup.snapshots import files as snapshots
from portal.followup.snapshots.turnout import turnout_in_content
from portal.publication.figures import note_change

KIND = "review_cycle"
NEEDED = _("Write why this cannot wait for the last day of the cycle.")
BEFORE = {
    CycleState.OPEN: CycleState.PLANNED,
    CycleState.FROZEN: CycleState.OPEN,
    CycleState.CLOSED: CycleState.FROZEN,
}


@transaction.atomic
def open_cycle(cycle: ReviewCycle, *, actor: Actor, now: datetime) -> ReviewCycle:
    """From now on reports carry it; what went first before and is not complete goes first again.

    Raises `WrongState` while another one is open, before its first day and out of its turn.
    """
    stored = require_movable(cycle, CycleState.OPEN, actor, now)
    if refusal := why_not_open(stored, now.date()):
        raise WrongState(refusal)
    stored.opened_at = now
    return _moved(stored, CycleState.OPEN, actor, now, carry_over(stored).as_details())


@transaction.atomic
def freeze_cycle(
    cycle: ReviewCycle, *, actor: Actor, now: datetime, reading: snapshots.Reading | None = None
) -> ReviewCycle:
    """What is public now is kept as one file, for good; reports that come later do not carry the cycle.

    The worker calls it once somebody has asked for it (`freezing`) and has said why where it is early.
    `reading` is what was read of the ledger before the cycle was locked; it is read again where anything
    public has changed meanwhile.
    """
    stored = require_movable(cycle, CycleState.FROZEN, actor, now)
    if reading is not None and (reading.day != now.date() or not reading.is_current):
        reading = None
    content = snapshots.content_of(stored, now, reading)
    stored.figures = asdict(snapshots.figures_in(content))
    stored.turnout = turnout_in_content(content).as_json()
    stored.snapshot, stored.frozen_at = snapshots.store(content), now
    details = {"snapshot": stored.snapshot, **_early(stored.frozen_early)}
    moved = _moved(stored, CycleState.FROZEN, actor, now, details)
    prepare(moved, now=now)
    return moved


@transaction.atomic
def close_cycle(cycle: ReviewCycle, *, actor: Actor, now: datetime, reason: str = "") -> ReviewCycle:
    """Its review is over. Raises `Incomplete` without a reason before its last day."""
    stored = require_movable(cycle, CycleState.CLOSED, actor, now)
    stored.closed_early = require_reason(stored, reason, now)
    stored.closed_at = now
    return _moved(stored, CycleState.CLOSED, actor, now, _early(stored.closed_early))


def cycle_at(moment: datetime) -> str:
    """The slug of the cycle that was open at a moment; empty where none was. One query."""
    cycle = open_cycle_at(moment)
    return cycle.slug if cycle else ""


def require_movable(cycle: ReviewCycle, to: CycleState, actor: Actor, now: datetime) -> ReviewCycle:
    """The stored row, locked. Raises `NotAllowed`, and `WrongState` where that is not its next step."""
    if not may_run_cycles(actor, now.date()):
        raise NotAllowed(f"move a cycle to {to}")
    stored = ReviewCycle.objects.select_for_update().get(pk=cycle.pk)
    if stored.state != BEFORE[to]:
        raise WrongState(_("This review cycle has moved on meanwhile. Look at where it stands now."))
    return stored


def require_reason(cycle: ReviewCycle, reason: str, now: datetime) -> str:
    """What is kept of it: nothing from the last day on. Raises `Incomplete` where one is needed."""
    if not is_early(cycle, now.date()):
        return ""
    if not reason.strip():
        raise Incomplete([Problem("reason", NEEDED)])
    return reason.strip()[:MAX_REASON]


def _early(reason: str) -> dict[str, object]:
    return {"early": reason} if reason else {}


def _moved(
    cycle: ReviewCycle,
    to: CycleState,
    actor: Actor,
    now: datetime,
    details: dict[str, object] | None = None,
) -> ReviewCycle:
    cycle.state = to
    cycle.save()
    events.record(to.value, kind=KIND, key=cycle.slug, actor=actor, now=now, details=details)
    note_change()
    return cycle
