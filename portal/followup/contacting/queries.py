"""Reads of contact notes (private): for who holds a seat in a body that runs cycles, and is no party."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import QuerySet

from portal.common.actors import Actor
from portal.followup.models import ContactNote
from portal.followup.rules import may_contact

# How long a contact without a day to wait for rests.
REST = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Contacted:
    """How often somebody spoke with the parties, the last time, and until when to wait."""

    number: int = 0
    last: date | None = None
    wait_until: date | None = None

    def is_waiting(self, today: date) -> bool:
        return self.wait_until is not None and self.wait_until >= today

    def rests(self, today: date) -> bool:
        """Nobody has to ask again yet: up to the day that was noted, else for a while after the contact."""
        if self.wait_until is not None:
            return self.is_waiting(today)
        return self.last is not None and today - self.last < REST


def notes_on(key: UUID) -> QuerySet[ContactNote]:
    """Those on a pledge, the newest first."""
    rows = ContactNote.objects.filter(pledge__key=key)
    return rows.select_related("organization", "author")


def contacted(actor: Actor, keys: Collection[UUID], day: date) -> dict[UUID, Contacted]:
    """Each of the pledges by its key; none of them where the actor may not read notes that day.

    The last note says until when to wait. Two queries.
    """
    if not may_contact(actor, day):
        return {}
    told = dict.fromkeys(keys, Contacted())
    rows = ContactNote.objects.filter(pledge__key__in=told).order_by("on", "pk")
    for key, on, until in rows.values_list("pledge__key", "on", "wait_until"):
        told[key] = Contacted(told[key].number + 1, on, until)
    return told
