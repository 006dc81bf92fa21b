"""Places in networks, when two organizations become one; the app's configuration declares it."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from portal.networks.models import NetworkMembership
from portal.networks.queries import overlapping
from portal.organizations.merging.parts import Moving, Part


def _move(part: Part, moving: Moving) -> None:
    """In the days of both it is there once, as the one that stays is, from the first day to the last."""
    for row in part.rows(moving.old).order_by("pk"):
        row.organization = moving.new.organization
        if not overlapping(row):
            row.save(update_fields=["organization"])
            continue
        _widen(row)
        part.drop([row])


def _widen(row: NetworkMembership) -> None:
    """The first of the rows that it meets, where the role is the same and no other row stands between."""
    own = NetworkMembership.objects.filter(network=row.network_id, organization=row.organization_id)
    there = own.filter(role=row.role).order_by("pk").first()
    if there is None:
        return
    wider = NetworkMembership(
        pk=there.pk,
        network_id=row.network_id,
        organization_id=row.organization_id,
        role=row.role,
        since=_first(there.since, row.since),
        until=_last(there.until, row.until),
    )
    if not overlapping(wider):
        wider.save(update_fields=["since", "until"])


def _first(one: date | None, other: date | None) -> date | None:
    return min(one, other) if one and other else None


def _last(one: date | None, other: date | None) -> date | None:
    return max(one, other) if one and other else None


PARTS = (
    Part(
        relation="networks.NetworkMembership.organization",
        label=_("Places in networks"),
        move=_move,
        is_shared=True,
    ),
)
