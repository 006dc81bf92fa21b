"""How a passage is cited: its lasting address, and the citation as text, BibTeX and RIS."""

import json
import unicodedata
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import Http404
from django.utils.translation import gettext as _

from portal.common.formatting import day
from portal.common.ids import parse_public_id
from portal.library.models import LETTER
from portal.library.queries import document_by_public_id, printed_page
from portal.publication.authors import speaker
from portal.publication.queries import record_by_public_id
from search.engines.documents import IndexDocument, Passage
from search.index.builders import build
from search.index.builders.base import version_id
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


@dataclass(frozen=True, slots=True)
class Citation:
    """What is cited. `url` is the whole lasting address, `seen` the day of access, `page` as it is printed.

    A library document has no author, year or publisher but those that are known of it.
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

    @property
    def key(self) -> str:
        """Names the passage in lists of references and in file names."""
        return f"{self.identity}-{self.language}-{self.position}"

    @property
    def publisher(self) -> str:
        """The portal, of what stands nowhere else."""
        return "" if is_document(self.identity) else PORTAL


def permalink(identity: str, language: str, position: int) -> str:
    """The path that leads to a passage for good. A library document is read in the reader's language."""
    query = {"passage": str(position)} | ({} if is_document(identity) else {"lang": language})
    return f"/r/{identity}/?{urlencode(query)}"


def is_document(identity: str) -> bool:
    """Whether it is of the library."""
    return identity.startswith(f"{LETTER}-")


def cited(identity: str, language: str, position: int, *, site: str, seen: date) -> Citation:
    """A public passage as it is now. Raises `Http404`, or `Gone` when its document was withdrawn."""
    source = _source_of(identity)
    document, passage = _found(identity, language, position)
    return Citation(
        identity=identity,
        kind=document.kind,
        language=language,
        position=position,
        author=_one_line(speaker(document.details) or source or ("" if is_document(identity) else PORTAL)),
        title=_one_line(document.title),
        year=document.year or (document.dated.year if document.dated and not is_document(identity) else None),
        page=_page(identity, passage),
        url=site + permalink(identity, language, position),
        seen=seen,
        text=passage.text,
    )


def as_text(citation: Citation) -> str:
    """One line in the reader's language."""
    kind = KINDS.get(citation.kind, citation.kind)
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
        "issued": {"date-parts": [[citation.year]]} if citation.year else {},
        "page": citation.page,
        "publisher": citation.publisher,
        "language": citation.language,
        "URL": citation.url,
        "accessed": {"date-parts": [[citation.seen.year, citation.seen.month, citation.seen.day]]},
    }
    return json.dumps([{name: value for name, value in item.items() if value}], ensure_ascii=False, indent=1)


def _page(identity: str, passage: Passage) -> str:
    if is_document(identity):
        return printed_page(document_by_public_id(identity), passage.position)
    return str(passage.page or "")


def _source_of(identity: str) -> str:
    """Who a library document comes from. Raises `Http404` or `Gone` for what cannot be cited."""
    parsed = parse_public_id(identity)
    if parsed is None:
        return ""
    if parsed[0] != LETTER:
        record_by_public_id(identity)
        return ""
    source = document_by_public_id(identity).source
    return "" if source.startswith(("https://", "http://")) else source


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
