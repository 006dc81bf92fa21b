"""A row of a table as the pledge that it wants, or everything that is wrong with it; `imports` calls it."""

from collections.abc import Iterator
from datetime import date, datetime

from django.utils.translation import gettext as _

from portal.common.characters import many_lines, one_line
from portal.common.declarations import declared
from portal.common.digests import digest_of
from portal.common.errors import Problem
from portal.common.languages import DEFAULT
from portal.pledges.drafts import PledgeFields, unstorable
from portal.pledges.enums import ReportedBy
from portal.pledges.importing import cells as read
from portal.pledges.importing.pledgers import Pledgers
from portal.pledges.importing.wanted import Pledger, Same, Wanted
from portal.pledges.importing.words import OUTCOMES, STAGES, parts_of
from portal.pledges.models import Pledge
from portal.pledges.numbers import normal_number
from portal.pledges.queries import Linked, digests_of_rows
from portal.pledges.submission import PLEDGE
from portal.tables.columns import Vocabulary
from portal.tables.reading import Row, Table
from portal.tables.report import Error, Ready, row_name
from portal.tables.vocabularies import COUNTRY_VOCABULARY, LANGUAGE_VOCABULARY

# What a table need not have, though a pledge that is written here has it.
_MAY_LACK = frozenset({"description", "outcomes"})


