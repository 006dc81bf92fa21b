"""Reminds organizations to confirm their profile each year, and lets those lapse that do not; by the clock.

Nobody lapses who was not told a week before, whatever the clock has missed.
"""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from portal.common.actors import system
from portal.organizations.enums import OrganizationState
from portal.organizations.models import Organization
from portal.organizations.recipients import Recipients, recipients_of
from portal.organizations.verifying import mails
from portal.organizations.verifying.standing import lapse_organization

DAYS = (30, 7)
LAST = timedelta(days=DAYS[-1])


def lapses_on(organization: Organization) -> date:
    """The day on which it lapses unless it is confirmed: never sooner than a week after the last mail."""
    since = organization.confirmed_at or organization.decided_at or organization.created_at
    day = (since + timedelta(days=settings.CONFIRM_DAYS)).date()
    if organization.reminded_on is None or organization.reminded_days != DAYS[-1]:
        return day
    return max(day, organization.reminded_on + LAST)


def tend_confirmations(*, now: datetime | None = None) -> int:
    """The number of mails. To be called as often as one likes: each is sent once."""
    now = now or timezone.now()
    rows = list(_due(now))
    recipients = recipients_of(rows)
    return sum(_tend(row, recipients[row.pk], now) for row in rows)


def _due(now: datetime) -> QuerySet[Organization]:
    """Verified, and not confirmed for so long that somebody should be told."""
    since = now - timedelta(days=settings.CONFIRM_DAYS - DAYS[0] - 1)
    verified = Organization.objects.filter(state=OrganizationState.VERIFIED)
    dated = verified.annotate(since=Coalesce("confirmed_at", "decided_at", "created_at"))
    return dated.filter(since__lt=since).order_by("pk")


@transaction.atomic
def _tend(row: Organization, to: Recipients, now: datetime) -> int:
    """Remind it, or let it lapse; nothing where another worker was faster or it was confirmed meanwhile."""
    row = Organization.objects.select_for_update().get(pk=row.pk)
    today, left = now.date(), (lapses_on(row) - now.date()).days
    if row.state != OrganizationState.VERIFIED:
        return 0
    if left <= 0 and row.reminded_days == DAYS[-1]:
        return mails.tell_lapsed(lapse_organization(row, actor=system("tend_confirmations"), now=now))
    due = next((days for days in reversed(DAYS) if left <= days), None)
    if due is None or (row.reminded_days is not None and row.reminded_days <= due):
        return 0
    row.reminded_on, row.reminded_days = today, due
    row.save(update_fields=["reminded_on", "reminded_days"])
    until = lapses_on(row)
    return mails.remind(row, to, until, (until - today).days)
