"""What others found of a pledge, as the ledger's fact of it tells: the app's rooms read it.

An app above that assesses pledges declares as `pledge_assessments` of its AppConfig a function of a pledge's
key that gives the fact, made by `assessed_as_fact`; empty where nobody has.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from portal.common.declarations import declared
from portal.pledges.enums import WITH_DOCUMENT, Completion, Fulfilment, ReportedStage
from portal.pledges.public_facts import as_fact, rows_in
from portal.records.types import Badge

TONES = {
    Completion.COMPLETE: "good",
    Completion.SUBSTANTIAL: "good",
    Completion.LIMITED: "warn",
    Completion.NOT_STARTED: "bad",
    Completion.NO_EVIDENCE: "bad",
}


@dataclass(frozen=True, slots=True)
class Assessed:
    """One assessment: its number, slug and kind of the body, what it found, the ISO day of publication.

    `basis` is the tier of its evidence, `goal` the key of the one goal that it is of.
    """

    number: str
    body: str
    voice: str
    completion: str
    on: str
    basis: str = ""
    goal: str = ""

    @property
    def is_firm(self) -> bool:
        """Whether the whole pledge was assessed on documents or a check."""
        return not self.goal and self.basis in WITH_DOCUMENT

    @property
    def day(self) -> date:
        return date.fromisoformat(self.on)


def assessed_as_fact(rows: Iterable[Assessed]) -> str:
    return as_fact(asdict(row) for row in rows)


def assessed_in(facts: Mapping[str, Any]) -> list[Assessed]:
    """The newest first; never made into one."""
    return [Assessed(**row) for row in rows_in(facts, "assessed")]


def assessed_fact(key: UUID) -> str:
    """What apps above say of a pledge now."""
    return next(filter(None, (told(key) for told in declared("pledge_assessments"))), "")


def numbers_of_goal(facts: Mapping[str, Any], key: UUID | None) -> list[str]:
    """Of the assessments of this one goal."""
    return [row.number for row in assessed_in(facts) if row.goal and row.goal == str(key)]


def last_words(rows: Iterable[Assessed]) -> dict[str, str]:
    """What each body found last of the whole pledge, by its slug; the newest row first."""
    words: dict[str, str] = {}
    for row in rows:
        if not row.goal:
            words.setdefault(row.body, row.completion)
    return words


def fulfilment_of(stage: str, rows: Iterable[Assessed]) -> Fulfilment | None:
    """What can be said of "fulfilled" from what the parties say and what others found; the newest row first.

    The newest firm word of each body counts, and one that finds less is enough. What rests on less, or is of
    one goal, changes nothing. None where nobody claims and nobody has checked.
    """
    newest = last_words(row for row in rows if row.is_firm)
    if newest:
        is_complete = {*newest.values()} == {Completion.COMPLETE}
        return Fulfilment.COMPLETE if is_complete else Fulfilment.OTHERWISE
    return Fulfilment.CLAIMED if stage == ReportedStage.FULFILLED else None


def badges(facts: Mapping[str, Any]) -> Iterable[Badge]:
    """One for each finding; where bodies disagree both are shown, and a goal is never the pledge."""
    for completion, is_goal in dict.fromkeys((row.completion, bool(row.goal)) for row in assessed_in(facts)):
        known = Completion(completion)
        told = _("One goal assessed: %(completion)s") if is_goal else _("Assessed: %(completion)s")
        yield Badge(told % {"completion": known.label}, TONES[known])
