"""Takes a table of pledges in, all of it or nothing; the command `import_pledges` calls it.

The table is the secretariat's own act: what it holds is public at once. A pledge is known again by
its organization and its number.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.db import transaction

from portal.common import events
from portal.common.actors import Actor
from portal.common.folding import folded
from portal.common.ids import parse_public_id
from portal.common.submissions import digest_of, with_receipt_number
from portal.organizations.enums import OrganizationState
from portal.organizations.models import Organization
from portal.pledges import domain, queries, words
from portal.pledges.drafts import PledgeFields, problems_of, unstorable
from portal.pledges.enums import PledgeLifecycle
from portal.pledges.models import Pledge, PledgeOutcome
from portal.pledges.projection import handed_in
from portal.pledges.sheets import Row, Sheet, read_sheet
from portal.publication.enums import LETTERS, RecordKind
from portal.publication.queries import published

REQUIRED = ("external_id", "title", "description", "stage", "forum", "organization", "language", "outcomes")
OPTIONAL = ("country",)
WORDS: dict[str, Callable[[str], str]] = {
    "stage": words.stage_of,
    "forum": words.forum_of,
    "language": words.language_of,
    "country": words.country_of,
}


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
    """A row that can be stored: its pledge as it should be, not saved yet."""

    where: str
    pledge: Pledge
    outcomes: tuple[str, ...]


def import_pledges(path: Path, *, actor: Actor, now: datetime, dry_run: bool = False) -> Imported:
    """Read, check and store. Raises `library.extraction.Refused` for a file that cannot be read."""
    sheet = read_sheet(path)
    known = (*REQUIRED, *OPTIONAL)
    found = Imported(unread=tuple(name for name in sheet.columns if name and name not in known))
    wanted = list(_wanted(sheet, found.errors, now))
    if found.errors:
        return found
    with transaction.atomic():
        for row in wanted:
            _store(row, found, actor, now)
        if dry_run or found.errors:
            transaction.set_rollback(True)
    if found.errors:
        found.created = found.updated = found.unchanged = 0
    return found


def _wanted(sheet: Sheet, errors: list[Error], now: datetime) -> Iterator[Wanted]:
    missing = [name for name in REQUIRED if name not in sheet.columns]
    errors += [Error("row 1", name, "This column is missing.") for name in missing]
    if not missing and not sheet.rows:
        errors.append(Error("row 1", "file", "There is no row below the headings."))
    if errors:
        return
    organizations, seen = _Organizations(), set()
    for row in sheet.rows:
        problems = list(_cell_problems(row))
        organization = organizations.find(row.cells.get("organization", ""), problems)
        if not problems and organization is not None:
            wanted = _pledge_of(row, organization, now)
            problems += _pledge_problems(wanted)
            key = (organization.pk, wanted.pledge.external_id)
            if key in seen:
                problems.append(("external_id", "An earlier row has the same organization and number."))
            seen.add(key)
            if not problems:
                yield wanted
        errors += [Error(f"row {row.number}", name, reason) for name, reason in problems]


def _cell_problems(row: Row) -> Iterator[tuple[str, str]]:
    for name in (*REQUIRED, *OPTIONAL):
        cell = row.cells.get(name, "")
        if name in row.formulas:
            yield name, "This cell holds a formula. Put its value in."
        elif not cell and name in REQUIRED:
            yield name, "This cell is empty."
        elif cell and name in WORDS and not WORDS[name](cell):
            yield name, f"“{_short(cell)}” is not known here."
        elif name == "outcomes":
            unknown = [word for word in _split(cell) if not words.outcome_of(word)]
            yield from ((name, f"“{_short(word)}” is not known here.") for word in unknown)


def _pledge_of(row: Row, organization: Organization, now: datetime) -> Wanted:
    cells = row.cells
    pledge = Pledge(
        organization=organization,
        external_id=cells["external_id"],
        forum=words.forum_of(cells["forum"]),
        language=words.language_of(cells["language"]),
        title=cells["title"],
        description=cells["description"],
        country=words.country_of(cells.get("country", "")) or organization.country,
        stage=words.stage_of(cells["stage"]),
        created_at=now,
        updated_at=now,
        submitted_at=now,
    )
    outcomes = dict.fromkeys(words.outcome_of(word) for word in _split(cells["outcomes"]))
    return Wanted(f"row {row.number}", pledge, tuple(outcomes))


def _pledge_problems(wanted: Wanted) -> list[tuple[str, str]]:
    pledge = wanted.pledge
    fields = PledgeFields(external_id=pledge.external_id, title=pledge.title)
    return [
        (problem.field, str(problem.message))
        for problem in (*unstorable(fields), *problems_of(pledge, wanted.outcomes))
    ]


def _store(wanted: Wanted, found: Imported, actor: Actor, now: datetime) -> None:
    stored = (
        Pledge.objects.select_for_update(of=("self",))
        .select_related("organization")
        .prefetch_related("outcomes", "sources")
        .filter(organization=wanted.pledge.organization, external_id=wanted.pledge.external_id)
        .first()
    )
    if stored is None:
        _create(wanted, actor, now)
        found.created += 1
    elif stored.lifecycle != PledgeLifecycle.PUBLISHED:
        state = stored.get_lifecycle_display().lower()
        found.errors.append(
            Error(wanted.where, "external_id", f"This pledge is in other hands now: {state}.")
        )
    elif _says(stored, queries.outcomes_of(stored)) == _says(wanted.pledge, wanted.outcomes):
        found.unchanged += 1
    else:
        _correct(stored, wanted, actor, now)
        found.updated += 1


def _create(wanted: Wanted, actor: Actor, now: datetime) -> None:
    pledge = wanted.pledge
    pledge.lifecycle = PledgeLifecycle.SUBMITTED
    pledge.receipt_digest = digest_of(handed_in(pledge, wanted.outcomes, ()))
    _save_with_number(pledge)
    _replace_outcomes(pledge, wanted.outcomes)
    events.record("imported", kind=domain.KIND, key=pledge.key, actor=actor, now=now)
    domain.publish_pledge(pledge, actor=actor, now=now)


def _correct(stored: Pledge, wanted: Wanted, actor: Actor, now: datetime) -> None:
    """The table's words take the place of what was there; links to interventions stay."""
    for name in domain.PLAIN:
        setattr(stored, name, getattr(wanted.pledge, name))
    stored.updated_at = stored.submitted_at = now
    stored.receipt_digest = digest_of(handed_in(stored, wanted.outcomes, queries.sources_of(stored)))
    stored.save()
    _replace_outcomes(stored, wanted.outcomes)
    events.record("imported", kind=domain.KIND, key=stored.key, actor=actor, now=now)
    domain.correct_pledge(stored, actor=actor, now=now)


