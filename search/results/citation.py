"""How a passage or a document of the library is cited: its lasting address, and what of it is said."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import Http404

from portal.common.citation import PORTAL, Citation, one_line
from portal.common.citation import as_text as line_of
from portal.common.ids import parse_public_id
from portal.library.addresses import words_key
from portal.library.enums import DocumentKind
from portal.library.models import LETTER, LibraryDocument
from portal.library.queries import (
    document_by_public_id,
    printed_page,
    printed_pages,
    published_documents,
)
from portal.publication.authors import speaker
from portal.publication.kinds import ACTION
from portal.publication.queries import record_by_public_id
from search.engines.documents import IndexDocument, Passage
from search.index.builders import build
from search.index.builders.base import identity_of, version_id
from search.index.outbox import Subject
from search.models import Source
from search.results.facets import KINDS


@dataclass(frozen=True, slots=True)
class LibraryFacts:
    """What the library says of a passage and its document; `page` as it is printed."""

    genre: str
    dated: str
    year: int | None
    page: str


def permalink(identity: str, language: str, position: int, words: str = "") -> str:
    """The path that leads to a passage for good. A library document is read in the reader's language.

    By the key of its `words` a passage of the library is found where another file has it.
    """
    query = {"passage": str(position)} | ({} if is_document(identity) else {"lang": language})
    query |= {"words": words} if words else {}
    return f"/r/{identity}/?{urlencode(query)}"


def is_document(identity: str) -> bool:
    """Whether it is of the library."""
    return identity.startswith(f"{LETTER}-")


def cited(identity: str, language: str, position: int, *, site: str, seen: date) -> Citation:
    """A public passage as it is now. Raises `Http404`, or `Gone` when its document was withdrawn."""
    row = _library_document(identity)
    document, passage = _found(identity, language, position)
    return passage_citation(
        identity=identity,
        kind=document.kind,
        language=language,
        position=position,
        source=speaker(document.details) or _source(row),
        title=document.title,
        year=year_of(document),
        page=passage.page,
        text=passage.text,
        facts=_facts(row, printed_page(row, position)) if row else None,
        site=site,
        seen=seen,
    )


def passage_citation(
    *,
    identity: str,
    kind: str,
    language: str,
    position: int,
    source: str,
    title: str,
    year: int | None,
    page: int | None,
    text: str,
    facts: LibraryFacts | None,
    site: str,
    seen: date,
) -> Citation:
    """The one way in which passages are cited, here and in dossiers. `facts` of what the library holds."""
    words = words_key(text) if facts else ""
    return Citation(
        identity=identity,
        kind=kind,
        language=language,
        position=position,
        author=one_line(source) or ("" if is_document(identity) else PORTAL),
        title=one_line(title),
        year=facts.year if facts else year,
        page=(facts.page if facts else "") or str(page or ""),
        url=site + permalink(identity, language, position, words),
        seen=seen,
        text=text,
        genre=facts.genre if facts else "",
        dated=facts.dated if facts else "",
    )


def library_facts(places: Collection[tuple[str, int]]) -> dict[tuple[str, int], LibraryFacts]:
    """By number of the document and position, of what is public. Two queries at most."""
    numbers = {identity: parse_public_id(identity) for identity, _position in places}
    keys = [parsed[1] for parsed in numbers.values() if parsed and parsed[0] == LETTER]
    if not keys:
        return {}
    rows = {row.public_id: row for row in published_documents().order_by().filter(pk__in=keys)}
    printed = printed_pages([(rows[identity].pk, at) for identity, at in places if identity in rows])
    return {
        (identity, at): _facts(rows[identity], printed.get((rows[identity].pk, at), ""))
        for identity, at in places
        if identity in rows
    }


def year_of(document: IndexDocument) -> int | None:
    """Of a document of the library the year that is known of it, never that in which it was added."""
    if document.year or is_document(identity_of(document.id)):
        return document.year
    # That of a part of a framework is when the portal got to know it.
    is_known = document.dated is not None and document.kind != ACTION
    return document.dated.year if document.dated and is_known else None


def cited_document(identity: str, *, site: str, seen: date) -> Citation:
    """A public document of the library as a whole. Raises `Http404`, or `Gone` when it was withdrawn."""
    row = document_by_public_id(identity)
    return Citation(
        identity=row.public_id,
        kind="document",
        language=row.language,
        position=0,
        author=one_line(_source(row)),
        title=one_line(row.title),
        year=row.year,
        page="",
        url=f"{site}/r/{row.public_id}/",
        seen=seen,
        text=row.description,
        genre=_genre(row),
        dated=row.dated,
    )


def as_text(citation: Citation) -> str:
    """One line in the reader's language."""
    return line_of(citation, str(KINDS.get(citation.kind, "")))


def _facts(document: LibraryDocument, page: str) -> LibraryFacts:
    return LibraryFacts(_genre(document), document.dated, document.year, page)


def _library_document(identity: str) -> LibraryDocument | None:
    """None of what is no document. Raises `Http404` or `Gone` for what cannot be cited."""
    parsed = parse_public_id(identity)
    if parsed is None:
        return None
    if parsed[0] != LETTER:
        record_by_public_id(identity)
        return None
    return document_by_public_id(identity)


def _source(document: LibraryDocument | None) -> str:
    """Who it comes from; an address is nobody."""
    source = document.source if document else ""
    return "" if source.startswith(("https://", "http://")) else source


def _genre(document: LibraryDocument | None) -> str:
    """What kind of document it is, where somebody said so."""
    return "" if document is None or document.kind == DocumentKind.OTHER else document.get_kind_display()


def _found(identity: str, language: str, position: int) -> tuple[IndexDocument, Passage]:
    wanted = version_id(identity, language)
    for document in build(Subject(Source.INDEX, wanted), 0).documents:
        for passage in document.readable_passages() if document.id == wanted else ():
            if passage.position == position:
                return document, passage
    raise Http404(wanted)
