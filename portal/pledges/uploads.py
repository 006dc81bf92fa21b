"""Tables of pledges that editors upload: kept, understood, checked, taken in; desk and command call it."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from portal.common.actors import Actor, Group
from portal.common.errors import NotAllowed, WrongState
from portal.pledges import import_job
from portal.pledges.importing.rejects import rejects
from portal.pledges.importing.words import COLUMNS
from portal.pledges.imports import read_pledges
from portal.pledges.models import HeadingChoice, PledgeTable
from portal.tables.columns import headings_of, plain
from portal.tables.reading import Headings, Table
from portal.work.enums import ACTIVE, JobState

# Rows that the page shows before anything is taken in.
FIRST_ROWS = 5


def may_import(actor: Actor) -> bool:
    """The secretariat's editors: what they take in is public at once."""
    return actor.has(Group.EDITOR)


def tables() -> QuerySet[PledgeTable]:
    """All that were uploaded, the newest first, without their content."""
    return PledgeTable.objects.defer("content").select_related("job", "check_job", "uploaded_by")


def table_of(key: UUID) -> PledgeTable | None:
    return tables().filter(key=key).first()


def headings_in(table: PledgeTable) -> Headings | None:
    """The headings under the meaning that they were given; nothing is read but what was kept of the file."""
    if not table.head:
        return None
    known, texts = headings_of(COLUMNS) | table.named, tuple(table.head["texts"])
    return Headings(table.head["number"], tuple(known.get(plain(text), "") for text in texts), texts)


def is_busy(table: PledgeTable) -> bool:
    """Whether the worker has it to check or to take in."""
    return any(job is not None and job.state in ACTIVE for job in (table.check_job, table.job))


def is_open(table: PledgeTable) -> bool:
    """Whether it can be checked and taken in: nothing of it is in, and the worker does not have it."""
    if table.outcome is not None:
        return bool(table.outcome["refused"]) and not is_busy(table)
    return not is_busy(table) and (table.job is None or table.job.state == JobState.FAILED)


def number_to_take_in(report: Mapping[str, Any], *, is_replacing: bool) -> int:
    """Rows of a checked file without a fault; with those that replace what organizations have published."""
    good = sum(int(report[name]) for name in ("created", "updated", "unchanged"))
    return good + (number_kept(report) if is_replacing else 0)


def number_kept(report: Mapping[str, Any]) -> int:
    """Rows that would replace what organizations have published, as far as they are told."""
    return sum(bool(row["kept_by"]) for row in report.get("rows", ()))


@transaction.atomic
def upload(content: bytes, *, name: str, language: str, actor: Actor, now: datetime) -> PledgeTable:
    """Keep a file that can be read as a table; headings that were explained before are understood.

    Raises `Refused`.
    """
    _require_importer(actor)
    first = read_pledges(content)
    known = HeadingChoice.objects.filter(digest=_digest(_texts(first))).first()
    return PledgeTable.objects.create(
        name=name,
        content=content,
        head=_head(first),
        named=known.named if known else {},
        language=language,
        uploaded_by_id=actor.user_id,
        uploaded_at=now,
    )


@transaction.atomic
def check(
    table: PledgeTable, *, named: Mapping[str, str], language: str, actor: Actor, now: datetime
) -> PledgeTable:
    """Remember what the headings mean, for tables like this too; the worker tries the whole file."""
    _require_importer(actor)
    stored = _locked(table)
    stored.named, stored.language = dict(named), language
    stored.save(update_fields=["named", "language"])
    HeadingChoice.objects.update_or_create(
        digest=_digest((stored.head or {}).get("texts", ())),
        defaults={"named": stored.named, "chosen_at": now},
    )
    import_job.note_check(stored, now=now)
    return stored


@transaction.atomic
def take_in(
    table: PledgeTable, *, skip_rejected: bool, actor: Actor, now: datetime, is_replacing: bool = False
) -> PledgeTable:
    """Leave it to the worker. Rows with a fault stop a file that was not told to go without them.

    `is_replacing`: also the rows that replace what organizations have published.
    """
    _require_importer(actor)
    stored = _locked(table)
    if stored.report is None:
        raise WrongState(_("Check the file first."))
    if stored.report["errors"] and not skip_rejected:
        raise WrongState(_("Some rows have faults. Correct them, or take the other rows in."))
    if not number_to_take_in(stored.report, is_replacing=is_replacing):
        raise WrongState(_("No row is left to take in. Say what the columns are, or correct the file."))
    import_job.note_import(stored, skip_rejected=skip_rejected, is_replacing=is_replacing, now=now)
    return stored


@transaction.atomic
def take_in_unseen(
    content: bytes,
    *,
    name: str,
    language: str,
    skip_rejected: bool,
    actor: Actor,
    now: datetime,
    is_replacing: bool = False,
) -> PledgeTable:
    """Keep a file and leave it to the worker, which checks it first. Raises `Refused`."""
    table = upload(content, name=name, language=language, actor=actor, now=now)
    import_job.note_import(table, skip_rejected=skip_rejected, is_replacing=is_replacing, now=now)
    return table


def rejected_rows(table: PledgeTable) -> tuple[list[str], list[list[str]]]:
    """Heading and rows of a file of what was refused: the cells as they were, and why."""
    told = table.outcome or table.report or {}
    with translation.override(table.language):
        return rejects(read_pledges(bytes(table.content), table.named), told.get("errors", ()))


def _head(table: Table) -> dict[str, object]:
    """What the page shows of the file."""
    texts = _texts(table)
    return {
        "number": table.heading,
        "texts": texts,
        "lines": [[line.number, *map(str, line.cells[: len(texts)])] for line in table.lines[:FIRST_ROWS]],
    }


def _texts(table: Table) -> list[str]:
    return list(table.headings.texts) if table.headings else []


def _digest(texts: list[str]) -> str:
    """The same headings in any spelling and order are one set."""
    return hashlib.sha256("\n".join(sorted({plain(text) for text in texts})).encode()).hexdigest()


def _locked(table: PledgeTable) -> PledgeTable:
    """The stored row, locked, while nobody has left it to the worker."""
    rows = PledgeTable.objects.defer("content").select_for_update(of=("self",))
    stored = rows.select_related("job", "check_job").get(pk=table.pk)
    if stored.check_job is not None and stored.check_job.state in ACTIVE:
        raise WrongState(_("This file is being checked already."))
    if not is_open(stored):
        raise WrongState(_("This file is being taken in already."))
    return stored


def _require_importer(actor: Actor) -> None:
    if not may_import(actor):
        raise NotAllowed("import pledges")
