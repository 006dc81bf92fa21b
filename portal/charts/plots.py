"""What can be drawn, as data: each kind of plot knows its table; apps declare figures of them; pure.

Numbers are counts of whole things unless a class says otherwise. Codes name rows and columns in files, labels
on pages; `url` is where the things that were counted are listed, empty for none.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import ClassVar

from portal.charts.shades import Scale, scale_of
from portal.tables.writing import Cell


@dataclass(frozen=True, slots=True)
class Name:
    """A row or a column."""

    code: str
    label: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Columns by code and label, rows of plain cells in the same order."""

    columns: tuple[Name, ...]
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(column.code for column in self.columns)


@dataclass(frozen=True, slots=True)
class Bar:
    """`of`: the whole that the number is part of, drawn as an outline. `group`: what stands above it."""

    name: Name
    number: int
    of: int | None = None
    group: Name | None = None


@dataclass(frozen=True, slots=True)
class Bars:
    """Counts on one scale from zero; `group` heads what stands above several, one after the other."""

    template: ClassVar[str] = "charts/bars.html"
    head: Name
    rows: tuple[Bar, ...]
    number: Name
    of: Name | None = None
    group: Name | None = None

    @property
    def longest(self) -> int:
        return max((max(row.number, row.of or 0) for row in self.rows), default=0)

    def table(self) -> Table:
        whole = (self.of,) if self.of else ()
        group = _head(self.group) if self.group else ()
        rows = (
            (
                *((row.group.code, row.group.label) if self.group and row.group else ()),
                *_cells(row.name, (row.number, *((row.of,) if self.of else ()))),
            )
            for row in self.rows
        )
        return Table((*group, *_head(self.head), self.number, *whole), tuple(rows))


@dataclass(frozen=True, slots=True)
class Part:
    """A part of each stack, with one of the looks of `shades`."""

    name: Name
    shade: str


@dataclass(frozen=True, slots=True)
class StackRow:
    """`numbers` and `urls` in the order of the parts; `apart` are of no part, which `note` says."""

    name: Name
    numbers: tuple[int, ...]
    urls: tuple[str, ...] = ()
    note: str = ""
    apart: int = 0

    @property
    def counted(self) -> int:
        return sum(self.numbers)

    @property
    def total(self) -> int:
        return self.counted + self.apart


@dataclass(frozen=True, slots=True)
class Stack:
    """Counts split into parts, all rows on one scale; with `is_whole` each row is as long as its whole."""

    template: ClassVar[str] = "charts/stack.html"
    head: Name
    parts: tuple[Part, ...]
    rows: tuple[StackRow, ...]
    total: Name
    is_whole: bool = False

    @property
    def longest(self) -> int:
        return max((row.counted for row in self.rows), default=0)

    def table(self) -> Table:
        columns = (*_head(self.head), *(part.name for part in self.parts), self.total)
        rows = (_cells(row.name, (*row.numbers, row.total)) for row in self.rows)
        return Table(columns, tuple(rows))


@dataclass(frozen=True, slots=True)
class HeatColumn:
    """`label` is short, `title` the name in full, `group` what stands above several. `is_framed`: outlined.

    `is_narrow` columns are what a phone shows instead of the others; files have them not.
    """

    name: Name
    title: str = ""
    group: str = ""
    is_framed: bool = False
    is_narrow: bool = False


@dataclass(frozen=True, slots=True)
class HeatRow:
    """`numbers` and `urls` in the order of the columns; what can count twice has a `total` of its own.

    `framed`: places of the cells that are outlined; `url`: the list behind the total.
    """

    name: Name
    numbers: tuple[int, ...]
    urls: tuple[str, ...] = ()
    total: int | None = None
    framed: frozenset[int] = frozenset()
    url: str = ""


@dataclass(frozen=True, slots=True)
class Heat:
    """Counts of rows by columns, shaded. `framed` says what an outline means, `rest` names the empty rows."""

    template: ClassVar[str] = "charts/heat.html"
    head: Name
    columns: tuple[HeatColumn, ...]
    rows: tuple[HeatRow, ...]
    total: Name | None = None
    framed: str = ""
    rest: tuple[Name, ...] = ()
    rest_label: str = ""
    rest_note: str = ""

    @property
    def has_narrow(self) -> bool:
        """Whether phones have columns of their own; without them headings stand upright there."""
        return any(column.is_narrow for column in self.columns)

    @property
    def scale(self) -> Scale:
        wide = [at for at, column in enumerate(self.columns) if not column.is_narrow]
        return scale_of(row.numbers[at] for row in self.rows for at in wide)

    @property
    def narrow_scale(self) -> Scale:
        narrow = [at for at, column in enumerate(self.columns) if column.is_narrow]
        return scale_of(row.numbers[at] for row in self.rows for at in narrow)

    def table(self) -> Table:
        """Rows without anything too, with zeros."""
        wide = [at for at, column in enumerate(self.columns) if not column.is_narrow]
        names = tuple(self.columns[at].name for at in wide)
        total = (self.total,) if self.total else ()
        counted = ((row.name, [row.numbers[at] for at in wide], row.total) for row in self.rows)
        nothing = ((name, [0] * len(wide), 0) for name in self.rest)
        rows = (
            _cells(name, (*numbers, *((whole,) if total else ())))
            for name, numbers, whole in (*counted, *nothing)
        )
        return Table((*_head(self.head), *names, *total), tuple(rows))


