"""The figures of follow-up as data: the page, its files and the read API tell the same ones.

A claim stays a claim when it is assessed: `claimed_fulfilled` and `assessed` overlap.
"""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Protocol

from django.utils.translation import gettext_lazy as _

from portal.pledges import facts
from portal.pledges.enums import Fulfilment, ReportedStage

# What each is called, in the order of tables.
FIGURES = {
    "pledges": _("pledges published"),
    "active": _("still to be fulfilled"),
    "reported": facts.REPORTED,
    "never_reported": _("never reported on"),
    "claimed_fulfilled": _("claimed as fulfilled by their parties"),
    "assessed": _("assessed by others"),
    "assessed_complete": _("assessed as complete, on evidence"),
}


@dataclass(frozen=True, slots=True)
class Figures:
    """Numbers of published pledges. `active`: their parties do not call them fulfilled.

    `assessed`: as a whole or in one goal; `assessed_complete`: what every body that looked at evidence says.
    """

    pledges: int
    active: int
    reported: int
    never_reported: int
    claimed_fulfilled: int
    assessed: int
    assessed_complete: int = 0


class Counted(Protocol):
    """What is counted of a pledge: its stage, whether its parties have reported, whether others have assessed
    it, as a whole or in one goal, and what of that rests on evidence."""

    @property
    def stage(self) -> str: ...

    @property
    def is_reported(self) -> bool: ...

    @property
    def is_assessed(self) -> bool: ...

    @property
    def fulfilment(self) -> str | None: ...


def figures_of(rows: Collection[Counted]) -> Figures:
    claimed = sum(row.stage == ReportedStage.FULFILLED for row in rows)
    reported = sum(row.is_reported for row in rows)
    return Figures(
        pledges=len(rows),
        active=len(rows) - claimed,
        reported=reported,
        never_reported=len(rows) - reported,
        claimed_fulfilled=claimed,
        assessed=sum(row.is_assessed for row in rows),
        assessed_complete=sum(row.fulfilment == Fulfilment.COMPLETE for row in rows),
    )


def told(figures: Figures, counted_at: datetime) -> dict[str, Any]:
    """As JSON: `counted_at` is ISO, in UTC."""
    return {"counted_at": counted_at.isoformat(timespec="seconds"), "figures": asdict(figures)}
