"""Reads a table from CSV or XLSX as plain text under known headings; every import of rows calls `read_table`.

What a file is, its content says. Whatever cannot be meant is told with row and column; the only cells left
out are those of columns whose headings are not known, and these are named.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path

from django.utils.translation import gettext as _

from portal.files.enums import FileType
from portal.files.reading import decode, read_bytes, require_content
from portal.files.refusals import Reason, Refused, encrypted
from portal.files.sniffing import OLE, is_locked_office_file, kind_of
from portal.tables import xlsx_lines
from portal.tables.columns import Column, Kind, expected, headings_of, plain, short, typed
from portal.tables.csv_lines import csv_lines
from portal.tables.days import Order, order_of
from portal.tables.formulas import APOSTROPHE, is_formula, restored
from portal.tables.limits import LOOKED_AT, Fault, Formula, Limits, Line, column_letter
from portal.tables.report import Error, row_name
from portal.tables.xlsx_lines import Merged, Sheet

# They turn the direction of what follows, so that it reads as something else.
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_BROKEN = frozenset({"#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"})


@dataclass(frozen=True, slots=True)
class Row:
    """`cells` by the code of their column; `errors` is what is wrong with the row as a part of a table.

    `raw` is what stands in the file, column by column.
    """

    number: int
    cells: dict[str, str]
    errors: tuple[Error, ...] = ()
    letters: dict[str, str] = field(default_factory=dict)
    raw: tuple[str, ...] = ()

    @property
    def where(self) -> str:
        return row_name(self.number)

    def error(self, code: str, reason: str) -> Error:
        return Error(self.where, code, reason, self.letters.get(code, ""))


@dataclass(frozen=True, slots=True)
class Headings:
    """Where the headings stand, and what each column is: a code, or empty."""

    number: int
    codes: tuple[str, ...]
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """`errors` is what is wrong with the table as a whole: then it has no rows. `heading` is a row.

    `headings` and `lines` are what stands in the file, whatever is wrong with it.
    """

    columns: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    errors: tuple[Error, ...] = ()
    unread: tuple[str, ...] = ()
    heading: int = 1
    headings: Headings | None = None
    lines: tuple[Line, ...] = ()

    @property
    def notes(self) -> tuple[str, ...]:
        """A line for each column that is not read."""
        where = row_name(self.heading)
        return tuple(f"{where}: {name}: " + _("This column is not read.") for name in self.unread)


def read_file(path: Path, columns: Sequence[Column], *, limits: Limits | None = None) -> Table:
    """Like `read_table`."""
    return read_table(read_bytes(path), columns, limits=limits)


def read_table(
    content: bytes,
    columns: Sequence[Column],
    *,
    limits: Limits | None = None,
    is_ours: bool = False,
    named: Mapping[str, str] | None = None,
) -> Table:
    """The table under the headings of `columns`. Raises `Refused` for what is no table.

    `is_ours`: an export of ours comes back, so an apostrophe that kept a cell from being calculated goes.
    `named`: what a person says that headings mean, plain heading to code, empty for a column to leave out.
    """
    limits = limits or Limits()
    require_content(content)
    if len(content) > limits.size:
        told = {"most": limits.size // 1000}
        raise Refused(Reason.TOO_LARGE, _("This file is larger than %(most)d KB.") % told)
    reader = _Reader(columns, limits, is_ours, named or {})
    kind = kind_of(content)
    try:
        if kind is FileType.XLSX:
            return reader.workbook(content)
        if kind is FileType.TEXT and not content.startswith(OLE):
            return reader.table(list(csv_lines(decode(content, most=limits.size), limits, reader.score)))
    except Fault as fault:
        return Table(errors=(Error(row_name(fault.number), "file", fault.reason),))
    if content.startswith(OLE) and is_locked_office_file(content):
        raise encrypted()
    raise Refused(Reason.UNSUPPORTED, _("This file is no table. Save it as XLSX or CSV."))


class _Reader:
    def __init__(
        self, columns: Sequence[Column], limits: Limits, is_ours: bool, named: Mapping[str, str]
    ) -> None:
        self.columns = {column.code: column for column in columns}
        self.known = headings_of(columns) | dict(named)
        self.orders: dict[str, Order | None] = {}
        self.required = {column.code for column in columns if column.is_required}
        self.limits, self.is_ours = limits, is_ours

    def score(self, lines: Sequence[Line]) -> int:
        """How many headings are found in the likeliest line."""
        return max((len(self._codes(line)) for line in lines), default=0)

    def workbook(self, content: bytes) -> Table:
        """The one sheet that has the headings."""
        with xlsx_lines.workbook(content) as sheets:
            scored = [(self.score(xlsx_lines.first_lines(sheet)), sheet) for sheet in sheets]
            most = max((score for score, _sheet in scored), default=0)
            best = [sheet for score, sheet in scored if score == most]
            if most > 0 and len(best) > 1:
                return Table(errors=(_two_sheets(best),))
            # Without any heading the first sheet with something in it is told about.
            filled = [sheet for sheet in best if most or xlsx_lines.first_lines(sheet)]
            lines = list(xlsx_lines.xlsx_lines(filled[0], self.limits)) if filled else []
            merged = xlsx_lines.merged_cells(content, filled[0]) if filled else []
        return self.table(lines, merged)

    def table(self, lines: list[Line], merged: Sequence[Merged] = ()) -> Table:
        if not lines:
            raise Refused(Reason.EMPTY, _("This file is empty."))
        headings = self._headings(lines)
        below = [line for line in lines if line.number > headings.number]
        errors = tuple(self._heading_errors(headings))
        if not errors and not below:
            reason = _("There is no row below the headings.")
            errors = (Error(row_name(headings.number), "file", reason),)
        if not errors:
            errors = (*_unnamed(headings, below), *_merged_errors(headings, below, merged))
        codes = tuple(code for code in headings.codes if code)
        unread = tuple(
            short(text)
            for text, code in zip(headings.texts, headings.codes, strict=True)
            if text and not code
        )
        self.orders = self._orders(headings, below)
        rows = () if errors else tuple(self._row(headings, line) for line in below)
        return Table(codes, rows, errors, unread, headings.number, headings, tuple(below))

    def _orders(self, headings: Headings, below: Sequence[Line]) -> dict[str, Order | None]:
        """How each column of days writes them in figures."""
        return {
            code: order_of(line.cells[place] for line in below if place < len(line.cells))
            for place, code in enumerate(headings.codes)
            if code and self.columns[code].kind is Kind.DAY
        }

    def _codes(self, line: Line) -> set[str]:
        return {code for cell in line.cells if (code := self.known.get(plain(cell)))}

    def _headings(self, lines: Sequence[Line]) -> Headings:
        """The first line, or one a little below it in which the headings are recognised."""
        top = lines[:LOOKED_AT]
        best = max(top, key=lambda line: len(self._codes(line)))
        headings = self._codes(best)
        if not headings >= self.required and len(headings) < 2:
            best = top[0]
        texts = [" ".join(cell.split()) for cell in best.cells]
        while texts and not texts[-1]:
            texts.pop()
        return Headings(best.number, tuple(self.known.get(plain(text), "") for text in texts), tuple(texts))

    def _heading_errors(self, headings: Headings) -> Iterator[Error]:
        where = row_name(headings.number)
        for code, column in self.columns.items():
            places = [column_letter(place) for place, each in enumerate(headings.codes, 1) if each == code]
            if len(places) > 1:
                told = {"letters": ", ".join(places)}
                reason = _("Two columns have this heading: %(letters)s. Rename or remove one.") % told
                yield Error(where, code, reason, places[1])
            elif not places and column.is_required:
                names = {"code": code, "label": str(column.label)}
                reason = _("This column is missing. Its heading is “%(code)s” or “%(label)s”.") % names
                yield Error(where, code, reason)

    def _row(self, headings: Headings, line: Line) -> Row:
        cells: dict[str, str] = {}
        letters: dict[str, str] = {}
        problems: list[tuple[str, str]] = []
        for place, (code, cell) in enumerate(zip_longest(headings.codes, line.cells, fillvalue=""), start=1):
            text = cell if isinstance(cell, Formula) else cell.strip()
            if place > len(headings.codes) and text:
                letters.setdefault("", column_letter(place))
                problems.append(("", _surplus(text)))
            elif code:
                letters[code] = column_letter(place)
                cells[code], reason = self._cell(self.columns[code], text)
                problems += [(code, reason)] if reason else []
        surplus = letters.pop("", "")
        errors = tuple(
            Error(row_name(line.number), code or surplus, reason, letters.get(code, surplus))
            for code, reason in problems
        )
        return Row(line.number, cells, errors, letters, tuple(line.cells))

    def _cell(self, column: Column, text: str) -> tuple[str, str]:
        """The cell as its column has it, and what is wrong with it."""
        is_kept = self.is_ours and text.startswith(APOSTROPHE)
        cell = _TURNS.sub("", restored(text) if is_kept else text)
        if isinstance(text, Formula) or (is_formula(text) and not is_kept and not column.is_free):
            return cell, _("This cell holds a formula. Put its value in.")
        if cell.upper() in _BROKEN:
            return cell, _("This cell holds an error of the spreadsheet. Put its value in.")
        if not cell:
            return "", _("This cell is empty.") if column.is_filled else ""
        value = typed(column.kind, cell, self.orders.get(column.code))
        return (cell, expected(column.kind, cell)) if value is None else (value, "")


def _surplus(text: str) -> str:
    return _(
        "This row has more cells than there are headings: “%(text)s”. Put text with a separator in it in "
        "quotation marks, or remove the cell."
    ) % {"text": short(text)}


def _two_sheets(sheets: Sequence[Sheet]) -> Error:
    names = ", ".join(f"“{sheet.title}”" for sheet in sheets)
    return Error(names, "file", _("Several sheets have these headings. Keep one of them."))


def _unnamed(headings: Headings, below: Sequence[Line]) -> Iterator[Error]:
    """Columns between others with something in them and no heading above; the first cell of each is told."""
    for place, text in enumerate(headings.texts):
        if text:
            continue
        for line in below:
            if place < len(line.cells) and line.cells[place].strip():
                letter = column_letter(place + 1)
                told = {"text": short(line.cells[place].strip())}
                reason = _("There is no heading above “%(text)s”. Give the column one, or empty it.") % told
                yield Error(row_name(line.number), letter, reason, letter)
                break


def _merged_errors(headings: Headings, below: Sequence[Line], merged: Sequence[Merged]) -> Iterator[Error]:
    """Merged cells of which a column is read: only the first of them has the value."""
    filled = {line.number for line in below}
    for each in merged:
        codes = [headings.codes[place] for place in each.columns if place < len(headings.codes)]
        rows = filled.intersection(each.rows)
        if rows and any(codes):
            code = next(filter(None, codes))
            letter = column_letter(headings.codes.index(code) + 1)
            reason = _("The cells %(range)s are merged. Part them and fill in each.") % {"range": each.name}
            yield Error(row_name(min(rows)), code, reason, letter)
