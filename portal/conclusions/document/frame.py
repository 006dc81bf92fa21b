"""Divides the document into cover, sections, segments and closing sections. Used by the parser only."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from portal.conclusions.document.titles import is_label
from portal.conclusions.document.vocabulary import (
    AREA_LABEL,
    CLOSING,
    HEADING_NUMBER,
    ROMAN_CHAPTER,
    section_kind,
)
from portal.conclusions.enums import PartKind
from portal.consultations.concept_note.front import begins_text
from portal.consultations.concept_note.segment_headings import SegmentHeading, segment_headings
from portal.consultations.concept_note.sentences import closed
from portal.consultations.concept_note.tree import NoSegment
from portal.library.extraction import Block

_LONGEST = 20


@dataclass(slots=True)
class Chapter:
    """A part of the first rank with the blocks below its heading."""

    kind: PartKind
    heading: str = ""
    label: str = ""
    number: str = ""
    blocks: list[Block] = field(default_factory=list)


def chapters(blocks: Sequence[Block]) -> list[Chapter]:
    """The chapters in their order. Raises `NoSegment`."""
    headings = segment_headings(blocks)
    if not headings:
        raise NoSegment
    parts = _front(blocks[: headings[0].start])
    ends = [heading.start for heading in headings[1:]] + [len(blocks)]
    for heading, end in zip(headings, ends, strict=True):
        body = list(blocks[heading.end : end])
        stop = _end_of_segment(body, heading)
        title = heading.title or heading.label.strip(" :.–—-")
        label = heading.label if heading.title else ""
        parts.append(Chapter(PartKind.SEGMENT, title, label, str(heading.number), body[:stop]))
        parts.extend(_sections(body[stop:]))
    return parts


def _front(blocks: Sequence[Block]) -> list[Chapter]:
    first = next((at for at, block in enumerate(blocks) if _opens(block) or begins_text(block)), len(blocks))
    cover = [Chapter(PartKind.COVER, blocks[0].text, blocks=list(blocks[1:first]))] if first else []
    return cover + _sections(blocks[first:])


def _opens(block: Block) -> bool:
    """A heading that is known to open the text, not one of the cover's lines."""
    bare = HEADING_NUMBER.sub("", block.text)
    return _is_heading(block) and (section_kind(bare) is not None or bool(ROMAN_CHAPTER.match(block.text)))


def _sections(blocks: Sequence[Block]) -> list[Chapter]:
    sections: list[Chapter] = []
    for block in blocks:
        if _is_heading(block):
            sections.append(_section(block.text))
        else:
            if not sections:
                sections.append(Chapter(PartKind.INTRODUCTION))
            sections[-1].blocks.append(block)
    return sections


def _section(text: str) -> Chapter:
    number = HEADING_NUMBER.match(text)
    title = text[number.end() :] if number else text
    label = text[: number.end()].strip() if number else ""
    kind = section_kind(title) or PartKind.SECTION
    return Chapter(kind, title.strip(" :"), label, number["mark"] if number else "")


def _is_heading(block: Block) -> bool:
    text = block.text
    if len(text.split()) > _LONGEST or closed(text.rstrip(":")) or block.item:
        return False
    if block.heading or block.lead == text:
        return True
    known = section_kind(HEADING_NUMBER.sub("", text)) is not None
    return known and len(text.split()) <= 5 and not text.endswith(",")


def _end_of_segment(blocks: Sequence[Block], segment: SegmentHeading) -> int:
    """Where the segment ends although no other follows: a chapter of its own, such as "VIII. Closing"."""
    romans = [match["mark"] for block in blocks if (match := _roman(block))]
    numbered_within = romans[:1] == ["I"]
    for at, block in enumerate(blocks):
        if not _is_heading(block) or is_label(block) or AREA_LABEL.match(block.text):
            continue
        bare = HEADING_NUMBER.sub("", block.text)
        named = bool(CLOSING.match(bare)) or section_kind(bare) in (PartKind.PANEL, PartKind.INAUGURATION)
        as_high = bool(segment.level) and block.heading and 0 < block.level <= segment.level
        if named or (_roman(block) and not numbered_within) or (as_high and _has_levels(blocks, segment)):
            return at
    return len(blocks)


def _has_levels(blocks: Sequence[Block], segment: SegmentHeading) -> bool:
    """Whether the file gives its headings levels: what stands below the segment has a deeper one."""
    return any(block.heading and block.level > segment.level for block in blocks)


def _roman(block: Block) -> re.Match[str] | None:
    return ROMAN_CHAPTER.match(block.text) if block.heading else None
