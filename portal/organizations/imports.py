"""Takes a table of organizations that have not signed up in; nothing of it where a row has a fault.

The command calls it. An organization is known again by its name, or another name, and its country; what an
editor has changed since the last table stays.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.common.actors import Actor
from portal.common.characters import one_line
from portal.organizations import listing
from portal.organizations.directory import Directory, NameIndex, agree, distinct, is_called
from portal.organizations.enums import OrganizationState
from portal.organizations.listing import NAMES, ListedFields, fields_of
from portal.organizations.models import Organization
from portal.organizations.type_words import type_vocabulary
from portal.tables.columns import Column, Vocabulary
from portal.tables.reading import Row, Table, read_table
from portal.tables.report import Error, Outcome, Ready, Report, run
from portal.tables.vocabularies import COUNTRY_VOCABULARY, LANGUAGE_VOCABULARY

COLUMNS = (
    Column("name", gettext_lazy("Name of the organization"), is_filled=True, also=("nombre", "nome", "nom")),
    Column("acronym", gettext_lazy("Short name"), is_required=False, also=("siglas", "sigla", "sigle")),
    Column("type", gettext_lazy("Type of organization"), is_filled=True, also=(gettext_lazy("Type"),)),
    Column("country", gettext_lazy("Country"), is_required=False),
    Column("language", gettext_lazy("Language"), is_filled=True),
    Column("website", gettext_lazy("Website"), is_required=False),
    Column("aliases", gettext_lazy("Other names"), is_required=False, also=("alias",)),
)
# Columns of the table by the name of the field where they differ.
_HEADINGS = {"type_code": "type"}
_EMPTY: dict[str, Any] = {"aliases": ()}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a row says, by field; `stored` is the organization that it means, None for a new one."""

    row: Row
    said: dict[str, Any]
    stored: Organization | None
    directory: Directory


@dataclass(frozen=True, slots=True)
class Merged:
    """What an organization is to say; `kept` are fields in which an editor's words stay."""

    fields: ListedFields
    kept: tuple[str, ...]


class Earlier:
    """The countries of new organizations that earlier rows named, by name and by other name."""

    def __init__(self) -> None:
        self._by_name, self._by_any = NameIndex[str](), NameIndex[str]()

    def means(self, said: dict[str, Any]) -> bool:
        """Whether one of them goes by this name, or by its own name is one of these other names."""
        name, country = said["name"], said.get("country", "")
        return bool(
            self._by_any.called(name, lambda there: agree(there, country))
            or any(
                self._by_name.called(alias, lambda there: agree(there, country))
                for alias in said.get("aliases", ())
            )
        )

    def add(self, said: dict[str, Any]) -> None:
        name, country = said["name"], said.get("country", "")
        self._by_name.add(country, [name], ())
        self._by_any.add(country, [name], said.get("aliases", ()))


@dataclass(slots=True)
class _Reader:
    """What rows are checked against, and what earlier rows have said."""

    types: Vocabulary
    directory: Directory
    seen: set[int] = field(default_factory=set)
    earlier: Earlier = field(default_factory=lambda: Earlier())


def import_organizations(content: bytes, *, actor: Actor, now: datetime, dry_run: bool = False) -> Report:
    """Read, check and store. Raises `Refused` for what cannot be read."""
    table, notes = read_table(content, COLUMNS), list[str]()

    def plan(wanted: Wanted) -> Outcome:
        notes.extend(_notes(wanted))
        return _outcome(wanted)

    def store(wanted: Wanted) -> Outcome:
        return _store(wanted, actor, now)

    report = run(_rows(table), store=store, plan=plan, dry_run=dry_run, notes=table.notes)
    report.notes = (*report.notes, *notes)
    return report


def _rows(table: Table) -> Iterator[Ready[Wanted] | Error]:
    yield from table.errors
    if table.rows:
        reader = _Reader(type_vocabulary(), Directory())
        for row in table.rows:
            yield from _checked(row, reader)


