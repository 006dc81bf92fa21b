"""What is due by the clock in the follow-up; the app declares it."""

from datetime import timedelta

from django.utils import timezone

from portal.followup.contacting.domain import erase_old_notes
from portal.followup.reminding.domain import send_reminders
from portal.work.schedules import Schedule


def _remind() -> int:
    return send_reminders(now=timezone.now())


def _erase() -> None:
    erase_old_notes(now=timezone.now())


# In the morning of the Americas.
REMINDERS = Schedule(name="send_reminders", every=timedelta(days=1), at=timedelta(hours=13), run=_remind)
ERASING = Schedule(
    name="erase_contact_notes",
    every=timedelta(days=1),
    at=timedelta(hours=3, minutes=45),
    run=_erase,
)
