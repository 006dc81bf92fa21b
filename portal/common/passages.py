"""Cuts blocks of text into passages of 60 to 160 words: the unit of search, of reading and of citation.

Pure; called by the library and by whatever else indexes long texts.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Protocol

MIN_WORDS, MAX_WORDS, IDEAL_WORDS = 60, 160, 90
# With no piece above 42 words some cut of every page keeps all passages within 60 to 160 words.
MAX_PIECE = 42

_WORD = re.compile(r"\S+")
# Not those that keep words together.
_BREAKS = re.compile(r"[ \t\r\n]+")
_SENTENCE_END = re.compile(r"[.?!…]+[\"'”’»)\]]*$")
_CLAUSE_END = re.compile(r"[;:,–—)][\"'”’»]*$")
_ABBREVIATION = re.compile(
    r"^[(\"“«]*(?:\w|mr|mrs|ms|dr|dra|sr|sra|srta|st|no|nos|núm|art|arts|par|párr|p|pp|vol|cf|ej|ex|etc|vs|mme|i\.e|e\.g)\.$",
    re.IGNORECASE,
)
# What it costs to end a passage at a place, and to carry one over a heading.
_AT_HEADING, _AT_BLOCK, _AT_SENTENCE, _AT_CLAUSE, _AT_WORD, _OVER_HEADING = 0.0, 0.3, 0.8, 5.0, 9.0, 2.5


class SourceBlock(Protocol):
    """What a passage is cut from; `library.extraction.Block` is one."""

    @property
    def text(self) -> str: ...
    @property
    def page(self) -> int | None: ...
    @property
    def heading(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a document. `heading` is the heading it stands under; blocks in `text` are lines.

    `forms` says of each line what it is: `p`, a heading `h1` to `h6`, an item `li1` and deeper.
    """

    text: str
    page: int | None
    heading: str
    position: int
    forms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Piece:
    """Words that stay together: a sentence, or part of a long one. `cost` is that of a cut behind it."""

    text: str
    words: int
    cost: float
    starts_block: bool
    starts_heading: bool
    heading: str
    form: str


def split_passages(blocks: Iterable[SourceBlock]) -> list[Passage]:
    """Passages in reading order, numbered from 1. No word is lost, doubled or moved to another page.

    Each holds 60 to 160 words, except that a page (or a text without pages) of under 60 words gives one
    short passage. Cuts fall before headings where they can, then between blocks, then between sentences.
    """
    passages: list[Passage] = []
    heading = ""
    for page, group in groupby(blocks, key=lambda block: block.page):
        pieces = list(_pieces(list(group), heading))
        heading = pieces[-1].heading if pieces else heading
        for part in _cut(pieces):
            position = len(passages) + 1
            passages.append(Passage(_text(part), page, _heading(part), position, _forms(part)))
    return passages


def _pieces(blocks: Sequence[SourceBlock], heading: str) -> Iterator[_Piece]:
    blocks = [block for block in blocks if block.text.strip()]
    for number, block in enumerate(blocks):
        if block.heading:
            heading = _BREAKS.sub(" ", block.text).strip()
        before_heading = number + 1 < len(blocks) and blocks[number + 1].heading
        closing = _AT_HEADING if before_heading and not block.heading else _AT_BLOCK
        parts = list(_parts(block.text))
        for position, (text, words, cost) in enumerate(parts):
            last = position == len(parts) - 1
            if block.heading:
                cost = _AT_WORD
            elif last:
                cost = closing
            first = position == 0
            starts = first and block.heading and not (number and blocks[number - 1].heading)
            yield _Piece(text, words, cost, first, starts, heading, _form(block))


def _parts(text: str) -> Iterator[tuple[str, int, float]]:
    """Sentences of a block; one of more than 42 words in parts, at its clauses where they fall well."""
    spans = [match.span() for match in _WORD.finditer(text)]
    costs = [_cost(text[start:end]) for start, end in spans]
    first = 0
    for sentence, cost in enumerate(costs):
        if cost != _AT_SENTENCE and sentence < len(spans) - 1:
            continue
        while first <= sentence:
            last = sentence
            if sentence - first >= MAX_PIECE:
                window = range(first + MAX_PIECE // 3, first + MAX_PIECE)
                last = max(window, key=lambda at: (costs[at] == _AT_CLAUSE, at))
            yield text[spans[first][0] : spans[last][1]], last - first + 1, costs[last]
            first = last + 1


def _cost(word: str) -> float:
    if _SENTENCE_END.search(word) and not _ABBREVIATION.match(word):
        return _AT_SENTENCE
    return _AT_CLAUSE if _CLAUSE_END.search(word) else _AT_WORD


def _cut(pieces: Sequence[_Piece]) -> list[Sequence[_Piece]]:
    """The cheapest way to cut one page's pieces into passages of allowed length."""
    if sum(piece.words for piece in pieces) < MIN_WORDS:
        return [pieces] if pieces else []
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(pieces) + 1):
        best.append(min(_candidates(pieces, best, end), default=(float("inf"), 0)))
    parts: list[Sequence[_Piece]] = []
    end = len(pieces)
    while end:
        start = best[end][1]
        parts.append(pieces[start:end])
        end = start
    return parts[::-1]


def _candidates(
    pieces: Sequence[_Piece], best: Sequence[tuple[float, int]], end: int
) -> Iterator[tuple[float, int]]:
    words = headings = 0
    for start in range(end - 1, -1, -1):
        words += pieces[start].words
        if words > MAX_WORDS:
            return
        if words >= MIN_WORDS and best[start][0] < float("inf"):
            size = ((words - IDEAL_WORDS) / IDEAL_WORDS) ** 2
            yield best[start][0] + size + headings * _OVER_HEADING + pieces[end - 1].cost, start
        headings += pieces[start].starts_heading


def _text(part: Sequence[_Piece]) -> str:
    return "".join(
        ("" if number == 0 else "\n" if piece.starts_block else " ") + piece.text
        for number, piece in enumerate(part)
    )


def _form(block: SourceBlock) -> str:
    """Not every source knows levels and items."""
    level = max(1, getattr(block, "level", 0))
    if block.heading:
        return f"h{min(level, 6)}"
    return f"li{level}" if getattr(block, "item", False) else "p"


def _forms(part: Sequence[_Piece]) -> tuple[str, ...]:
    return tuple(piece.form for number, piece in enumerate(part) if number == 0 or piece.starts_block)


def _heading(part: Sequence[_Piece]) -> str:
    """The heading a passage opens with or stands under; failing that, the first inside it."""
    return next((piece.heading for piece in part if piece.heading), "")
