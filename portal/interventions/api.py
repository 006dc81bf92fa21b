"""Read API of interventions."""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router

from portal.consultations.enums import InterventionForm
from portal.interventions.public_queries import interventions
from portal.publication.api import Code, records_page
from portal.publication.enums import RecordKind
from portal.publication.paging import (
    PAGE_SIZE,
    Country,
    Cursor,
    OrganizationNumber,
    Original,
    Page,
    Reader,
    Size,
    reader_language,
)
from portal.publication.queries import record_by_public_id
from portal.publication.rows import record_detail

router = Router(tags=["interventions"])


@router.get("/interventions", response=Page)
def list_interventions(
    request: HttpRequest,
    form: Annotated[InterventionForm | None, Query()] = None,
    consultation: Annotated[str, Query(max_length=255, description="Slug of its page.")] = "",
    language: Original = "",
    country: Country = "",
    type: Code = "",
    organization: OrganizationNumber = "",
    ui: Reader = "",
    cursor: Cursor = "",
    size: Size = PAGE_SIZE,
) -> Page:
    """Published interventions, newest first."""
    given = {
        "kind": form.value if form else "",
        "consultation": consultation,
        "language": language,
        "country": country,
        "type": type,
        "organization": organization,
    }
    rows = interventions({name: value for name, value in given.items() if value})
    return records_page(request, rows, ui=ui, cursor=cursor, size=size)


@router.get("/interventions/{public_id}", response=dict[str, Any])
def read_intervention(request: HttpRequest, public_id: str, ui: Reader = "") -> dict[str, Any]:
    """One intervention. 404 unknown, 410 withdrawn."""
    record = record_by_public_id(public_id, RecordKind.INTERVENTION)
    return record_detail(record, reader_language(request, ui))
