"""Counts of pledges by something, for the figures of the dashboard; pure."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from portal.pledges.standing import Standing

Test = Callable[[Standing], bool]


def number_of(rows: Iterable[Standing], test: Test) -> int:
    return sum(1 for row in rows if test(row))


def counted_by(rows: Iterable[Standing], of: Callable[[Standing], Any]) -> Mapping[Any, int]:
    return Counter(of(row) for row in rows)


def pairs(
    rows: Iterable[Standing], places: Callable[[frozenset[str]], set[str]]
) -> Mapping[tuple[str, str], int]:
    """Distinct pledges by country and place; a pledge counts once for each of its places.

    Many pledges carry out the same actions: their places are asked for once.
    """
    counts = Counter[tuple[str, str]]()
    for (country, actions), number in Counter((row.country, row.actions) for row in rows).items():
        for place in places(actions):
            counts[country, place] += number
    return counts


def covered(
    rows: Iterable[Standing], places: Callable[[str], Iterable[str]]
) -> Mapping[tuple[str, str], int]:
    """Distinct actions by country and place, given the places of an action."""
    actions = {(row.country, action) for row in rows for action in row.actions}
    return Counter((country, place) for country, action in actions for place in places(action))
