"""Read API of consultations, segments and guiding questions."""

from collections.abc import Mapping
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router

from portal.cms.queries import PublicPage
from portal.common.paging import (
    MAX_PAGE_SIZE,
    PAGE_SIZE,
    Cursor,
    Page,
    Reader,
    Size,
    part_of,
    path_of,
    reader_language,
)
from portal.common.read_api import Refused
from portal.consultations import page_queries
from portal.consultations.coverage import coverage
from portal.consultations.leads import slugs_by_segment
from portal.consultations.sessions import Programme, as_json, programmes
from portal.publication.enums import Relation
from portal.publication.queries import count_linking_to

router = Router(tags=["consultations"])
Slug = Annotated[str, Query(max_length=255, description="Slug of its page.")]
FACTS = ("starts_on", "ends_on", "opens_at", "deadline", "theme", "place", "introduction")


@router.get("/consultations", response=Page)
def list_consultations(
    request: HttpRequest, ui: Reader = "", cursor: Cursor = "", size: Size = PAGE_SIZE
) -> Page:
    """Consultations in the order of the site, each with the state it is in now and what is public of its
    meeting: hosts, partners, sessions."""
    language = reader_language(request, ui)
    summaries = page_queries.summaries(language)
    told = programmes(
        {row.page.key: row.page.extra["time_zone"] for row in summaries if row.has_programme}, language
    )
    rows = [
        _page_row(row.page, "consultation")
        | {"state": row.state.value}
        | as_json(told.get(row.page.key, Programme()))
        for row in summaries
    ]
    return part_of(rows, path=path_of(request), cursor=cursor, size=size)


@router.get("/segments", response=Page)
def list_segments(
    request: HttpRequest,
    consultation: UUID | None = None,
    ui: Reader = "",
    cursor: Cursor = "",
    size: Size = PAGE_SIZE,
) -> Page:
    """Segments, of one consultation or of all, each with the key of the earlier one that it continues, and
    those of later ones that continue it; `led_by` are the slugs of networks that lead it today."""
    pages = page_queries.segments(reader_language(request, ui))
    counts = page_queries.numbers()
    public, edges, led = {page.key for page in pages}, counts.continues, slugs_by_segment(counts)
    edges = {later: earlier for later, earlier in edges.items() if {later, earlier} <= public}
    rows = [
        _page_row(page, "segment") | _around(page.key, edges) | {"led_by": led.get(page.key, [])}
        for page in _below(pages, consultation)
    ]
    return part_of(rows, path=path_of(request), cursor=cursor, size=size)


@router.get("/questions", response=Page)
def list_questions(
    request: HttpRequest,
    consultation: UUID | None = None,
    segment: UUID | None = None,
    ui: Reader = "",
    cursor: Cursor = "",
    size: Size = PAGE_SIZE,
) -> Page:
    """Guiding questions with the number of published interventions, of a consultation, a segment or all."""
    pages = _below(_below(page_queries.questions(reader_language(request, ui)), consultation), segment)
    numbers = count_linking_to(Relation.ANSWERS, [page.key for page in pages])
    rows = [
        {**_page_row(page, "guiding_question"), "answers": numbers.get(str(page.key), 0)} for page in pages
    ]
    return part_of(rows, path=path_of(request), cursor=cursor, size=size)


@router.get("/coverage", response=Page)
def list_coverage(
    request: HttpRequest,
    consultation: Slug = "",
    ui: Reader = "",
    cursor: Cursor = "",
    size: Size = MAX_PAGE_SIZE,
) -> Page:
    """Guiding questions with the published contributions to each by type of organization and by mark."""
    told = coverage(*_asked(consultation, ui, request))
    rows = [
        {
            **_page_row(row.page, "guiding_question"),
            "answers": row.interventions,
            "by_type": dict(row.by_type),
            # Rows, not a second map from code to number: a reader of `by_type` must not add up the two.
            "by_mark": [{"mark": code, "contributions": number} for code, number in row.by_mark.items()],
        }
        for row in told.questions
    ]
    return part_of(rows, path=path_of(request), cursor=cursor, size=size)


@router.get("/coverage/whole", response=Page)
def list_whole_coverage(
    request: HttpRequest,
    consultation: Slug = "",
    ui: Reader = "",
    cursor: Cursor = "",
    size: Size = MAX_PAGE_SIZE,
) -> Page:
    """Consultations, segments and the plan with the published contributions about each as a whole, by type of
    organization; counted apart from those on guiding questions."""
    told = coverage(*_asked(consultation, ui, request))
    rows = [
        {
            "id": row.link.id,
            "kind": row.link.kind,
            "title": row.link.title,
            "url": row.link.url,
            "language": row.link.language,
            "contributions": row.interventions,
            "by_type": dict(row.by_type),
        }
        for row in told.wholes
    ]
    return part_of(rows, path=path_of(request), cursor=cursor, size=size)


def _asked(consultation: str, ui: str, request: HttpRequest) -> tuple[str, UUID | None]:
    """The reader's language, and the key of a consultation by its slug; `Refused` where there is none."""
    language = reader_language(request, ui)
    page = page_queries.consultation_at(consultation, language) if consultation else None
    if consultation and page is None:
        raise Refused({"consultation": "This list has no such choice."})
    return language, page.key if page else None


def _below(pages: list[PublicPage], key: UUID | None) -> list[PublicPage]:
    return pages if key is None else [page for page in pages if key in page.ancestors]


def _around(key: UUID, edges: Mapping[UUID, UUID]) -> dict[str, Any]:
    earlier = edges.get(key)
    return {
        "continues": str(earlier) if earlier else None,
        "continued_in": [str(later) for later, each in edges.items() if each == key],
    }


def _page_row(page: PublicPage, kind: str) -> dict[str, Any]:
    """`consultation` and `segment` are the keys of the pages above it."""
    above = page.ancestors
    row = {
        "id": str(page.key),
        "kind": kind,
        "title": page.title,
        "url": page.url,
        "language": page.language,
        "number": page.number,
        "consultation": _key(above, page_queries.CONSULTATION_AT),
        "segment": _key(above, page_queries.SEGMENT_AT),
    }
    return row | {name: page.extra[name] for name in FACTS if name in page.extra}


def _key(above: tuple[UUID, ...], place: int) -> str | None:
    return str(above[place]) if place < len(above) else None
