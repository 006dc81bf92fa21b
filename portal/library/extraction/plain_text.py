"""Reads plain text: form feeds as page breaks, broken lines joined, headings and lists kept."""

import re
from dataclasses import dataclass
from itertools import pairwise

from portal.library.extraction import lines as joining
from portal.library.extraction.blocks import Block, Extracted
from portal.library.extraction.headings import (
    LONGEST_HEADING,
    all_capitals,
    opens_section,
    plain_heading_level,
)
from portal.library.extraction.inline import clean, unmark
from portal.library.extraction.running_heads import running_lines

_BULLET = re.compile(r"^(\s*)(?:[-*+•‣▪◦·●■–—\uf0b7]|o(?=\s{2,}))\s+(?=\S)")
_NUMBERED = re.compile(r"^(\s*)(?:\d{1,2}[.)]|[a-zA-Z]\)|\(?[ivx]{1,5}\)|\([a-z]\))\s+(?=\S)")
_HASHES = re.compile(r"^(#{1,6})\s+(?=\S)")
_URL = re.compile(r"^<?https?://\S+$")
_RULE = re.compile(r"^\s*([-=_*~])\1{2,}\s*$")


@dataclass(slots=True)
class _Line:
    text: str
    gap: bool
    length: int
    level: int = 0
    item: bool = False
    heading: bool = False


def read(text: str) -> Extracted:
    source = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    running = running_lines(source)
    # A running head goes, the form feed before it stays.
    kept = ["\f" * line.count("\f") if at in running else line for at, line in enumerate(source)]
    pages = [_lines_of(page) for page in "\n".join(kept).split("\f")]
    while len(pages) > 1 and not pages[-1]:
        pages.pop()
    every = [line for page in pages for line in page]
    words = joining.vocabulary(line.text for line in every)
    spaced = _double_spaced(every)
    width = joining.width_of([line.text for line in every if not line.heading])
    numbered = len(pages) > 1
    blocks = [
        block
        for number, page in enumerate(pages, start=1)
        for block in _blocks(page, number if numbered else None, width, words, spaced=spaced)
    ]
    heads = tuple(clean(source[at]) for at in sorted(running))
    return Extracted(tuple(blocks), len(pages), heads)


def _lines_of(page: str) -> list[_Line]:
    lines: list[_Line] = []
    gap = True
    for raw in page.split("\n"):
        if not clean(raw).strip():
            gap = True
            continue
        if _RULE.match(raw):
            if raw.strip()[0] in "=-" and lines and not gap and not lines[-1].item:
                lines[-1].heading, lines[-1].level = True, 1 if "=" in raw else 2
            gap = True
            continue
        lines.append(_classify(raw.expandtabs(4), gap))
        gap = False
    return lines


def _classify(raw: str, gap: bool) -> _Line:
    length = len(raw.rstrip())
    if hashes := _HASHES.match(raw):
        return _Line(clean(raw[hashes.end() :].rstrip("# ")), gap, length, level=len(hashes[1]), heading=True)
    if bullet := _BULLET.match(raw):
        return _Line(clean(raw[bullet.end() :]), gap, length, level=_depth(bullet[1]), item=True)
    if numbered := _NUMBERED.match(raw):
        return _Line(clean(raw), gap, length, level=_depth(numbered[1]), item=True)
    return _Line(clean(raw), gap, length)


def _depth(indent: str) -> int:
    return 1 + min(5, len(indent) // 2)


def _double_spaced(lines: list[_Line]) -> bool:
    """Whether empty lines stand between all lines, so that they say nothing about paragraphs."""
    pairs = list(pairwise(lines))
    gaps = [(line, following) for line, following in pairs if following.gap]
    broken = sum(joining.continues(line.text, following.text) for line, following in gaps)
    return len(gaps) >= 8 and len(gaps) > 0.6 * len(pairs) and broken > 0.3 * len(gaps)


def _blocks(
    page: list[_Line], number: int | None, width: int | None, words: frozenset[str], *, spaced: bool
) -> list[Block]:
    paragraphs: list[_Paragraph] = []
    for line in page:
        if paragraphs and _carries_on(paragraphs[-1], line, width, spaced=spaced):
            paragraphs[-1].add(line, words)
        else:
            paragraphs.append(_Paragraph(line, line, [line.text], len(line.text)))
    return [_block(paragraph, number) for paragraph in paragraphs]


@dataclass(slots=True)
class _Paragraph:
    """A block while its lines are being added."""

    first: _Line
    last: _Line
    parts: list[str]
    size: int

    def add(self, line: _Line, words: frozenset[str]) -> None:
        joining.add(self.parts, line.text, words)
        self.last = line
        self.size += len(line.text) + 1

    @property
    def text(self) -> str:
        return " ".join(self.parts)

    @property
    def title(self) -> str:
        """The text while it still reads like a heading."""
        return self.text if self.size <= LONGEST_HEADING and plain_heading_level(self.text) else ""


def _carries_on(current: _Paragraph, line: _Line, width: int | None, *, spaced: bool) -> bool:
    last = current.last
    gap = line.gap and not spaced
    if line.item or line.heading or current.first.heading or _URL.match(last.text) or _URL.match(line.text):
        return False
    title = current.title
    if joining.continues(last.text, line.text):
        return not (gap and title)
    if title and all_capitals(last.text) and not all_capitals(line.text):
        return False
    full = joining.wrapped(last.text, line.text, width, last.length)
    if title and not line.gap and (full or (spaced and _ends_title(line, width))):
        return True
    if opens_section(line.text) or (line.gap and plain_heading_level(line.text)):
        return not gap and not current.first.item and all_capitals(title or "a") and all_capitals(line.text)
    if gap:
        return False
    if not spaced:
        return full
    share = 0.93 if joining.ends_sentence(last.text) else 0.75 if title else 0.55
    return last.length >= share * (width or 1000)


def _ends_title(line: _Line, width: int | None) -> bool:
    """The short rest of a title: where empty lines part all lines, two lines without one belong together."""
    return not joining.ends_sentence(line.text) and line.length < 0.75 * (width or 1000)


def _block(paragraph: _Paragraph, number: int | None) -> Block:
    line = paragraph.first
    text, lead, tail = unmark(paragraph.text)
    level = line.level if line.heading or line.item else plain_heading_level(text)
    return Block(text, number, bool(level) and not line.item, level, line.item, lead, tail)
