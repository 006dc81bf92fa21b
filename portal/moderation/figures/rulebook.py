"""The rules of moderation in words, from what the kinds declare of their decisions. Views call it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.text import capfirst

from portal.common.reviews import DecisionType
from portal.submissions.types import review_types, submission_types


@dataclass(frozen=True, slots=True)
class Rule:
    """Of a decision: what it is called, what it means, and the grounds it can name, in their order."""

    code: str
    label: str
    text: str
    grounds: tuple[str, ...]


def decision_rules() -> list[Rule]:
    """Each decision about what organizations write, once."""
    known: dict[str, DecisionType] = {}
    for of in submission_types():
        for row in of.decisions:
            known.setdefault(row.code, row)
    return [_rule(row) for row in known.values()]


def second_looks() -> list[str]:
    """What else of the secretariat's work readers are told, in a sentence or two each."""
    return [str(of.rule) for of in review_types() if of.rule]


def _rule(row: DecisionType) -> Rule:
    return Rule(row.code, str(row.label), str(row.rule), tuple(_in_words(row.grounds)))


def _in_words(grounds: Iterable[tuple[str, object]]) -> Iterable[str]:
    return (capfirst(str(words)) for _code, words in grounds)
