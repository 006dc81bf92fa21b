"""A citation as text, BibTeX, RIS and CSL-JSON; search, records and conclusions say what is cited."""

import json
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import quote, urlencode

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.common.formatting import day

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
DOCUMENT = "document"
_YEAR = 4


@dataclass(frozen=True, slots=True)
class Citation:
    """What is cited. `url` is the whole lasting address, `seen` the day of access, `page` as it is printed.

    `position` is 0 of a whole document or record. `genre` says what it is in the reader's language where
    reference managers are told, `dated` its date as precise as it is known (`2024-05`), `version` which of
    its versions. A document of the library has no author, year or publisher but those that are known of it.
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
    version: str = ""

    @property
    def is_document(self) -> bool:
        """Whether it is of the library."""
        return self.kind == DOCUMENT

    @property
    def key(self) -> str:
        """Names the passage in lists of references and in file names."""
        return f"{self.identity}-{self.language}-{self.position}" if self.position else self.identity

    @property
    def publisher(self) -> str:
        """The portal, of what stands nowhere else."""
        return "" if self.is_document else PORTAL


def as_text(citation: Citation, called: str = "") -> str:
    """One line in the reader's language; `called` says what it is where it has no genre."""
    kind = citation.genre or called or citation.kind
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
        "version": _tex(citation.version),
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
        ("TY", "RPRT" if citation.is_document else "ELEC"),
        ("ID", citation.key),
        ("AU", citation.author),
        ("TI", citation.title),
        ("PY", str(citation.year or "")),
        ("DA", citation.dated.replace("-", "/") if len(citation.dated) > _YEAR else ""),
        ("M3", citation.genre),
        ("ET", citation.version),
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
        "type": "report" if citation.is_document else "webpage",
        "title": citation.title,
        "author": [{"literal": citation.author}] if citation.author else [],
        "genre": citation.genre,
        "issued": {"date-parts": [_date_parts(citation)]} if citation.year else {},
        "version": citation.version,
        "page": citation.page,
        "publisher": citation.publisher,
        "language": citation.language,
        "URL": citation.url,
        "accessed": {"date-parts": [[citation.seen.year, citation.seen.month, citation.seen.day]]},
    }
    return json.dumps([{name: value for name, value in item.items() if value}], ensure_ascii=False, indent=1)


LABELS = {
    "bib": gettext_lazy("Download for BibTeX (.bib)"),
    "ris": gettext_lazy("Download for reference managers (.ris)"),
    "json": gettext_lazy("Download as CSL-JSON (.json)"),
}
DOWNLOADS = {
    "bib": (as_bibtex, "application/x-bibtex; charset=utf-8"),
    "json": (as_csl, "application/vnd.citationstyles.csl+json; charset=utf-8"),
    "ris": (as_ris, "application/x-research-info-systems; charset=utf-8"),
}


def take_away(citation: Citation, line: str, files: str) -> dict[str, Any]:
    """Inputs of `components/take_away.html`. `line` cites it in words, `files` is how its files begin."""
    letter = {"subject": citation.title, "body": line}
    return {
        "address": citation.url,
        "line": line,
        "letter": f"mailto:?{urlencode(letter, quote_via=quote)}",
        "files": [{"label": label, "url": f"{files}.{form}"} for form, label in LABELS.items()],
    }


def citation_file(citation: Citation, form: str) -> HttpResponse:
    """The citation to download. Raises `Http404` for a form that there is none of."""
    if form not in DOWNLOADS:
        raise Http404(form)
    write, content_type = DOWNLOADS[form]
    response = HttpResponse(write(citation), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{citation.key}.{form}"'
    return response


def _date_parts(citation: Citation) -> list[int]:
    return [int(part) for part in citation.dated.split("-")] if citation.dated else [citation.year or 0]


def _tex(text: str) -> str:
    return text.translate(_TEX)


def one_line(text: str) -> str:
    """Without line breaks and control signs: nothing of a title begins a field of its own."""
    spaced = "".join(" " if unicodedata.category(letter) in {"Cc", "Zl", "Zp"} else letter for letter in text)
    return " ".join(spaced.split())
