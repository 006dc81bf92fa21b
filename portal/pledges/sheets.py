"""Reads a table from a CSV or XLSX file as plain text; only `imports` calls it.

Nothing is calculated: a cell that holds a formula is told as such and never as its result.
"""

import csv
import io
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice, zip_longest
from pathlib import Path

from openpyxl import load_workbook

from portal.library.extraction import Reason, Refused, read_bytes
from portal.library.extraction.blocks import MAX_UNPACKED_BYTES
from portal.library.extraction.sniff import damaged, decode, encrypted

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MAX_ROWS = 20_000
MAX_COLUMNS = 200
DELIMITERS = ",;\t"


@dataclass(frozen=True, slots=True)
class Row:
    """`number` is that of a spreadsheet: the heading is row 1. `formulas` are columns that hold one."""

    number: int
    cells: dict[str, str]
    formulas: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Sheet:
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def read_sheet(path: Path) -> Sheet:
    """The first table of a file; empty rows are left out. Raises `Refused`."""
    content = read_bytes(path)
    if not content.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise Refused(Reason.EMPTY, "This file is empty.")
    readers = {".csv": _csv_lines, ".xlsx": _xlsx_lines}
    if path.suffix.lower() not in readers:
        raise Refused(Reason.UNSUPPORTED, "Only CSV and XLSX files can be read.")
    return _sheet(readers[path.suffix.lower()](content))


def column_name(heading: str) -> str:
    """`External ID` and `external-id` both give `external_id`."""
    return "_".join(heading.replace("-", " ").replace("_", " ").casefold().split())


def _sheet(lines: Iterable[list[str]]) -> Sheet:
    numbered = ((number, line) for number, line in enumerate(lines, start=1))
    heading = next(numbered, (1, []))[1]
    columns = tuple(column_name(cell) for cell in heading)
    doubled = {name for name in columns if name and columns.count(name) > 1}
    if doubled:
        raise Refused(Reason.MISMATCH, f"Two columns have the same heading: {', '.join(sorted(doubled))}.")
    rows = tuple(
        _row(number, columns, line) for number, line in numbered if any(cell.strip() for cell in line)
    )
    return Sheet(columns, rows)


def _row(number: int, columns: tuple[str, ...], line: list[str]) -> Row:
    if number > MAX_ROWS:
        raise Refused(Reason.TOO_LONG, f"This file has more than {MAX_ROWS} rows.")
    cells = {
        name: cell.strip() for name, cell in zip_longest(columns, line[: len(columns)], fillvalue="") if name
    }
    formulas = frozenset(name for name, cell in cells.items() if is_formula(cell))
    return Row(number, cells, formulas)


def is_formula(cell: str) -> bool:
    """A spreadsheet would calculate it: it starts with =, also in full width or after a mark of text."""
    return cell.lstrip("'\u200b\ufeff \t").startswith(("=", "\uff1d"))


def _csv_lines(content: bytes) -> Iterator[list[str]]:
    if content.startswith((ZIP, OLE, b"%PDF-")):
        raise Refused(Reason.MISMATCH, "The content of this file is not what its name says.")
    text = decode(content)
    first = text.split("\n", 1)[0]
    delimiter = max(DELIMITERS, key=first.count)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    except csv.Error as problem:
        raise Refused(Reason.DAMAGED, f"This CSV file cannot be read: {problem}.") from None


def _xlsx_lines(content: bytes) -> Iterator[list[str]]:
    _check_xlsx(content)
    try:
        with warnings.catch_warnings(action="ignore"):  # of features that a table of words has no use for
            book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
            table = book.worksheets[0]
            table.reset_dimensions()  # a file may claim to be a million rows long
            found = islice(table.iter_rows(values_only=True), MAX_ROWS + 1)
            lines = [[_text(cell) for cell in line[:MAX_COLUMNS]] for line in found]
    except Exception:  # openpyxl lets every error of a broken file through
        raise damaged() from None
    yield from lines


def _check_xlsx(content: bytes) -> None:
    if content.startswith(OLE):
        raise encrypted()
    if not content.startswith(ZIP):
        raise Refused(Reason.MISMATCH, "The content of this file is not what its name says.")
    try:
        entries = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise damaged() from None
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED_BYTES:
        raise Refused(Reason.TOO_LARGE, "This file unpacks to more than the portal can take in.")
    if "xl/workbook.xml" not in {entry.filename for entry in entries}:
        raise Refused(Reason.MISMATCH, "The content of this file is not what its name says.")


def _text(cell: object) -> str:
    """What a person reads in the cell: a whole number without its point, a day as a day."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime | date):
        return cell.isoformat()[:10]
    return str(cell)
