"""The figures of follow-up as data: the page, its files and the read API tell the same ones.

A claim stays a claim when it is assessed: `claimed_fulfilled` and `assessed` overlap.
"""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.pledges import facts
from portal.pledges.enums import Fulfilment, ReportedStage
from portal.publication.models import Record

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


@dataclass(frozen=True, slots=True)
class Counted:
    """What a pledge claims, whether its parties have reported, whether it is assessed, and to what end."""

    stage: str
    is_reported: bool
    is_assessed: bool
    fulfilment: str | None


def counted(record: Record) -> Counted:
    """Of a public pledge; a report counts where its day is known."""
    return Counted(
        facts.stage_of(record),
        facts.reported_on(record) is not None,
        bool(record.facts.get("assessed")),
        facts.fulfilment(record),
    )


def figures_of(states: Collection[Counted]) -> Figures:
    claimed = sum(state.stage == ReportedStage.FULFILLED for state in states)
    reported = sum(state.is_reported for state in states)
    return Figures(
        pledges=len(states),
        active=len(states) - claimed,
        reported=reported,
        never_reported=len(states) - reported,
        claimed_fulfilled=claimed,
        assessed=sum(state.is_assessed for state in states),
        assessed_complete=sum(state.fulfilment == Fulfilment.COMPLETE for state in states),
    )


def told(figures: Figures, counted_at: datetime) -> dict[str, Any]:
    """As JSON: `counted_at` is ISO, in UTC."""
    return {"counted_at": counted_at.isoformat(timespec="seconds"), "figures": asdict(figures)}
