"""Reads of networks: the staff's, and what everybody may see of them today."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from portal.common.actors import Actor
from portal.common.collation import alphabetical, in_order
from portal.common.languages import DEFAULT
from portal.networks import rules
from portal.networks.enums import GOING_ON, NetworkKind, NetworkRole
from portal.networks.models import Network, NetworkLead, NetworkMembership, Project
from portal.organizations.models import Organization
from portal.publication.enums import RecordKind
from portal.publication.figures import counted_once
from portal.publication.models import Record
from portal.publication.queries import in_language, published, titled

Row = TypeVar("Row", NetworkMembership, NetworkLead)


@dataclass(frozen=True, slots=True)
class PublicMember:
    """An organization's public record, and what it is in a network."""

    record: Record
    role: NetworkRole
    since: date | None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class PublicNetwork:
    """A network that everybody may see, its number of members, and who presides over it."""

    network: Network
    number: int
    presidency: Record | None = None


def visible_to(actor: Actor) -> QuerySet[Network]:
    """All networks for those who write them down, none for anybody else: the public reads `public_*`."""
    return Network.objects.all() if rules.may_edit_networks(actor) else Network.objects.none()


def memberships_of(network: Network) -> QuerySet[NetworkMembership]:
    """All of them, also past ones, with the organizations; the newest last."""
    rows = network.memberships.select_related("organization")
    return rows.order_by(alphabetical("organization__name"), F("since").asc(nulls_first=True), "pk")


def public_networks(today: date, kinds: Collection[NetworkKind] = tuple(NetworkKind)) -> list[PublicNetwork]:
    """Those that everybody may see, with the members of today. Three queries."""
    rows = list(Network.objects.filter(is_public=True, kind__in=kinds))
    members = list(
        _current(today).filter(network__in=rows).values_list("network_id", "organization__key", "role")
    )
    public = _public(key for _network, key, _role in members)
    counted = Counter(network for network, key in {(row[0], row[1]) for row in members} if key in public)
    presiding = {
        network: public[key]
        for network, key, role in members
        if role == NetworkRole.PRESIDENCY and key in public
    }
    return [PublicNetwork(row, counted[row.pk], presiding.get(row.pk)) for row in rows]


def public_network(slug: str) -> Network | None:
    return Network.objects.filter(slug=slug, is_public=True).first()


def network_choices(language: str, *kinds: NetworkKind) -> list[tuple[str, str]]:
    """Slug and name of the public networks, of these kinds or of all, by name. One query."""
    rows = Network.objects.filter(is_public=True, kind__in=kinds or tuple(NetworkKind))
    return in_order(((row.slug, row.name(language)) for row in rows), lambda row: row[1], language)


def public_members(network: Network, language: str, today: date) -> list[PublicMember]:
    """Who belongs to it today and has a public record; nobody else is named. Three queries.

    In the order of roles and names; an organization in two roles stands in both.
    """
    members = _public_members(_current(today).filter(network=network), language)
    order = {role: place for place, role in enumerate(NetworkRole)}
    members.sort(key=lambda row: row.record.pk)
    named = in_order(members, lambda row: titled(row.record, language)[0], language)
    return sorted(named, key=lambda row: order[row.role])


def called_in_form(organization: Organization) -> str:
    """How a form names an organization chosen before: by its number, which is nobody else's. One query."""
    record = published(RecordKind.ORGANIZATION).filter(source_key=organization.key).first()
    return record.public_id if record else organization.name


def past_presidencies(network: Network, language: str, today: date) -> list[PublicMember]:
    """Who presided before, the last one first. Three queries."""
    rows = NetworkMembership.objects.filter(network=network, role=NetworkRole.PRESIDENCY, until__lt=today)
    return _public_members(rows.order_by("-until", "pk"), language)


def _public_members(rows: QuerySet[NetworkMembership], language: str) -> list[PublicMember]:
    members = list(rows.values_list("organization__key", "role", "since", "until"))
    records = published(RecordKind.ORGANIZATION).filter(source_key__in=[row[0] for row in members])
    by_key = {record.source_key: record for record in in_language(records, language)}
    return [
        PublicMember(by_key[key], NetworkRole(role), since, until)
        for key, role, since, until in members
        if key in by_key
    ]


def records_of_members(network: str, today: date) -> QuerySet[Record]:
    """Public organizations that belong to a public network today, each once, by its slug."""
    rows = _current(today).filter(network__slug=network, network__is_public=True)
    return published(RecordKind.ORGANIZATION).filter(source_key__in=rows.values("organization__key"))


def members_with_pledges(network: str, today: date) -> tuple[int, int]:
    """How many members of today keep a public pledge, and how many there are. One query."""
    pledges = published(RecordKind.PLEDGE).filter(organization=OuterRef("pk")).order_by()
    rows = records_of_members(network, today).order_by().annotate(keeps=Exists(pledges))
    keeping = list(rows.values_list("keeps", flat=True))
    return sum(keeping), len(keeping)


def said_by_members(network: str, today: date) -> dict[str, int]:
    """How much of each kind of record the members of today have published. One query."""
    members = records_of_members(network, today).order_by()
    rows = published().filter(organization__in=members.values("pk")).order_by().values_list("kind")
    return dict(rows.annotate(number=Count("pk")))


def public_projects(network: Network) -> list[Project]:
    """Those that run first, then what is planned. One query."""
    order = {state: place for place, state in enumerate(("running", "planned", "ended"))}
    return sorted(network.projects.all(), key=lambda row: order[row.state])


def working_on(key: str) -> tuple[list[Network], list[Project]]:
    """The public networks with this plan node among their themes, and public projects on it. Two queries."""
    networks = [row for row in Network.objects.filter(is_public=True) if key in row.themes]
    projects = Project.objects.filter(network__is_public=True).select_related("network")
    return networks, [row for row in projects if key in row.nodes]


