"""What a snapshot holds, counted; pure. The sections of the pack ask here.

Rows are those of the file. One that was frozen before the file told as much has less in it: what it lacks is
none, and what cannot be counted without it is left out.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from portal.followup.changes.queries import EVER, Window
from portal.followup.snapshots.turnout import Turnout, turnout_in_content
from portal.pledges.assessed import Assessed, fulfilment_of, last_words
from portal.pledges.enums import Fulfilment, ReportedStage
from portal.pledges.facts import best_tier, is_silent, silent_since
from portal.pledges.public_facts import day_in

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Held:
    """`content` as `snapshots.files.content_of` gives it; `window` holds the days whose changes of goals
    count.
    """

    content: Row
    window: Window = EVER

    @property
    def pledges(self) -> list[Row]:
        rows: list[Row] = self.content["pledges"]
        return rows

    @property
    def reports(self) -> list[Row]:
        rows: list[Row] = self.content["reports"]
        return rows

    @property
    def assessments(self) -> list[Row]:
        rows: list[Row] = self.content["assessments"]
        return rows

    @property
    def priorities(self) -> list[str]:
        """Keys of actions."""
        return [row["action"] for row in self.content.get("priorities", ())]

    @cached_property
    def by_number(self) -> dict[str, Row]:
        return {row["id"]: row for row in self.pledges}

    @cached_property
    def of_cycle(self) -> list[Row]:
        """The reports that carry the cycle."""
        return [row for row in self.reports if row["cycle"] == self.content["cycle"]]

    @cached_property
    def heard(self) -> frozenset[str]:
        """The pledges with a report of the cycle."""
        return frozenset(row["pledge"] for row in self.of_cycle)

    def turnout(self, by: str = "organization_type") -> Turnout:
        """As the page of the cycle tells it."""
        return turnout_in_content(self.content, by)

    @cached_property
    def reports_of(self) -> dict[str, list[Row]]:
        """By pledge."""
        rows: dict[str, list[Row]] = defaultdict(list)
        for row in self.reports:
            rows[row["pledge"]].append(row)
        return dict(rows)

    def evidence(self, pledge: Row) -> str:
        """As the dashboard counts it: the best of the reports of its stage; empty without a report."""
        if not pledge["reported_on"]:
            return ""
        return best_tier(pledge["stage"], self.reports_of.get(pledge["id"], ()))

    @cached_property
    def assessed_of(self) -> dict[str, list[Row]]:
        """By pledge what was found of it as a whole, in the order of the numbers."""
        rows: dict[str, list[Row]] = defaultdict(list)
        for row in self.assessments:
            if row["pledge"] and not row.get("goal"):
                rows[row["pledge"]].append(row)
        return dict(rows)

    @cached_property
    def active(self) -> list[Row]:
        """Those that their parties do not call fulfilled."""
        return [row for row in self.pledges if not is_claimed(row)]

    @cached_property
    def claimed(self) -> list[Row]:
        return [row for row in self.pledges if is_claimed(row)]

    @cached_property
    def assessed(self) -> list[Row]:
        """As a whole or in one goal."""
        return [row for row in self.pledges if row["assessment"]]

    @cached_property
    def silent(self) -> list[Row]:
        """Still to be fulfilled and without a report of the last twelve months, the longest silent first."""
        rows = [row for row in self.pledges if self._is_silent(row)]
        return sorted(rows, key=lambda row: (row["reported_on"] or "", row["id"]))

    def _is_silent(self, pledge: Row) -> bool:
        told = pledge["reported_on"]
        since = silent_since(date.fromisoformat(told) if told else None, pledge["year"])
        return is_silent(since, pledge["stage"], datetime.fromisoformat(self.content["frozen_at"]).date())

    @cached_property
    def disputed(self) -> list[list[Row]]:
        """All that was found of each pledge on which the last words of bodies differ."""
        rows_of = self.assessed_of.values()
        return [rows for rows in rows_of if len(set(last_words(_newest_first(rows)).values())) > 1]

    @cached_property
    def changes(self) -> list[tuple[Row, int, Row]]:
        """The published changes of goals and days: the pledge, the place among all its changes, and what."""
        return [
            (row, at, change)
            for row in self.pledges
            for at, change in enumerate(row.get("changes", ()))
            if self.window.holds(day_in(change, "on"))
        ]

    def complete(self, rows: Collection[Row]) -> list[Row]:
        """Those that are assessed complete on evidence, by every body that has looked at some."""
        return [row for row in rows if self._fulfilment(row) == Fulfilment.COMPLETE]

    def _fulfilment(self, pledge: Row) -> str | None:
        """As it stands in the file; of a file of before by the same rule from what it holds."""
        if "fulfilment" in pledge:
            told: str | None = pledge["fulfilment"]
            return told
        return fulfilment_of(pledge["stage"], _newest_first(self.assessed_of.get(pledge["id"], ())))

    def numbers(self) -> "Numbers":
        return Numbers(
            pledges=frozenset(self.by_number)
            | {row["pledge"] for row in (*self.reports, *self.assessments) if row["pledge"]},
            assessments=frozenset(row["id"] for row in self.assessments),
            organizations=frozenset(
                row["organization"] for row in (*self.pledges, *self.assessments) if row["organization"]
            ),
        )


@dataclass(frozen=True, slots=True)
class Numbers:
    """Of what a pack may name."""

    pledges: frozenset[str]
    assessments: frozenset[str]
    organizations: frozenset[str]


def _newest_first(rows: Sequence[Row]) -> Iterator[Assessed]:
    """Of rows in the order of their numbers."""
    for row in reversed(rows):
        yield Assessed(row["id"], row["body"], "", row["completion"], "", basis=row["basis"] or "")


def is_claimed(pledge: Row) -> bool:
    return bool(pledge["stage"] == ReportedStage.FULFILLED)
