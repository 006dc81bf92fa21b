"""Cases that the default suite leaves out and `bin/test --all` runs; for the parametrizations of any test.

A case that is left out is marked `long`, so a test keeps its whole proof in one place (CONTRIBUTING.md).
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

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