class Rows:
    """Reads the rows of one table; what it knows of organizations and plans is read once."""

    def __init__(self, table: Table, now: datetime) -> None:
        self.table, self.now = table, now
        self.told = frozenset(table.columns)
        self.places = {code: place for place, code in enumerate(table.columns)}
        self.pledgers, self.actions = Pledgers(table.rows), read.Actions()
        self.words: dict[str, Vocabulary] = {
            "stage": STAGES,
            "language": LANGUAGE_VOCABULARY,
            "country": COUNTRY_VOCABULARY,
            "organization_type": self.pledgers.types,
        }
        self.seen: dict[str, str] = {}
        self.noted: set[str] = set()
        self.digests = digests_of_rows()

    def __iter__(self) -> Iterator[Ready[Wanted | Same] | Error]:
        yield from self.table.errors
        if self.table.headings and not self.told & {"forum", "year"}:
            told = _("This column is missing. Its heading is “%(code)s” or “%(label)s”.")
            names = {"code": "forum", "label": _("Global Refugee Forum")}
            yield Error(row_name(self.table.heading), "forum", told % names)
            return
        for row in self.table.rows:
            yield from self._checked(row)

    def _checked(self, row: Row) -> Iterator[Ready[Wanted | Same] | Error]:
        number, digest = normal_number(row.cells.get("external_id", "")), digest_of(dict(row.cells))
        if not row.errors and number not in self.seen and self.digests.get(number) == digest:
            self.seen[number] = row.where
            yield Ready(row.where, Same())
        else:
            yield from self._read(row, digest)

    def _read(self, row: Row, digest: str) -> Iterator[Ready[Wanted | Same] | Error]:
        problems, faulty = list(row.errors), {error.field for error in row.errors}

        def refuse(code: str, reason: str) -> None:
            # What the reader has told of a cell is enough.
            if code not in faulty:
                problems.append(row.error(code, reason))

        wanted = self._wanted(row, digest, refuse)
        if wanted is not None and not problems:
            for problem in self._problems(wanted):
                refuse(problem.field, str(problem.message))
            self._note_number(row, wanted.pledge.external_id, refuse)
            if not problems:
                yield Ready(row.where, wanted)
        yield from sorted(problems, key=lambda error: self.places.get(error.field, len(self.places)))

    def _wanted(self, row: Row, digest: str, refuse: read.Refuse) -> Wanted | None:
        for code, words in self.words.items():
            cell = row.cells.get(code, "")
            if cell and not words.code_of(cell):
                refuse(code, words.unknown(cell))
        for word in parts_of(row.cells.get("outcomes", "")):
            if not OUTCOMES.code_of(word):
                refuse("outcomes", OUTCOMES.unknown(word))
        parties = self.pledgers.parties(row.cells.get("parties", ""), refuse)
        pledger, parties, note = self.pledgers.pledger(row, parties, refuse)
        pledge = self._pledge(row, pledger, refuse)
        places, actions = read.places_in(row.cells, refuse), self.actions.find(row.cells, refuse)
        goal = read.goal_in(row.cells, refuse)
        if pledger is None:
            return None
        return Wanted(
            pledge=pledge,
            pledger=pledger,
            told=self.told,
            outcomes=_outcomes(row),
            parties=parties,
            places=places,
            actions=actions,
            goal=goal,
            raw=self._raw(row),
            digest=digest,
            where=row.where,
            notes=self._notes(row, note),
        )

    def _notes(self, row: Row, note: str) -> tuple[str, ...]:
        """What is made of a name is said where it stands first."""
        if not note or note in self.noted:
            return ()
        self.noted.add(note)
        return (f"{row.where}: organization: {note}",)

    def _pledge(self, row: Row, pledger: Pledger | None, refuse: read.Refuse) -> Pledge:
        cells, frame = row.cells, read.frame_in(row.cells, refuse)
        title, description = one_line(cells.get("title", "")), many_lines(cells.get("description", ""))
        country = COUNTRY_VOCABULARY.code_of(cells.get("country", "")) or _country_of(pledger)
        reported_on = self._reported_on(row, refuse)
        return Pledge(
            external_id=normal_number(cells.get("external_id", "")),
            forum=read.forum_in(cells, refuse),
            language=LANGUAGE_VOCABULARY.code_of(cells.get("language", ""))
            or _guessed(f"{title} {description}"),
            title=title,
            description=description,
            country=country,
            stage=STAGES.code_of(cells.get("stage", "")),
            reported_on=reported_on,
            reported_by=ReportedBy.SOURCE.value if reported_on else "",
            pledge_kind=frame.pledge_kind,
            starts_on=frame.starts_on,
            ends_on=frame.ends_on,
            amount=frame.amount,
            currency=frame.currency,
            created_at=self.now,
            updated_at=self.now,
            submitted_at=self.now,
        )

    def _reported_on(self, row: Row, refuse: read.Refuse) -> date | None:
        try:
            day = date.fromisoformat(row.cells.get("reported_on", ""))
        except ValueError:
            return None
        if day > self.now.date():
            refuse("reported_on", _("This day has not come yet."))
        return day

    def _problems(self, wanted: Wanted) -> Iterator[Problem]:
        pledge = wanted.pledge
        yield from unstorable(pledge, PledgeFields(external_id=pledge.external_id, title=pledge.title))
        for problem in PLEDGE.problems(pledge, Linked(wanted.outcomes, ())):
            if problem.field not in _MAY_LACK - self.told:
                yield problem

    def _note_number(self, row: Row, number: str, refuse: read.Refuse) -> None:
        if number in self.seen:
            refuse("external_id", _("An earlier row has the same number. Keep one of them."))
        self.seen.setdefault(number, row.where)

    def _raw(self, row: Row) -> dict[str, str]:
        texts = self.table.headings.texts if self.table.headings else ()
        return {text: str(cell) for text, cell in zip(texts, row.raw, strict=False) if text and cell}


def _outcomes(row: Row) -> tuple[str, ...]:
    return tuple(dict.fromkeys(OUTCOMES.code_of(word) for word in parts_of(row.cells.get("outcomes", ""))))


def _country_of(pledger: Pledger | None) -> str:
    if pledger is None:
        return ""
    if pledger.organization is not None:
        return pledger.organization.country
    return pledger.listed.country if pledger.listed else ""


def _guessed(text: str) -> str:
    """Where a table does not say in which language it speaks, its words do."""
    for guess in declared("language_guess"):
        if language := guess(text):
            return str(language)
    return DEFAULT
