"""The lines of a PDF page in reading order: columns one after the other, tables row by row.

Used by `pdf_pages` only. Rows that share a gap from top to bottom stand in columns, or in a table: columns
hold prose that fills them.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import pairwise
from statistics import median

from portal.library.extraction.pdf_layout import MARK_ONLY, Line
from portal.library.extraction.pdf_rows import Piece, rows_of
from portal.library.extraction.pdf_signs import Layer

# Prose in a column: so many of its words on a line, and lines that fill so much of its width.
_WORDS, _FILLED, _FEW_ROWS = 3.0, 0.6, 3
_LEADERS = re.compile(r"(?:\s?[.·…_]){4,}\s*")
_NUMBERED = re.compile(r"\d{1,2}(?:\.\d{1,2})*[.)]?(?:\s|$)")
_GAP = 6.0
# Of the size of the letters: what parts columns at least, and what a mark stands before its text at most.
_COLUMN, _INDENT = 1.3, 5.0

Gap = tuple[float, float]
_WHOLE: Gap = (0.0, float("inf"))
Row = list[Piece]


@dataclass(frozen=True, slots=True)
class _Band:
    """Rows that follow each other, and the gaps that all of them leave free."""

    rows: list[Row]
    gaps: tuple[Gap, ...]


def lines_of(layer: Layer) -> list[Line]:
    """In the order in which people read them."""
    rows = [_marked(row) for row in rows_of(layer.signs)]
    lines = [line for band in _bands(rows) for line in _read(band, layer.height)]
    return [line for line in lines if line.text]


def _marked(row: Row) -> Row:
    """A bullet or the number of an item, first in its column, belongs to what it stands before."""
    joined: Row = []
    for at, piece in enumerate(row):
        before = joined[-1] if joined else None
        is_first = at < 2 or row[at - 1].left - row[at - 2].right > _COLUMN * piece.size
        if before is not None and is_first and _is_mark_of(before, piece):
            before.lead = f"{before.text} {piece.lead}" if piece.lead else ""
            before.text, before.right, before.size = f"{before.text} {piece.text}", piece.right, piece.size
        else:
            joined.append(piece)
    return joined


def _is_mark_of(before: Piece, piece: Piece) -> bool:
    return bool(MARK_ONLY.match(before.text)) and piece.left - before.right < _INDENT * piece.size


def _bands(rows: Sequence[Row]) -> Iterator[_Band]:
    """As many rows together as leave a gap free in common; the first of them has text on both sides of it."""
    group: list[Row] = []
    free: Sequence[Gap] = ()
    for row in rows:
        begins = len(row) > 1 and all(len(each) == 1 for each in group)
        shared = _shared((_WHOLE,) if begins or not group else free, row)
        if group and (begins or not _inner(shared, [*group, row])):
            yield from _closed(group)
            group, shared = [], _shared((_WHOLE,), row)
        group.append(row)
        free = shared
    if group:
        yield from _closed(group)


def _shared(free: Sequence[Gap], row: Row) -> Sequence[Gap]:
    """What is left of these gaps when a row is set into them."""
    for piece in row:
        parts: list[Gap] = []
        for left, right in free:
            if piece.right <= left or piece.left >= right:
                parts.append((left, right))
                continue
            parts += [(left, piece.left), (piece.right, right)]
        free = [(left, right) for left, right in parts if right - left >= _GAP]
    return free


def _inner(free: Sequence[Gap], rows: Sequence[Row]) -> list[Gap]:
    """The gaps that have text on both sides."""
    left = min(piece.left for row in rows for piece in row)
    right = max(piece.right for row in rows for piece in row)
    return [gap for gap in free if gap[0] > left and gap[1] < right]


def _closed(rows: list[Row]) -> Iterator[_Band]:
    """Rows at the end that stand on one side only and do not go on in a column are read by themselves."""
    last = next((at for at in range(len(rows) - 1, -1, -1) if len(rows[at]) > 1), -1)
    while 0 <= last < len(rows) - 1 and _goes_on(rows[last], rows[last + 1]):
        last += 1
    together = rows[: last + 1]
    if together:
        yield _Band(together, tuple(_inner(reduce(_shared, together, (_WHOLE,)), together)))
    yield from (_Band([row], ()) for row in rows[last + 1 :])


def _goes_on(row: Row, following: Row) -> bool:
    """Whether a row is the next line of a column, as near as lines of a paragraph are."""
    step = following[0].base - row[0].base
    is_near = step < 1.45 * max(piece.size for piece in row)
    alike = {piece.size for piece in row} & {piece.size for piece in following}
    return is_near and bool(alike)


def _read(band: _Band, height: float) -> Iterator[Line]:
    if not band.gaps or len(band.rows) < 2:
        for row in band.rows:
            yield _as_line(row, height, alone=len(row) > 1)
        return
    columns = _columns(band)
    if _are_prose(columns):
        for column in columns:
            for rows in column:
                yield _as_line(rows, height)
        return
    yield from _table(band, height)


def _columns(band: _Band) -> list[list[Row]]:
    """The rows of each column, without those that are empty in it."""
    edges = [0.0, *((left + right) / 2 for left, right in band.gaps), float("inf")]
    columns = []
    for left, right in pairwise(edges):
        rows = [[piece for piece in row if left <= piece.left < right] for row in band.rows]
        columns.append([row for row in rows if row])
    return [column for column in columns if column]


def _are_prose(columns: Sequence[Sequence[Row]]) -> bool:
    return len(columns) > 1 and all(_is_prose(column) for column in columns)


def _is_prose(column: Sequence[Row]) -> bool:
    if len(column) < _FEW_ROWS:
        return False
    left = min(row[0].left for row in column)
    right = max(row[-1].right for row in column)
    words = median([sum(len(piece.text.split()) for piece in row) for row in column])
    filled = median([(row[-1].right - left) / max(1.0, right - left) for row in column])
    return words >= _WORDS and filled >= _FILLED


def _table(band: _Band, height: float) -> Iterator[Line]:
    """Row by row; a cell of several lines is read whole before the next cell."""
    columns = _columns(band)
    edges = [min(row[0].left for row in column) for column in columns]
    for rows in _rows_of_table(band.rows, edges):
        cells: list[list[Piece]] = [[] for _edge in edges]
        for row in rows:
            for piece in row:
                at = max((at for at, edge in enumerate(edges) if edge <= piece.left + 1), default=0)
                cells[at].append(piece)
        yield _as_line([piece for cell in cells for piece in cell], height, alone=True)


def _rows_of_table(rows: Sequence[Row], edges: Sequence[float]) -> Iterator[list[Row]]:
    """A line that begins in the first column, with a number or far below the one before opens a row."""
    steps = [following[0].base - row[0].base for row, following in pairwise(rows)]
    usual = min(steps) if steps else 0.0
    group: list[Row] = []
    for at, row in enumerate(rows):
        begins = len(edges) == 1 or row[0].left < edges[1] - 3 or bool(_NUMBERED.match(row[0].text))
        far = at > 0 and steps[at - 1] > 1.35 * usual
        if group and (begins or far):
            yield group
            group = []
        group.append(row)
    if group:
        yield group


def _as_line(row: Row, height: float, *, alone: bool = False) -> Line:
    first = row[0]
    text = " ".join(piece.text for piece in row)
    lead = text if all(piece.is_bold for piece in row) else first.lead
    text = _LEADERS.sub(" ", text).strip() if alone or len(row) == 1 else text
    return Line(
        text,
        round(first.left, 1),
        round(first.base, 1),
        first.size,
        lead if text.startswith(lead) else "",
        height,
        alone,
    )
