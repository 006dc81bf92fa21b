"""Tables of any length, row by row: the library's own take time that grows with the square of the rows."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from reportlab.platypus import Flowable

from portal.pdf.faces import BOLD, PLAIN, lines_of, width_of
from portal.pdf.page import BRAND, INK, LINE, PAPER, RULE
from portal.pdf.parts import Cell, Table

SIZE, LEADING, PAD = 8, 10.5, 3.5
# A row that is longer goes on in another one, so that every row fits on a page.
MOST_LINES = 40
# So many rows say how wide the words of a column are.
MEASURED = 300
Lines = tuple[list[str], ...]


@dataclass(frozen=True, slots=True)
class Band:
    """A row, or the next part of one: the lines of each cell, and the addresses of the cells."""

    lines: Lines
    urls: tuple[str, ...]

    @property
    def height(self) -> float:
        return max(len(lines) for lines in self.lines) * LEADING + 2 * PAD


@dataclass(frozen=True, slots=True)
class Layout:
    """`ends` are the heights of all bands up to each, from 0."""

    table: Table
    columns: tuple[float, ...]
    head: Band
    bands: tuple[Band, ...]
    ends: tuple[float, ...]


def layout_of(table: Table) -> Layout:
    columns = columns_of(table)
    head = Band(
        tuple(_lines(text, width, BOLD) for text, width in zip(table.headers, columns, strict=True)), ()
    )
    bands = tuple(band for row in table.rows for band in _bands(row, columns))
    return Layout(table, columns, head, bands, tuple(accumulate((band.height for band in bands), initial=0)))


def columns_of(table: Table) -> tuple[float, ...]:
    """The shares of the line, but no column narrower than its longest word; the wider ones give."""
    wished = [LINE * share / sum(table.widths) for share in table.widths]
    least = [_longest(table, at) for at in range(len(wished))]
    if sum(least) > LINE:
        least = [min(each, LINE / len(least)) for each in least]
    lacking = sum(max(0, need - wish) for wish, need in zip(wished, least, strict=True))
    surplus = sum(max(0, wish - need) for wish, need in zip(wished, least, strict=True))
    given = min(1.0, lacking / surplus) if surplus else 0.0
    return tuple(
        need if need > wish else wish - (wish - need) * given
        for wish, need in zip(wished, least, strict=True)
    )


def _longest(table: Table, at: int) -> float:
    head = [(word, BOLD) for word in table.headers[at].split()]
    body = {word for row in table.rows[:MEASURED] for word in row[at].text.split()}
    words = [*head, *((word, PLAIN) for word in body)]
    return max((width_of(word, face, SIZE) for word, face in words), default=0.0) + 2 * PAD + 0.1


class Grid(Flowable):  # type: ignore[misc]  # reason: the library has no types
    """The bands from `start` to `end` under the head of the table; splits between bands."""

    def __init__(self, layout: Layout, site: str, start: int = 0, end: int | None = None) -> None:
        super().__init__()
        self.layout, self.site, self.start = layout, site, start
        self.end = len(layout.bands) if end is None else end
        self.spaceAfter = 12

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        ends = self.layout.ends
        self.width, self.height = LINE, self.layout.head.height + ends[self.end] - ends[self.start]
        return self.width, self.height

    def split(self, _width: float, height: float) -> "list[Grid]":
        ends = self.layout.ends
        room = ends[self.start] + height - self.layout.head.height
        at = min(bisect_right(ends, room + 0.01) - 1, self.end)
        if at <= self.start:
            return []
        parts = ((self.start, at), (at, self.end))
        return [Grid(self.layout, self.site, start, end) for start, end in parts if start < end]

    def draw(self) -> None:
        head, y = self.layout.head, self.height - self.layout.head.height
        self.canv.setFillColor(PAPER)
        self.canv.rect(0, y, LINE, head.height, stroke=0, fill=1)
        self._band(head, y, BOLD)
        self.canv.setStrokeColor(RULE)
        self.canv.setLineWidth(0.4)
        for band in self.layout.bands[self.start : self.end]:
            y -= band.height
            self._band(band, y, PLAIN)
            self.canv.line(0, y, LINE, y)

    def _band(self, band: Band, bottom: float, face: str) -> None:
        x, top = 0.0, bottom + band.height - PAD - SIZE
        for at, (lines, width) in enumerate(zip(band.lines, self.layout.columns, strict=True)):
            url = band.urls[at] if band.urls else ""
            self.canv.setFillColor(BRAND if url or face == BOLD else INK)
            self._cell(lines, x, top, width, face, is_number=at in self.layout.table.numbers)
            if url:
                self._link(url, lines, x, top)
            x += width

    def _cell(
        self, lines: list[str], x: float, top: float, width: float, face: str, *, is_number: bool
    ) -> None:
        text = self.canv.beginText()
        text.setFont(face, SIZE)
        for number, line in enumerate(lines):
            start = x + width - PAD - width_of(line, face, SIZE) if is_number else x + PAD
            text.setTextOrigin(start, top - number * LEADING)
            text.textOut(line)
        self.canv.drawText(text)

    def _link(self, url: str, lines: list[str], x: float, top: float) -> None:
        wide = max(width_of(line, PLAIN, SIZE) for line in lines)
        low = top - (len(lines) - 1) * LEADING - 2
        self.canv.linkURL(f"{self.site}{url}", (x + PAD, low, x + PAD + wide, top + SIZE), relative=1)


def _bands(row: tuple[Cell, ...], columns: tuple[float, ...]) -> Iterator[Band]:
    lines = [_lines(cell.text, width, PLAIN) for cell, width in zip(row, columns, strict=True)]
    urls = tuple(cell.url for cell in row)
    for at in range(0, max(len(each) for each in lines), MOST_LINES):
        yield Band(tuple(each[at : at + MOST_LINES] or [""] for each in lines), urls if at == 0 else ())


def _lines(text: str, width: float, face: str) -> list[str]:
    return lines_of(text, face, SIZE, width - 2 * PAD)
