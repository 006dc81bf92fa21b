"""A pledge as reports speak of it, which is as it is public, and its goals; the whole app calls it.

What is being written at the desk of the pledge is for its keeper alone: no report, form or table reads it.
"""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from portal.common.amounts import amount_of, is_percentage
from portal.common.formatting import day
from portal.pledges.models import Pledge
from portal.pledges.parts import figure
from portal.pledges.public_facts import goals_in
from portal.publication.enums import RecordKind
from portal.publication.models import Record
from portal.publication.queries import published


@dataclass(frozen=True, slots=True)
class Goal:
    """What is counted. `key` names its value in a report's `figures`."""

    key: str
    label: str
    unit: str = ""
    target: str = ""
    baseline: str = ""
    due_on: date | None = None

    @property
    def field(self) -> str:
        return f"figure_{self.key}"

    @property
    def aim(self) -> str:
        """The goal in words; empty where none is known."""
        if not self.target:
            return self.unit
        target = f"{self.target} {self.unit}".strip()
        if self.due_on is None:
            return _("The goal is %(target)s.") % {"target": target}
        return _("The goal is %(target)s by %(date)s.") % {"target": target, "date": day(self.due_on)}

    @property
    def is_percentage(self) -> bool:
        return is_percentage(self.unit)


def promise_of(pledge: Pledge | None) -> Record | None:
    """The public record of a pledge; None while nothing of it is public. One query."""
    return published(RecordKind.PLEDGE).filter(source_key=pledge.key).first() if pledge else None


def goals_of(promise: Record | None) -> tuple[Goal, ...]:
    """Those that readers see, in order. No query."""
    goals = goals_in(promise.facts, promise.texts) if promise else []
    return tuple(
        Goal(
            key=str(goal.key),
            label=goal.statement,
            unit=goal.unit,
            target=figure(goal.target),
            baseline=figure(goal.baseline),
            due_on=goal.due_on,
        )
        for goal in goals
    )


def written(typed: str) -> str:
    """A value in the one form in which it is stored: `1500`, `12.5`; what is no number stays as it is."""
    number = amount_of(typed)
    return typed if number is None else figure(number)
