"""Read API of pledges."""

from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router

from portal.pledges import facts
from portal.pledges.enums import ReportedStage
from portal.pledges.public_queries import pledges
from portal.publication.enums import RecordKind
from portal.publication.models import Record
from portal.publication.paging import (
    PAGE_SIZE,
    Country,
    Cursor,
    OrganizationNumber,
    Page,
    Reader,
    Size,
    page_of,
    path_of,
    reader_language,
)
from portal.publication.queries import in_language, record_by_public_id
from portal.publication.rows import record_detail, record_row
from portal.taxonomy.enums import Outcome

router = Router(tags=["pledges"])


@router.get("/pledges", response=Page)
def list_pledges(
    request: HttpRequest,
    outcome: Annotated[Outcome | None, Query()] = None,
    stage: Annotated[ReportedStage | None, Query()] = None,
    country: Country = "",
    organization: OrganizationNumber = "",
    ui: Reader = "",
    cursor: Cursor = "",
    size: Size = PAGE_SIZE,
) -> Page:
    """Published pledges, newest first. Stage, health and assessment are three facts."""
    given = {
        "outcome": outcome.value if outcome else "",
        "stage": stage.value if stage else "",
        "country": country,
        "organization": organization,
    }
    language = reader_language(request, ui)
    rows = in_language(pledges({name: value for name, value in given.items() if value}), language)

    def show(row: Record) -> dict[str, Any]:
        return record_row(row, language) | _facts(row)

    return page_of(rows, path=path_of(request), cursor=cursor, size=size, show=show)


@router.get("/pledges/{public_id}", response=dict[str, Any])
def read_pledge(request: HttpRequest, public_id: str, ui: Reader = "") -> dict[str, Any]:
    """One pledge. 404 unknown, 410 withdrawn."""
    record = record_by_public_id(public_id, RecordKind.PLEDGE)
    return record_detail(record, reader_language(request, ui)) | _facts(record)


def _facts(record: Record) -> dict[str, Any]:
    """`stage` is what the parties claim; nobody has assessed any pledge yet."""
    reported_on = facts.reported_on(record)
    return {
        "stage": facts.stage_of(record).value,
        "reported_on": reported_on.isoformat() if reported_on else None,
        "health": facts.health_of(reported_on, timezone.now().date()).value,
        "assessment": None,
    }
