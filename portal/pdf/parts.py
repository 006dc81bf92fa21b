"""A document as data: sections of texts, figures and tables. Pages and PDF files are drawn from the same one.

`canonical(document.as_json())` is what a digest is made of; `read` gives the document back.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple


class Cell(NamedTuple):
    """`url` is a path of the portal; `lang` is named where the text is in another language."""

    text: str
    url: str = ""
    lang: str = ""


class Figure(NamedTuple):
    value: str
    label: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph; `is_code` keeps it in one face and lets it break anywhere."""

    text: str
    is_code: bool = False

    def as_json(self) -> dict[str, Any]:
        return {"is": "text", "text": self.text, "is_code": self.is_code}


@dataclass(frozen=True, slots=True)
class Figures:
    """Numbers that are read first, each with what it is part of."""

    figures: tuple[Figure, ...]

    def as_json(self) -> dict[str, Any]:
        return {"is": "figures", "figures": [list(figure) for figure in self.figures]}


@dataclass(frozen=True, slots=True)
class Table:
    """`widths` are shares of the line, one for each column; `numbers` says which columns are numbers."""

    caption: str
    headers: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[int, ...]
    numbers: frozenset[int] = frozenset()

    def as_json(self) -> dict[str, Any]:
        return {
            "is": "table",
            "caption": self.caption,
            "headers": list(self.headers),
            "rows": [[list(cell) for cell in row] for row in self.rows],
            "widths": list(self.widths),
            "numbers": sorted(self.numbers),
        }


Part = Text | Figures | Table


@dataclass(frozen=True, slots=True)
class Section:
    """`key` is its anchor on a page and its bookmark in a file."""

    key: str
    title: str
    parts: tuple[Part, ...]

    def as_json(self) -> dict[str, Any]:
        return {"key": self.key, "title": self.title, "parts": [part.as_json() for part in self.parts]}


@dataclass(frozen=True, slots=True)
class Document:
    """`eyebrow` says what it is, `notice` what to know first; `facts` are short lines under the title."""

    language: str
    eyebrow: str
    title: str
    author: str
    notice: str
    facts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]

    def as_json(self) -> dict[str, Any]:
        return {
            "language": self.language,
            "eyebrow": self.eyebrow,
            "title": self.title,
            "author": self.author,
            "notice": self.notice,
            "facts": [list(fact) for fact in self.facts],
            "sections": [section.as_json() for section in self.sections],
        }


def read(told: Mapping[str, Any]) -> Document:
    """The document that `as_json` gave."""
    plain = {name: told[name] for name in ("language", "eyebrow", "title", "author", "notice")}
    return Document(
        **plain,
        facts=tuple((term, value) for term, value in told["facts"]),
        sections=tuple(
            Section(row["key"], row["title"], tuple(_part(part) for part in row["parts"]))
            for row in told["sections"]
        ),
    )


def _part(told: Mapping[str, Any]) -> Part:
    if told["is"] == "text":
        return Text(told["text"], told["is_code"])
    if told["is"] == "figures":
        return Figures(tuple(Figure(*figure) for figure in told["figures"]))
    return Table(
        told["caption"],
        tuple(told["headers"]),
        tuple(tuple(Cell(*cell) for cell in row) for row in told["rows"]),
        tuple(told["widths"]),
        frozenset(told["numbers"]),
    )
