"""How a passage is cited: its lasting address, and the citation as text, BibTeX and RIS."""

import json
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import Http404
from django.utils.translation import gettext as _

from portal.common.formatting import day
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

PORTAL = "Cartagena+40"
# BibTeX counts braces without minding backslashes, so a brace is written by its name.
_TEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{sign: f"\\{sign}" for sign in "%&$#_"},
    }
)
_RIS_TYPES = {"document": "RPRT"}
_YEAR = 4


@dataclass(frozen=True, slots=True)
class Citation:
    """What is cited. `url` is the whole lasting address, `seen` the day of access, `page` as it is printed.

    `position` is 0 of a whole document. `genre` is the kind of a library document in the reader's language,
    `dated` its date as precise as it is known (`2024-05`). It has no author, year or publisher but those that
    are known of it.
    """

    identity: str
    kind: str
    language: str
    position: int
    author: str
    title: str
    year: int | None
    page: str
    url: str
    seen: date
    text: str
    genre: str = ""
    dated: str = ""

    @property
    def key(self) -> str:
        """Names the passage in lists of references and in file names."""
        return f"{self.identity}-{self.language}-{self.position}" if self.position else self.identity

    @property
    def publisher(self) -> str:
        """The portal, of what stands nowhere else."""
        return "" if is_document(self.identity) else PORTAL


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
        author=_one_line(source) or ("" if is_document(identity) else PORTAL),
        title=_one_line(title),
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
        author=_one_line(_source(row)),
        title=_one_line(row.title),
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
    kind = citation.genre or KINDS.get(citation.kind, citation.kind)
    year = str(citation.year) if citation.year else _("no year")
    head = f"{citation.title} [{kind}] ({year})"
    if citation.author:
        head = f"{citation.author} ({year}). {citation.title} [{kind}]"
    if citation.page:
        head += ", " + _("page %(number)s") % {"number": citation.page}
    seen = _("Accessed on %(day)s.") % {"day": day(citation.seen)}
    publisher = f" {citation.publisher}." if citation.publisher not in ("", citation.author) else ""
    return f"{head}.{publisher} {citation.url} {seen}"


def as_bibtex(citation: Citation) -> str:
    """An entry in UTF-8."""
    fields = {
        "author": f"{{{_tex(citation.author)}}}" if citation.author else "",
        "title": f"{{{_tex(citation.title)}}}",
        "year": str(citation.year or ""),
        "date": citation.dated if len(citation.dated) > _YEAR else "",
        "type": _tex(citation.genre),
        "pages": _tex(citation.page),
        "publisher": _tex(citation.publisher),
        "language": citation.language,
        "url": citation.url,
        "urldate": citation.seen.isoformat(),
    }
    lines = [f"  {name} = {{{value}}},\n" for name, value in fields.items() if value]
    return f"@misc{{{citation.key},\n{''.join(lines)}}}\n"


def as_ris(citation: Citation) -> str:
    """A reference with the line ends the format asks for."""
    rows = [
        ("TY", _RIS_TYPES.get(citation.kind, "ELEC")),
        ("ID", citation.key),
        ("AU", citation.author),
        ("TI", citation.title),
        ("PY", str(citation.year or "")),
        ("DA", citation.dated.replace("-", "/") if len(citation.dated) > _YEAR else ""),
        ("M3", citation.genre),
        ("SP", citation.page),
        ("PB", citation.publisher),
        ("LA", citation.language),
        ("UR", citation.url),
        ("Y2", citation.seen.strftime("%Y/%m/%d")),
        ("ER", ""),
    ]
    return "".join(f"{tag}  - {value}\r\n" for tag, value in rows if value or tag == "ER")


def as_csl(citation: Citation) -> str:
    """An item of CSL-JSON, which reference managers read."""
    item: dict[str, object] = {
        "id": citation.key,
        "type": "report" if is_document(citation.identity) else "webpage",
        "title": citation.title,
        "author": [{"literal": citation.author}] if citation.author else [],
        "genre": citation.genre,
        "issued": {"date-parts": [_date_parts(citation)]} if citation.year else {},
        "page": citation.page,
        "publisher": citation.publisher,
        "language": citation.language,
        "URL": citation.url,
        "accessed": {"date-parts": [[citation.seen.year, citation.seen.month, citation.seen.day]]},
    }
    return json.dumps([{name: value for name, value in item.items() if value}], ensure_ascii=False, indent=1)


def _date_parts(citation: Citation) -> list[int]:
    return [int(part) for part in citation.dated.split("-")] if citation.dated else [citation.year or 0]


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


def _tex(text: str) -> str:
    return text.translate(_TEX)


def _one_line(text: str) -> str:
    """Without line breaks and control signs: nothing of a title begins a field of its own."""
    spaced = "".join(" " if unicodedata.category(letter) in {"Cc", "Zl", "Zp"} else letter for letter in text)
    return " ".join(spaced.split())
