"""What an import came to, the same for every import: counts, errors with their place, notes."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import islice
from time import monotonic, sleep
from typing import Any, Generic, TypeVar

from django.db import IntegrityError, connection, transaction
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from portal.common.errors import WrongState

T = TypeVar("T")
# Rows of one transaction, at most, where an import lets others write in between.
BATCH = 50
# Seconds after which a batch was too long: who saves meanwhile waits for five at most.
LONGEST = 1.0
# SQLite knows no queue: who waits for it looks again every tenth of a second.
PAUSE = 0.12


class Outcome(StrEnum):
    """What became of one row or file."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Error:
    """`where` is a row such as "row 3", a page, or a file; `column` the letter a spreadsheet shows."""

    where: str
    field: str
    reason: str
    column: str = ""

    def __str__(self) -> str:
        """A sentence for a page."""
        if self.field == "file":
            return f"{capfirst(self.where)}: {self.reason}"
        place = {"where": capfirst(self.where), "column": self.field, "reason": self.reason}
        return _("%(where)s, %(column)s: %(reason)s") % place

    @property
    def line(self) -> str:
        """A line for a terminal."""
        letter = ", " + _("column %(letter)s") % {"letter": self.column} if self.column else ""
        return f"{self.where}{letter}: {self.field}: {self.reason}"

    def as_json(self) -> dict[str, str]:
        return {"where": self.where, "field": self.field, "reason": self.reason}


@dataclass(slots=True)
class Report:
    """What an import did, or would do. `notes` are lines about what it did not read.

    `took_rest`: rows with a fault were left out and the others stored, as the person had asked.
    `details` say more of some rows than the counts; `as_json` leaves them out.
    """

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    errors: list[Error] = field(default_factory=list)
    notes: tuple[str, ...] = ()
    took_rest: bool = False
    details: list[dict[str, Any]] = field(default_factory=list)

    @property
    def is_refused(self) -> bool:
        """Something is wrong, and nothing was stored because of it."""
        return bool(self.errors) and not self.took_rest

    @property
    def rejected(self) -> int:
        return len({error.where for error in self.errors})

    def count(self, outcome: Outcome) -> None:
        setattr(self, outcome.value, getattr(self, outcome.value) + 1)

    def add(self, other: "Report") -> None:
        """Counts and errors of a part."""
        for outcome in Outcome:
            setattr(self, outcome.value, getattr(self, outcome.value) + getattr(other, outcome.value))
        self.errors += other.errors

    def as_json(self) -> dict[str, object]:
        return {
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "rejected": self.rejected,
            "errors": [error.as_json() for error in self.errors],
        }


