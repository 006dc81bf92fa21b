"""Pairs two lists in their order so that the pairs differ least: a document and its translation. Pure."""

from collections.abc import Callable, Sequence
from math import log
from typing import TypeVar

Left = TypeVar("Left")
Right = TypeVar("Right")
# What it costs to leave one thing without a partner; two of them cost more than any pair that may be.
GAP = 0.9


def aligned(
    left: Sequence[Left], right: Sequence[Right], cost: Callable[[Left, Right], float]
) -> list[tuple[Left, Right]]:
    """Where both are of one length and every pair may be, the first with the first and so on."""
    in_order = list(zip(left, right, strict=False))
    if len(left) == len(right) and all(cost(one, other) < 2 * GAP for one, other in in_order):
        return in_order
    totals = [[GAP * (row + column) for column in range(len(right) + 1)] for row in range(len(left) + 1)]
    for row, one in enumerate(left, start=1):
        for column, other in enumerate(right, start=1):
            pair = totals[row - 1][column - 1] + cost(one, other)
            totals[row][column] = min(pair, totals[row - 1][column] + GAP, totals[row][column - 1] + GAP)
    return _traced(left, right, totals)


def _traced(
    left: Sequence[Left], right: Sequence[Right], totals: Sequence[Sequence[float]]
) -> list[tuple[Left, Right]]:
    pairs: list[tuple[Left, Right]] = []
    row, column = len(left), len(right)
    while row and column:
        if totals[row][column] == totals[row - 1][column] + GAP:
            row -= 1
        elif totals[row][column] == totals[row][column - 1] + GAP:
            column -= 1
        else:
            row, column = row - 1, column - 1
            pairs.append((left[row], right[column]))
    return pairs[::-1]


def length_cost(one: str, other: str) -> float:
    """How unlike two texts are in length; always less than two gaps."""
    return min(abs(log((len(one) + 40) / (len(other) + 40))), 1.5 * GAP)
