"""Takes a table of pledges in, nothing of it where a row has a fault; command and job call it.

The table is the secretariat's own act: what it holds is public at once. A pledge is known again by its
number, in whatever spelling.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from portal.common import events
from portal.common.actors import Actor
from portal.common.characters import many_lines, one_line
from portal.organizations.models import Organization
from portal.organizations.public_bodies import PublicBodies
from portal.organizations.states import STATES as STATES_OF_ORGANIZATIONS
from portal.pledges import queries
from portal.pledges.drafts import PledgeFields, unstorable
from portal.pledges.models import Pledge
from portal.pledges.numbers import normal_number
from portal.pledges.queries import Linked
from portal.pledges.sent import sent
from portal.pledges.storing import replace_outcomes
from portal.pledges.submission import PLEDGE
from portal.pledges.vocabulary import (
    COLUMNS,
    FORUM_VOCABULARY,
    OUTCOMES,
    STAGES,
    forum_of,
)
from portal.submissions import domain
from portal.submissions.states import SubmissionState
from portal.tables.columns import Vocabulary
from portal.tables.reading import Row, Table, read_table
from portal.tables.report import Error, Outcome, Ready, Rejected, Report, run
from portal.tables.vocabularies import COUNTRY_VOCABULARY, LANGUAGE_VOCABULARY

VOCABULARIES: dict[str, tuple[Vocabulary, Callable[[str], str]]] = {
    "stage": (STAGES, STAGES.code_of),
    "forum": (FORUM_VOCABULARY, forum_of),
    "language": (LANGUAGE_VOCABULARY, LANGUAGE_VOCABULARY.code_of),
    "country": (COUNTRY_VOCABULARY, COUNTRY_VOCABULARY.code_of),
}

# The fields that a table tells; what it has no column for stays as it is.
TOLD = ("external_id", "forum", "title", "description", "stage", "language", "country")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A pledge as a row says it should be, not saved yet."""

    pledge: Pledge
    outcomes: tuple[str, ...]


