"""Read API of follow-up."""

from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema

from portal.common.paging import PAGE_SIZE, Cursor, Page, Reader, Size, part_of, path_of, reader_language
from portal.followup.bodies import rows as body_rows
from portal.followup.cycles import rows as cycle_rows
from portal.followup.dashboard.scope import scope_of_rows
from portal.followup.figures import told
from portal.pledges.records import PLEDGE
from portal.publication.figures import one_state
from portal.records.api import asked_of, filtered

router = Router(tags=["follow-up"])


class OfPledges(Schema):
    """What can be asked beside the filters of pledges."""

    ui: Reader = ""


def follow_up(request: HttpRequest, asked: Annotated[Any, Query()]) -> dict[str, Any]:
    """How many pledges there are, who has reported, what is claimed and what is assessed.

    Under the filters of the list of pledges.
    """
    language = reader_language(request, asked.ui)
    is_whole = not any(value for name, value in asked if name != "ui")
    with one_state():
        scope = scope_of_rows(None if is_whole else filtered(PLEDGE, asked, language), language)
        return told(scope.figures(), scope.counted_at)


follow_up.__annotations__["asked"] = Annotated[asked_of(PLEDGE, OfPledges), Query()]
router.get("follow-up", response=dict[str, Any], operation_id="read_follow_up")(follow_up)


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
