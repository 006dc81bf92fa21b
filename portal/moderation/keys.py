"""Single keys of the page of one thing: which button or link each leads to. Views call it."""

from collections.abc import Sequence
from dataclasses import dataclass

from portal.common.reviews import DecisionType, Phrase

LETTERS = {"returned": "r", "declined": "d"}
FIRST = "p"


@dataclass(frozen=True, slots=True)
class Key:
    """`words` say what it leads to."""

    key: str
    words: Phrase


def keys_of(decisions: Sequence[DecisionType]) -> list[Key]:
    """One for each decision: its letter, the first that asks for nothing by P, else its place."""
    return [Key(_key(at, row), row.heading or row.button) for at, row in enumerate(decisions, start=1)]


def _key(at: int, row: DecisionType) -> str:
    if at == 1 and not row.needs_reason:
        return FIRST
    return LETTERS.get(row.code, str(at))
