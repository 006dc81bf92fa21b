"""Reads what stands under a segment or priority area: recommendations, good practices, paragraphs.

Items of a list are recommendations, and so are paragraphs of an area that has no list. Items may also
run on within a paragraph ("- Do this. - Do that."). A label ("Good practices") says what follows it.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from portal.conclusions.document.titles import is_label
from portal.conclusions.document.tree import Node, Unplaced
from portal.conclusions.document.vocabulary import (
    PRACTICE,
    PRACTICES_BEFORE,
    PRACTICES_LABEL,
    RECOMMENDATIONS_LABEL,
)
from portal.conclusions.enums import PartKind
from portal.consultations.concept_note.sentences import without_enumerator
from portal.library.extraction import Block

_DASHES = re.compile(r"(?:^|(?<=[.:;!?)\]”\"]))\s*[-–—]\s+(?=[\"“«(¿¡]?[A-ZÀ-Ý0-9])")
_TRAILING_DASH = re.compile(r"(?<=[.:;!?)\]”\"])\s+[-–—]$")

_FEWEST = 2


def read_leaves(blocks: Sequence[Block], *, in_area: bool, where: str) -> tuple[list[Node], list[Unplaced]]:
    blocks = _with_items(blocks)
    listed = any(block.item for block in blocks)
    depth = min((block.level for block in blocks if block.item), default=0)
    nodes: list[Node] = []
    unplaced: list[Unplaced] = []
    named: PartKind | None = None
    for block in blocks:
        if is_label(block):
            named = _named(block.text)
            unplaced.append(Unplaced(where, block.text))
        elif block.item and block.level > depth and nodes:
            nodes[-1].body = f"{nodes[-1].body}\n- {block.text}"
        else:
            nodes.append(_leaf(block, _kind(block, named, in_area=in_area, listed=listed), where))
    return nodes, unplaced


def _named(text: str) -> PartKind | None:
    if PRACTICES_LABEL.match(text):
        return PartKind.GOOD_PRACTICE
    return PartKind.RECOMMENDATION if RECOMMENDATIONS_LABEL.match(text) else None


def _kind(block: Block, named: PartKind | None, *, in_area: bool, listed: bool) -> PartKind:
    counts = block.item or (not listed and (in_area or named is not None))
    if not counts or block.heading:
        return PartKind.PARAGRAPH
    if named is not None:
        return PartKind.GOOD_PRACTICE if PRACTICES_BEFORE.match(block.text) else named
    return PartKind.GOOD_PRACTICE if PRACTICE.match(block.text) else PartKind.RECOMMENDATION


def _leaf(block: Block, kind: PartKind, where: str) -> Node:
    if block.heading:
        return Node(kind, heading=block.text, where=where)
    bare = without_enumerator(block.text) if block.item else block.text
    label = block.text[: len(block.text) - len(bare)].strip()
    return Node(kind, body=bare, label=label, where=where)


def _with_items(blocks: Sequence[Block]) -> list[Block]:
    """Items that run on within paragraphs become blocks; a paragraph behind such an item belongs to it."""
    split = [_DASHES.split(_TRAILING_DASH.sub(" -", block.text)) for block in blocks]
    run_on = sum(len(parts) - 1 for parts in split)
    listed = sum(block.item for block in blocks)
    if any(block.heading for block in blocks) or not run_on or run_on + listed < _FEWEST:
        return list(blocks)
    whole: list[Block] = []
    opens = False
    for block, (first, *items) in zip(blocks, split, strict=True):
        first = first.removesuffix(" -").strip()
        if first and whole and whole[-1].item and not (opens or block.item):
            whole[-1] = replace(whole[-1], text=f"{whole[-1].text} {first}")
        elif first:
            whole.append(_piece(block, first, item=opens or block.item))
        whole += [_piece(block, item.removesuffix(" -").strip(), item=True) for item in items]
        opens = bool(_TRAILING_DASH.search(block.text))
    return whole


def _piece(block: Block, text: str, *, item: bool) -> Block:
    return replace(block, text=text, item=item, level=1 if item else 0, lead="")
