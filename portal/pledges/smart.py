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
    stated: tuple[Sentence, ...]
    left_open: tuple[Sentence, ...]


def checklist(
    goals: Sequence[Goal], *, ends_on: date | None, has_place: bool, has_money: bool, has_action: bool
) -> Checklist:
    """Specific, measurable, achievable, relevant, timed: each point is stated, or left open in words."""
    figures = [goal for goal in goals if goal.target is not None]
    points: tuple[tuple[bool, Sentence, Sentence], ...] = (
        (
            bool(goals),
            _("It says what is to be true at the end."),
            _("It does not say what is to be true at the end: no goal is given."),
        ),
        (
            bool(goals) and len(figures) == len(goals),
            _("Each goal has a target in figures."),
            _("Not every goal has a target in figures."),
        ),
        (
            bool(figures) and all(goal.baseline is not None or goal.no_baseline_because for goal in figures),
            _("It says from where the figures start, or why that is not known."),
            _("It does not say from where the figures start."),
        ),
        (
            bool(goals) and all(goal.means for goal in goals),
            _("It says how one can see that a goal is reached."),
            _("It does not say how one can see that each goal is reached."),
        ),
        (
            ends_on is not None or (bool(goals) and all(goal.due_on for goal in goals)),
            _("It says by when."),
            _("It does not say by when."),
        ),
        (has_place, _("It says for which countries."), _("It does not say for which countries.")),
        (
            has_money,
            _("It says what the parties bring."),
            _("It does not say what the parties bring: money, goods, expertise, rules or places."),
        ),
        (
            has_action,
            _("It says which action of the plan it carries out."),
            _("It does not say which action of the plan it carries out."),
        ),
    )
    return Checklist(
        tuple(yes for is_stated, yes, _no in points if is_stated),
        tuple(no for is_stated, _yes, no in points if not is_stated),
    )
