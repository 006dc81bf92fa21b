"""Reads what stands before the first segment: title, theme, place and date, introduction, context."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from portal.consultations.concept_note.dates import mentions_date
from portal.consultations.concept_note.sentences import closed
from portal.consultations.concept_note.tree import Paragraph, Section
from portal.consultations.concept_note.vocabulary import (
    INTRODUCTION,
    NOTE_KIND,
    SECTION_NUMBER,
    SECTION_TITLES,
)
from portal.library.extraction import Block

_QUOTED = re.compile(r"[\"“«]\s*([^\"”»]{12,})\s*[\"”»]\s*\.?$")


@dataclass(slots=True)
class Front:
    title: str = ""
    theme: str = ""
    place_and_date: str = ""
    introduction: list[Section] = field(default_factory=list)
    context: list[Section] = field(default_factory=list)
    unplaced: list[str] = field(default_factory=list)


def read_front(blocks: Sequence[Block]) -> Front:
    front = Front()
    first = next((at for at, block in enumerate(blocks) if begins_text(block)), len(blocks))
    _read_cover(front, blocks[:first])
    for title, body in _sections(blocks[first:]):
        section = Section(title, tuple(Paragraph(block.text, block.item) for block in body))
        is_introduction = not front.context and (not title or bool(INTRODUCTION.search(title)))
        (front.introduction if is_introduction else front.context).append(section)
    return front


def begins_text(block: Block) -> bool:
    return (
        _is_section(block)
        or len(block.text.split()) > 45
        or (closed(block.text) and len(block.text.split()) > 25)
    )


def _read_cover(front: Front, blocks: Sequence[Block]) -> None:
    """Short lines in any order: kind of document, title, theme, place and date."""
    for block in blocks:
        text, tail = block.text, block.tail
        kind = NOTE_KIND.match(text)
        if kind and not front.title:
            if kind.group().strip():
                front.unplaced.append(kind.group().strip())
            text = text[kind.end() :].strip()
        if not text:
            continue
        if not front.place_and_date and _is_date(text) and (front.title or not _names_consultation(text)):
            front.place_and_date = text
        elif not front.title:
            front.title, front.theme = _title_and_theme(text, tail)
        elif not front.theme and not closed(text):
            front.theme = text.strip(' "“”«»')
        else:
            front.unplaced.append(block.text)


def _names_consultation(text: str) -> bool:
    return bool(re.search(r"consult", text, re.IGNORECASE))


def _is_date(text: str) -> bool:
    return len(text.split()) <= 20 and mentions_date(text)


def _title_and_theme(text: str, tail: str) -> tuple[str, str]:
    """The theme is what the title line ends with in italics or in quotation marks."""
    if tail and tail != text and text.rstrip(" .:").endswith(tail.rstrip(" .:")):
        return text[: text.rindex(tail)].strip(' :–—-"“«'), tail.strip(' .:"“”«»')
    quoted = _QUOTED.search(text)
    if quoted and quoted.start():
        return text[: quoted.start()].strip(" :–—-"), quoted[1].strip()
    return text, ""


def _is_section(block: Block) -> bool:
    """A heading of the note's own text, such as "II. Context"."""
    text = block.text
    number = SECTION_NUMBER.match(text)
    mark = number["mark"] if number else ""
    bare = text[number.end() :] if number else text
    if closed(text.rstrip(":")) or len(text.split()) > 16:
        return False
    if SECTION_TITLES.match(bare):
        return bool(number or block.heading or block.lead == text or len(text.split()) <= 6)
    return bool(mark) and not mark.isdigit() and not block.item and bare[:1].isupper()


def _sections(blocks: Sequence[Block]) -> list[tuple[str, list[Block]]]:
    sections: list[tuple[str, list[Block]]] = []
    for block in blocks:
        if _is_section(block) or (block.heading and len(block.text.split()) <= 25):
            sections.append((block.text, []))
        else:
            if not sections:
                sections.append(("", []))
            sections[-1][1].append(block)
    return sections
