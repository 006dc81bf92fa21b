"""Freezing a review cycle as a job of the worker: the ledger is read with progress, then the cycle is locked.

The room notes the job; run again after its worker died it freezes what is not frozen yet.
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from portal.common import events
from portal.common.actors import Actor, person
from portal.common.errors import NotAllowed, WrongState
from portal.followup.cycles.domain import KIND, freeze_cycle, require_movable, require_reason
from portal.followup.enums import CycleState
from portal.followup.models import ReviewCycle
from portal.followup.snapshots import files as snapshots
from portal.work.declarations import LONG, JobKind, Payload, PermanentFailure, Task
from portal.work.domain import enqueue
from portal.work.enums import ACTIVE

FREEZE = "freeze_cycle"


@transaction.atomic
def ask_to_freeze(cycle: ReviewCycle, *, actor: Actor, now: datetime, reason: str = "") -> ReviewCycle:
    """Leave it to the worker. Raises `WrongState` while it does so already, `Incomplete` like closing."""
    stored = require_movable(cycle, CycleState.FROZEN, actor, now)
    kept = require_reason(stored, reason, now)
    job = enqueue(FREEZE, {"cycle": stored.slug, "user": actor.user_id}, now=now, key=stored.slug)
    if job is None:
        raise WrongState(_("This review cycle is being frozen already. Its page says how far it is."))
    stored.freeze_job, stored.frozen_early = job, kept
    stored.save(update_fields=["freeze_job", "frozen_early"])
    events.record("freezing", kind=KIND, key=stored.slug, actor=actor, now=now)
    return stored


def is_being_frozen(cycle: ReviewCycle) -> bool:
    job = cycle.freeze_job
    return cycle.state == CycleState.OPEN and job is not None and job.state in ACTIVE


def freeze(task: Task) -> Payload:
    """A refusal, such as a seat that has ended meanwhile, leaves the cycle open and is told."""
    cycle = ReviewCycle.objects.filter(slug=task.payload["cycle"]).first()
    user = User.objects.filter(pk=task.payload["user"], is_active=True).first()
    if cycle is None or user is None:
        raise PermanentFailure("The cycle or the account is gone.")
    if cycle.is_frozen:
        return {"snapshot": cycle.snapshot}
    reading = snapshots.read(timezone.now(), task.progress)
    try:
        with transaction.atomic():
            frozen = freeze_cycle(cycle, actor=person(user), now=timezone.now(), reading=reading)
            task.finish(told := {"snapshot": frozen.snapshot, **_numbers(reading)})
    except (NotAllowed, WrongState) as refusal:
        raise PermanentFailure(str(refusal)) from refusal
    return told


def _numbers(reading: snapshots.Reading) -> dict[str, int]:
    return {name: len(rows) for name, rows in reading.rows.items()}


FREEZING = JobKind(name=FREEZE, queue=LONG, run=freeze, max_attempts=5)
