"""What is due by the clock: amendments lapse, and what they would have changed goes after its term."""

from datetime import datetime, timedelta

from django.utils import timezone

from portal.submissions.amending.domain import lapse_all
from portal.submissions.amending_enums import CHANGES_FOR, AmendmentState
from portal.submissions.models import Amendment
from portal.work.schedules import Schedule


def lapse_now() -> None:
    lapse_all(timezone.now())


def forget_changes(now: datetime) -> int:
    """Of those that came to nothing, `CHANGES_FOR` afterwards; how many."""
    rows = Amendment.objects.filter(settled_at__lt=now - CHANGES_FOR).exclude(state=AmendmentState.PROPOSED)
    return rows.exclude(changes={}).update(changes={})


def forget_due() -> None:
    forget_changes(timezone.now())


LAPSE = Schedule(name="lapse_amendments", every=timedelta(minutes=10), run=lapse_now)
FORGET = Schedule(name="forget_amendments", every=timedelta(days=1), run=forget_due)
