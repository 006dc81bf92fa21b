"""Reads conclusions into a tree of sections, segments, priority areas, recommendations and good practices.

Pure: takes blocks of text, writes nothing. `conclusions.imports` and the command call `parse`.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain

from portal.conclusions.document.areas import Body, heads_lists, read_segment
from portal.conclusions.document.doubts import doubts_about
from portal.conclusions.document.footnotes import MARK, take_notes
from portal.conclusions.document.frame import Chapter, chapters
from portal.conclusions.document.glued import glued_words
from portal.conclusions.document.participants import mark_participants, read_categories
from portal.conclusions.document.titles import without_label_behind
from portal.conclusions.document.tree import Category, Document, Node, Note, Unplaced
from portal.conclusions.enums import PartKind
from portal.consultations.concept_note import NoSegment
from portal.consultations.concept_note.sentences import closed
from portal.consultations.concept_note.vocabulary import PAGE_NUMBER
from portal.library.extraction import Block, Extracted

__all__ = ["Category", "Document", "NoSegment", "Node", "Note", "Unplaced", "parse"]

# Page numbers, bare addresses, tables of contents.
_OUTSIDE = (
    PAGE_NUMBER,
    re.compile(r"^<?https?://\S+$"),
    re.compile(r"(?:\.\s?|…){5,}\s*\d{1,3}(?:\s|$)"),
    re.compile(r"^(?:(?:table of )?contents|[íi]ndice(?: de contenidos?)?)$", re.IGNORECASE),
    re.compile(r"^(?:sum[áa]rio|sommaire|table des mati[èe]res)$", re.IGNORECASE),
)
_NUMBERED = (PartKind.PRIORITY_AREA, PartKind.RECOMMENDATION, PartKind.GOOD_PRACTICE)


def parse(extracted: Extracted, language: str) -> Document:
    """The tree of the document. Every paragraph is in it, or in its `unplaced`. Raises `NoSegment`."""
    taken = take_notes(extracted.blocks)
    kept, outside = _whole(taken.blocks)
    document = Document([])
    whole = chapters(kept)
    segments = [chapter.blocks for chapter in whole if chapter.kind == PartKind.SEGMENT]
    read = partial(read_segment, language=language, bullets_recommend=any(map(heads_lists, segments)))
    for chapter in whole:
        document.parts.append(_part(chapter, read, document.unplaced))
    _number(document.parts)
    _place_notes(document, taken.notes)
    document.unplaced += [Unplaced("footnotes", block.text) for block in taken.empty]
    participants = mark_participants(document.parts)
    if participants is not None:
        document.categories = read_categories(participants)
    document.unplaced += [Unplaced(_page(block), block.text) for block in outside]
    document.unplaced += [Unplaced("running heads", text) for text in extracted.running]
    document.doubts = doubts_about(document, kept, participants)
    document.glued = glued_words(block.text for block in extracted.blocks)
    return document


def _whole(blocks: Sequence[Block]) -> tuple[list[Block], list[Block]]:
    """Blocks with the rest of a sentence that a page break cut off, and what is no text of the document."""
    kept: list[Block] = []
    outside: list[Block] = []
    for block in chain.from_iterable(map(without_label_behind, blocks)):
        before = kept[-1] if kept else None
        if any(pattern.search(block.text) for pattern in _OUTSIDE):
            outside.append(block)
        elif before and _carries_on(before, block):
            kept[-1] = replace(before, text=f"{before.text} {block.text}", tail=block.tail)
        else:
            kept.append(block)
    return kept, outside


def _carries_on(before: Block, block: Block) -> bool:
    if before.heading or block.heading or block.item or block.lead or closed(MARK.sub("", before.text)):
        return False
    return block.text[:1].islower()


def _part(chapter: Chapter, read: Callable[..., Body], unplaced: list[Unplaced]) -> Node:
    is_segment = chapter.kind == PartKind.SEGMENT
    where = f"segment {chapter.number}" if is_segment else (chapter.heading or str(chapter.kind.value))[:60]
    node = Node(chapter.kind, chapter.heading, label=chapter.label, number=chapter.number, where=where)
    if is_segment:
        body = read(chapter.blocks, where=where)
        node.children = body.nodes
        unplaced += body.unplaced
    else:
        node.children = [Node(PartKind.PARAGRAPH, body=block.text, where=where) for block in chapter.blocks]
    return node


def _number(parts: Sequence[Node]) -> None:
    for segment in parts:
        if segment.kind == PartKind.SEGMENT:
            _number_below(segment)


def _number_below(node: Node) -> None:
    counted = (child for child in node.children if child.kind in _NUMBERED)
    for position, child in enumerate(counted, start=1):
        child.number = f"{node.number}.{position}"
        _number_below(child)


def _place_notes(document: Document, notes: Sequence[Note]) -> None:
    """Each note goes to the part that marks it; without a mark, to the first part.

    Each mark has one note: a second note of a number that no mark is left for has no place.
    """
    nodes = list(document.nodes())
    for note in notes:
        mark = f"[^{note.number}]"
        marked = [node for node in nodes if mark in node.body or mark in node.heading]
        free = (node for node in (marked or nodes[:1]) if note.number not in _numbers(node))
        owner = next(free, None)
        if owner is not None:
            owner.notes.append(note)
        else:
            document.unplaced.append(Unplaced("footnotes", f"{mark} {note.text}"))


def _numbers(node: Node) -> set[str]:
    return {note.number for note in node.notes}


def _page(block: Block) -> str:
    return f"page {block.page}" if block.page else "file"
