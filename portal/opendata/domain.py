"""Makes versions of the ledger and removes them; jobs and the command call it."""

import hashlib
import os
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO

from django.db import transaction
from django.db.models import Max

from portal.common import events
from portal.common.actors import Actor
from portal.opendata import ledger_archive, queries
from portal.opendata.ledger_lines import one_moment
from portal.opendata.models import LedgerFile, ledger_storage
from portal.opendata.taken_back import holds_what_was_taken_back, marks
from portal.publication.figures import public_state
from portal.publication.models import RecordVersion

KIND = "ledger file"
KEPT = 10
MAKING, UNFINISHED = ".making-", timedelta(days=1)
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Written:
    """A finished file under a name of its own, and what it holds."""

    path: Path
    sha256: str
    size: int
    records: int
    state: str
    marks: dict[str, int]


def export_ledger(*, actor: Actor, now: datetime, is_forced: bool = False) -> LedgerFile | None:
    """A new version, of one moment; None when nothing public has changed since the last one that stands.

    What is taken back while it is written is found before anybody is given the file (`queries.is_served`).
    """
    last = queries.latest()
    if last is not None and last.state == _state() and not is_forced and queries.is_stored(last):
        return None
    written = _write(now)
    try:
        made = _keep(written, actor, now)
    finally:
        written.path.unlink(missing_ok=True)
    remove_old(actor=actor, now=now)
    return made


def remove_old(*, actor: Actor, now: datetime, keep: int = KEPT) -> None:
    """All but the newest."""
    for file in LedgerFile.objects.filter(removed_at=None)[keep:]:
        _remove(file, actor=actor, now=now)


def remove_taken_back(*, actor: Actor, now: datetime) -> Sequence[LedgerFile]:
    """The files that hold what was withdrawn or corrected away. Those that do not are noted as compared."""
    removed = []
    for file in LedgerFile.objects.filter(removed_at=None):
        upto = RecordVersion.objects.aggregate(last=Max("pk"))["last"] or 0
        if holds_what_was_taken_back(file):
            _remove(file, actor=actor, now=now, is_taken_back=True)
            removed.append(file)
        elif upto > file.checked_version:
            LedgerFile.objects.filter(pk=file.pk, checked_version__lt=upto).update(checked_version=upto)
    return removed


def _write(now: datetime) -> Written:
    folder = Path(ledger_storage().location)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _clear_unfinished(folder)
    handle, name = tempfile.mkstemp(dir=folder, prefix=MAKING)
    try:
        with os.fdopen(handle, "w+b") as file:
            with one_moment():
                moment, versions = _state(), marks()
                records = ledger_archive.write(file, now)
            size = file.tell()
            return Written(Path(name), _sha256(file), size, records, moment, versions)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _clear_unfinished(folder: Path) -> None:
    """What an export that was killed left: it may hold what is taken back later. None runs so long."""
    for path in folder.glob(f"{MAKING}*"):
        if path.stat().st_mtime < time.time() - UNFINISHED.total_seconds():
            path.unlink(missing_ok=True)


def _state() -> str:
    """What is public now by a name, as the row of a file keeps it."""
    return "-".join(str(part) for part in public_state())


def _sha256(file: IO[bytes]) -> str:
    digest = hashlib.sha256()
    file.seek(0)
    while block := file.read(_BLOCK):
        digest.update(block)
    return digest.hexdigest()


@transaction.atomic
def _keep(written: Written, actor: Actor, now: datetime) -> LedgerFile:
    day = now.date()
    last = LedgerFile.objects.filter(day=day).aggregate(last=Max("number"))["last"] or 0
    made = LedgerFile.objects.create(
        day=day,
        number=last + 1,
        made_at=now,
        sha256=written.sha256,
        size=written.size,
        records=written.records,
        state=written.state,
        checked_version=written.marks["last_version"],
        **written.marks,
    )
    written.path.chmod(0o600)
    written.path.rename(Path(ledger_storage().path(made.name)))
    events.record("made", kind=KIND, key=made.name, actor=actor, now=now, details={"sha256": made.sha256})
    return made


@transaction.atomic
def _remove(file: LedgerFile, *, actor: Actor, now: datetime, is_taken_back: bool = False) -> None:
    file.removed_at, file.is_taken_back = now, is_taken_back
    file.save(update_fields=["removed_at", "is_taken_back"])
    events.record(
        "removed", kind=KIND, key=file.name, actor=actor, now=now, details={"taken_back": is_taken_back}
    )
    ledger_storage().delete(file.name)
