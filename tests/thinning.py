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
    """Marks `long` what `few` leaves out: so many cases stay, evenly among all, begun at another one by test.

    The same in every run and process; a language or a kind that one test leaves out stands in the next.
    """
    tests: defaultdict[str, list[pytest.Item]] = defaultdict(list)
    for item in items:
        if item.get_closest_marker("few") and not item.get_closest_marker("long"):
            tests[item.nodeid.partition("[")[0]].append(item)
    for name, cases in tests.items():
        cases.sort(key=lambda item: item.nodeid)
        marker = cases[0].get_closest_marker("few")
        number, begin = min(marker.args[0], len(cases)), crc32(name.encode())
        often = {(begin + at * len(cases) // number) % len(cases) for at in range(number)}
        for at, case in enumerate(cases):
            if at not in often:
                case.add_marker(pytest.mark.long)
