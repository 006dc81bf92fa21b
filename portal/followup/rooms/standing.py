"""How every public pledge stands in a review cycle, as codes: the rooms of the follow-up draw from it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from portal.pledges import assessed, facts
from portal.pledges.enums import ReportedStage
from portal.pledges.facts import Health
from portal.publication.enums import RecordKind, RecordState, Relation
from portal.publication.figures import counted_once
from portal.publication.models import RecordLink
from portal.publication.queries import published


@dataclass(frozen=True, slots=True)
class Standing:
    """A public pledge. `reported_on` is the ISO day of its last report; empty before there is one.

    `has_reported`: in the cycle that was asked for. `type_code` is that of its organization.
    """

    pk: int
    key: UUID
    type_code: str
    country: str
    forum: str
    stage: str
    health: str
    reported_on: str
    has_reported: bool
    is_assessed: bool

    @property
    def is_active(self) -> bool:
        """Its parties do not call it fulfilled."""
        return self.stage != ReportedStage.FULFILLED

    @property
    def is_asked(self) -> bool:
        """The cycle waits for a report, or has it."""
        return self.is_active or self.has_reported

    @property
    def is_silent(self) -> bool:
        return self.is_active and self.health != Health.CURRENT

    @property
    def silence(self) -> tuple[str, str, int]:
        """The longest silent first: who never reported, the oldest promise before others."""
        return self.reported_on, self.forum or "9999", self.pk


def _reported_in(slug: str) -> frozenset[str]:
    """Keys of the pledges with a public report that carries the cycle. One query."""
    rows = RecordLink.objects.filter(
        relation=Relation.REPORTS_ON, record__state=RecordState.PUBLISHED, record__facts__cycle=slug
    )
    return frozenset(rows.order_by().values_list("target", flat=True))


@counted_once
def standings(today: date, cycle: str) -> tuple[Standing, ...]:
    """Two queries, once a day and for each state of the public."""
    told = _reported_in(cycle) if cycle else frozenset()
    rows = published(RecordKind.PLEDGE).select_related(None).order_by()
    return tuple(
        Standing(
            pk=row.pk,
            key=row.source_key,
            type_code=row.type_code,
            country=row.country,
            forum=str(row.facts.get("forum") or ""),
            stage=facts.stage_of(row).value,
            health=facts.health(row, today).value,
            reported_on=str(row.facts.get("last_report_on") or ""),
            has_reported=str(row.source_key) in told,
            is_assessed=bool(assessed.assessed_in(row.facts)),
        )
        for row in rows.only("pk", "kind", "source_key", "type_code", "country", "facts")
    )


@dataclass(frozen=True, slots=True)
class Reported:
    """`number` of `of_all` pledges have a report of the cycle."""

    code: str
    number: int
    of_all: int


def reported_by_type(rows: Iterable[Standing]) -> list[Reported]:
    """Of the pledges that a cycle asks for, by type of their organization, the largest first."""
    asked, told = Counter[str](), Counter[str]()
    for row in rows:
        if row.is_asked:
            asked[row.type_code] += 1
            told[row.type_code] += row.has_reported
    return [Reported(code, told[code], number) for code, number in asked.most_common()]
