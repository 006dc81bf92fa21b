"""The lines of a CSV file, whatever parts its cells and whatever encoding it has; only `reading` calls it."""

import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from django.utils.translation import gettext as _

from portal.tables.limits import LOOKED_AT, Fault, Limits, Line, check_cells

DELIMITERS = ",;\t"
_SEPARATOR_LINE = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)


def csv_lines(text: str, limits: Limits, score: Callable[[Sequence[Line]], int]) -> Iterator[Line]:
    """Numbered as a spreadsheet shows them; blank ones are left out. Raises `Fault`, `Refused`.

    `score` says how many headings it finds in the first lines: it decides what parts the cells.
    """
    named = _SEPARATOR_LINE.match(text)
    if named:
        text = text[named.end() :]
    delimiter = named[1] if named else _delimiter(text, score)
    read = 0
    for line in _parsed(text, delimiter):
        if any(cell.strip() for cell in line.cells):
            read += 1
            check_cells(line, read, limits)
            yield line


def _parsed(text: str, delimiter: str) -> Iterator[Line]:
    number = 0
    try:
        for cells in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            number += 1
            yield Line(number, cells)
    except csv.Error as problem:
        raise Fault(number + 1, _reason(problem)) from None


def _reason(problem: csv.Error) -> str:
    if "field limit" in str(problem):
        return _("A cell of this row is too long.")
    return _(
        "A quotation mark in this row is not closed or stands inside a cell. Write it twice or remove it."
    )


def _delimiter(text: str, score: Callable[[Sequence[Line]], int]) -> str:
    """The one by which most headings are found; without any, the one that is most frequent at the top."""
    top = text.lstrip().split("\n", 1)[0]
    return max(DELIMITERS, key=lambda sign: (score(_first_lines(text, sign)), top.count(sign)))


def _first_lines(text: str, delimiter: str) -> list[Line]:
    lines: list[Line] = []
    try:
        for line in islice(_parsed(text, delimiter), 10 * LOOKED_AT):
            if any(cell.strip() for cell in line.cells):
                lines.append(line)
            if len(lines) == LOOKED_AT:
                break
    except Fault:
        pass  # it is told when the table is read
    return lines
