"""What is due by the clock: what was kept of a take-down goes once it does not come back any more."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from portal.submissions.models import Measure
from portal.submissions.redress.measures import forget, locked
from portal.submissions.redress.queries import text_of
from portal.submissions.redress.states import APPEAL_STATES
from portal.submissions.redress_enums import MeasureState
from portal.submissions.states import SubmissionState
from portal.work.schedules import Schedule


def end_take_downs(now: datetime) -> int:
    """Of take-downs whose term is over, and of texts that were taken back meanwhile. How many."""
    rows = list(_over(now))
    for row in rows:
        _end(row)
    return len(rows)


def _over(now: datetime) -> Iterator[Measure]:
    rows = Measure.objects.filter(kept__isnull=False)
    appealed = Q(appeal__state__in=APPEAL_STATES.waiting)
    ended = set(rows.filter(state=MeasureState.STANDS, appeal_until__lt=now).exclude(appealed))
    for row in rows:
        if row in ended or text_of(row)[1].state != SubmissionState.TAKEN_DOWN:
            yield row


@transaction.atomic
def _end(row: Measure) -> None:
    forget(locked(row, *MeasureState))


def end_due() -> None:
    end_take_downs(timezone.now())


END = Schedule(name="end_take_downs", every=timedelta(hours=1), run=end_due, at=timedelta(minutes=40))
