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
# An item of an agenda has at most so many words below it.
_AGENDA = 20
# "Segment 1234: ...": a number that no meeting counts to.
_UNREADABLE = re.compile(
    r"^(?:[IVX]{1,5}[.)]\s+)?segment\w*\s+(?:n[.\xba]{0,2}\s*)?\d{3,}\s*(?:[:.)\u2013\u2014-]|$)",
    re.IGNORECASE,
)
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
    best: dict[int, tuple[int, SegmentHeading]] = {}
    for heading, words in _weighed(blocks):
        if heading.number not in best or words > best[heading.number][0]:
            best[heading.number] = (words, heading)
    return sorted((heading for _, heading in best.values()), key=lambda heading: heading.start)


def passed_over(blocks: Sequence[Block]) -> list[str]:
    """Headings of segments that count for none: a number for the second time, or one beyond reading.

    Those of an agenda, which stand right behind each other before the first segment, are no doubt.
    """
    chosen = {heading.start for heading in segment_headings(blocks)}
    first = min(chosen, default=0)
    weighed = _weighed(blocks)
    others = [(heading, words) for heading, words in weighed if heading.start not in chosen]
    early = [words for heading, words in others if heading.start < first]
    is_agenda = len(early) > 1 and all(words <= _AGENDA for words in early[:-1])
    doubled = {heading.start for heading, _words in others if heading.start > first or not is_agenda}
    return [
        block.text
        for at, block in enumerate(blocks)
        if at in doubled or (at not in chosen and _UNREADABLE.match(block.text.strip("*_ ")))
    ]


def _weighed(blocks: Sequence[Block]) -> list[tuple[SegmentHeading, int]]:
    """Every heading with the number of words that follow it."""
    headings = [heading for at in range(len(blocks)) if (heading := _heading_at(blocks, at))]
    ends = [heading.start for heading in headings[1:]] + [len(blocks)] * bool(headings)
    return [
        (heading, sum(len(block.text.split()) for block in blocks[heading.end : end]))
        for heading, end in zip(headings, ends, strict=True)
    ]


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
