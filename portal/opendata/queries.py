"""Reads of the versions of the ledger: those that may be served, and what stands of the others."""

from datetime import date

from portal.opendata.models import LedgerFile, ledger_storage
from portal.opendata.taken_back import holds_what_was_taken_back
from portal.publication.figures import counted_once

LISTED = 30


@counted_once
def taken_back() -> frozenset[int]:
    """The files that hold what is public no more, worked out once for each state of the public."""
    kept = LedgerFile.objects.filter(removed_at=None)
    return frozenset(file.pk for file in kept if holds_what_was_taken_back(file))


def is_served(file: LedgerFile) -> bool:
    return file.removed_at is None and file.pk not in taken_back()


def files() -> list[LedgerFile]:
    """The newest first, removed ones too."""
    return list(LedgerFile.objects.all()[:LISTED])


def served() -> list[LedgerFile]:
    """Those that everybody may have, the newest first. Two queries while nothing public changes."""
    gone = taken_back()
    return [file for file in LedgerFile.objects.filter(removed_at=None) if file.pk not in gone]


def latest() -> LedgerFile | None:
    return next(iter(served()), None)


def file_of(day: date, number: int) -> LedgerFile | None:
    return LedgerFile.objects.filter(day=day, number=number).first()


def is_stored(file: LedgerFile) -> bool:
    return ledger_storage().exists(file.name)
