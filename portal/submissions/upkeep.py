"""What is due by the clock: the history of texts grows thin with time; the app's configuration names it."""

from datetime import timedelta

from django.utils import timezone

from portal.submissions.history import thin
from portal.work.schedules import Schedule


def thin_history() -> None:
    thin(timezone.now())


THIN = Schedule(name="thin_history", every=timedelta(hours=1), run=thin_history, at=timedelta(minutes=20))
