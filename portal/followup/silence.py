"""Whom to ask for a report: public pledges whose parties are silent; the room of the follow-up calls it."""

from dataclasses import dataclass
from datetime import date

from portal.pledges import facts
from portal.pledges.enums import ReportedStage
from portal.pledges.facts import Health
from portal.publication.enums import RecordKind
from portal.publication.models import Record
from portal.publication.queries import in_language, published

NAMED = 20


@dataclass(frozen=True, slots=True)
class Silence:
    """`number` of `of_all` pledges that are not claimed fulfilled; some of them, the longest silent first."""

    number: int
    of_all: int
    named: tuple[Record, ...]


def silence(language: str, today: date) -> Silence:
    """Never reported on, or not for a year. Three queries."""
    rows = published(RecordKind.PLEDGE).select_related(None).only("pk", "facts", "kind").order_by("pk")
    active = [row for row in rows if facts.stage_of(row) != ReportedStage.FULFILLED]
    silent = [row for row in active if facts.health(row, today) != Health.CURRENT]
    silent.sort(key=lambda row: (str(row.facts.get("last_report_on", "")), row.pk))
    wanted = [row.pk for row in silent[:NAMED]]
    shown = {row.pk: row for row in in_language(published().filter(pk__in=wanted), language)}
    return Silence(len(silent), len(active), tuple(shown[pk] for pk in wanted))
