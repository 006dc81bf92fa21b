"""The goals of a pledge as reports count them; drafts, forms and records call it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from portal.common.formatting import day
from portal.pledges.models import Pledge

PERCENT = frozenset({"%", "percent", "per cent"})


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
        return self.unit.strip().lower() in PERCENT


def goals_of(pledge: Pledge) -> tuple[Goal, ...]:
    """In order. One query, none where they are prefetched."""
    return tuple(
        Goal(
            key=str(goal.key),
            label=goal.statement,
            unit=goal.unit,
            target=written(goal.target),
            baseline=written(goal.baseline),
            due_on=goal.due_on,
        )
        for goal in pledge.goals.all()
    )


def written(number: Decimal | None) -> str:
    """`600` or `12.5`: without zeros that say nothing."""
    return f"{number.normalize():f}" if number is not None else ""
