"""Writes tables as CSV, XLSX and JSON in which nothing is a formula; every export of rows calls it.

CSV is UTF-8 with its mark, so that spreadsheets show accents. In XLSX every cell is text; JSON keeps numbers.
"""

import codecs
import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from django.http import HttpResponse

from portal.common.xml_text import fit
from portal.files.enums import MEDIA_TYPES, FileType
from portal.tables.formulas import neutral

Cell = str | int | float | bool | None
Rows = Iterable[Sequence[Cell]]
LONGEST_CELL = 32_000


def csv_bytes(heading: Sequence[str], rows: Rows) -> bytes:
    return b"".join(csv_chunks(heading, rows))


def csv_chunks(heading: Sequence[str], rows: Rows) -> Iterator[bytes]:
    """Line by line, for lists that are too long to be held."""
    yield codecs.BOM_UTF8
    for row in chain((heading,), rows):
        sink = io.StringIO(newline="")
        csv.writer(sink).writerow([csv_cell(cell) for cell in row])
        yield sink.getvalue().encode("utf-8", "replace")


def xlsx_bytes(heading: Sequence[str], rows: Rows, *, name: str = "table") -> bytes:
    """`name` is the sheet's."""
    from openpyxl import Workbook  # reason: slow

    book = Workbook(write_only=True)
    sheet = book.create_sheet(name[:31])
    for row in (heading, *rows):
        sheet.append([_text_cell(sheet, cell) for cell in row])
    sink = io.BytesIO()
    book.save(sink)
    return sink.getvalue()


def json_bytes(heading: Sequence[str], rows: Rows) -> bytes:
    """A list with one object a row."""
    objects = [dict(zip(heading, row, strict=True)) for row in rows]
    return json.dumps(objects, ensure_ascii=False, indent=1).encode("utf-8", "replace")


def csv_cell(cell: Cell) -> str:
    """Text that no spreadsheet calculates; numbers stay as they are."""
    return neutral(fit(cell, " ")) if isinstance(cell, str) else _text(cell)


@dataclass(frozen=True, slots=True)
class Format:
    """A form a table comes in: `?format=` and the ending of the file's name."""

    content_type: str
    write: Callable[[Sequence[str], Rows], bytes]


FORMATS: dict[str, Format] = {
    "csv": Format(MEDIA_TYPES[FileType.CSV], csv_bytes),
    "xlsx": Format(MEDIA_TYPES[FileType.XLSX], xlsx_bytes),
    "json": Format("application/json", json_bytes),
}


def table_response(form: str, name: str, heading: Sequence[str], rows: Rows) -> HttpResponse:
    """The table as a download called `name`, in one of `FORMATS`."""
    chosen = FORMATS[form]
    return download(f"{name}.{form}", chosen.content_type, chosen.write(heading, rows))


def download(name: str, content_type: str, content: bytes) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _text(cell: Cell) -> str:
    return "" if cell is None else str(cell)


def _text_cell(sheet: object, cell: Cell) -> Any:
    from openpyxl.cell import WriteOnlyCell  # reason: slow

    made = WriteOnlyCell(sheet, value=fit(_text(cell), " ")[:LONGEST_CELL])
    made.data_type = "s"
    return made
