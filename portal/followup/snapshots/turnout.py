"""Who has reported in a review cycle, of whom: pledges by the type of the organization that keeps them.

From the public ledger, or from the content of a snapshot; the same function counts both.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from portal.followup.figures import Figures, figures_of
from portal.followup.models import ReviewCycle
from portal.followup.queries import public_reported_keys
from portal.pledges.enums import ReportedStage
from portal.pledges.standing import standings
from portal.publication.figures import counted_once


@dataclass(frozen=True, slots=True)
class Part:
    """`reported` of the pledges that are `asked` to report, and of all that are `published`."""

    reported: int
    asked: int
    published: int


@dataclass(frozen=True, slots=True)
class Turnout:
    """`total` are all pledges, `parts` the same by a code, the largest first: that of the organization type
    where nothing else is said.
    """

    total: Part
    parts: tuple[tuple[str, Part], ...]

    def as_json(self) -> dict[str, Any]:
        return {"total": asdict(self.total), "by_type": [[code, asdict(part)] for code, part in self.parts]}


def turnout_in(kept: Mapping[str, Any]) -> Turnout | None:
    """What `as_json` made; None for a cycle that was frozen before it was kept."""
    if not kept:
        return None
    return Turnout(Part(**kept["total"]), tuple((code, Part(**part)) for code, part in kept["by_type"]))


def turnout_of(pledges: Iterable[tuple[str, bool, bool]]) -> Turnout:
    """From the code, whether the parties call it fulfilled, and whether there is a report of the cycle.

    Asked are those that are not called fulfilled, and those that say so in a report of this cycle.
    """
    reported, asked, published_ones = Counter[str](), Counter[str](), Counter[str]()
    for code, is_fulfilled, has_report in pledges:
        published_ones[code] += 1
        reported[code] += has_report
        asked[code] += has_report or not is_fulfilled
    parts = {code: Part(reported[code], asked[code], number) for code, number in published_ones.items()}
    total = Part(reported.total(), asked.total(), published_ones.total())
    return Turnout(total, tuple(sorted(parts.items(), key=lambda row: (-row[1].asked, row[0]))))


def turnout_in_content(content: Mapping[str, Any], by: str = "organization_type") -> Turnout:
    """Of the content of a snapshot, by what a pledge tells under this name."""
    reported = {row["pledge"] for row in content["reports"] if row["cycle"] == content["cycle"]}
    return turnout_of(
        (row.get(by) or "", row["stage"] == ReportedStage.FULFILLED, row["id"] in reported)
        for row in content["pledges"]
    )


@counted_once
def counted_turnout(slug: str) -> tuple[Turnout, Figures]:
    """Of a cycle, with the figures of follow-up, as of now. One query beside those of `standings`."""
    reported, rows = public_reported_keys(slug), standings()
    turnout = turnout_of((row.type_code, not row.is_active, row.key in reported) for row in rows)
    return turnout, figures_of(rows)


def turnout_of_cycle(cycle: ReviewCycle) -> Turnout | None:
    """As its snapshot holds it, or as of now while it is not frozen; None where the snapshot is from before
    it was kept."""
    return turnout_in(cycle.turnout) if cycle.is_frozen else counted_turnout(cycle.slug)[0]
