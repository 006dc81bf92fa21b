"""Takes a sheet of the glossary in, all of it or nothing: a command applies it, an upload proposes it.

Rows are known by `key`. What a sheet does not name stays as it is; nothing is ever removed by one.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from portal.common.actors import Actor
from portal.common.languages import CODES
from portal.taxonomy import domain, queries, rules
from portal.taxonomy.content import Content, line, problems_of
from portal.taxonomy.enums import ProposalKind
from portal.taxonomy.sheets import (
    REQUIRED,
    Row,
    Sheet,
    Unreadable,
    content_of_row,
    is_formula,
    plain,
    read,
    variant_problem,
)


@dataclass(frozen=True, slots=True)
class Error:
    """`where` is a row such as "row 3", or the file."""

    where: str
    field: str
    reason: str


@dataclass(slots=True)
class Imported:
    """What an import did, or would do; with errors it did nothing. `unread` are columns it does not know."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    errors: list[Error] = field(default_factory=list)
    unread: tuple[str, ...] = ()

    @property
    def rejected(self) -> int:
        return len({error.where for error in self.errors})


@dataclass(frozen=True, slots=True)
class Wanted:
    """A row that can be taken in."""

    where: str
    content: Content
    is_new: bool


def import_glossary(raw: bytes, *, actor: Actor, now: datetime, dry_run: bool = False) -> Imported:
    """Apply a sheet: the system takes it in, a person proposes each new or changed concept."""
    with transaction.atomic():
        found, wanted = _checked(raw)
        if not found.errors:
            _store(wanted, found, actor, now)
        if dry_run or found.errors:
            transaction.set_rollback(True)
    return found


def _checked(raw: bytes) -> tuple[Imported, list[Wanted]]:
    try:
        sheet = read(raw)
    except Unreadable as problem:
        return Imported(errors=[Error("file", "file", str(problem))]), []
    found = Imported(unread=sheet.unread)
    found.errors += [
        Error("row 1", name, "This column is missing.") for name in REQUIRED if name not in sheet.columns
    ]
    if not found.errors and not sheet.rows:
        found.errors.append(Error("row 1", "file", "There is no row below the headings."))
    if found.errors:
        return found, []
    known = queries.contents()
    wanted = list(_wanted(sheet, known, found))
    found.errors += _broader_errors(wanted, known)
    return found, wanted


def _wanted(sheet: Sheet, known: dict[str, Content], found: Imported) -> Iterator[Wanted]:
    """Rows that say something new; those that say what is known are counted."""
    seen: dict[str, int] = {}
    for row in sheet.rows:
        where, key = f"row {row.number}", line(plain(row.cells.get("key", "")))
        errors = [Error(where, name, reason) for name, reason in _cell_problems(row)]
        if key and key in seen:
            errors.append(Error(where, "key", f"Row {seen[key]} has the same key."))
        seen.setdefault(key, row.number)
        content = content_of_row(row, known.get(key))
        if not errors:
            errors = [Error(where, _column(each.field), str(each.message)) for each in problems_of(content)]
        found.errors += errors
        if not errors and content == known.get(key):
            found.unchanged += 1
        elif not errors:
            yield Wanted(where, content, is_new=key not in known)


def _cell_problems(row: Row) -> Iterator[tuple[str, str]]:
    for name, cell in row.cells.items():
        if is_formula(cell):
            yield name, "This cell holds a formula. Put its value in."
    if problem := variant_problem(row.cells.get("variants", "")):
        yield "variants", problem


def _column(name: str) -> str:
    """The column of a field of the form."""
    return "variants" if name.removeprefix("variants_") in CODES and name not in CODES else name


def _broader_errors(wanted: list[Wanted], known: dict[str, Content]) -> list[Error]:
    """The sheet and the glossary together: every broader concept is there and no way leads back."""
    where = {each.content.key: each.where for each in wanted}
    found = domain.relation_problems([each.content for each in wanted], known)
    return [Error(where[key], problem.field, str(problem.message)) for key, problem in found]


def _store(wanted: list[Wanted], found: Imported, actor: Actor, now: datetime) -> None:
    if rules.can_take_in(actor):
        domain.take_in([each.content for each in wanted], actor=actor, now=now)
        stored = wanted
    else:
        stored = [each for each in wanted if _propose(each.content, actor, now)]
        found.unchanged += len(wanted) - len(stored)
    found.created += sum(each.is_new for each in stored)
    found.updated += sum(not each.is_new for each in stored)


def _propose(content: Content, actor: Actor, now: datetime) -> bool:
    """Whether it was proposed; the very same may be waiting already."""
    concept = queries.in_force(content.key)
    kind = ProposalKind.ADD if concept is None else ProposalKind.CHANGE
    if queries.same_waiting(kind, content):
        return False
    if concept is None:
        domain.propose_concept(content, actor=actor, now=now, is_sheet=True)
    else:
        domain.propose_change(
            concept, content, revision=concept.revision, actor=actor, now=now, is_sheet=True
        )
    return True
