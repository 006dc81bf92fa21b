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
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.utils.translation import get_language

from portal.common.languages import DEFAULT
from portal.common.xml_text import fit
from portal.files.enums import MEDIA_TYPES, FileType
from portal.tables.codebook import HEADING, Columns, Meaning, lines_of, names_of
from portal.tables.formulas import neutral

Cell = str | int | float | bool | None
Rows = Iterable[Sequence[Cell]]
LONGEST_CELL = 32_000
CODEBOOK_SHEET = "codebook"


def csv_bytes(heading: Sequence[str], rows: Rows) -> bytes:
    return b"".join(csv_chunks(heading, rows))


def csv_chunks(heading: Sequence[str], rows: Rows) -> Iterator[bytes]:
    """Line by line, for lists that are too long to be held."""
    yield codecs.BOM_UTF8
    for row in chain((heading,), rows):
        sink = io.StringIO(newline="")
        csv.writer(sink).writerow([csv_cell(cell) for cell in row])
        yield sink.getvalue().encode("utf-8", "replace")


def xlsx_bytes(heading: Sequence[str], rows: Rows, *, name: str = "table", codebook: Columns = ()) -> bytes:
    """`name` is the first sheet's; a second one holds the codebook, where there is one."""
    from openpyxl import Workbook  # reason: slow

    book = Workbook(write_only=True)
    _fill_sheet(book.create_sheet(name[:31]), (heading, *rows))
    if codebook:
        lines = lines_of(codebook, get_language() or DEFAULT)
        _fill_sheet(book.create_sheet(CODEBOOK_SHEET), (HEADING, *lines))
    sink = io.BytesIO()
    book.save(sink)
    return sink.getvalue()


def json_bytes(heading: Sequence[str], rows: Rows) -> bytes:
    """A list with one object a row."""
    return b"".join(json_chunks(heading, rows))


def json_chunks(heading: Sequence[str], rows: Rows) -> Iterator[bytes]:
    """Row by row, as `json.dumps` with an indent of one writes the whole list."""
    before = "[\n "
    for row in rows:
        told = json.dumps(dict(zip(heading, row, strict=True)), ensure_ascii=False, indent=1)
        yield (before + told.replace("\n", "\n ")).encode("utf-8", "replace")
        before = ",\n "
    yield b"[]" if before.startswith("[") else b"\n]"


def csv_cell(cell: Cell) -> str:
    """Text that no spreadsheet calculates; numbers stay as they are."""
    return neutral(fit(cell, " ")) if isinstance(cell, str) else _text(cell)


def codebook_bytes(columns: Columns, language: str) -> bytes:
    """The codebook as CSV, in the words of the active language."""
    return csv_bytes(HEADING, lines_of(columns, language))


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


def table_response(form: str, name: str, heading: Sequence[str] | Columns, rows: Rows) -> HttpResponse:
    """The table as a download called `name`, in one of `FORMATS`; raises `Http404` for another form.

    With `Meaning`s for a heading the workbook carries its codebook; texts alone are for tables that a person
    gave, or that bear the names of somebody else's form.
    """
    if form not in FORMATS:
        raise Http404(form)
    codebook = [each for each in heading if isinstance(each, Meaning)]
    content_type = FORMATS[form].content_type
    names = names_of(codebook) or [str(each) for each in heading]
    if form == "xlsx":
        return download(f"{name}.{form}", content_type, xlsx_bytes(names, rows, codebook=codebook))
    return download(f"{name}.{form}", content_type, FORMATS[form].write(names, rows))


def downloads(**query: Any) -> list[dict[str, str]]:
    """Links to a list as a file in each of `FORMATS`, with what else its address carries."""
    return [{"label": form.upper(), "url": f"?{urlencode({**query, 'format': form})}"} for form in FORMATS]


def download(name: str, content_type: str, content: bytes) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _text(cell: Cell) -> str:
    return "" if cell is None else str(cell)


def _fill_sheet(sheet: Any, rows: Rows) -> None:
    for row in rows:
        sheet.append([_text_cell(sheet, cell) for cell in row])


def _text_cell(sheet: object, cell: Cell) -> Any:
    from openpyxl.cell import WriteOnlyCell  # reason: slow

    made = WriteOnlyCell(sheet, value=fit(_text(cell), " ")[:LONGEST_CELL])
    made.data_type = "s"
    return made
