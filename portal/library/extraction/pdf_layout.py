"""From the pieces of text on a PDF page to lines, columns and blocks. Used by `pdf_pages` only."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, product
from statistics import median

from portal.library.extraction import lines as joining
from portal.library.extraction.blocks import Block
from portal.library.extraction.headings import opens_section, plain_heading_level
from portal.library.extraction.inline import clean

_BULLET = re.compile(r"^(?:[-•‣▪◦·●■–—\uf0b7\uf0a7\u2043*]|o(?=\s\s))\s*(?=\S)|^[•▪●■\uf0b7\uf0a7]$")
MARK_ONLY = re.compile(r"^(?:[-•‣▪◦·●■–—\uf0b7\uf0a7*o]|\(?(?:\d{1,2}|[a-zA-Z]|[ivx]{1,5})[.)])$")
_NUMBERED = re.compile(r"^\(?(?:\d{1,2}|[a-zA-Z]|[ivx]{1,5})\)\s|^\d{1,2}\.\s")
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"^\W*(?:p[aá]g(?:ina|e|\.)?|page|p\.)?\s*#(?:\s*(?:/|of|de|sur)\s*#)?\W*$", re.IGNORECASE
)
_ZONE = 0.12
_SEVERAL, _MANY = 3, 0.4


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page: where it starts (from the left and the top edge), its size, its bold beginning.

    `alone` is a line of a table or a list of contents: it neither carries on a paragraph nor is carried on.
    """

    text: str
    x: float
    y: float
    size: float
    lead: str = ""
    height: float = 842.0
    alone: bool = False

    @property
    def bold(self) -> bool:
        return bool(self.text) and self.lead == self.text

    @property
    def at_edge(self) -> bool:
        return self.y < _ZONE * self.height or self.y > (1 - _ZONE) * self.height


def without_running_heads(pages: Sequence[Sequence[Line]], body_size: float = 0.0) -> list[list[Line]]:
    """Pages without the lines that stand at the same edge of most pages, and without page numbers.

    Heads that name the chapter change from page to page, but not their place: where half of the pages have a
    line at one height, no larger than the text and often the same as on another page, all of them are heads.
    """
    seen: Counter[tuple[str, int]] = Counter()
    edges = [_edges(page) for page in pages]
    for number, edge in enumerate(edges, start=1):
        seen.update({key for line in edge for key in _edge_keys(line, number)})
    needed = max(_SEVERAL, 0.4 * len(pages))
    places = _places_of_heads(edges, seen, body_size)
    return [
        [
            line
            for line in page
            if line not in edge or not (_is_running(line, seen, needed, number) or _place(line) in places)
        ]
        for number, (page, edge) in enumerate(zip(pages, edges, strict=True), start=1)
    ]


def _places_of_heads(
    edges: Sequence[set[Line]], seen: Counter[tuple[str, int]], body_size: float
) -> set[tuple[int, float]]:
    lines: dict[tuple[int, float], dict[int, Line]] = defaultdict(dict)
    for number, edge in enumerate(edges, start=1):
        for line in edge:
            if line.size <= 1.15 * body_size:
                lines[_place(line)][number] = line
    return {place for place, on in lines.items() if len(on) >= _MANY * len(edges) and _are_heads(on, seen)}


def _are_heads(on: Mapping[int, Line], seen: Counter[tuple[str, int]]) -> bool:
    again = sum(any(seen[key] > 1 for key in _edge_keys(line, number)) for number, line in on.items())
    return len(on) >= _SEVERAL and again >= 0.5 * len(on)


def _place(line: Line) -> tuple[int, float]:
    return round(line.y / 3), line.size


def _edges(page: Sequence[Line]) -> set[Line]:
    """The lines at the top and at the bottom that a gap parts from the body of the page."""
    rows = sorted(page, key=lambda line: line.y)
    edges: set[Line] = set()
    for ordered in (rows, rows[::-1]):
        group: list[Line] = []
        for line in ordered:
            if group and abs(line.y - group[-1].y) > 1.7 * max(line.size, group[-1].size):
                edges.update(group)
                break
            if not line.at_edge:
                break
            group.append(line)
    return edges


