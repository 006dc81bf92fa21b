"""What is due by the clock: what was kept of a take-down goes once it does not come back any more."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from portal.submissions.models import Measure
from portal.submissions.redress.measures import forget, locked
from portal.submissions.redress.states import APPEAL_STATES
from portal.submissions.redress_enums import MeasureState
from portal.submissions.states import SubmissionState
from portal.submissions.types import submission_type
from portal.work.schedules import Schedule, each_tried


def end_take_downs(now: datetime) -> int:
    """Of take-downs whose term is over, and of texts that were taken back meanwhile. How many."""
    return each_tried("take_down_ending", _over(now), _end)


def _over(now: datetime) -> Iterator[Measure]:
    """Two queries, and one for each kind."""
    rows = Measure.objects.filter(kept__isnull=False)
    appealed = Q(appeal__state__in=APPEAL_STATES.waiting)
    ended = set(rows.filter(state=MeasureState.STANDS, appeal_until__lt=now).exclude(appealed))
    down = _texts_down(rows)
    return (row for row in rows if row in ended or row.submission_key not in down)


def _texts_down(rows: Iterable[Measure]) -> set[UUID]:
    keys = defaultdict[str, list[UUID]](list)
    for row in rows:
        keys[row.kind].append(row.submission_key)
    texts = [
        submission_type(kind).model._default_manager.filter(key__in=own, state=SubmissionState.TAKEN_DOWN)
        for kind, own in keys.items()
    ]
    return {key for own in texts for key in own.values_list("key", flat=True)}


@transaction.atomic
def _end(row: Measure) -> bool:
    forget(locked(row, *MeasureState))
    return True


def end_due() -> None:
    end_take_downs(timezone.now())


END = Schedule(name="end_take_downs", every=timedelta(hours=1), run=end_due, at=timedelta(minutes=40))
