"""Cases that the default suite leaves out and `bin/test --all` runs; for the parametrizations of any test.

A case that is left out is marked `long`, so a test keeps its whole proof in one place (CONTRIBUTING.md).
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any
from zlib import crc32

import pytest


def rarely(*case: object, name: str | None = None) -> Any:
    """One case that only `bin/test --all` runs."""
    return pytest.param(*case, marks=pytest.mark.long, id=name)


def thinned(cases: Iterable[object], keep: Callable[[Any], bool]) -> list[Any]:
    return [case if keep(case) else rarely(case) for case in cases]


def in_turn(first: Sequence[object], second: Sequence[object]) -> list[Any]:
    """Every pair of two; by default each of both at least once, the one going round with the other."""
    often = {(at % len(first), at % len(second)) for at in range(max(len(first), len(second)))}
    return [
        (one, other) if (row, column) in often else rarely(one, other)
        for row, one in enumerate(first)
        for column, other in enumerate(second)
    ]


def leave_few(items: Iterable[pytest.Item]) -> None:
    """Marks `long` what `few(number)` leaves out, the same cases in every run and process."""
    tests: defaultdict[str, list[pytest.Item]] = defaultdict(list)
    for item in items:
        if item.get_closest_marker("few") and not item.get_closest_marker("long"):
            tests[item.nodeid.partition("[")[0]].append(item)
    for name, cases in tests.items():
        cases.sort(key=lambda item: item.nodeid)
        few = cases[0].get_closest_marker("few")
        often = spread(few.args[0], len(cases), begin=crc32(name.encode())) if few else set()
        for at, case in enumerate(cases):
            if at not in often:
                case.add_marker(pytest.mark.long)


def spread(number: int, cases: int, *, begin: int) -> set[int]:
    """The places of so many of the cases, evenly among them.

    Each test begins at another one, so a language or a kind that one leaves out stands in the next.
    """
    number = min(number, cases)
    return {(begin + at * cases // number) % cases for at in range(number)}
