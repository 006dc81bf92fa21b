"""What is due by the clock: words of translations that were returned; the app's configuration names it."""

from datetime import timedelta

from django.utils import timezone

from portal.translations.domain import forget_returned
from portal.work.schedules import Schedule


def forget_due() -> None:
    forget_returned(timezone.now())


FORGET = Schedule(name="forget_translations", every=timedelta(days=1), run=forget_due)
