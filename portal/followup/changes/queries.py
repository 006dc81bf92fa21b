"""What was changed of published goals and days, each with its reason, from the public ledger.

A correction tells its changes in the record of the pledge (`pledges.projection`). `unexplained` compares the
versions that the ledger keeps with each other instead, so that none can be left out.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from portal.followup.models import ReviewCycle
from portal.pledges.changes import changes
from portal.pledges.public_facts import changes_in, day_in, promise_in
from portal.publication.enums import RecordKind, RecordState
from portal.publication.models import Record, RecordVersion
from portal.publication.queries import published

# What the ledger tells of a change: `what`, the goal, the values, the reason and the ISO day.
Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Change:
    """One value of a public pledge that is another one than was published; texts in the pledge's language.

    `place` is its place among the changes of the pledge, the oldest first.
    """

    pledge: Record
    place: int
    what: str
    goal: str
    old: str
    new: str
    reason: str
    on: date | None


@dataclass(frozen=True, slots=True)
class Window:
    """After a day, up to another one; None is without an end."""

    since: date | None
    until: date | None

    def holds(self, on: date | None) -> bool:
        if on is None:
            return self.since is None
        return (self.since is None or on > self.since) and (self.until is None or on <= self.until)


EVER = Window(None, None)


def window_of(cycle: ReviewCycle) -> Window:
    """Since the cycle before was frozen, or without one since this one was opened; until it is frozen."""
    rows = ReviewCycle.objects.filter(frozen_at__isnull=False).exclude(pk=cycle.pk)
    if cycle.opened_at:
        rows = rows.filter(frozen_at__lte=cycle.opened_at)
    before = rows.order_by("-frozen_at").values_list("frozen_at", flat=True).first()
    since = before or cycle.opened_at
    return Window(since.date() if since else None, cycle.frozen_at.date() if cycle.frozen_at else None)


def goal_changes(window: Window = EVER) -> list[Change]:
    """The newest first. One query."""
    rows = published(RecordKind.PLEDGE).filter(facts__has_key="changes").order_by("pk")
    told = [
        _change(record, place, row)
        for record in rows
        for place, row in enumerate(changes_in(record.facts), start=1)
    ]
    within = [row for row in told if window.holds(row.on)]
    return sorted(within, key=lambda row: (row.on or date.min, row.pledge.pk, row.place), reverse=True)


@dataclass(frozen=True, slots=True)
class Audit:
    """How many values differ from one kept version to the next, and those of them without a reason."""

    changes: int
    pledges: int
    unexplained: tuple[str, ...]


def audit() -> Audit:
    """Every kept version of every public pledge, against the one before. One query, in parts."""
    number, pledges, missing = 0, set[int](), list[str]()
    for older, newer in _pairs():
        changed = changes(_promise(older), _promise(newer))
        told = [*changes_in(newer.content["facts"])]
        number += len(changed)
        pledges |= {newer.record_id} if changed else set()
        missing += [
            f"{newer.record.public_id} version {newer.number}: {row['what']} {row['goal']}".strip()
            for row in changed
            if not _is_told(row, told)
        ]
    return Audit(number, len(pledges), tuple(missing))


def _is_told(changed: Row, told: Iterable[Row]) -> bool:
    names = ("what", "goal", "old", "new")
    return any(row.get("reason") and all(row[name] == changed[name] for name in names) for row in told)


def _pairs() -> Iterator[tuple[RecordVersion, RecordVersion]]:
    """Two versions in a row that both say something: those of before a withdrawal are empty."""
    rows = RecordVersion.objects.filter(record__kind=RecordKind.PLEDGE, record__state=RecordState.PUBLISHED)
    kept = rows.select_related("record").order_by("record_id", "number").iterator(chunk_size=500)
    for older, newer in pairwise(kept):
        if older.record_id == newer.record_id and older.content and newer.content:
            yield older, newer


def _promise(version: RecordVersion) -> Any:
    return promise_in(version.content["facts"], version.content["texts"])


def _change(record: Record, place: int, row: Row) -> Change:
    return Change(
        pledge=record,
        place=place,
        what=row["what"],
        goal=row.get("goal", ""),
        old=row["old"],
        new=row["new"],
        reason=row.get("reason", ""),
        on=day_in(row, "on"),
    )
