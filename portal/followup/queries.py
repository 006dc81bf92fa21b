"""Reads of bodies, seats, cycles and their reminders; rules, admin, public pages and the demo call them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import F, Max, Q, QuerySet

from portal.common.actors import Actor
from portal.followup.enums import CycleState
from portal.followup.models import Body, CyclePriority, Reminder, ReviewCycle, Seat
from portal.organizations.enums import WRITING_ROLES
from portal.organizations.states import STATES
from portal.plan.queries import first_in
from portal.publication.enums import RecordKind, RecordState, Relation
from portal.publication.figures import counted_once
from portal.publication.models import Record, RecordLink
from portal.publication.queries import in_language, published


@dataclass(frozen=True, slots=True)
class PublicSeat:
    """A seat with the public record of the organization that holds it."""

    seat: Seat
    record: Record


def seats_on(day: date) -> QuerySet[Seat]:
    """Those that are held that day."""
    return Seat.objects.filter(Q(until__isnull=True) | Q(until__gte=day), since__lte=day)


def seats_of(actor: Actor, day: date) -> QuerySet[Seat]:
    """On which the actor may act that day: a writer of the organization, or the person who is named.

    None of an organization that is not public now.
    """
    mine = Q(
        organization__memberships__user_id=actor.user_id or 0,
        organization__memberships__role__in=WRITING_ROLES,
        organization__state__in=STATES.public,
    )
    named = Q(person__isnull=True) | Q(person_id=actor.user_id or 0)
    return seats_on(day).filter(mine, named).select_related("body", "organization").order_by("pk")


def public_bodies() -> QuerySet[Body]:
    return Body.objects.filter(is_public=True)


def public_seats(bodies: list[Body], language: str, day: date) -> dict[int, list[PublicSeat]]:
    """Seats that are held that day by organizations that are public, by body. Three queries."""
    seats = seats_on(day).filter(body__in=bodies).annotate(source_key=F("organization__key"))
    rows = list(seats.order_by("constituency", "pk"))
    keys = {row.source_key for row in rows}
    records = in_language(published(RecordKind.ORGANIZATION).filter(source_key__in=keys), language)
    known = {record.source_key: record for record in records}
    told: dict[int, list[PublicSeat]] = {body.pk: [] for body in bodies}
    for row in rows:
        if row.source_key in known:
            told[row.body_id].append(PublicSeat(row, known[row.source_key]))
    return told


def current_cycle() -> ReviewCycle | None:
    """The one that is open, if any. One query."""
    return ReviewCycle.objects.filter(state=CycleState.OPEN).first()


def open_cycle_at(moment: datetime) -> ReviewCycle | None:
    """The one that was open at a moment. One query."""
    rows = ReviewCycle.objects.filter(opened_at__lte=moment).exclude(frozen_at__lte=moment)
    return rows.order_by("-opened_at").first()


def priorities(cycle: ReviewCycle | None) -> frozenset[str]:
    """Keys of the actions that go first in a cycle; none without a cycle. One query."""
    if cycle is None:
        return frozenset()
    rows = CyclePriority.objects.filter(cycle=cycle.pk).order_by()
    return frozenset(rows.values_list("node__key", flat=True))


@counted_once
def going_first(year: int) -> frozenset[str]:
    """Keys of the actions that the open review cycle gives priority, else of those that go first in the plan
    in force in a year. Three queries at most, once for each state of the public."""
    return priorities(current_cycle()) or first_in(year)


def priority_rows(cycle: ReviewCycle) -> list[CyclePriority]:
    """With their actions and where they come from, in the order of the plan. One query."""
    rows = CyclePriority.objects.filter(cycle=cycle.pk)
    return list(rows.select_related("node__framework", "carried_from"))


def public_reported_keys(slug: str) -> frozenset[UUID]:
    """The pledges with a public report that carries the cycle. One query."""
    links = RecordLink.objects.filter(
        relation=Relation.REPORTS_ON,
        record__kind=RecordKind.REPORT,
        record__state=RecordState.PUBLISHED,
        record__facts__cycle=slug,
    )
    return frozenset(map(UUID, links.order_by().values_list("target", flat=True)))


def reminded_on(organizations: Collection[UUID]) -> dict[UUID, date]:
    """When an organization was last reminded of any cycle, by its key; none where it never was. One query."""
    rows = Reminder.objects.filter(organization__key__in=organizations).order_by()
    return dict(rows.values_list("organization__key").annotate(last=Max("sent_on")))
