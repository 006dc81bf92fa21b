"""The sheets of an XLSX workbook as lines of text; only `reading` calls it. Nothing is ever calculated."""

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils.translation import gettext as _

from portal.files.refusals import Reason, Refused, damaged
from portal.tables.limits import LOOKED_AT, Fault, Formula, Limits, Line, check_cells

# Of a workbook's own limits the second; the first bounds empty cells that were given a format.
MAX_CELLS, MAX_LINES = 2_000_000, 1_048_576
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3})(\d+):([A-Z]{1,3})(\d+)"')
Sheet = Any  # openpyxl publishes no types


@dataclass(frozen=True, slots=True)
class Merged:
    """Cells made one; columns count from 0."""

    name: str
    columns: range
    rows: range


@contextmanager
def workbook(content: bytes) -> Iterator[list[Sheet]]:
    """The sheets a person sees. Whatever openpyxl makes of a broken file becomes `Refused`."""
    from openpyxl import load_workbook  # reason: slow

    try:
        with warnings.catch_warnings(action="ignore"):  # of features that a table of words has no use for
            book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
            sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
            for sheet in sheets:
                sheet.reset_dimensions()  # a file may claim to be a million rows long
            yield sheets
    except (Refused, Fault, MemoryError):
        raise
    except Exception:  # openpyxl lets every error of a broken file through
        raise damaged() from None


def first_lines(sheet: Sheet) -> list[Line]:
    lines: list[Line] = []
    for line in _lines(sheet):
        if any(line.cells):
            lines.append(line)
        if len(lines) == LOOKED_AT or line.number == 10 * LOOKED_AT:
            break
    return lines


def xlsx_lines(sheet: Sheet, limits: Limits) -> Iterator[Line]:
    """Every line that has something in it. Raises `Fault`, `Refused`."""
    read = 0
    for line in _lines(sheet):
        if any(line.cells):
            read += 1
            check_cells(line, read, limits)
            yield line


def merged_cells(content: bytes, sheet: Sheet) -> list[Merged]:
    """openpyxl does not tell them of a sheet that it reads line by line."""
    path = sheet._worksheet_path.lstrip("/")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        ranges = _MERGED.findall(archive.read(path))
    return [_merged(*(part.decode() for part in parts)) for parts in ranges]


def _merged(left: str, top: str, right: str, bottom: str) -> Merged:
    from openpyxl.utils import column_index_from_string  # reason: slow

    columns = range(column_index_from_string(left) - 1, column_index_from_string(right))
    return Merged(f"{left}{top}:{right}{bottom}", columns, range(int(top), int(bottom) + 1))


def _lines(sheet: Sheet) -> Iterator[Line]:
    cells = 0
    for number, line in enumerate(sheet.iter_rows(), start=1):
        cells += len(line)
        if number > MAX_LINES or cells > MAX_CELLS:
            reason = _("This sheet has too many cells. Delete the empty rows and columns beside the table.")
            raise Refused(Reason.TOO_LONG, reason)
        yield Line(number, [_cell(each) for each in line])


def _cell(cell: Any) -> str:
    if cell.data_type != "f":
        return text_of(cell.value)
    return Formula(f"={getattr(cell.value, 'text', cell.value)}".replace("==", "=", 1))


def text_of(value: object) -> str:
    """What a person reads in the cell: 2023 and not 2023.0, a day as 2024-05-31, yes or no."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else format(value, ".15g")
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.isoformat("minutes")
    if isinstance(value, timedelta):
        return str(value)
    return str(value).strip()
