"""How every public pledge stands, as codes: the rooms of the follow-up draw from it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from portal.pledges import assessed, facts
from portal.pledges.enums import ReportedStage
from portal.pledges.facts import Health
from portal.publication.enums import RecordKind
from portal.publication.figures import counted_once
from portal.publication.queries import published


@dataclass(frozen=True, slots=True)
class Standing:
    """A public pledge. `reported_on` is the ISO day of its last report; empty before there is one.

    `type_code` is that of its organization.
    """

    pk: int
    key: UUID
    type_code: str
    country: str
    forum: str
    stage: str
    health: str
    reported_on: str
    is_assessed: bool

    @property
    def is_active(self) -> bool:
        """Its parties do not call it fulfilled."""
        return self.stage != ReportedStage.FULFILLED

    @property
    def is_silent(self) -> bool:
        return self.is_active and self.health != Health.CURRENT

    @property
    def silence(self) -> tuple[str, str, int]:
        """The longest silent first: who never reported, the oldest promise before others."""
        return self.reported_on, self.forum or "9999", self.pk


@counted_once
def standings(today: date) -> tuple[Standing, ...]:
    """One query, once a day and for each state of the public."""
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
            is_assessed=bool(assessed.assessed_in(row.facts)),
        )
        for row in rows.only("pk", "kind", "source_key", "type_code", "country", "facts")
    )
