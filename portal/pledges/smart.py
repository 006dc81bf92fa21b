"""What a pledge states, and what it leaves open: one sentence a point, never a score. Pure.

The writer reads it while writing, readers beside the pledge.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.pledges.parts import Goal

Sentence = Any


@dataclass(frozen=True, slots=True)
class Checklist:
    """`fields` name where each of the sentences `left_open` can be answered."""

    stated: tuple[Sentence, ...]
    left_open: tuple[Sentence, ...]
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Point:
    field: str
    is_stated: bool
    yes: Sentence
    no: Sentence


def checklist(
    goals: Sequence[Goal], *, ends_on: date | None, has_place: bool, has_money: bool, has_action: bool
) -> Checklist:
    """Specific, measurable, achievable, relevant, timed: each point is stated, or left open in words.

    Without a goal that is the one thing to say of goals.
    """
    points = (*_of_goals(goals), *_of_the_rest(goals, ends_on, has_place, has_money, has_action))
    open_points = [point for point in points if not point.is_stated]
    return Checklist(
        tuple(point.yes for point in points if point.is_stated),
        tuple(point.no for point in open_points),
        tuple(point.field for point in open_points),
    )


def _of_goals(goals: Sequence[Goal]) -> tuple[_Point, ...]:
    figures = [goal for goal in goals if goal.target is not None]
    given = _Point(
        "goals",
        bool(goals),
        _("It says what is to be true at the end."),
        _("It does not say what is to be true at the end: no goal is given."),
    )
    targets = _Point(
        "goals",
        len(figures) == len(goals),
        _("Each goal has a target in figures."),
        _("Not every goal has a target in figures."),
    )
    baselines = _Point(
        "goals",
        all(goal.baseline is not None or goal.no_baseline_because for goal in figures),
        _("It says from where the figures start, or why that is not known."),
        _("It does not say from where the figures start."),
    )
    means = _Point(
        "goals",
        all(goal.means for goal in goals),
        _("It says how one can see that a goal is reached."),
        _("It does not say how one can see that each goal is reached."),
    )
    if not goals:
        return (given,)
    return (given, targets, baselines, means) if figures else (given, targets, means)


def _of_the_rest(
    goals: Sequence[Goal], ends_on: date | None, has_place: bool, has_money: bool, has_action: bool
) -> tuple[_Point, ...]:
    return (
        _Point(
            "ends_on",
            ends_on is not None or (bool(goals) and all(goal.due_on for goal in goals)),
            _("It says by when."),
            _("It does not say by when."),
        ),
        _Point(
            "places", has_place, _("It says for which countries."), _("It does not say for which countries.")
        ),
        _Point(
            "contributions",
            has_money,
            _("It says what the parties bring."),
            _("It does not say what the parties bring: money, goods, expertise, rules or places."),
        ),
        _Point(
            "actions",
            has_action,
            _("It says which action of the plan it carries out."),
            _("It does not say which action of the plan it carries out."),
        ),
    )
