"""Library documents as index documents: their own passages, opened where they stand."""

from collections.abc import Iterator, Sequence
from datetime import date

from portal.common.ids import parse_public_id
from portal.common.languages import DEFAULT
from portal.library.enums import Facet
from portal.library.filing import labels, tags_of
from portal.library.models import LETTER, LibraryDocument, LibraryPassage
from portal.library.queries import document_with_passages, published_documents
from search.engines.documents import IndexDocument, Passage
from search.index.builders.base import Built, Surroundings, built, version_id
from search.index.builders.listings import is_listing

KIND = "document"


class LibraryBuilder:
    """Keys are public ids such as `D-00007`."""

    def key_of(self, identity: str) -> str | None:
        parsed = parse_public_id(identity)
        return identity if parsed is not None and parsed[0] == LETTER else None

    def keys(self) -> Iterator[str]:
        return (document.public_id for document in published_documents().iterator())

    def build(self, key: str, version: int, around: Surroundings) -> Built:
        stored = document_with_passages(key)
        if stored is None:
            return built(key, ())
        document, passages = stored
        spoken: dict[str, list[LibraryPassage]] = {language: [] for language in document.languages}
        for row in passages:
            spoken.get(row.language, spoken[document.language]).append(row)
        made = (
            _version(document, language, rows, version)
            for language, rows in spoken.items()
            if rows or language == document.language
        )
        return built(key, made)


def _version(
    document: LibraryDocument, language: str, rows: Sequence[LibraryPassage], version: int
) -> IndexDocument:
    """What of a document is in one language; a document in two languages has both."""
    key = document.public_id
    return IndexDocument(
        id=version_id(key, language),
        kind=KIND,
        language=language,
        title=document.title,
        path=document.path("{ui}"),
        version=version,
        year=document.year,
        dated=_day(document),
        facets=_facets(document),
        details={"number": key, **({"ocr": "yes"} if document.is_ocr else {})},
        passages=tuple(
            Passage(
                row.text,
                row.position,
                row.page,
                row.heading,
                f"p{row.position}",
                is_listing(row.text, row.heading),
            )
            for row in rows
        ),
    )


def _facets(document: LibraryDocument) -> dict[str, tuple[str, ...]]:
    """What it is filed under, as far as that is public; three queries at most."""
    named = labels(tags_of(document), DEFAULT)
    filed = {
        str(facet): tuple(label.code for label in named[facet].values())
        for facet in (Facet.COUNTRY, Facet.ORGANIZATION, Facet.CONSULTATION, Facet.SEGMENT, Facet.THEME)
    }
    kept = {name: values for name, values in filed.items() if values}
    return {**kept, "language": document.languages, "document_kind": (document.kind,)}


def _day(document: LibraryDocument) -> date:
    """For the order of results; a date that is known less precisely stands at its beginning."""
    if not document.year:
        return document.created_at.date()
    return date(document.year, document.month or 1, document.day or 1)
