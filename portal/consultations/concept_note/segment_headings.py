"""Finds the headings of segments. Used by the concept note's parser only."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from portal.consultations.concept_note.sentences import asks
from portal.consultations.concept_note.vocabulary import (
    OPEN_END,
    SEGMENT_HEADING,
    SEGMENT_PATTERNS,
    number_of,
)
from portal.library.extraction import Block

_LONGEST_TITLE = 50
# The number of a chapter that is a segment: "IV. SEGMENT I".
_CHAPTER = re.compile(r"^(?:[IVX]{1,5}|\d{1,2}|[A-H])\s*[.):–—\-]*\s+(?=segment\w*\s)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SegmentHeading:
    """A segment's heading: from block `start` up to block `end`, which is no part of it."""

    start: int
    end: int
    number: int
    label: str
    title: str
    level: int


def segment_headings(blocks: Sequence[Block]) -> list[SegmentHeading]:
    """One heading for each segment number, in the order of the file.

    A number that appears more than once (an agenda in the introduction lists the segments too)
    counts where the most text follows.
    """
    headings = [heading for at in range(len(blocks)) if (heading := _heading_at(blocks, at))]
    ends = [heading.start for heading in headings[1:]] + [len(blocks)] * bool(headings)
    best: dict[int, tuple[int, SegmentHeading]] = {}
    for heading, end in zip(headings, ends, strict=True):
        words = sum(len(block.text.split()) for block in blocks[heading.end : end])
        if heading.number not in best or words > best[heading.number][0]:
            best[heading.number] = (words, heading)
    return sorted((heading for _, heading in best.values()), key=lambda heading: heading.start)


def _heading_at(blocks: Sequence[Block], at: int) -> SegmentHeading | None:
    block = blocks[at]
    if len(block.text.split()) > _LONGEST_TITLE or asks(block.text):
        return None
    text = block.text.strip("*_ ")
    marked = block.heading or block.lead == block.text or text.upper() == text
    patterns = (*SEGMENT_PATTERNS, SEGMENT_HEADING) if marked else SEGMENT_PATTERNS
    match = next((matched for pattern in patterns if (matched := pattern.match(text))), None)
    chapter = _CHAPTER.match(text)
    if match is None and chapter:
        bare = text[chapter.end() :]
        match = next((matched for pattern in patterns if (matched := pattern.match(bare))), None)
    if match is None:
        return None
    title, end = match["title"].strip(" *_"), at + 1
    label = text[: len(text) - len(match["title"])].strip()
    while _goes_on(blocks, end, title):
        title = f"{title} {blocks[end].text}".strip()
        end += 1
    return SegmentHeading(at, end, number_of(match["number"]), label, title, block.level)


def _goes_on(blocks: Sequence[Block], at: int, title: str) -> bool:
    """Whether the next block is the title, or the rest of a title broken over lines."""
    if at >= len(blocks) or (title and not OPEN_END.search(title)):
        return False
    text = blocks[at].text
    if any(pattern.match(text) for pattern in SEGMENT_PATTERNS) or blocks[at].item or asks(text):
        return False
    return len(text.split()) <= _LONGEST_TITLE and text[-1] not in ".;:"
