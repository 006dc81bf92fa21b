"""Takes a table of interventions made in the room in, nothing of it where a row has a fault.

The command calls it.

One is known again by its organization, session and title. What a row says has been entered once it was
submitted in these words, whatever an editor or the organization has made of it since.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.common.actors import Actor
from portal.common.characters import one_line
from portal.common.errors import Incomplete, NotAllowed, Problem
from portal.interventions.drafts import InterventionFields, recommendation_problems, text_problems
from portal.interventions.enums import InterventionForm, Manner
from portal.interventions.models import Intervention, MadeInRoom
from portal.interventions.room import RoomFields, enter, room_problems
from portal.interventions.rules import may_enter
from portal.interventions.submission import INTERVENTION
from portal.interventions.table_words import Known
from portal.organizations.models import Organization
from portal.submissions.queries import content_of, versions_of
from portal.submissions.states import SubmissionState
from portal.tables.columns import Column, Vocabulary
from portal.tables.reading import Row, Table, read_table
from portal.tables.report import Error, Outcome, Ready, Rejected, Report, run
from portal.tables.vocabularies import COUNTRY_VOCABULARY, LANGUAGE_VOCABULARY

COLUMNS = (
    Column("title", gettext_lazy("Title"), is_filled=True),
    Column("consultation", gettext_lazy("Consultation"), is_filled=True),
    Column("session", gettext_lazy("Session"), is_filled=True),
    Column("organization", gettext_lazy("Organization"), is_filled=True),
    Column("role", gettext_lazy("Speaker's role"), is_required=False),
    Column("language", gettext_lazy("Language"), is_filled=True),
    Column("country", gettext_lazy("Country"), is_required=False),
    Column("text", gettext_lazy("Text"), is_filled=True),
    Column("recommendations", gettext_lazy("Key recommendations"), is_required=False),
    Column("questions", gettext_lazy("Questions it is about"), is_filled=True),
    Column("form", gettext_lazy("How it was made"), is_filled=True),
    Column("source", gettext_lazy("Source of the text"), is_filled=True),
    Column("marks", gettext_lazy("Cross-cutting marks"), is_required=False),
)
MANNERS = Vocabulary(dict(Manner.choices))
# Columns of the table by the fields of the form where they differ.
_COLUMNS = {"body": "text", "speaker_role": "role"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """A row as it should be entered."""

    organization: Organization
    fields: InterventionFields
    room: RoomFields

    @property
    def content(self) -> dict[str, Any]:
        """What a version that was submitted in these words holds."""
        said, room = self.fields, self.room
        return {
            "title": said.title,
            "language": said.language,
            "country": said.country,
            "body": said.body,
            "recommendations": list(said.recommendations or ()),
            "questions": [str(key) for key in said.question_keys or ()],
            "marks": said.marks or [],
            "manner": room.manner.value,
            "speaker_role": room.speaker_role,
            "source": room.source,
        }


@dataclass(slots=True)
class _Reading:
    """One row while it is read: what is wrong with it, by column."""

    row: Row
    known: Known
    faults: dict[str, str] = field(default_factory=dict)

    def cell(self, code: str) -> str:
        return self.row.cells.get(code, "").strip()

    def told(self, code: str, value_or_reason: tuple[Any, str]) -> Any:
        """The value that was found for a cell, or what is wrong with it noted."""
        value, reason = value_or_reason
        if reason:
            self.faults.setdefault(code, reason)
        return value

    def word(self, code: str, vocabulary: Vocabulary) -> str:
        cell = self.cell(code)
        known = vocabulary.code_of(cell)
        return str(self.told(code, (known, "" if known or not cell else vocabulary.unknown(cell))))

    @property
    def errors(self) -> list[Error]:
        """Those of the table first; of one cell the first thing only."""
        told = {error.field for error in self.row.errors}
        unread = [self.row.error(code, reason) for code, reason in self.faults.items() if code not in told]
        return [*self.row.errors, *unread]


def import_interventions(content: bytes, *, actor: Actor, now: datetime, dry_run: bool = False) -> Report:
    """Read, check and enter; it waits for a moderator then. Raises `Refused` for what cannot be read."""
    if not may_enter(actor):
        raise NotAllowed("import interventions made in the room")
    table, store = read_table(content, COLUMNS, is_ours=True), partial(_store, actor=actor, now=now)
    return run(_rows(table), store=store, dry_run=dry_run, notes=table.notes)


def _rows(table: Table) -> Iterator[Ready[Wanted] | Error]:
    yield from table.errors
    known, seen = Known.read() if table.rows else None, set[object]()
    for row in table.rows:
        assert known is not None  # noqa: S101  # reason: read above where there are rows
        reading = _Reading(row, known)
        wanted = _wanted(reading)
        if wanted is not None:
            same = (wanted.organization.pk, wanted.room.session.pk, wanted.fields.title)
            if same in seen:
                reading.faults["title"] = _("An earlier row says the same. Keep one of them.")
            seen.add(same)
        errors = reading.errors
        yield from errors
        if wanted is not None and not errors:
            yield Ready(row.where, wanted)


def _wanted(reading: _Reading) -> Wanted | None:
    """None where something is wrong; then it is noted."""
    known, cell = reading.known, reading.cell
    consultation = reading.told("consultation", known.consultation(cell("consultation")))
    session = reading.told("session", known.session(consultation, cell("session")))
    keys = reading.told("questions", known.questions(consultation, cell("questions")))
    organization = reading.told("organization", known.organization(cell("organization")))
    own = organization.country if organization else ""
    fields = InterventionFields(
        title=one_line(cell("title")),
        language=reading.word("language", LANGUAGE_VOCABULARY),
        country=reading.word("country", COUNTRY_VOCABULARY) or own,
        form=InterventionForm.INTERVENTION.value,
        body=cell("text"),
        recommendations=_parts(cell("recommendations")),
        question_keys=tuple(keys or ()),
        marks=reading.told("marks", known.marks(cell("marks"))),
    )
    manner, source, role = reading.word("form", MANNERS), one_line(cell("source")), one_line(cell("role"))
    _check(reading, fields, room_problems(source=source, speaker_role=role))
    if organization is None:
        # Whose country it would be is not known.
        reading.faults.pop("country", None)
    if reading.faults or organization is None or session is None or not manner:
        return None
    return Wanted(organization, fields, RoomFields(session, Manner(manner), source, role))


def _check(reading: _Reading, fields: InterventionFields, others: Iterable[Problem]) -> None:
    """The same that the verb asks for, so that each thing is told at its column."""
    plain = {name: value for name in INTERVENTION.plain if (value := getattr(fields, name)) is not None}
    row = Intervention(**plain, is_from_room=True)
    written = (*INTERVENTION.unstorable(row, fields), *text_problems(row))
    for problem in (*written, *recommendation_problems(fields.recommendations or ()), *others):
        name = "recommendations" if problem.field.startswith("recommendation") else problem.field
        reading.faults.setdefault(_COLUMNS.get(name, name), str(problem.message))


def _parts(cell: str) -> tuple[str, ...]:
    """Parted by `|`, or by line ends where there is none."""
    parts = cell.split("|") if "|" in cell else cell.splitlines()
    return tuple(part.strip() for part in parts if part.strip())


@transaction.atomic
def _store(wanted: Wanted, *, actor: Actor, now: datetime) -> Outcome:
    """Enter it, or again where a moderator has returned it since the table changed."""
    rows = MadeInRoom.objects.select_related("intervention").filter(
        session=wanted.room.session,
        intervention__organization=wanted.organization,
        intervention__title=wanted.fields.title,
    )
    made = rows.order_by("pk").first()
    if made is not None:
        if made.intervention.state == SubmissionState.WITHDRAWN or _was_said(made.intervention, wanted):
            return Outcome.UNCHANGED
        if made.intervention.state != SubmissionState.RETURNED:
            told = _(
                "It was entered in other words. It can be entered again when a moderator has returned it."
            )
            raise Rejected("text", told)
    key = made.intervention.key if made else None
    try:
        enter(wanted.organization, fields=wanted.fields, room=wanted.room, actor=actor, now=now, key=key)
    except Incomplete as refusal:
        problem = refusal.problems[0]
        raise Rejected(_COLUMNS.get(problem.field, problem.field), str(problem.message)) from None
    return Outcome.UPDATED if made else Outcome.CREATED


def _was_said(intervention: Intervention, wanted: Wanted) -> bool:
    """Whether one of its versions was submitted in these words. One query."""
    said = wanted.content
    contents = (content_of(version) for version in versions_of(intervention))
    return any(
        {name: content.get(name, [] if name == "marks" else None) for name in said} == said
        for content in contents
        if content
    )