def _checked(row: Row, reader: _Reader) -> Iterator[Ready[Wanted] | Error]:
    """What the row wants, or everything that is wrong with it."""
    problems = [*row.errors, *_word_problems(row, reader.types)]
    if problems:
        yield from problems
        return
    said = _said(row, reader.types)
    matches = reader.directory.named(said["name"], said.get("country", ""))
    if len(matches) > 1:
        told = _("Several public organizations have this name. Say in which country this one is.")
        problems.append(row.error("name", told))
    stored = matches[0] if len(matches) == 1 else None
    if stored is not None and not is_called(stored, said["name"]):
        del said["name"]
    wanted = Wanted(row, said, stored, reader.directory)
    if stored.pk in reader.seen if stored else reader.earlier.means(said):
        problems.append(row.error("name", _("An earlier row means the same organization. Keep one of them.")))
    if stored:
        reader.seen.add(stored.pk)
    else:
        reader.earlier.add(said)
    problems += [
        row.error(_HEADINGS.get(problem.field, problem.field), str(problem.message))
        for problem in listing.unstorable(_merged(wanted).fields)
    ]
    yield from problems
    if not problems:
        yield Ready(row.where, wanted)


def _word_problems(row: Row, types: Vocabulary) -> Iterator[Error]:
    words = {"type": types, "country": COUNTRY_VOCABULARY, "language": LANGUAGE_VOCABULARY}
    for code, vocabulary in words.items():
        cell = row.cells.get(code, "")
        if cell and not vocabulary.code_of(cell) and not any(error.field == code for error in row.errors):
            yield row.error(code, vocabulary.unknown(cell))


def _said(row: Row, types: Vocabulary) -> dict[str, Any]:
    """By field; a column that the table does not have says nothing."""
    cells = row.cells
    name = one_line(cells["name"])
    said: dict[str, Any] = {
        "name": name,
        "type_code": types.code_of(cells["type"]),
        "language": LANGUAGE_VOCABULARY.code_of(cells["language"]),
    }
    if "country" in cells:
        said["country"] = COUNTRY_VOCABULARY.code_of(cells["country"])
    if "acronym" in cells:
        said["acronym"] = one_line(cells["acronym"])
    if "website" in cells:
        said["website"] = _address(cells["website"])
    if "aliases" in cells:
        parts = cells["aliases"].replace("|", ";").replace("\n", ";").split(";")
        said["aliases"] = distinct([one_line(part) for part in parts], name)
    return said


def _address(cell: str) -> str:
    """`example.org` means `https://example.org`."""
    address = one_line(cell)
    return f"https://{address}" if address and "://" not in address else address


def _merged(wanted: Wanted) -> Merged:
    """A field says what the table says, unless an editor has changed it since the last one."""
    if wanted.stored is None:
        return Merged(ListedFields(**wanted.said), ())
    now, before = fields_of(wanted.stored), wanted.stored.imported
    values, kept = {name: getattr(now, name) for name in NAMES}, []
    for name, said in wanted.said.items():
        last = _plain(before.get(name, _EMPTY.get(name, "")))
        if values[name] == last:
            values[name] = said
        elif said not in (values[name], last):
            kept.append(name)
    return Merged(ListedFields(**values), tuple(kept))


def _plain(value: Any) -> Any:
    """JSON knows no tuple."""
    return tuple(value) if isinstance(value, list) else value


def _has_signed_up(wanted: Wanted) -> bool:
    return wanted.stored is not None and wanted.stored.state != OrganizationState.LISTED


def _notes(wanted: Wanted) -> Iterator[str]:
    """What the table says and is not taken."""
    if _has_signed_up(wanted):
        told = _("This organization has signed up. Its members say what it is.")
        yield f"{wanted.row.where}: name: {told}"
        return
    for name in _merged(wanted).kept:
        told = _("An editor has changed this. It stays as it is.")
        yield f"{wanted.row.where}: {_HEADINGS.get(name, name)}: {told}"


def _outcome(wanted: Wanted) -> Outcome:
    """What the row would do. No query."""
    if wanted.stored is None:
        return Outcome.CREATED
    if _has_signed_up(wanted) or _merged(wanted).fields == fields_of(wanted.stored):
        return Outcome.UNCHANGED
    return Outcome.UPDATED


def _store(wanted: Wanted, actor: Actor, now: datetime) -> Outcome:
    """A verb looks again at what is stored: who signed up or was listed meanwhile is told with the row."""
    outcome, fields = _outcome(wanted), _merged(wanted).fields
    given: dict[str, Any] = {"fields": fields, "directory": wanted.directory, "actor": actor, "now": now}
    if wanted.stored is None:
        listing.list_organization(imported=_as_json(wanted.said), **given)
    elif not _has_signed_up(wanted):
        imported = {**wanted.stored.imported, **_as_json(wanted.said)}
        listing.change_listed(wanted.stored, imported=imported, **given)
    return outcome


def _as_json(said: dict[str, Any]) -> dict[str, Any]:
    return {name: list(value) if isinstance(value, tuple) else value for name, value in said.items()}
