"""Reads of look-alikes: whom a person may be told of, and whom a moderator. One query each."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from django.db.models import QuerySet

from portal.organizations.enums import OrganizationState
from portal.organizations.lookalikes.comparing import Named, Signal, signals, weight
from portal.organizations.models import Organization
from portal.organizations.states import STATES

MOST = 5


@dataclass(frozen=True, slots=True)
class Lookalike:
    """An organization and what speaks for it being the one asked about."""

    organization: Organization
    signals: tuple[Signal, ...]
    weight: float = field(repr=False)


def named(organization: Organization) -> Named:
    """By its profile as it is stored now."""
    aliases = tuple(map(str, organization.aliases))
    return _named(
        organization.name, organization.acronym, aliases, organization.website, organization.country
    )


def public_lookalikes(asked: Named, *, without: int | None = None) -> list[Lookalike]:
    """Among the verified and the listed, whom everybody may know of; the most alike first, at most `MOST`."""
    return _alike(asked, Organization.objects.filter(state__in=STATES.public).exclude(pk=without))


def all_lookalikes(organization: Organization) -> list[Lookalike]:
    """Also among those that wait or were declined: what the secretariat may read. Never a draft."""
    rows = Organization.objects.exclude(state=OrganizationState.DRAFT).exclude(pk=organization.pk)
    return _alike(named(organization), rows)


@lru_cache(maxsize=10_000)
def _named(name: str, acronym: str, aliases: tuple[str, ...], website: str, country: str) -> Named:
    """Kept, because taking names apart is four fifths of a comparison (`bench/lookalikes.py`)."""
    return Named(name, acronym, aliases, website, country)


def _alike(asked: Named, rows: QuerySet[Organization]) -> list[Lookalike]:
    if not asked.name.strip():
        return []
    read = rows.only("key", "name", "acronym", "aliases", "website", "country", "language", "state")
    alike = sorted(_lookalikes(asked, read), key=lambda row: (-row.weight, row.organization.pk))
    return alike[:MOST]


def _lookalikes(asked: Named, rows: Iterable[Organization]) -> Iterable[Lookalike]:
    for row in rows:
        other = named(row)
        if told := signals(asked, other):
            yield Lookalike(row, told, weight(told, asked, other))