class Rejected(Exception):
    """A row that cannot be stored as things stand; `store` raises it."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(field, reason)
        self.field, self.reason = field, reason


@dataclass(frozen=True, slots=True)
class Ready(Generic[T]):
    """A row that was read without fault, and what is to be stored of it."""

    where: str
    item: T


def row_name(number: int) -> str:
    return _("row %(number)s") % {"number": number}


def run(
    rows: Iterable[Ready[T] | Error],
    *,
    store: Callable[[T], Outcome],
    plan: Callable[[T], Outcome] | None = None,
    prepare: Callable[[Sequence[T], bool], object] = lambda items, is_locked: None,
    flush: Callable[[], object] = lambda: None,
    dry_run: bool = False,
    skip_rejected: bool = False,
    notes: tuple[str, ...] = (),
    finish: Callable[[], object] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Report:
    """Store every row or none: nothing is stored where one has an error, and nothing on a dry run.

    `plan` says what `store` would do of a row and only reads. With it a dry run writes nothing at all, and a
    table without fault is stored some rows at a time, so that others can write meanwhile; a row that somebody
    else changed in that moment is told, and the rows around it are stored. Before the rows of a batch are
    planned or stored, `prepare` is given them and whether they are to be locked; once they are stored `flush`
    writes what `store` has put off, in the same transaction.
    `skip_rejected` (with `plan`) leaves the rows with a fault out and stores the others, where there are any.
    `finish` comes after the last row, in the same transaction, for what needs all of them (without `plan`).
    `progress` (with `plan`) is told after each batch how many rows of all are stored, on a dry run checked.
    """
    report, ready = Report(notes=notes), []
    for row in rows:
        if isinstance(row, Error):
            report.errors.append(row)
        else:
            ready.append(row)
    if plan is None:
        _store_at_once(ready, store, report, dry_run=dry_run, finish=finish)
        return report
    batches = _Batches(plan, store, prepare, flush, progress or (lambda done, total: None))
    if skip_rejected or not report.errors:
        ready = batches.plan_all(ready, report, is_told=dry_run)
    report.took_rest = skip_rejected and bool(report.errors and ready)
    if report.is_refused or dry_run:
        return _told(report)
    report.created = report.updated = report.unchanged = 0
    batches.store_all(ready, report)
    return report


def _store_at_once(
    ready: Sequence[Ready[T]],
    store: Callable[[T], Outcome],
    report: Report,
    *,
    dry_run: bool,
    finish: Callable[[], object] | None,
) -> None:
    if not report.errors:
        with transaction.atomic():
            _each(ready, store, report)
            if finish is not None and not report.errors:
                finish()
            if dry_run or report.errors:
                transaction.set_rollback(True)
    _told(report)


@dataclass(frozen=True, slots=True)
class _Batches(Generic[T]):
    plan: Callable[[T], Outcome]
    store: Callable[[T], Outcome]
    prepare: Callable[[Sequence[T], bool], object]
    flush: Callable[[], object]
    progress: Callable[[int, int], None]

    def plan_all(self, ready: Sequence[Ready[T]], report: Report, *, is_told: bool) -> list[Ready[T]]:
        """Those without fault. Nothing counts as done while storing is to come."""
        good: list[Ready[T]] = []
        for done, batch in _batches(ready):
            self.prepare([each.item for each in batch], False)
            good += _each(batch, self.plan, report)
            self.progress(done if is_told else 0, len(ready))
        return good

    def store_all(self, ready: Sequence[Ready[T]], report: Report) -> None:
        done, size = 0, BATCH
        while batch := ready[done : done + size]:
            began = monotonic()
            self._store(batch, report)
            size = next_size(size, monotonic() - began)
            done += len(batch)
            self.progress(done, len(ready))
            if connection.vendor == "sqlite" and done < len(ready):
                sleep(PAUSE)

    def _store(self, batch: Sequence[Ready[T]], report: Report) -> None:
        """A batch that meets somebody else's row is taken again row by row, so that one row alone is told."""
        stored = Report()
        try:
            with transaction.atomic():
                self.prepare([each.item for each in batch], True)
                _each(batch, self.store, stored)
                self.flush()
        except IntegrityError:
            if len(batch) == 1:
                told = _("Somebody has written the same in this moment. Take the table in again.")
                report.errors.append(Error(batch[0].where, "row", told))
            for each in batch if len(batch) > 1 else ():
                self._store([each], report)
        else:
            report.add(stored)


def next_size(size: int, seconds: float) -> int:
    """Rows of the next batch after one of `size` that took so long: others wait for a batch, not for all."""
    if seconds > LONGEST:
        return max(1, size // 2)
    return min(BATCH, size * 2) if seconds < LONGEST / 3 else size


def _batches(ready: Sequence[Ready[T]]) -> Iterator[tuple[int, list[Ready[T]]]]:
    """How many are done after each batch, and the batch."""
    left, done = iter(ready), 0
    while batch := list(islice(left, BATCH)):
        done += len(batch)
        yield done, batch


def _told(report: Report) -> Report:
    """Nothing counts where something is wrong."""
    if report.is_refused:
        report.created = report.updated = report.unchanged = 0
    return report


def _each(ready: Iterable[Ready[T]], act: Callable[[T], Outcome], report: Report) -> list[Ready[T]]:
    """Those that had no fault."""
    good = []
    for each in ready:
        try:
            report.count(act(each.item))
            good.append(each)
        except Rejected as rejected:
            report.errors.append(Error(each.where, rejected.field, rejected.reason))
        except WrongState as refusal:
            report.errors.append(Error(each.where, "row", str(refusal.message)))
    return good
