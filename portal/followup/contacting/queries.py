"""Reads of contact notes (private): for who holds a seat in a body that runs cycles, and is no party."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import QuerySet

from portal.common.actors import Actor
from portal.followup.models import ContactNote
from portal.organizations.queries import organization_ids
from portal.pledges.enums import PUBLIC_PARTY
from portal.pledges.models import Pledge, PledgeParty

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


def contacted(keys: Collection[UUID]) -> dict[UUID, Contacted]:
    """By pledge, of those that were contacted. The last note says until when to wait. One query."""
    told: dict[UUID, Contacted] = {}
    rows = ContactNote.objects.order_by("on", "pk").values_list("pledge__key", "on", "wait_until")
    wanted = set(keys)
    for key, on, until in rows:
        if key in wanted:
            told[key] = Contacted(told.get(key, Contacted()).number + 1, on, until)
    return told


def own_pledges(actor: Actor) -> frozenset[UUID]:
    """Keys of the pledges of which an organization of the actor is a party, in any role. Two queries."""
    mine = organization_ids(actor)
    kept = Pledge.objects.filter(organization_id__in=mine).order_by().values_list("key", flat=True)
    named = PledgeParty.objects.filter(organization_id__in=mine, state__in=PUBLIC_PARTY)
    return frozenset(kept) | frozenset(named.order_by().values_list("pledge__key", flat=True))
