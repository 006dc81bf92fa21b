"""What is due by the clock: amendments that fit their texts no more; the app's configuration names it."""

from datetime import timedelta

from django.utils import timezone

from portal.submissions.amending.domain import lapse_all
from portal.work.schedules import Schedule


def lapse_now() -> None:
    lapse_all(timezone.now())


LAPSE = Schedule(name="lapse_amendments", every=timedelta(minutes=10), run=lapse_now)