def import_pledges(
    content: bytes,
    *,
    actor: Actor,
    now: datetime,
    dry_run: bool = False,
    skip_rejected: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> Report:
    """Read, check and store. Raises `Refused` for what cannot be read."""
    table = read_table(content, COLUMNS)

    def store(wanted: Wanted) -> Outcome:
        return _store(wanted, actor, now)

    rows = _rows(table, now)
    return run(
        rows,
        store=store,
        plan=_plan,
        dry_run=dry_run,
        skip_rejected=skip_rejected,
        notes=table.notes,
        progress=progress,
    )


def _rows(table: Table, now: datetime) -> Iterator[Ready[Wanted] | Error]:
    yield from table.errors
    organizations = _Organizations()
    seen: set[str] = set()
    for row in table.rows:
        yield from _checked(row, organizations, seen, now)


def _checked(
    row: Row, organizations: "_Organizations", seen: set[str], now: datetime
) -> Iterator[Ready[Wanted] | Error]:
    """The row's pledge, or everything that is wrong with it."""
    problems = [*row.errors, *(row.error(code, reason) for code, reason in _word_problems(row))]
    organization, reason = organizations.find(row.cells.get("organization", ""))
    if reason and not any(problem.field == "organization" for problem in problems):
        problems.append(row.error("organization", reason))
    if organization is not None and not problems:
        wanted = _pledge_of(row, organization, now)
        problems += [row.error(code, told) for code, told in _pledge_problems(wanted)]
        key = wanted.pledge.external_id
        if key in seen:
            told = _("An earlier row has the same number. Keep one of them.")
            problems.append(row.error("external_id", told))
        seen.add(key)
        if not problems:
            yield Ready(row.where, wanted)
    yield from problems


def _word_problems(row: Row) -> Iterator[tuple[str, str]]:
    for code, (words, meaning) in VOCABULARIES.items():
        cell = row.cells.get(code, "")
        if cell and not meaning(cell) and not any(error.field == code for error in row.errors):
            yield code, words.unknown(cell)
    unknown = [word for word in _split(row.cells.get("outcomes", "")) if not OUTCOMES.code_of(word)]
    yield from (("outcomes", OUTCOMES.unknown(word)) for word in unknown)


def _pledge_of(row: Row, organization: Organization, now: datetime) -> Wanted:
    cells = row.cells
    pledge = Pledge(
        organization=organization,
        external_id=normal_number(cells["external_id"]),
        forum=forum_of(cells["forum"]),
        language=LANGUAGE_VOCABULARY.code_of(cells["language"]),
        title=one_line(cells["title"]),
        description=many_lines(cells["description"]),
        country=COUNTRY_VOCABULARY.code_of(cells.get("country", "")) or organization.country,
        stage=STAGES.code_of(cells["stage"]),
        created_at=now,
        updated_at=now,
        submitted_at=now,
    )
    outcomes = dict.fromkeys(OUTCOMES.code_of(word) for word in _split(cells["outcomes"]))
    return Wanted(pledge, tuple(outcomes))


def _pledge_problems(wanted: Wanted) -> list[tuple[str, str]]:
    pledge = wanted.pledge
    fields = PledgeFields(external_id=pledge.external_id, title=pledge.title)
    problems = (*unstorable(pledge, fields), *PLEDGE.problems(pledge, Linked(wanted.outcomes, ())))
    return [(problem.field, str(problem.message)) for problem in problems]


def _plan(wanted: Wanted) -> Outcome:
    """What the row would do to what is stored now. Three queries, no write."""
    return _outcome(_stored(wanted, Pledge.objects.all()), wanted)


def _store(wanted: Wanted, actor: Actor, now: datetime) -> Outcome:
    stored = _stored(wanted, Pledge.objects.select_for_update(of=("self",)))
    outcome = _outcome(stored, wanted)
    if stored is None:
        _create(wanted, actor, now)
    elif outcome == Outcome.UPDATED:
        _correct(stored, wanted, actor, now)
    return outcome


def _stored(wanted: Wanted, rows: QuerySet[Pledge]) -> Pledge | None:
    rows = rows.select_related("organization").prefetch_related("outcomes", "sources")
    return rows.filter(external_id=wanted.pledge.external_id).first()


def _outcome(stored: Pledge | None, wanted: Wanted) -> Outcome:
    if stored is None:
        return Outcome.CREATED
    if stored.organization_id != wanted.pledge.organization_id:
        told = {"organization": stored.organization.name}
        raise Rejected("external_id", _("This number is that of a pledge of %(organization)s.") % told)
    if stored.state != SubmissionState.PUBLISHED:
        told = {"state": PLEDGE.state_label(stored).lower()}
        raise Rejected("external_id", _("This pledge is in other hands now: %(state)s.") % told)
    if _says(stored, queries.outcomes_of(stored)) == _says(wanted.pledge, wanted.outcomes):
        return Outcome.UNCHANGED
    return Outcome.UPDATED


def _create(wanted: Wanted, actor: Actor, now: datetime) -> None:
    pledge = wanted.pledge
    pledge.state = SubmissionState.SUBMITTED.value
    pledge.save()
    replace_outcomes(pledge, wanted.outcomes)
    domain.keep_version(pledge, sent(pledge, Linked(wanted.outcomes, ())), actor=actor, now=now)
    events.record("imported", kind=pledge.kind, key=pledge.key, actor=actor, now=now)
    domain.publish(pledge, actor=actor, now=now)


def _correct(stored: Pledge, wanted: Wanted, actor: Actor, now: datetime) -> None:
    """The table's words take the place of what was there; links to interventions stay."""
    for name in TOLD:
        setattr(stored, name, getattr(wanted.pledge, name))
    stored.updated_at = stored.submitted_at = now
    stored.save()
    replace_outcomes(stored, wanted.outcomes)
    domain.keep_version(stored, sent(stored, queries.linked(stored.pk)), actor=actor, now=now)
    events.record("imported", kind=stored.kind, key=stored.key, actor=actor, now=now)
    domain.correct(stored, actor=actor, now=now)


def _says(pledge: Pledge, outcomes: Iterable[str]) -> tuple[object, ...]:
    return (*(getattr(pledge, name) for name in TOLD), frozenset(outcomes))


def _split(cell: str) -> list[str]:
    return [word.strip() for word in cell.replace("|", ";").replace("\n", ";").split(";") if word.strip()]


class _Organizations:
    """The organizations themselves behind what the ledger finds, read once."""

    def __init__(self) -> None:
        self._bodies = PublicBodies()
        public = Organization.objects.filter(state__in=STATES_OF_ORGANIZATIONS.public)
        self._by_key = {row.key: row for row in public}

    def find(self, word: str) -> tuple[Organization | None, str]:
        """The organization meant, or what is wrong with the word; an empty one is none."""
        body, reason = self._bodies.find(word)
        return self._by_key.get(body.key) if body else None, reason
