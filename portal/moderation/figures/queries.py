"""Public figures of moderation: from an allow-list of states, small numbers left out. Views call it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Count, QuerySet, Value

from portal.moderation.models import Decision
from portal.submissions.models import Measure
from portal.submissions.redress_enums import Act, MeasureState
from portal.submissions.states import STATES, SubmissionState
from portal.submissions.types import SubmissionType, submission_types

# A smaller number might tell of one text or organization.
LEAST = 5
# Drafts and what is not yet given to the secretariat are nobody's business.
TOLD = ("submitted", "in_review", "returned", "declined", "published", "withdrawn", "taken_down")


@dataclass(frozen=True, slots=True)
class Number:
    """`value` is None where it is at least one and fewer than `LEAST`."""

    value: int | None


NONE = Number(0)


@dataclass(frozen=True, slots=True)
class Stands:
    """How many of a kind are in a state."""

    of: SubmissionType
    state: str
    number: Number

    @property
    def label(self) -> str:
        return self.of.states.label(self.state, self.of.gender)


@dataclass(frozen=True, slots=True)
class Decided:
    """How often something was decided, for a ground where the decision names one."""

    of: SubmissionType
    action: str
    label: str
    ground: str
    ground_label: str
    number: Number


def told_states() -> list[str]:
    """Those of the allow-list that there are, in the order of a text's course."""
    known = {state.code for state in STATES}
    return [code for code in TOLD if code in known]


def standing() -> list[Stands]:
    """Every kind with every state that is told. One query."""
    return list(_standing(_numbers()))


def _numbers() -> dict[tuple[str, str], int]:
    parts = [
        of.model._default_manager.order_by()
        .filter(state__in=told_states())
        .annotate(kind_told=Value(of.kind, CharField()))
        .values_list("kind_told", "state")
        .annotate(number=Count("pk"))
        for of in submission_types()
    ]
    rows = parts[0].union(*parts[1:], all=True)
    return {(kind, state): number for kind, state, number in rows}


def _standing(numbers: dict[tuple[str, str], int]) -> Iterator[Stands]:
    for of in submission_types():
        for state in told_states():
            number = numbers.get((of.kind, state), 0)
            is_public = state == SubmissionState.PUBLISHED
            yield Stands(of, state, Number(number) if is_public else few(number))


def decided() -> list[Decided]:
    """Every decision that is declared, with each of its grounds. One query."""
    numbers = {(kind, action, ground): number for kind, action, ground, number in _counted()}

    def number(of: SubmissionType, action: str, ground: str) -> Number:
        return few(numbers.get((of.kind, action, ground), 0))

    return [
        Decided(of, row.code, str(row.label), ground, str(words), number(of, row.code, ground))
        for of in submission_types()
        for row in of.decisions
        for ground, words in row.grounds or (("", ""),)
    ]


def _counted() -> QuerySet[Any, tuple[Any, ...]]:
    """By kind, action and ground. Redactions by what stands of them: of what waited there is no decision."""
    decisions = Decision.objects.exclude(action=Act.REDACTED).values_list("kind", "action", "ground")
    cut = Measure.objects.filter(act=Act.REDACTED).exclude(state=MeasureState.PROVISIONAL)
    parts = [
        rows.order_by().annotate(number=Count("pk"))
        for rows in (decisions, cut.values_list("kind", "act", "ground"))
    ]
    return parts[0].union(parts[1], all=True)


def few(number: int) -> Number:
    return Number(None if 0 < number < LEAST else number)