@dataclass(frozen=True, slots=True)
class Steps:
    """How many of the whole are beyond each point: `numbers[n]` for n from 0. `marked`: points with words."""

    template: ClassVar[str] = "charts/steps.html"
    point: Name
    number: Name
    of: Name
    whole: int
    numbers: tuple[int, ...]
    marked: tuple[tuple[int, str], ...] = ()
    unit: str = ""
    share: str = ""

    def table(self) -> Table:
        rows = tuple((at, number, self.whole) for at, number in enumerate(self.numbers))
        return Table((self.point, self.number, self.of), rows)


@dataclass(frozen=True, slots=True)
class Range:
    """One value on its way, each on its own scale from zero; None for what is not known."""

    name: Name
    number: str
    unit: str
    baseline: float | None
    latest: float | None
    target: float | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Ranges:
    """`number` heads what names each row beside its label, `words` are baseline, latest and target.

    `shown`: how many rows a page draws; files have all.
    """

    template: ClassVar[str] = "charts/ranges.html"
    head: Name
    number: Name
    unit: Name
    words: tuple[Name, Name, Name]
    rows: tuple[Range, ...]
    shown: int = 5

    @property
    def drawn(self) -> tuple[Range, ...]:
        return self.rows[: self.shown]

    def table(self) -> Table:
        rows = ((row.number, row.name.code, row.name.label, row.unit, *_values(row)) for row in self.rows)
        return Table((self.number, *_head(self.head), self.unit, *self.words), tuple(rows))


@dataclass(frozen=True, slots=True)
class Tile:
    """A square in a grid; columns and rows count from 1. `is_now`: where the reader is."""

    name: Name
    number: int
    column: int
    row: int
    is_now: bool = False
    words: str = ""


@dataclass(frozen=True, slots=True)
class Tiles:
    """A map of equal squares, shaded by their number."""

    template: ClassVar[str] = "charts/tiles.html"
    head: Name
    number: Name
    tiles: tuple[Tile, ...]
    now: str = ""

    @property
    def scale(self) -> Scale:
        return scale_of(tile.number for tile in self.tiles)

    def table(self) -> Table:
        rows = tuple((tile.name.code, tile.name.label, tile.number) for tile in self.tiles)
        return Table((*_head(self.head), self.number), rows)


@dataclass(frozen=True, slots=True)
class Triangle:
    """What each two share: `numbers[n]` are of the n-th name with the first n names, then its own number.

    `urls` in the same shape; `own` says what stands on the diagonal, framed.
    """

    template: ClassVar[str] = "charts/triangle.html"
    head: Name
    other: Name
    number: Name
    names: tuple[Name, ...]
    numbers: tuple[tuple[int, ...], ...]
    own: str
    urls: tuple[tuple[str, ...], ...] = field(default=())

    @property
    def scale(self) -> Scale:
        return scale_of(number for row in self.numbers for number in row[:-1])

    def table(self) -> Table:
        """A row for each two, and for each with itself."""
        columns = (*_head(self.head), *_head(self.other), self.number)
        return Table(columns, tuple(self._pairs()))

    def _pairs(self) -> Iterator[tuple[Cell, ...]]:
        for name, row in zip(self.names, self.numbers, strict=True):
            for other, number in zip(self.names, row, strict=False):
                yield name.code, name.label, other.code, other.label, number


Plot = Bars | Stack | Heat | Steps | Ranges | Tiles | Triangle


def _head(name: Name) -> tuple[Name, Name]:
    """Rows have a code and a label."""
    return name, Name(f"{name.code}_name", name.label)


def _cells(name: Name, numbers: Iterable[Cell]) -> tuple[Cell, ...]:
    return name.code, name.label, *numbers


def _values(row: Range) -> tuple[Cell, ...]:
    return tuple(None if value is None else _plain(value) for value in (row.baseline, row.latest, row.target))


def _plain(value: float) -> float:
    return int(value) if value == int(value) else value
