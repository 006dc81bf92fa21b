"""Read API of the library: the list of documents, one document with its passages."""

from collections.abc import Mapping
from datetime import datetime
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
from portal.common.read_api import Refused
from portal.library.enums import DocumentKind, Facet, Quality
from portal.library.filing import Codes, could_be, filing_codes, tags_of
from portal.library.listing import documents_with
from portal.library.models import LibraryDocument
from portal.library.queries import document_by_public_id, parallel_versions, part_of, passage_path

router = Router(tags=["documents"])
Filed = Annotated[str, Query(max_length=60)]


class PassageRow(Schema):
    position: int
    page: int | None
    heading: str
    text: str
    language: str
    url: str


class DocumentRow(Schema):
    """`date` is as precise as it is known: `2024`, `2024-05`, `2024-05-31` or empty. `countries` are codes,
    `organizations` public numbers, `consultations`, `segments` and `themes` keys of pages. `file` leads to
    the file with the hash `sha256`; both are empty where none is offered. Documents with the same `work` are
    one work in several languages. `quality` says whether the text is that of the file (`good`), was read by
    optical recognition (`ocr`) or cannot be trusted (`pictures`: no passages), `flaw` why.
    """

    id: str
    kind: str
    language: str
    languages: list[str]
    title: str
    year: int | None
    date: str
    source: str
    source_url: str
    rights: str
    description: str
    countries: list[str]
    organizations: list[str]
    consultations: list[str]
    segments: list[str]
    themes: list[str]
    work: str
    version: int
    file: str
    sha256: str
    pages: int
    passages: int
    quality: Quality
    flaw: str
    url: str


class EarlierVersion(Schema):
    """A file that was replaced; it is gone."""

    version: int
    sha256: str
    replaced: datetime


class ParallelVersion(Schema):
    id: str
    languages: list[str]
    title: str
    url: str


class DocumentWithPassages(Schema):
    """`next` is the `part` that follows, or null at the end."""

    document: DocumentRow
    parallel: list[ParallelVersion]
    earlier: list[EarlierVersion]
    passages: list[PassageRow]
    next: int | None


@router.get("documents", response=Page)
def documents(
    request: HttpRequest,
    kind: DocumentKind | None = None,
    language: CodeOrNone = "",
    year: Annotated[int | None, Query(ge=1900, le=2100)] = None,
    country: Filed = "",
    organization: Filed = "",
    consultation: Filed = "",
    segment: Filed = "",
    theme: Filed = "",
    ui: Reader = "",
    cursor: Cursor = "",
    size: Size = PAGE_SIZE,
) -> Page:
    """Documents of the library, last added first."""
    filed: dict[str, str] = {
        Facet.COUNTRY: country,
        Facet.ORGANIZATION: organization,
        Facet.CONSULTATION: consultation,
        Facet.SEGMENT: segment,
        Facet.THEME: theme,
    }
    _check(filed)
    asked: dict[str, object] = {
        "kind": kind,
        "language": language,
        "year": year,
        **filed,
    }
    rows = documents_with({name: [str(value)] for name, value in asked.items() if value})
    reader = reader_language(request, ui)
    codes = filing_codes()
    return page_of(
        rows.prefetch_related("tags"),
        path=path_of(request),
        cursor=cursor,
        size=size,
        show=lambda row: _row(row, reader, codes).dict(),
    )


def _check(filed: Mapping[str, str]) -> None:
    """Raises `Refused` for values that can be none of their facet."""
    wrong = [facet for facet, value in filed.items() if value and not could_be(facet, value)]
    if wrong:
        raise Refused(dict.fromkeys(wrong, "There is no such value."))


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
            language=passage.language or stored.language,
            url=passage_path(stored.path(reader), passage.position),
        )
        for passage in passages
    ]
    more = bool(rows) and rows[-1].position < stored.passages_count
    return DocumentWithPassages(
        document=_row(stored, reader, filing_codes()),
        parallel=[_parallel(row, reader) for row in parallel_versions(stored)],
        earlier=[
            EarlierVersion(version=row.number, sha256=row.sha256, replaced=row.replaced_at)
            for row in stored.versions.all()
        ],
        passages=rows,
        next=part + 1 if more else None,
    )


def _row(document: LibraryDocument, ui: str, codes: Codes) -> DocumentRow:
    tags = tags_of(document)
    filed = {facet: codes(facet, tags.get(facet, ())) for facet in Facet}
    return DocumentRow(
        id=document.public_id,
        kind=document.kind,
        language=document.language,
        languages=list(document.languages),
        title=document.title,
        year=document.year,
        date=document.dated,
        source=document.source,
        source_url=document.source_url,
        rights=document.rights,
        description=document.description,
        countries=filed[Facet.COUNTRY],
        organizations=filed[Facet.ORGANIZATION],
        consultations=filed[Facet.CONSULTATION],
        segments=filed[Facet.SEGMENT],
        themes=filed[Facet.THEME],
        work=str(document.work or ""),
        version=document.version,
        file=document.file_path(ui),
        sha256=document.offered_sha256,
        pages=document.pages,
        passages=document.passages_count,
        quality=Quality(document.quality),
        flaw=document.flaw,
        url=document.path(ui),
    )


def _parallel(document: LibraryDocument, ui: str) -> ParallelVersion:
    return ParallelVersion(
        id=document.public_id,
        languages=list(document.languages),
        title=document.title,
        url=document.path(ui),
    )
