"""Read API of follow-up."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router

from portal.common.paging import PAGE_SIZE, Cursor, Page, Reader, Size, part_of, path_of, reader_language
from portal.followup import body_rows, cycle_rows
from portal.followup.figures import told
from portal.followup.overview import counted_figures

router = Router(tags=["follow-up"])


@router.get("follow-up", response=dict[str, Any], operation_id="read_follow_up")
def follow_up(request: HttpRequest) -> dict[str, Any]:
    """How many pledges there are, who has reported, what is claimed and what is assessed."""
    return told(*counted_figures())


@router.get("bodies", response=Page, operation_id="list_bodies")
def bodies(request: HttpRequest, ui: Reader = "", cursor: Cursor = "", size: Size = PAGE_SIZE) -> Page:
    """Bodies of the follow-up by their slug, with their mandate and the seats of today."""
    language = reader_language(request, ui)
    told_of = body_rows.rows_on(language, timezone.now().date())
    rows = [body_rows.row_of(body, seats, language) for body, seats in told_of]
    return part_of(rows, path=path_of(request), cursor=cursor, size=size)


@router.get("cycles", response=Page, operation_id="list_cycles")
def cycles(request: HttpRequest, ui: Reader = "", cursor: Cursor = "", size: Size = PAGE_SIZE) -> Page:
    """Review cycles in the order of the calendar, with the hash of their snapshot."""
    language = reader_language(request, ui)
    rows = [cycle_rows.row_of(row, language) for row in cycle_rows.cycles()]
    return part_of(rows, path=path_of(request), cursor=cursor, size=size)
