"""The goals of a pledge as reports count them; drafts, forms and records call it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

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

    @property
    def field(self) -> str:
        return f"figure_{self.key}"

    @property
    def aim(self) -> str:
        """The goal in words; empty where none is known."""
        if not self.target:
            return self.unit
        return _("The goal is %(target)s.") % {"target": f"{self.target} {self.unit}".strip()}

    @property
    def is_percentage(self) -> bool:
        return self.unit.strip().lower() in PERCENT


def goals_of(pledge: Pledge) -> tuple[Goal, ...]:
    """In order."""
    return ()
