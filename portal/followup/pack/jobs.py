"""The job of the worker that makes a pack, and the schedule that asks for those that have to be made anew."""

from datetime import timedelta

from django.utils import timezone

from portal.followup.models import ReviewCycle
from portal.followup.pack import domain
from portal.followup.snapshots.files import SnapshotChanged
from portal.work.declarations import LONG, JobKind, Payload, PermanentFailure, Task
from portal.work.schedules import Schedule


def _make(task: Task) -> Payload:
    """Run again after its worker died, it passes over the languages that are there."""
    cycle = ReviewCycle.objects.filter(slug=task.payload["cycle"]).first()
    if cycle is None:
        raise PermanentFailure("The review cycle is gone.")
    try:
        return {"made": domain.make(cycle, now=timezone.now(), progress=task.progress)}
    except SnapshotChanged as changed:
        raise PermanentFailure(f"The snapshot of {changed} is not the one that was frozen.") from changed


def _refresh() -> int:
    return domain.refresh(now=timezone.now())


MAKING = JobKind(name=domain.MAKE, queue=LONG, run=_make)
REFRESHING = Schedule(name="refresh_packs", every=timedelta(minutes=10), run=_refresh)
