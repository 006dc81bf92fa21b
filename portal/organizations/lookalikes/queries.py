"""Reads of look-alikes: whom a person may be told of, and whom a moderator. One query each."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from django.db.models import QuerySet

from portal.organizations.enums import OrganizationState
from portal.organizations.lookalikes.comparing import Named, Signal, signals, weight
from portal.organizations.models import Organization
from portal.organizations.profile_fields import whole
from portal.organizations.states import IN_LEDGER, STATES

MOST = 5
_READ = (
    *("key", "name", "names", "acronym", "aliases", "website", "country", "language", "state"),
    "submitted_profile",
)


@dataclass(frozen=True, slots=True)
class Lookalike:
    """An organization and what speaks for it being the one asked about."""

    organization: Organization
    called: Named
    signals: tuple[Signal, ...]
    weight: float = field(repr=False)


def named(row: Organization) -> Named:
    """By its profile as it is stored now: for its members, and for everybody where it is public."""
    return _named(row.name, row.acronym, tuple(row.other_names), row.website, row.country)


def named_as_submitted(row: Organization) -> Named:
    """By what the secretariat has read; what its members are changing is not the secretariat's yet."""
    if row.state in STATES.public:
        return named(row)
    said = whole(row.submitted_profile)
    others = (*said["aliases"], *said["names"].values())
    return _named(said["name"], said["acronym"], others, said["website"], said["country"])


def public_lookalikes(asked: Named, *, without: int = 0) -> list[Lookalike]:
    """Among those with a public page, suspended and lapsed too; the most alike first, at most `MOST`.

    `without` is the primary key of the one that asks; no row has the number 0.
    """
    rows = Organization.objects.filter(state__in=IN_LEDGER, is_protected=False).exclude(pk=without)
    return _alike(asked, rows, named)


def lookalikes_of(row: Organization) -> list[Lookalike]:
    """Also among those that wait or were declined: what the secretariat may read. Never a draft, nor one
    that was merged or whose name is withheld.
    """
    unread = (OrganizationState.DRAFT, OrganizationState.MERGED)
    rows = Organization.objects.filter(is_protected=False).exclude(state__in=unread).exclude(pk=row.pk)
    return _alike(named_as_submitted(row), rows, named_as_submitted)


def _alike(
    asked: Named, rows: QuerySet[Organization], called: Callable[[Organization], Named]
) -> list[Lookalike]:
    if not asked.name.strip():
        return []
    alike = sorted(
        _told(asked, rows.only(*_READ), called), key=lambda row: (-row.weight, row.organization.pk)
    )
    return alike[:MOST]


def _told(
    asked: Named, rows: Iterable[Organization], called: Callable[[Organization], Named]
) -> Iterable[Lookalike]:
    for row in rows:
        other = called(row)
        if told := signals(asked, other):
            yield Lookalike(row, other, told, weight(told, asked, other))


@lru_cache(maxsize=10_000)
def _named(name: str, acronym: str, aliases: tuple[str, ...], website: str, country: str) -> Named:
    """Kept, because taking names apart is four fifths of a comparison (`bench/lookalikes.py`)."""
    return Named(name, acronym, aliases, website, country)
