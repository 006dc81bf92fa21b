"""Takes in a table of who attended or signed, nothing of it where a row has a fault; the command calls it.

An organization is known again by its public record and how it took part, persons of a category without one
by the category. Rows of an earlier table that this one has not stay, and are told.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portal.common import events
from portal.common.actors import Actor
from portal.common.errors import NotAllowed
from portal.common.languages import CODES, DEFAULT
from portal.consultations.enums import Mode
from portal.consultations.rules import may_import
from portal.consultations.session_models import Attendance
from portal.organizations.public_bodies import PublicBodies, PublicBody
from portal.tables.columns import Column, Kind, Vocabulary, short
from portal.tables.reading import Row, Table, read_table
from portal.tables.report import Error, Outcome, Ready, Report, run
from portal.taxonomy.queries import organization_type_names

COLUMNS = (
    Column("organization", gettext_lazy("Organization"), also=(gettext_lazy("Name"),)),
    Column("category", gettext_lazy("Category"), is_required=False, also=(gettext_lazy("Type"),)),
    Column("persons", gettext_lazy("Persons"), is_required=False, kind=Kind.WHOLE),
    Column("mode", gettext_lazy("How it took part"), is_filled=True),
)
MODES = Vocabulary(dict(Mode.choices))
MOST_PERSONS = 100_000


@dataclass(frozen=True, slots=True)
class Wanted:
    """A row as it should be stored; `organization` is the row of a public record."""

    organization: int | None
    category: str
    mode: str
    persons: int | None


@dataclass(slots=True)
class AttendanceReport(Report):
    """`left` are rows of earlier tables that this one has not."""

    left: int = 0


@dataclass(slots=True)
class _Reading:
    """What the rows of one table are read against."""

    bodies: PublicBodies = field(default_factory=PublicBodies)
    categories: Vocabulary = field(default_factory=lambda: _categories())
    seen: set[tuple[object, ...]] = field(default_factory=set)


@transaction.atomic
def import_attendance(
    content: bytes, *, consultation_key: UUID, actor: Actor, now: datetime, dry_run: bool = False
) -> AttendanceReport:
    """Read, check and store. Raises `Refused` for what cannot be read."""
    if not may_import(actor):
        raise NotAllowed("import attendance")
    table, kept = read_table(content, COLUMNS), set[int]()

    def store(wanted: Wanted) -> Outcome:
        return _store(wanted, consultation_key, kept)

    told = run(_rows(table), store=store, dry_run=dry_run, notes=table.notes)
    rows = Attendance.objects.filter(consultation_key=consultation_key).exclude(pk__in=kept)
    report = AttendanceReport(told.created, told.updated, told.unchanged, told.errors, told.notes)
    report.left = 0 if told.errors else rows.count()
    if report.left:
        report.notes = (*report.notes, _left(report.left))
    if (told.created or told.updated) and not dry_run:
        details: dict[str, object] = {"created": told.created, "updated": told.updated}
        _record("attendance_imported", consultation_key, actor, now, details)
    return report


def _record(action: str, key: UUID, actor: Actor, now: datetime, details: dict[str, object]) -> None:
    events.record(action, kind="consultation", key=key, actor=actor, now=now, details=details)


def _left(number: int) -> str:
    return ngettext(
        "%(number)s row of an earlier table is not in this one. It was left as it is.",
        "%(number)s rows of earlier tables are not in this one. They were left as they are.",
        number,
    ) % {"number": number}


def _rows(table: Table) -> Iterator[Ready[Wanted] | Error]:
    yield from table.errors
    reading = _Reading()
    for row in table.rows:
        yield from _checked(row, reading)


def _checked(row: Row, reading: _Reading) -> Iterator[Ready[Wanted] | Error]:
    """The row as it should be stored, or everything that is wrong with it."""
    cells, told = row.cells, {error.field for error in row.errors}
    body, reason = _body_of(cells.get("organization", ""), reading.bodies)
    mode = MODES.code_of(cells.get("mode", ""))
    category = reading.categories.code_of(cells.get("category", ""))
    persons = "" if "persons" in told else cells.get("persons", "")
    faults = {
        "organization": reason,
        "mode": "" if mode else MODES.unknown(cells.get("mode", "")),
        **_category_and_persons(cells, reading.categories, category, persons),
    }
    problems = [
        *row.errors,
        *(row.error(code, fault) for code, fault in faults.items() if fault and code not in told),
    ]
    if not problems:
        number, of_type = (body.pk, body.type_code) if body else (None, "")
        wanted = Wanted(number, category or of_type, mode, int(persons) if persons else None)
        key = (number, mode) if number else (wanted.category, mode)
        if key not in reading.seen:
            reading.seen.add(key)
            yield Ready(row.where, wanted)
            return
        problems.append(row.error("organization", _("An earlier row says the same. Keep one of them.")))
    yield from problems


def _body_of(word: str, bodies: PublicBodies) -> tuple[PublicBody | None, str]:
    """An organization that nobody knows can be left out: then the row is about persons of a category."""
    body, reason = bodies.find(word)
    if word and not bodies.named(word):
        told = _("No public organization is called “%(name)s”. List it first, or leave the cell empty.")
        reason = told % {"name": short(word)}
    return body, reason


def _category_and_persons(
    cells: Mapping[str, str], categories: Vocabulary, category: str, persons: str
) -> dict[str, str]:
    said = cells.get("category", "")
    faults = {"category": categories.unknown(said) if said and not category else ""}
    if not cells.get("organization"):
        faults |= _without_organization(category, persons, faults["category"])
    if persons and not 1 <= int(persons) <= MOST_PERSONS:
        faults["persons"] = _("Write a whole number of persons from 1.")
    return faults


def _without_organization(category: str, persons: str, fault: str) -> dict[str, str]:
    """Persons of a category; a row must say which and how many."""
    faults = {}
    if not category:
        faults["category"] = fault or _("Say which organization, or which category the persons are of.")
    if not persons:
        faults["persons"] = _("Say how many persons, or which organization.")
    return faults


def _store(wanted: Wanted, consultation_key: UUID, kept: set[int]) -> Outcome:
    who = Q(organization=wanted.organization) if wanted.organization else Q(category=wanted.category)
    rows = Attendance.objects.select_for_update().filter(
        who,
        consultation_key=consultation_key,
        organization__isnull=wanted.organization is None,
        mode=wanted.mode,
    )
    row = rows.first()
    if row is None:
        row = Attendance.objects.create(
            consultation_key=consultation_key,
            organization_id=wanted.organization,
            category=wanted.category,
            mode=wanted.mode,
            persons=wanted.persons,
        )
        kept.add(row.pk)
        return Outcome.CREATED
    kept.add(row.pk)
    if (row.category, row.persons) == (wanted.category, wanted.persons):
        return Outcome.UNCHANGED
    row.category, row.persons = wanted.category, wanted.persons
    row.save(update_fields=["category", "persons"])
    return Outcome.UPDATED


def _categories() -> Vocabulary:
    """The types of organizations by their codes and their names in the four languages."""
    names = {language: organization_type_names(language) for language in CODES}
    here = names[DEFAULT]
    return Vocabulary(here, {code: [names[language][code] for language in CODES] for code in here})
