"""What an import came to, the same for every import: counts, errors with their place, notes."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Generic, TypeVar

from django.db import transaction
from django.utils.text import capfirst
from django.utils.translation import gettext as _

T = TypeVar("T")


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
    """What an import did, or would do. `notes` are lines about what it did not read."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    errors: list[Error] = field(default_factory=list)
    notes: tuple[str, ...] = ()

    @property
    def rejected(self) -> int:
        return len({error.where for error in self.errors})

    def count(self, outcome: Outcome) -> None:
        setattr(self, outcome.value, getattr(self, outcome.value) + 1)

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
    dry_run: bool = False,
    notes: tuple[str, ...] = (),
    finish: Callable[[], object] | None = None,
) -> Report:
    """Store every row or none: nothing is stored where one has an error, and nothing on a dry run.

    `finish` comes after the last row, in the same transaction, for what needs all of them.
    """
    report, ready = Report(notes=notes), []
    for row in rows:
        if isinstance(row, Error):
            report.errors.append(row)
        else:
            ready.append(row)
    if not report.errors:
        with transaction.atomic():
            _store_each(ready, store, report)
            if finish is not None and not report.errors:
                finish()
            if dry_run or report.errors:
                transaction.set_rollback(True)
    if report.errors:
        report.created = report.updated = report.unchanged = 0
    return report


def _store_each(ready: Iterable[Ready[T]], store: Callable[[T], Outcome], report: Report) -> None:
    for each in ready:
        try:
            report.count(store(each.item))
        except Rejected as rejected:
            report.errors.append(Error(each.where, rejected.field, rejected.reason))
