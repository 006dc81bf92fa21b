"""Read API of the library: the list of documents, one document with its passages."""

from django.http import HttpRequest
from ninja import Router, Schema

from portal.common.languages import CODES, DEFAULT
from portal.library.models import LibraryDocument
from portal.library.queries import document_by_public_id, part_of, passage_path, published_documents
from portal.publication.paging import PAGE_SIZE, Page, page_of, path_of

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
    ui: str = DEFAULT,
    kind: str = "",
    language: str = "",
    cursor: str = "",
    size: int = PAGE_SIZE,
) -> Page:
    """Documents of the library, last added first."""
    rows = published_documents(kinds=[kind] if kind else (), languages=[language] if language else ())
    ui = ui if ui in CODES else DEFAULT
    return page_of(
        rows, path=path_of(request), cursor=cursor, size=size, show=lambda row: _row(row, ui).dict()
    )


@router.get("documents/{public_id}", response=DocumentWithPassages)
def document(request: HttpRequest, public_id: str, ui: str = DEFAULT, part: int = 1) -> DocumentWithPassages:
    """One document and forty of its passages."""
    ui = ui if ui in CODES else DEFAULT
    found = document_by_public_id(public_id)
    part = max(1, min(part, 1_000_000))
    passages = part_of(found, part)
    rows = [
        PassageRow(
            position=passage.position,
            page=passage.page,
            heading=passage.heading,
            text=passage.text,
            url=passage_path(found.path(ui), passage.position),
        )
        for passage in passages
    ]
    more = bool(rows) and rows[-1].position < found.passages_count
    return DocumentWithPassages(document=_row(found, ui), passages=rows, next=part + 1 if more else None)


def _row(found: LibraryDocument, ui: str) -> DocumentRow:
    return DocumentRow(
        id=found.public_id,
        kind=found.kind,
        language=found.language,
        title=found.title,
        year=found.year,
        source=found.source,
        pages=found.pages,
        passages=found.passages_count,
        url=found.path(ui),
    )
