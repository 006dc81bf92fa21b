"""Headless delivery: `GET /api/v1/pages`, every public page's content as structured data."""

from typing import Annotated, Any
from urllib.parse import urlencode

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import BaseModel, ConfigDict

from portal.cms.delivery import page_types, pages_as_data, places
from portal.common.languages import CodeOrNone
from portal.common.paging import PAGE_SIZE, Cursor, Size
from portal.common.read_api import Refused

router = Router(tags=["pages"])


class BlockOut(BaseModel):
    """`value` follows the type: text, HTML, an object, or a picture with its `renditions`."""

    type: str
    value: Any
    id: str | None
    field: str


class ParentOut(BaseModel):
    translation_key: str
    url: str


class PageOut(BaseModel):
    """One page in one language, with the fields of its type beside these."""

    model_config = ConfigDict(extra="allow")

    id: int
    translation_key: str
    type: str
    locale: str
    title: str
    heading: str
    introduction: str
    url: str
    parent: ParentOut | None
    published_at: str | None
    updated_at: str | None
    translations: dict[str, str]
    blocks: list[BlockOut]


class Pages(Schema):
    """One part of a list; `next` is the path of the next part, or null at the end."""

    count: int
    next: str | None
    results: list[PageOut]


@router.get("pages", response=Pages, summary="Public pages as structured data")
def pages(
    request: HttpRequest,
    path: Annotated[
        str, Query(description="A public address such as /es/consultations/: gives its one page.")
    ] = "",
    type: Annotated[str, Query(description="A page type such as consultations.SegmentPage.")] = "",
    locale: Annotated[CodeOrNone, Query(description="The language of the pages.")] = "",
    cursor: Cursor = "",
    size: Size = PAGE_SIZE,
) -> dict[str, Any]:
    """Newest first. A draft, a restricted page and anything below one never appear."""
    if type and type.lower() not in page_types():
        raise Refused({"type": "There is no such type of page."})
    selected = places(path=path, type_name=type, locale=locale or "")
    part = selected
    if cursor:
        part = [place for place in selected if place.pk < int(cursor)]
    shown, rest = part[:size], part[size:]
    asked = {"path": path, "type": type, "locale": locale, "size": size if size != PAGE_SIZE else ""}
    query = urlencode(
        {name: value for name, value in asked.items() if value} | {"cursor": shown[-1].pk if shown else ""}
    )
    return {
        "count": len(selected),
        "next": f"{request.path}?{query}" if rest else None,
        "results": pages_as_data(shown),
    }
