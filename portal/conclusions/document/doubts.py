"""What a person should look at once a file is read: perhaps it was not meant so. Used by the parser only."""

from collections.abc import Iterator, Sequence

from portal.conclusions.document.footnotes import MARK
from portal.conclusions.document.numbers import TOO_LARGE
from portal.conclusions.document.tree import Document, Node, Unplaced
from portal.consultations.concept_note.segment_headings import passed_over
from portal.library.extraction import Block


def doubts_about(document: Document, blocks: Sequence[Block], participants: Node | None) -> list[Unplaced]:
    """Segments, footnotes and figures, in this order; each once."""
    said = (*_of_segments(document, blocks), *_of_notes(document), *_of_figures(participants))
    return list(dict.fromkeys(said))


def _of_segments(document: Document, blocks: Sequence[Block]) -> Iterator[Unplaced]:
    """Headings of segments that were read as plain text, and segments out of order."""
    for text in passed_over(blocks):
        yield Unplaced("a segment's heading, read as plain text", text)
    numbers = [int(segment.number) for segment in document.segments]
    if numbers != sorted(numbers):
        yield Unplaced("segments out of order", ", ".join(map(str, numbers)))


def _of_notes(document: Document) -> Iterator[Unplaced]:
    """Marks whose footnote is nowhere in the file."""
    known = {note.number for note in document.notes}
    for node in document.nodes():
        for mark in MARK.finditer(f"{node.heading} {node.body}"):
            if mark["number"] not in known:
                yield Unplaced(f"{node.where}, no footnote for the mark".strip(", "), mark[0])


def _of_figures(participants: Node | None) -> Iterator[Unplaced]:
    for node in participants.nodes() if participants else ():
        for figure in TOO_LARGE.finditer(node.body):
            yield Unplaced("participants, a figure too large to be one", figure[0])
