"""From a concept note's tree to what each page is to hold. Pure; `consultations.imports` writes the pages."""

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from html import escape, unescape

from portal.consultations.concept_note import Area, ConceptNote, Paragraph, Question, Section, Segment
from portal.consultations.concept_note.dates import read_place_and_date

SHORT_TITLE = 160
_TAG = re.compile(r"<[^>]+>")
Value = str | date | None


@dataclass(frozen=True, slots=True)
class WantedPage:
    """One page as the note wants it. `where` names it in messages; `number` is no part of its digest."""

    text: str
    where: str
    number: str
    fields: dict[str, Value]
    children: tuple["WantedPage", ...] = field(default=())

    @property
    def digest(self) -> str:
        return digest_of(self.fields)

    @property
    def total(self) -> int:
        return 1 + sum(child.total for child in self.children)


def wanted_pages(note: ConceptNote, *, fallback_title: str) -> WantedPage:
    """The consultation's page with everything below it."""
    when = read_place_and_date(note.place_and_date)
    title = note.title or note.theme or fallback_title
    fields: dict[str, Value] = {
        **_titled(title),
        "theme": note.theme,
        "place": when.place[:200],
        "starts_on": when.starts_on,
        "ends_on": when.ends_on,
        "opening": _sections(note.introduction),
        "background": _sections(note.context),
    }
    segments = tuple(map(_segment, note.segments))
    return WantedPage(title, "consultation", "", fields, segments)


def digest_of(fields: dict[str, Value]) -> str:
    """The same for the same words: marks of rich text and spaces do not count."""
    words = {name: plain(value) for name, value in sorted(fields.items())}
    return hashlib.sha256(json.dumps(words, ensure_ascii=False).encode()).hexdigest()


def plain(value: Value) -> str:
    return " ".join(unescape(_TAG.sub(" ", str(value or ""))).split())


def _segment(segment: Segment) -> WantedPage:
    number = str(segment.number)
    where = f"segment {number}"
    title = segment.title or segment.label.strip(" :.–—-")
    areas = tuple(
        _area(area, f"{number}.{position}", f"{where}, thematic area {position}")
        for position, area in enumerate(segment.areas, start=1)
    )
    return WantedPage(
        title, where, number, {**_titled(title), "background": _rich(segment.paragraphs)}, areas
    )


def _area(area: Area, number: str, where: str) -> WantedPage:
    title = area.title or where
    questions = tuple(
        _question(question, f"{number}.{position}", f"{where}, question {position}")
        for position, question in enumerate(area.questions, start=1)
    )
    introduction = "\n\n".join(paragraph.text for paragraph in area.paragraphs)
    return WantedPage(title, where, number, {**_titled(title), "introduction": introduction}, questions)


def _question(question: Question, number: str, where: str) -> WantedPage:
    return WantedPage(question.text, where, number, {**_titled(question.text), "introduction": question.note})


def _titled(text: str) -> dict[str, Value]:
    """A page's title, and the full heading where the title must be shorter."""
    if len(text) <= SHORT_TITLE:
        return {"title": text, "heading": ""}
    cut = text[: SHORT_TITLE - 1].rsplit(" ", 1)[0].rstrip(" ,;:")
    return {"title": f"{cut}…", "heading": text}


def _sections(sections: Sequence[Section]) -> str:
    return "".join(
        (f"<p><b>{escape(section.title, quote=False)}</b></p>" if section.title else "")
        + _rich(section.paragraphs)
        for section in sections
    )


def _rich(paragraphs: Sequence[Paragraph]) -> str:
    """Rich text of escaped paragraphs; neighbouring list items become one list."""
    parts: list[str] = []
    for paragraph in paragraphs:
        text = escape(paragraph.text, quote=False)
        if not paragraph.item:
            parts.append(f"<p>{text}</p>")
        elif parts and parts[-1].endswith("</ul>"):
            parts[-1] = parts[-1].removesuffix("</ul>") + f"<li>{text}</li></ul>"
        else:
            parts.append(f"<ul><li>{text}</li></ul>")
    return "".join(parts)
