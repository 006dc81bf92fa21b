"""Tables as files: CSV and XLSX in which nothing is a formula. Exports and batch searches use it."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

from django.http import HttpResponse
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from search.xml_text import fit

Cell = str | int | None
LONGEST_CELL = 32_000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What a spreadsheet takes for the beginning of a formula, after whatever it leaves out.
_FORMULA = re.compile(r"[\s\u200b\u2060\ufeff\x00-\x1f]*[=+\-@\uff1d\uff0b\uff0d\uff20\u2212]|[\t\r\n]")


def safe(cell: Cell) -> str:
    """The cell as text no spreadsheet calculates: an apostrophe stands before what looks like a formula."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if isinstance(cell, str) and _FORMULA.match(text) else text


def csv_file(name: str, heading: Sequence[str], rows: Iterable[Sequence[Cell]]) -> HttpResponse:
    """UTF-8 with its mark, so that spreadsheets show accents."""
    sink = io.StringIO()
    writer = csv.writer(sink)
    writer.writerow(heading)
    writer.writerows([safe(cell) for cell in row] for row in rows)
    return download(f"{name}.csv", "text/csv; charset=utf-8", sink.getvalue().encode("utf-8-sig", "replace"))


def xlsx_file(name: str, heading: Sequence[str], rows: Iterable[Sequence[Cell]]) -> HttpResponse:
    """Every cell is text, also one that begins like a formula."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(name[:31])
    for row in (heading, *rows):
        sheet.append([_text_cell(sheet, cell) for cell in row])
    sink = io.BytesIO()
    book.save(sink)
    return download(f"{name}.xlsx", XLSX, sink.getvalue())


def download(name: str, content_type: str, content: bytes) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _text_cell(sheet: object, cell: Cell) -> WriteOnlyCell:
    text = "" if cell is None else str(cell)
    made = WriteOnlyCell(sheet, value=fit(text, " ")[:LONGEST_CELL])
    made.data_type = "s"
    return made
