"""Reminds organizations of pledges that an open review cycle has no report of; the worker's clock calls it.

Which days, and who is left out, stands in docs/followup.md, "Reminders".
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from portal.followup.models import Reminder, ReviewCycle
from portal.followup.queries import current_cycle
from portal.followup.reminding.mails import remind
from portal.followup.reminding.queries import unreported_pledges
from portal.organizations.models import Organization
from portal.organizations.recipients import Recipients, recipients_of
from portal.organizations.states import STATES
from portal.publication.models import Record

# From the last day of the cycle.
DAYS = (-60, -30, -7, 14)
# Later than so nobody is reminded of a day that was missed.
LATEST = timedelta(days=30)


class RemindedError(Exception):
    """Another worker has reminded the organization today."""


@dataclass(frozen=True, slots=True)
class Due:
    """The last of the days above that has come, `on` which date."""

    days: int
    on: date


def due_in(cycle: ReviewCycle, today: date) -> Due | None:
    """None before the first day, before the cycle was opened, and when the day is long over.

    What counts down to the last day has no sense after it.
    """
    if cycle.opened_at is None:
        return None
    days = [Due(days, cycle.closes_on + timedelta(days=days)) for days in DAYS]
    come = [due for due in days if cycle.opened_at.date() <= due.on <= today]
    if not come or (come[-1].days < 0 and today > cycle.closes_on):
        return None
    return come[-1] if today - come[-1].on <= LATEST else None


def send_reminders(*, now: datetime) -> int:
    """The number of mails. To be called again as often as one likes: each is sent once."""
    cycle, today = current_cycle(), now.date()
    due = due_in(cycle, today) if cycle else None
    if cycle is None or due is None:
        return 0
    silent = unreported_pledges(cycle, since=due.on)
    rows = list(_to_remind(cycle, due, today).filter(pk__in=silent))
    recipients = recipients_of(rows)
    return sum(
        _remind(row, recipients[row.pk], cycle, due, silent[row.pk], today)
        for row in rows
        if recipients[row.pk].people
    )


def _to_remind(cycle: ReviewCycle, due: Due, today: date) -> QuerySet[Organization]:
    """Verified, not reminded of the cycle since the day that is due, and of nothing today.

    So another last day of the cycle begins anew, and nobody is told the same twice.
    """
    told = Reminder.objects.filter(Q(cycle=cycle, sent_on__gte=due.on) | Q(sent_on=today))
    rows = Organization.objects.filter(state__in=STATES.public)
    return rows.exclude(pk__in=told.values("organization")).order_by("pk")


def _remind(
    organization: Organization,
    to: Recipients,
    cycle: ReviewCycle,
    due: Due,
    silent: Sequence[Record],
    today: date,
) -> bool:
    """The row and the mail together or none of them; False when another worker was faster.

    A fault in the mail is raised.
    """
    row = Reminder(organization=organization, cycle=cycle, days=due.days, sent_on=today)
    row.pledges, row.people = [record.public_id for record in silent], len(to.people)
    try:
        with transaction.atomic():
            _save(row)
            remind(organization, to, cycle, silent, today)
    except RemindedError:
        return False
    return True


def _save(row: Reminder) -> None:
    try:
        row.save()
    except IntegrityError as taken:
        raise RemindedError from taken
