"""What the public ledger calls the things of a snapshot today; of what was withdrawn nothing but the number.

The digest of it says whether a pack still names everything as the ledger does.
"""

from dataclasses import dataclass
from typing import NamedTuple

from django.utils.translation import gettext as _

from portal.common.digests import digest_of
from portal.common.ids import public_id
from portal.followup.pack.held import Numbers
from portal.pdf.parts import Cell
from portal.plan import queries as plan
from portal.pledges.public_facts import changes_in
from portal.publication.enums import RecordKind
from portal.publication.kinds import ledger_kind
from portal.publication.models import RecordTranslation
from portal.publication.queries import published
from portal.records.trace_links import foreign


class Said(NamedTuple):
    """`lang` is named where it is not the reader's."""

    text: str
    lang: str = ""


class Change(NamedTuple):
    """The words of a change of a promise, in the language of its pledge."""

    goal: str
    old: str
    new: str
    reason: str


@dataclass(frozen=True, slots=True)
class Names:
    """By public number; `changes` in the order in which they were published. `actions` by key."""

    language: str
    pledges: dict[str, Said]
    organizations: dict[str, Said]
    assessments: frozenset[str]
    changes: dict[str, list[Change]]
    actions: dict[str, str]

    def digest(self) -> str:
        """Of what the ledger says."""
        return digest_of(
            {
                "pledges": self.pledges,
                "organizations": self.organizations,
                "assessments": sorted(self.assessments),
                "changes": self.changes,
            }
        )

    def pledge_number(self, number: str) -> Cell:
        return self._number(RecordKind.PLEDGE, number, is_public=number in self.pledges)

    def assessment_number(self, number: str) -> Cell:
        return self._number(RecordKind.ASSESSMENT, number, is_public=number in self.assessments)

    def pledge(self, number: str) -> Cell:
        return self._said(self.pledges.get(number))

    def organization(self, number: str | None) -> Cell:
        return self._said(self.organizations.get(number)) if number else Cell("–")

    def action(self, key: str) -> Cell:
        """`framework:code` as "code title"."""
        code = key.partition(":")[2] or key
        return Cell(f"{code} {self.actions.get(key, '')}".strip())

    def change(self, pledge: str, at: int) -> Change | None:
        """None when the pledge was withdrawn."""
        rows = self.changes.get(pledge, [])
        return rows[at] if at < len(rows) else None

    def _said(self, said: Said | None) -> Cell:
        return Cell(said.text, lang=said.lang) if said else Cell(_("withdrawn"))

    def _number(self, kind: str, number: str, *, is_public: bool) -> Cell:
        return Cell(number, f"/{self.language}/{ledger_kind(kind).path}/{number}/" if is_public else "")


def read_names(numbers: Numbers, language: str) -> Names:
    """Seven queries, however many there are."""
    return Names(
        language=language,
        pledges=_titles(RecordKind.PLEDGE, numbers.pledges, language),
        organizations=_titles(RecordKind.ORGANIZATION, numbers.organizations, language),
        assessments=frozenset(_public(RecordKind.ASSESSMENT).keys() & numbers.assessments),
        changes=_changes(numbers.pledges),
        actions=plan.titles(language),
    )


def _titles(kind: str, numbers: frozenset[str], language: str) -> dict[str, Said]:
    """In the reader's language where there is a translation. Two queries."""
    rows = RecordTranslation.objects.filter(record__kind=kind, language=language)
    translated = dict(rows.values_list("record_id", "title"))
    return {
        number: Said(translated[pk], "")
        if pk in translated and spoken != language
        else Said(title, foreign(spoken, language))
        for number, (pk, title, spoken) in _public(kind).items()
        if number in numbers
    }


def _public(kind: str) -> dict[str, tuple[int, str, str]]:
    """Row, title and language of what is public, by number."""
    rows = published(kind).select_related(None).order_by().values_list("pk", "title", "language")
    letter = ledger_kind(kind).letter
    return {public_id(letter, row[0]): row for row in rows}


def _changes(pledges: frozenset[str]) -> dict[str, list[Change]]:
    rows = published(RecordKind.PLEDGE).filter(facts__has_key="changes").select_related(None)
    return {
        row.public_id: [
            Change(each.get("goal", ""), each["old"], each["new"], each.get("reason", ""))
            for each in changes_in(row.facts)
        ]
        for row in rows.order_by().only("pk", "kind", "facts")
        if row.public_id in pledges
    }