def _save_with_number(pledge: Pledge) -> None:
    def save(number: str) -> None:
        pledge.receipt_number = number
        pledge.save()

    with_receipt_number(save)


def _replace_outcomes(pledge: Pledge, outcomes: Iterable[str]) -> None:
    pledge.outcomes.all().delete()
    PledgeOutcome.objects.bulk_create(PledgeOutcome(pledge=pledge, outcome=code) for code in outcomes)


def _says(pledge: Pledge, outcomes: Iterable[str]) -> tuple[object, ...]:
    return (*(getattr(pledge, name) for name in domain.PLAIN), frozenset(outcomes))


def _split(cell: str) -> list[str]:
    return [word.strip() for word in cell.replace("|", ";").replace("\n", ";").split(";") if word.strip()]


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:60]}…"


class _Organizations:
    """Verified organizations by name and by public number, read once."""

    def __init__(self) -> None:
        self.by_name: dict[str, list[Organization]] = {}
        verified = Organization.objects.filter(state=OrganizationState.VERIFIED)
        by_key = {row.key: row for row in verified}
        records = published(RecordKind.ORGANIZATION).values_list("pk", "source_key")
        self.by_number = {pk: by_key[key] for pk, key in records if key in by_key}
        for row in self.by_number.values():
            self.by_name.setdefault(folded(" ".join(row.name.split())), []).append(row)

    def find(self, word: str, problems: list[tuple[str, str]]) -> Organization | None:
        """The organization of that name or number; what is wrong goes to `problems`."""
        parsed = parse_public_id(word)
        if parsed is not None and parsed[0] == LETTERS[RecordKind.ORGANIZATION]:
            found = [self.by_number[parsed[1]]] if parsed[1] in self.by_number else []
        else:
            found = self.by_name.get(folded(" ".join(word.split())), [])
        if len(found) == 1:
            return found[0]
        if word and not any(name == "organization" for name, _reason in problems):
            several = "Several organizations have this name. Give the number, such as O-00007."
            nobody = f"No verified organization is called “{_short(word)}”."
            problems.append(("organization", several if found else nobody))
        return None
