"""Participants by category, counted from what is known of each. Pure; all may call it.

An organization counts once in each way it took part, and once in all; in one category: that of its first
attendance that names one, else that of the first thing known of it. Persons are those that attendances tell.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from portal.conclusions.enums import Unit


class Way(StrEnum):
    """How one takes part."""

    SPOKE = "spoke"
    SIGNED = "signed"
    ATTENDED = "attended"


@dataclass(frozen=True, slots=True)
class Presence:
    """One thing known: an organization (by its public record), or persons of a category who came for none.

    `is_told`: its category comes from a table of attendance, which knows better than the record.
    """

    way: Way
    category: str
    organization: int | None = None
    persons: int = 0
    is_told: bool = False


@dataclass(frozen=True, slots=True)
class Counted:
    """Of one category: organizations by way, all of them together in their order, and persons."""

    ways: Mapping[Way, int] = field(default_factory=dict)
    organizations: tuple[int, ...] = ()
    persons: int = 0

    @property
    def bodies(self) -> int:
        return len(self.organizations)

    def number(self, unit: Unit) -> int:
        """The figure to compare with one in this unit."""
        return self.persons if unit == Unit.PERSONS else self.bodies


NOBODY = Counted()


def counted(presences: Iterable[Presence]) -> dict[str, Counted]:
    """By category, those with somebody in them."""
    rows = list(presences)
    category_of: dict[int, str] = {}
    for row in sorted(rows, key=lambda row: not (row.is_told and row.category)):
        if row.organization is not None and row.category:
            category_of.setdefault(row.organization, row.category)
    by_way: dict[str, dict[Way, set[int]]] = defaultdict(lambda: {way: set() for way in Way})
    persons: dict[str, int] = defaultdict(int)
    for row in rows:
        category = row.category if row.organization is None else category_of.get(row.organization, "")
        if row.organization is not None:
            by_way[category][row.way].add(row.organization)
        persons[category] += row.persons
    return {
        category: Counted(
            {way: len(by_way[category][way]) for way in Way},
            tuple(sorted(set().union(*by_way[category].values()))),
            persons[category],
        )
        for category in persons
        if category
    }


def together(rows: Iterable[Counted]) -> Counted:
    """All categories as one."""
    rows = list(rows)
    return Counted(
        {way: sum(row.ways.get(way, 0) for row in rows) for way in Way},
        tuple(sorted({each for row in rows for each in row.organizations})),
        sum(row.persons for row in rows),
    )
