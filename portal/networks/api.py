"""Read API of mechanisms and of all other networks."""

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router

from portal.common.paging import PAGE_SIZE, Cursor, Page, Reader, Size, part_of, path_of, reader_language
from portal.networks.addresses import MECHANISMS, NETWORKS, PublicList
from portal.networks.exports import row_of
from portal.networks.queries import public_networks

router = Router(tags=["networks"])


@router.get("mechanisms", response=Page, operation_id="list_mechanisms")
def mechanisms(request: HttpRequest, ui: Reader = "", cursor: Cursor = "", size: Size = PAGE_SIZE) -> Page:
    """Regional mechanisms by their slug, with who presides today."""
    return _page(request, MECHANISMS, ui, cursor, size)


@router.get("networks", response=Page, operation_id="list_networks")
def networks(request: HttpRequest, ui: Reader = "", cursor: Cursor = "", size: Size = PAGE_SIZE) -> Page:
    """Networks, funds and alliances by their slug."""
    return _page(request, NETWORKS, ui, cursor, size)


def _page(request: HttpRequest, listed: PublicList, ui: str, cursor: str, size: int) -> Page:
    language = reader_language(request, ui)
    rows = [row_of(row, listed, language) for row in public_networks(timezone.now().date(), listed.kinds)]
    return part_of(rows, path=path_of(request), cursor=cursor, size=size)
