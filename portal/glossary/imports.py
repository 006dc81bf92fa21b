"""Takes a table of the glossary in, all of it or nothing: a command applies it, an upload proposes it.

Rows are known by `key`. What a table does not name stays as it is; nothing is ever removed by one.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from portal.common.actors import Actor
from portal.common.languages import CODES
from portal.glossary import domain, queries, rules
from portal.tables.reading import Row, Table, read_table
from portal.tables.report import Error, Outcome, Ready, Report, run
from portal.taxonomy import queries as vocabulary
from portal.taxonomy.content import Content, line, problems_of
from portal.taxonomy.enums import ProposalKind
from portal.taxonomy.sheets import COLUMNS, LIMITS, content_of_row, variant_problem


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a row says of its concept, and what the glossary says of it so far."""

    row: Row
    content: Content
    known: Content | None


def import_glossary(raw: bytes, *, actor: Actor, now: datetime, dry_run: bool = False) -> Report:
    """The system applies a table, a person proposes each new or changed concept. Raises `Refused`."""
    table = read_table(raw, COLUMNS, limits=LIMITS, is_ours=True)
    taken: list[Content] = []

    def store(wanted: Wanted) -> Outcome:
        if wanted.content == wanted.known:
            return Outcome.UNCHANGED
        if rules.can_take_in(actor):
            taken.append(wanted.content)
        elif not _propose(wanted.content, actor, now):
            return Outcome.UNCHANGED
        return Outcome.CREATED if wanted.known is None else Outcome.UPDATED

    def finish() -> None:
        if taken:
            domain.take_in(taken, actor=actor, now=now)

    return run(_rows(table), store=store, finish=finish, dry_run=dry_run, notes=table.notes)


def _rows(table: Table) -> Iterator[Ready[Wanted] | Error]:
    yield from table.errors
    known = vocabulary.contents() if table.rows else {}
    seen: dict[str, int] = {}
    wanted = []
    for row in table.rows:
        key = line(row.cells["key"])
        content = content_of_row(row, known.get(key))
        errors = list(_row_errors(row, key, content, seen))
        seen.setdefault(key, row.number)
        yield from errors
        if not errors:
            wanted.append(Wanted(row, content, known.get(key)))
    yield from (Ready(each.row.where, each) for each in wanted)
    yield from _broader_errors(wanted, known)


def _row_errors(row: Row, key: str, content: Content, seen: dict[str, int]) -> Iterator[Error]:
    errors = list(row.errors)
    if problem := variant_problem(row.cells.get("variants", "")):
        errors.append(row.error("variants", problem))
    if key and key in seen:
        errors.append(row.error("key", _("Row %(number)d has the same key.") % {"number": seen[key]}))
    if not errors:
        errors = [row.error(_column(each.field), str(each.message)) for each in problems_of(content)]
    yield from errors


def _column(name: str) -> str:
    """The column of a field of the form."""
    return "variants" if name.removeprefix("variants_") in CODES and name not in CODES else name


def _broader_errors(wanted: list[Wanted], known: dict[str, Content]) -> list[Error]:
    """The table and the glossary together: every broader concept is there and no way leads back."""
    changed = {each.content.key: each for each in wanted if each.content != each.known}
    problems = domain.relation_problems([each.content for each in changed.values()], known)
    return [changed[key].row.error(problem.field, str(problem.message)) for key, problem in problems]


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
