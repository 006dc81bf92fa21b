"""Tables of pledges that editors upload: kept, understood, checked, taken in; the desk calls it."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.common.actors import Actor, Group
from portal.common.errors import NotAllowed, WrongState
from portal.pledges.import_job import note_import
from portal.pledges.imports import import_pledges, read_pledges
from portal.pledges.models import HeadingChoice, PledgeTable
from portal.tables.columns import plain
from portal.tables.reading import Table
from portal.tables.report import row_name


def may_import(actor: Actor) -> bool:
    """The secretariat's editors: what they take in is public at once."""
    return actor.has(Group.EDITOR)


def tables() -> QuerySet[PledgeTable]:
    """All that were uploaded, the newest first, without their content."""
    return PledgeTable.objects.defer("content").select_related("job", "uploaded_by")


def table_of(key: UUID) -> PledgeTable | None:
    return PledgeTable.objects.select_related("job").filter(key=key).first()


def read(table: PledgeTable) -> Table:
    """The file under the meaning that its headings were given. Raises `Refused`."""
    return read_pledges(bytes(table.content), table.named)


@transaction.atomic
def upload(content: bytes, *, name: str, language: str, actor: Actor, now: datetime) -> PledgeTable:
    """Keep a file that can be read as a table; headings that were explained before are understood.

    Raises `Refused`.
    """
    _require_importer(actor)
    first = read_pledges(content)
    known = HeadingChoice.objects.filter(digest=_digest(first)).first()
    return PledgeTable.objects.create(
        name=name,
        content=content,
        named=known.named if known else {},
        language=language,
        uploaded_by_id=actor.user_id,
        uploaded_at=now,
    )


def check(
    table: PledgeTable, *, named: Mapping[str, str], language: str, actor: Actor, now: datetime
) -> PledgeTable:
    """Remember what the headings mean, for tables like this too, and try the whole file."""
    _require_importer(actor)
    _require_open(table)
    table.named, table.language = dict(named), language
    HeadingChoice.objects.update_or_create(
        digest=_digest(read(table)), defaults={"named": table.named, "chosen_at": now}
    )
    with translation.override(language):
        report = import_pledges(
            bytes(table.content), actor=actor, now=now, named=named, dry_run=True, skip_rejected=True
        )
    errors = [error.as_json() | {"column": error.column} for error in report.errors]
    table.report = report.as_json() | {"errors": errors, "notes": list(report.notes)}
    table.save(update_fields=["named", "language", "report"])
    return table


@transaction.atomic
def take_in(table: PledgeTable, *, skip_rejected: bool, actor: Actor, now: datetime) -> PledgeTable:
    """Leave it to the worker. Rows with a fault stop a file that was not told to go without them."""
    _require_importer(actor)
    stored = PledgeTable.objects.select_for_update().get(pk=table.pk)
    _require_open(stored)
    if stored.report is None:
        raise WrongState(_("Check the file first."))
    if stored.report["errors"] and not skip_rejected:
        raise WrongState(_("Some rows have faults. Correct them, or take the other rows in."))
    stored.job = note_import(
        bytes(stored.content),
        language=stored.language,
        skip_rejected=skip_rejected,
        named=stored.named,
        now=now,
    )
    stored.save(update_fields=["job"])
    return stored


def rejected_rows(table: PledgeTable) -> tuple[list[str], list[list[str]]]:
    """Heading and rows of a file of what was refused: the cells as they were, and why."""
    read_again = read(table)
    reasons: dict[str, list[str]] = {}
    for error in (table.report or {}).get("errors", ()):
        reasons.setdefault(error["where"], []).append(f"{error['field']}: {error['reason']}")
    texts = list(read_again.headings.texts) if read_again.headings else []
    with translation.override(table.language):
        return [*texts, gettext("Reason")], list(_with_reasons(read_again, len(texts), reasons))


def _with_reasons(table: Table, width: int, reasons: Mapping[str, Sequence[str]]) -> Iterator[list[str]]:
    for line in table.lines:
        if told := reasons.get(row_name(line.number)):
            cells = [str(cell) for cell in line.cells[:width]]
            yield [*cells, *[""] * (width - len(cells)), " ".join(told)]


def _digest(table: Table) -> str:
    """The same headings in any spelling and order are one set."""
    texts = sorted({plain(text) for text in table.headings.texts} if table.headings else ())
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()


def _require_importer(actor: Actor) -> None:
    if not may_import(actor):
        raise NotAllowed("import pledges")


def _require_open(table: PledgeTable) -> None:
    if table.job_id is not None:
        raise WrongState(_("This file is being taken in already."))
