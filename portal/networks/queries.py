"""Reads of networks: the staff's, and what everybody may see of them today."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F, Q, QuerySet

from portal.common.actors import Actor
from portal.networks import rules
from portal.networks.enums import NetworkRole
from portal.networks.models import Network, NetworkMembership
from portal.organizations.models import Organization
from portal.publication.enums import RecordKind
from portal.publication.models import Record
from portal.publication.queries import in_language, published


@dataclass(frozen=True, slots=True)
class PublicMember:
    """An organization's public record, and what it is in a network."""

    record: Record
    role: NetworkRole
    since: date | None


@dataclass(frozen=True, slots=True)
class PublicNetwork:
    """A network with its number of members that everybody may see."""

    network: Network
    number: int


def visible_to(actor: Actor) -> QuerySet[Network]:
    """All networks for those who write them down, none for anybody else: the public reads `public_*`."""
    return Network.objects.all() if rules.may_edit_networks(actor) else Network.objects.none()


def memberships_of(network: Network) -> QuerySet[NetworkMembership]:
    """All of them, also past ones, with the organizations; the newest last."""
    rows = network.memberships.select_related("organization")
    return rows.order_by("organization__name", F("since").asc(nulls_first=True), "pk")


def public_networks(today: date) -> list[PublicNetwork]:
    """Those that everybody may see, with the number of members of today. Three queries."""
    rows = list(Network.objects.filter(is_public=True))
    pairs = list(_current(today).filter(network__in=rows).values_list("network_id", "organization__key"))
    public = _public_keys({key for _network, key in pairs})
    counted = Counter(network for network, key in set(pairs) if key in public)
    return [PublicNetwork(row, counted[row.pk]) for row in rows]


def public_network(slug: str) -> Network | None:
    return Network.objects.filter(slug=slug, is_public=True).first()


def public_members(network: Network, language: str, today: date) -> list[PublicMember]:
    """Who belongs to it today and has a public record; nobody else is named. Three queries.

    In the order of roles and names; an organization in two roles stands in both.
    """
    rows = _current(today).filter(network=network)
    pairs = list(rows.values_list("organization__key", "role", "since"))
    records = published(RecordKind.ORGANIZATION).filter(source_key__in=[key for key, _role, _since in pairs])
    by_key = {record.source_key: record for record in in_language(records, language)}
    members = [
        PublicMember(by_key[key], NetworkRole(role), since) for key, role, since in pairs if key in by_key
    ]
    order = {role: place for place, role in enumerate(NetworkRole)}
    return sorted(members, key=lambda row: (order[row.role], row.record.title.casefold(), row.record.pk))


def called_in_form(organization: Organization) -> str:
    """How a form names an organization chosen before: by its number, which is nobody else's. One query."""
    record = published(RecordKind.ORGANIZATION).filter(source_key=organization.key).first()
    return record.public_id if record else organization.name


def public_memberships(organization_key: UUID, today: date) -> QuerySet[NetworkMembership]:
    """The public networks that a public organization belongs to today. One query."""
    rows = _current(today).filter(organization__key=organization_key, network__is_public=True)
    return rows.select_related("network").order_by("network__slug", "pk")


def overlapping(wanted: NetworkMembership) -> bool:
    """Whether the organization is in the network in some of these days already, by another row."""
    rows = NetworkMembership.objects.filter(network=wanted.network, organization=wanted.organization)
    if wanted.until is not None:
        rows = rows.filter(Q(since__isnull=True) | Q(since__lte=wanted.until))
    if wanted.since is not None:
        rows = rows.filter(Q(until__isnull=True) | Q(until__gte=wanted.since))
    return rows.exclude(pk=wanted.pk).exists()


def _current(today: date) -> QuerySet[NetworkMembership]:
    return NetworkMembership.objects.filter(
        Q(since__isnull=True) | Q(since__lte=today), Q(until__isnull=True) | Q(until__gte=today)
    )


def _public_keys(keys: set[UUID]) -> set[UUID]:
    rows = published(RecordKind.ORGANIZATION).order_by().filter(source_key__in=keys)
    return set(rows.values_list("source_key", flat=True))