def _edge_keys(line: Line, number: int) -> set[tuple[str, int]]:
    """What a running line has in common on all pages: its place and its words, page numbers aside."""
    values = _DIGITS.findall(line.text)[:3]
    keys = set()
    for counted in product((False, True), repeat=len(values)):
        text = line.text.lower()
        for value, counts in zip(values, counted, strict=True):
            text = text.replace(value, f"#{int(value[:9]) - number}", 1) if counts else text
        keys.add((text, round(line.y / 6)))
    return keys


def _is_running(line: Line, seen: Counter[tuple[str, int]], needed: float, number: int) -> bool:
    if any(seen[key] >= needed for key in _edge_keys(line, number)):
        return True
    alone = _PAGE_NUMBER.match(_DIGITS.sub("#", line.text.lower()))
    return bool(alone) and str(number) in _DIGITS.findall(line.text)


@dataclass(slots=True)
class _Open:
    """A block while its lines are being added."""

    text: str
    lead: str
    last: Line
    first: Line
    item: bool
    width: int

    def add(self, line: Line, words: frozenset[str]) -> None:
        if line.lead and self.lead == self.text:
            self.lead = joining.join(self.lead, line.lead, words)
        self.text = joining.join(self.text, line.text, words)
        self.last, self.width = line, max(self.width, len(line.text))


@dataclass(frozen=True, slots=True)
class Layout:
    """Turns the lines of each page into blocks, by what holds for the whole document."""

    body_size: float
    words: frozenset[str]

    def blocks(self, page: Sequence[Line], number: int) -> list[Block]:
        leading = self._leading(page)
        blocks: list[_Open] = []
        for line in page:
            if blocks and self._carries_on(blocks[-1], line, leading):
                blocks[-1].add(line, self.words)
            else:
                blocks.append(_opened(line))
        return [self._block(block, number) for block in blocks]

    def _leading(self, page: Sequence[Line]) -> float:
        steps = [
            following.y - line.y
            for line, following in pairwise(page)
            if line.size == following.size and 0 < following.y - line.y < 3 * max(line.size, 1)
        ]
        return median(steps) if steps else 1.2 * (self.body_size or 10)

    def _carries_on(self, block: _Open, line: Line, leading: float) -> bool:
        last = block.last
        step = line.y - last.y
        if line.alone or last.alone:
            return False
        if _starts_item(line.text) or opens_section(line.text) or abs(line.size - last.size) > 0.6:
            return False
        if block.text == block.lead and not line.lead:
            return joining.continues(last.text, line.text) and 0 < step < 1.5 * leading
        if step < -leading or abs(line.x - last.x) > 150:
            return not joining.ends_sentence(last.text) and not self._is_heading(block)
        if step > 1.45 * max(leading, 1.1 * line.size):
            return False
        if joining.continues(last.text, line.text):
            return True
        if line.bold != last.bold and not (last.bold and line.lead):
            return False
        indented = line.x > block.last.x + 6 and not block.item
        short = len(last.text) < 0.8 * max(block.width, len(line.text))
        return not (joining.ends_sentence(last.text) and (indented or short))

    def _is_heading(self, block: _Open) -> bool:
        if _BULLET.match(block.text) or len(block.text.split()) > 40:
            return False
        if self.body_size and block.first.size > 1.15 * self.body_size:
            return True
        return _all_bold(block) or (not block.item and bool(plain_heading_level(block.text)))

    def _block(self, block: _Open, number: int) -> Block:
        text, lead = clean(_BULLET.sub("", block.text)), clean(_BULLET.sub("", block.lead))
        if not self._is_heading(block):
            return Block(text, number, level=int(block.item), item=block.item, lead=lead)
        ratio = block.first.size / self.body_size if self.body_size else 1.0
        level = 1 if ratio > 1.5 else 2 if ratio > 1.25 else 3 if ratio > 1.15 else 4
        return Block(text, number, heading=True, level=plain_heading_level(text) or level, lead=lead)


def _opened(line: Line) -> _Open:
    return _Open(line.text, line.lead, line, line, _starts_item(line.text), len(line.text))


def _starts_item(text: str) -> bool:
    return bool(_BULLET.match(text) or _NUMBERED.match(text))


def _all_bold(block: _Open) -> bool:
    text = block.text
    return bool(text) and block.lead == text and len(text.split()) <= 25 and text[-1] not in ".?!;,"
