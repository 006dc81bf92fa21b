"""Read API of organizations, and what the routers of all records share."""

from typing import Annotated, Any

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Query, Router

from portal.publication.enums import RecordKind
from portal.publication.models import Record
from portal.publication.paging import (
    PAGE_SIZE,
    Country,
    Cursor,
    Page,
    Reader,
    Size,
    page_of,
    path_of,
    reader_language,
)
from portal.publication.queries import in_language, organizations, record_by_public_id
from portal.publication.rows import record_detail, record_row

router = Router(tags=["organizations"])
Code = Annotated[str, Query(pattern=r"^[a-z_]{0,40}$")]


def records_page(request: HttpRequest, rows: QuerySet[Record], *, ui: str, cursor: str, size: int) -> Page:
    """One part of a list of records in the reader's language. Three queries."""
    language = reader_language(request, ui)
    return page_of(
        in_language(rows, language),
        path=path_of(request),
        cursor=cursor,
        size=size,
        show=lambda row: record_row(row, language),
    )


@router.get("/organizations", response=Page)
def list_organizations(
    request: HttpRequest,
    type: Code = "",
    country: Country = "",
    ui: Reader = "",
    cursor: Cursor = "",
    size: Size = PAGE_SIZE,
) -> Page:
    """Verified organizations, newest first."""
    chosen = {name: value for name, value in (("type", type), ("country", country)) if value}
    return records_page(request, organizations(chosen), ui=ui, cursor=cursor, size=size)


@router.get("/organizations/{public_id}", response=dict[str, Any])
def read_organization(request: HttpRequest, public_id: str, ui: Reader = "") -> dict[str, Any]:
    """One organization. 404 unknown, 410 withdrawn."""
    record = record_by_public_id(public_id, RecordKind.ORGANIZATION)
    return record_detail(record, reader_language(request, ui))