def with_themes(keys: Collection[str]) -> list[Network]:
    """The public networks that work on any of these plan nodes, by slug. One query, none without keys."""
    wanted = set(keys)
    rows = Network.objects.filter(is_public=True).order_by("slug") if wanted else ()
    return [row for row in rows if wanted & {*row.themes}]


@counted_once
def named_by_mechanisms() -> dict[str, frozenset[str]]:
    """By slug of each public mechanism the keys of the parts of plans that it works on.

    Those that it names itself, and those of its projects that have not ended. Two queries, once for each
    state of the public.
    """
    networks = Network.objects.filter(is_public=True, kind=NetworkKind.MECHANISM).order_by("slug")
    named = {slug: set(themes) for slug, themes in networks.values_list("slug", "themes")}
    projects = Project.objects.filter(network__slug__in=named, state__in=GOING_ON).order_by()
    for slug, keys in projects.values_list("network__slug", "nodes"):
        named[slug].update(keys)
    return {slug: frozenset(keys) for slug, keys in named.items()}


def public_memberships(
    organization_key: UUID, today: date, language: str = DEFAULT
) -> QuerySet[NetworkMembership]:
    """The public networks that a public organization belongs to today, by name. One query."""
    rows = _current(today).filter(organization__key=organization_key, network__is_public=True)
    name = alphabetical(f"network__name_{language}", language)
    return rows.select_related("network").order_by(name, "network_id", "pk")


def current_memberships(organizations: QuerySet[Any, int], today: date) -> QuerySet[NetworkMembership]:
    """Which networks these organizations, by primary key, belong to today, public or not."""
    return _current(today).filter(organization__in=organizations)


def overlapping(wanted: NetworkMembership) -> bool:
    """Whether the organization is in the network in some of these days already, by another row.

    A presidency stands beside another role, not beside itself.
    """
    rows = NetworkMembership.objects.filter(network=wanted.network, organization=wanted.organization)
    if wanted.role == NetworkRole.PRESIDENCY:
        rows = rows.filter(role=NetworkRole.PRESIDENCY)
    else:
        rows = rows.exclude(role=NetworkRole.PRESIDENCY)
    return _in_days(rows, wanted).exclude(pk=wanted.pk).exists()


def presides_then(wanted: NetworkMembership) -> bool:
    """Whether another organization presides over the network in some of these days."""
    rows = NetworkMembership.objects.filter(network=wanted.network, role=NetworkRole.PRESIDENCY)
    rows = rows.exclude(organization=wanted.organization).exclude(pk=wanted.pk)
    return wanted.role == NetworkRole.PRESIDENCY and _in_days(rows, wanted).exists()


@dataclass(frozen=True, slots=True)
class Lead:
    """A network by its row, and from which day until which it leads a segment, both included."""

    network: int
    since: date | None
    until: date | None

    def holds_on(self, today: date) -> bool:
        return (self.since or today) <= today <= (self.until or today)


def leads_by_segment() -> dict[UUID, list[Lead]]:
    """Of public networks, on whatever days, by the key of the segment. One query."""
    told: dict[UUID, list[Lead]] = defaultdict(list)
    rows = NetworkLead.objects.filter(network__is_public=True).order_by("network__slug", "pk")
    for key, network, since, until in rows.values_list("segment_key", "network_id", "since", "until"):
        told[key].append(Lead(network, since, until))
    return dict(told)


def leading_networks(leads: Iterable[Lead], today: date) -> dict[int, Network]:
    """The public networks of those that hold today, by row, in the order of their slugs. One query, none
    without any.
    """
    wanted = {lead.network for lead in leads if lead.holds_on(today)}
    rows = Network.objects.filter(pk__in=wanted, is_public=True).order_by("slug") if wanted else ()
    return {row.pk: row for row in rows}


def segments_led(network: Network, today: date) -> list[NetworkLead]:
    """Those that it leads today. One query."""
    return list(_current_of(network.leads.all(), today))


def leads_already(wanted: NetworkLead) -> bool:
    """Whether the network leads the segment in some of these days already, by another row."""
    rows = NetworkLead.objects.filter(network=wanted.network, segment_key=wanted.segment_key)
    return _in_days(rows, wanted).exclude(pk=wanted.pk).exists()


def _in_days(rows: QuerySet[Row], wanted: NetworkMembership | NetworkLead) -> QuerySet[Row]:
    if wanted.until is not None:
        rows = rows.filter(Q(since__isnull=True) | Q(since__lte=wanted.until))
    if wanted.since is not None:
        rows = rows.filter(Q(until__isnull=True) | Q(until__gte=wanted.since))
    return rows


def networks_leading(today: date) -> frozenset[int]:
    """Of the public networks those that lead any segment today, by row. One query."""
    rows = _current_of(NetworkLead.objects.filter(network__is_public=True), today)
    return frozenset(rows.order_by().values_list("network_id", flat=True))


def memberships_on(today: date) -> QuerySet[NetworkMembership]:
    """Of all networks, whoever may read it: private."""
    return _current(today)


def _current(today: date) -> QuerySet[NetworkMembership]:
    return _current_of(NetworkMembership.objects.all(), today)


def _current_of(rows: QuerySet[Row], today: date) -> QuerySet[Row]:
    return rows.filter(
        Q(since__isnull=True) | Q(since__lte=today), Q(until__isnull=True) | Q(until__gte=today)
    )


def _public(keys: Iterable[UUID]) -> dict[UUID, Record]:
    rows = published(RecordKind.ORGANIZATION).order_by().filter(source_key__in=set(keys))
    return {row.source_key: row for row in rows}
