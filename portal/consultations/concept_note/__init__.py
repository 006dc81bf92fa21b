"""Reads a concept note into a tree of segments, thematic areas and guiding questions.

Pure: takes blocks of text, writes nothing. `consultations.imports` and the command call `parse`.
"""

from collections.abc import Sequence

from portal.consultations.concept_note.areas import read_body
from portal.consultations.concept_note.front import read_front
from portal.consultations.concept_note.segment_headings import segment_headings
from portal.consultations.concept_note.stitching import stitch
from portal.consultations.concept_note.tree import (
    Area,
    ConceptNote,
    NoSegment,
    Paragraph,
    Question,
    Section,
    Segment,
)
from portal.library.extraction import Block

__all__ = [
    "Area",
    "ConceptNote",
    "NoSegment",
    "Paragraph",
    "Question",
    "Section",
    "Segment",
    "parse",
]


def parse(blocks: Sequence[Block], language: str) -> ConceptNote:
    """The note's tree. Every paragraph is in it, or in its `unplaced`. Raises `NoSegment`."""
    stitched, page_numbers = stitch(blocks)
    headings = segment_headings(stitched)
    if not headings:
        raise NoSegment
    front = read_front(stitched[: headings[0].start])
    unplaced = list(front.unplaced)
    segments: list[Segment] = []
    ends = [heading.start for heading in headings[1:]] + [len(stitched)]
    for heading, end in zip(headings, ends, strict=True):
        body = read_body(
            stitched[heading.end : end],
            segment_title=heading.title,
            segment_level=heading.level,
            language=language,
        )
        segments.append(
            Segment(heading.number, heading.title, heading.label, tuple(body.paragraphs), tuple(body.areas))
        )
        unplaced.extend(text for _, text in body.unplaced)
    unplaced.extend(block.text for block in page_numbers)
    return ConceptNote(
        title=front.title,
        theme=front.theme,
        place_and_date=front.place_and_date,
        introduction=tuple(front.introduction),
        context=tuple(front.context),
        segments=tuple(segments),
        unplaced=tuple(unplaced),
    )
