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
from portal.pledges.enums import Completion
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
    """One assessment: its number, slug and kind of the body, what it found, the ISO day of publication."""

    number: str
    body: str
    voice: str
    completion: str
    on: str

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


def badges(facts: Mapping[str, Any]) -> Iterable[Badge]:
    """One for each finding; where bodies disagree both are shown."""
    for completion in dict.fromkeys(row.completion for row in assessed_in(facts)):
        known = Completion(completion)
        yield Badge(_("Assessed: %(completion)s") % {"completion": known.label}, TONES[known])
