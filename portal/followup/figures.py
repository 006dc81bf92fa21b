"""The figures of follow-up as data: the page, its files and the read API tell the same ones.

A claim stays a claim when it is assessed: `claimed_fulfilled` and `assessed` overlap.
"""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from portal.pledges.enums import ReportedStage


@dataclass(frozen=True, slots=True)
class Figures:
    """Numbers of published pledges. `active`: their parties do not call them fulfilled."""

    pledges: int
    active: int
    reported: int
    never_reported: int
    claimed_fulfilled: int
    assessed: int


def figures_of(states: Collection[tuple[ReportedStage, bool, bool]]) -> Figures:
    """From what each pledge claims, whether its parties have reported, and whether it is assessed."""
    claimed = sum(stage == ReportedStage.FULFILLED for stage, _reported, _assessed in states)
    reported = sum(has_reported for _stage, has_reported, _assessed in states)
    return Figures(
        pledges=len(states),
        active=len(states) - claimed,
        reported=reported,
        never_reported=len(states) - reported,
        claimed_fulfilled=claimed,
        assessed=sum(is_assessed for _stage, _reported, is_assessed in states),
    )


def told(figures: Figures, counted_at: datetime) -> dict[str, Any]:
    """As JSON: `counted_at` is ISO, in UTC."""
    return {"counted_at": counted_at.isoformat(timespec="seconds"), "figures": asdict(figures)}
