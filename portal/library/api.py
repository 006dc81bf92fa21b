"""Read API of the library: the list of documents, one document with its passages."""

from typing import Annotated

from django.http import HttpRequest
from ninja import Query, Router, Schema

from portal.common.languages import CodeOrNone
from portal.common.paging import (
    PAGE_SIZE,
    Cursor,
    Page,
    Reader,
    Size,
    page_of,
    path_of,
    reader_language,
)
from portal.library.enums import DocumentKind
from portal.library.models import LibraryDocument
from portal.library.queries import document_by_public_id, part_of, passage_path, published_documents

router = Router(tags=["documents"])


class PassageRow(Schema):
    position: int
    page: int | None
    heading: str
    text: str
    url: str


class DocumentRow(Schema):
    id: str
    kind: str
    language: str
    title: str
    year: int | None
    source: str
    pages: int
    passages: int
    url: str


class DocumentWithPassages(Schema):
    """`next` is the `part` that follows, or null at the end."""

    document: DocumentRow
    passages: list[PassageRow]
    next: int | None


@router.get("documents", response=Page)
def documents(
    request: HttpRequest,
    kind: DocumentKind | None = None,
    language: CodeOrNone = "",
    ui: Reader = "",
    cursor: Cursor = "",
    size: Size = PAGE_SIZE,
) -> Page:
    """Documents of the library, last added first."""
    rows = published_documents(kinds=[kind] if kind else (), languages=[language] if language else ())
    reader = reader_language(request, ui)
    return page_of(
        rows, path=path_of(request), cursor=cursor, size=size, show=lambda row: _row(row, reader).dict()
    )


@router.get("documents/{public_id}", response=DocumentWithPassages)
def document(
    request: HttpRequest,
    public_id: str,
    ui: Reader = "",
    part: Annotated[int, Query(ge=1, le=1_000_000)] = 1,
) -> DocumentWithPassages:
    """One document and forty of its passages."""
    reader = reader_language(request, ui)
    stored = document_by_public_id(public_id)
    passages = part_of(stored, part)
    rows = [
        PassageRow(
            position=passage.position,
            page=passage.page,
            heading=passage.heading,
            text=passage.text,
            url=passage_path(stored.path(reader), passage.position),
        )
        for passage in passages
    ]
    more = bool(rows) and rows[-1].position < stored.passages_count
    return DocumentWithPassages(document=_row(stored, reader), passages=rows, next=part + 1 if more else None)


def _row(document: LibraryDocument, ui: str) -> DocumentRow:
    return DocumentRow(
        id=document.public_id,
        kind=document.kind,
        language=document.language,
        title=document.title,
        year=document.year,
        source=document.source,
        pages=document.pages,
        passages=document.passages_count,
        url=document.path(ui),
    )
