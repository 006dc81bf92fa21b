"""What the public register holds of each country; the pages, the file and the read API call it."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db.models import F, Q, QuerySet

from portal.charts.region import PLACES, is_country
from portal.networks.enums import NetworkKind
from portal.networks.models import Network
from portal.pledges.enums import PartyState
from portal.pledges.public_facts import parties_in, places_in
from portal.pledges.standing import standings
from portal.publication.enums import RecordKind
from portal.publication.figures import counted_once
from portal.publication.models import Record
from portal.publication.queries import published

CONTRIBUTIONS = (RecordKind.INTERVENTION, RecordKind.PRACTICE)
REFUGEE_LED = "refugee_led"


class Spoken(NamedTuple):
    """One contribution: the row of who made it, the code of its type, the kind of record."""

    organization: int | None
    type_code: str
    kind: str


@dataclass(frozen=True, slots=True)
class Heard:
    """Contributions from a country: how many, of which organizations, and how many of each type and kind."""

    number: int = 0
    organizations: frozenset[int] = frozenset()
    refugee_led: frozenset[int] = frozenset()
    by_type: Mapping[str, int] = field(default_factory=dict)
    by_kind: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Country:
    """Numbers of public pledges, contributions and organizations of a country by its ISO code."""

    code: str
    pledges: int
    contributions: int
    organizations: int


@counted_once
def heard() -> dict[str, Heard]:
    """By country, of those from which anybody spoke. One query once for each state of the public."""
    by_country: dict[str, list[Spoken]] = defaultdict(list)
    rows = Record.objects.filter(pk__in=published().filter(kind__in=CONTRIBUTIONS).values("pk")).order_by()
    for country, *said in rows.values_list("country", "organization", "type_code", "kind"):
        by_country[country].append(Spoken._make(said))
    return {country: _heard(spoken) for country, spoken in by_country.items() if country}


def _heard(spoken: list[Spoken]) -> Heard:
    return Heard(
        number=len(spoken),
        organizations=frozenset(row.organization for row in spoken if row.organization),
        refugee_led=frozenset(
            row.organization for row in spoken if row.organization and row.type_code == REFUGEE_LED
        ),
        by_type=Counter(row.type_code for row in spoken if row.type_code),
        by_kind=Counter(row.kind for row in spoken),
    )


def countries() -> tuple[Country, ...]:
    """Those of the region, and others from which anything is public; in no order. Four queries at most."""
    pledges, organizations, spoken = Counter(row.country for row in standings()), _organizations(), heard()
    known = {code for code in (*pledges, *organizations, *spoken) if is_country(code)}
    return tuple(
        Country(code, pledges[code], spoken.get(code, Heard()).number, organizations.get(code, 0))
        for code in known | set(PLACES)
    )


@counted_once
def _organizations() -> dict[str, int]:
    return dict(Counter(_of_organizations().values_list("country", flat=True)))


def _of_organizations() -> QuerySet[Record]:
    return published(RecordKind.ORGANIZATION).select_related(None).order_by()


@counted_once
def sharing() -> dict[str, dict[str, int]]:
    """By country how many pledges it shares with each other one. Two queries once for each public state.

    Each of the two promises it, has an organization that has confirmed to be a party, or is a place of it.
    """
    shared: dict[str, Counter[str]] = defaultdict(Counter)
    homes = dict(_of_organizations().values_list("source_key", "country"))
    rows = published(RecordKind.PLEDGE).select_related(None).order_by().only("pk", "kind", "country", "facts")
    for row in rows:
        reached = {code for code in (row.country, *_reached(row, homes)) if is_country(code)}
        for code in reached:
            shared[code].update(reached - {code})
    return {code: dict(others) for code, others in shared.items()}


def _reached(pledge: Record, homes: Mapping[UUID, str]) -> Iterator[str]:
    """Its places, and where the parties that have confirmed are from."""
    yield from (place.country for place in places_in(pledge.facts))
    for party in parties_in(pledge.facts):
        if party.organization and party.state == PartyState.CONFIRMED:
            yield homes.get(party.organization, "")


def mechanisms(code: str, today: date) -> QuerySet[Network]:
    """The public mechanisms that a public organization of the country belongs to today. One query."""
    keys = published(RecordKind.ORGANIZATION).filter(country=code).values("source_key")
    current = Q(memberships__since__isnull=True) | Q(memberships__since__lte=today)
    current &= Q(memberships__until__isnull=True) | Q(memberships__until__gte=today)
    rows = Network.objects.filter(current, is_public=True, memberships__organization__key__in=keys)
    return rows.filter(kind=NetworkKind.MECHANISM).distinct().order_by(F("slug"))
