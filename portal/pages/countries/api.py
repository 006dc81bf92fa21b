"""Read API of countries."""

from django.http import HttpRequest
from ninja import Router

from portal.common.paging import PAGE_SIZE, Cursor, Page, Reader, Size, part_of, path_of, reader_language
from portal.pages.countries.counting import countries as counted
from portal.pages.countries.exports import row_of

router = Router(tags=["follow-up"])


@router.get("countries", response=Page, operation_id="list_countries")
def countries(request: HttpRequest, ui: Reader = "", cursor: Cursor = "", size: Size = PAGE_SIZE) -> Page:
    """Countries by their code, with how much is public of each."""
    language = reader_language(request, ui)
    rows = [row_of(row, language) for row in sorted(counted(), key=lambda row: row.code)]
    return part_of(rows, path=path_of(request), cursor=cursor, size=size)
