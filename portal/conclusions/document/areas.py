"""Finds the priority areas of a segment: headings, bullets with a title, or titles that run into the text.

A segment often says how many there are ("six priority areas were identified"); the form that gives as many
is the right one. Used by the parser only.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from portal.conclusions.document.leaves import read_leaves
from portal.conclusions.document.numbers import value_of
from portal.conclusions.document.titles import Title, is_label, run_in, short_title, whole_title
from portal.conclusions.document.tree import Node, Unplaced
from portal.conclusions.document.vocabulary import ANNOUNCED, LEADS_IN, RECOMMENDATIONS_LABEL
from portal.conclusions.enums import PartKind
from portal.library.extraction import Block

Titles = dict[int, Title]
_MOST = 0.6


@dataclass(slots=True)
class Body:
    """What a segment holds."""

    nodes: list[Node] = field(default_factory=list)
    unplaced: list[Unplaced] = field(default_factory=list)


def heads_lists(blocks: Sequence[Block]) -> bool:
    """Whether a heading or label opens an area whose recommendations are bullets."""
    titles = sorted(_headings(blocks, ""))
    return any(
        any(block.item for block in blocks[start + 1 : end])
        for start, end in pairwise([*titles, len(blocks)])
    )


def read_segment(
    blocks: Sequence[Block], *, language: str, where: str, bullets_recommend: bool = False
) -> Body:
    """`bullets_recommend`: elsewhere in the document areas have headings, so bullets are none."""
    body = Body()
    titles = _titles(blocks, language, bullets_recommend=bullets_recommend)
    starts = sorted(titles)
    _add_leaves(body, body.nodes, blocks[: starts[0]] if starts else blocks, in_area=False, where=where)
    for number, (start, end) in enumerate(pairwise([*starts, len(blocks)]), start=1):
        title, place = titles[start], f"{where}, priority area {number}"
        area = Node(PartKind.PRIORITY_AREA, heading=title.text, label=title.label, where=place)
        rest = [replace(blocks[start], text=title.rest, item=False, heading=False, level=0, lead="")]
        below = (rest if title.rest else []) + list(blocks[start + 1 : end])
        _add_leaves(body, area.children, below, in_area=True, where=place)
        body.nodes.append(area)
    return body


def _add_leaves(body: Body, nodes: list[Node], blocks: Sequence[Block], *, in_area: bool, where: str) -> None:
    leaves, unplaced = read_leaves(blocks, in_area=in_area, where=where)
    nodes.extend(leaves)
    body.unplaced.extend(unplaced)


def _titles(blocks: Sequence[Block], language: str, *, bullets_recommend: bool) -> Titles:
    """The titles of areas by their place among the blocks."""
    announced = _announced(blocks)
    forms: tuple[Callable[[Sequence[Block], str], Titles], ...] = (_headings, _bullets, _run_ins, _lines)
    read = [form(blocks, language) for form in forms]
    if announced:
        candidates = (*read, _bullets_of_any(blocks, language))
        if exact := next((titles for titles in candidates if len(titles) == announced), None):
            return exact
    if bullets_recommend:
        read[1] = {}
    return next((titles for titles in read if titles), {})


def _announced(blocks: Sequence[Block]) -> int:
    for block in blocks:
        if not block.item and (match := ANNOUNCED.search(block.text)):
            return value_of(match["number"])
    return 0


def _headings(blocks: Sequence[Block], language: str) -> Titles:
    return {
        at: title
        for at, block in enumerate(blocks)
        if not is_label(block) and (title := whole_title(block)) is not None
    }


def _lines(blocks: Sequence[Block], language: str) -> Titles:
    """Short lines that read like titles, each before a list."""
    titles: Titles = {}
    for at, block in enumerate(blocks):
        follows = [one for one in blocks[at + 1 : at + 3] if not is_label(one)]
        if block.item or is_label(block) or not follows or not follows[0].item:
            continue
        if not LEADS_IN.search(block.text) and (title := short_title(block.text, language)):
            titles[at] = title
    return titles


def _bullets_of_any(blocks: Sequence[Block], language: str) -> Titles:
    """Every item that has a title, those behind a label of recommendations aside."""
    label = next((at for at, block in enumerate(blocks) if _names_recommendations(block)), len(blocks))
    depth = min((block.level for block in blocks if block.item), default=0)
    return {
        at: title
        for at, block in enumerate(blocks[:label])
        if block.item and block.level == depth and (title := _item_title(blocks, at, language)) is not None
    }


def _names_recommendations(block: Block) -> bool:
    return is_label(block) and bool(RECOMMENDATIONS_LABEL.match(block.text))


def _bullets(blocks: Sequence[Block], language: str) -> Titles:
    """Items with a title where most items have one, or where each has something without title behind it."""
    titles = _bullets_of_any(blocks, language)
    depth = min((block.level for block in blocks if block.item), default=0)
    items = [at for at, block in enumerate(blocks) if block.item and block.level == depth]
    if not titles or items[0] not in titles:
        return {}
    followed = all(at + 1 < len(blocks) and at + 1 not in titles for at in titles)
    return titles if len(titles) >= _MOST * len(items) or (followed and len(titles) > 1) else {}


def _item_title(blocks: Sequence[Block], at: int, language: str) -> Title | None:
    block = blocks[at]
    title = run_in(block.text, block.lead, language) or short_title(block.text, language)
    if title is None or title.rest or block.text.endswith(":"):
        return title
    following = blocks[at + 1] if at + 1 < len(blocks) else None
    opens = following is not None and (not following.item or following.level > block.level)
    return title if opens else None


def _run_ins(blocks: Sequence[Block], language: str) -> Titles:
    """Paragraphs that begin with a title; one alone is a manner of speaking."""
    titles = {
        at: title
        for at, block in enumerate(blocks)
        if not block.item
        and not is_label(block)
        and (title := run_in(block.text, block.lead, language)) is not None
    }
    return titles if len(titles) > 1 else {}
