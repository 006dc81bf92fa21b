"""The glossary as a CSV sheet, out and in; pure. `imports` and the admin's download call it.

A sheet is UTF-8 with a byte order mark, so that spreadsheet programs show accents right. A cell that a
spreadsheet would calculate gets an apostrophe before it, which reading takes away again.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from portal.common.languages import CODES
from portal.taxonomy.content import Content, tidied

REQUIRED = ("key", *CODES)
NOTES = {code: f"note_{code}" for code in CODES}
OPTIONAL = ("variants", "broader", *NOTES.values())
COLUMNS = (*REQUIRED, *OPTIONAL)
MAX_BYTES, MAX_ROWS, MAX_CELL = 5 * 1024 * 1024, 10_000, 32_000
# What a spreadsheet calculates, also in full width, after apostrophes and after any space.
_CALCULATED = re.compile(r"['\s\u200b\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20\u2212\t\r]|['\s]*[\t\r\n]")
_FORMULA = re.compile(r"[\s\u200b\ufeff]*[=\uff1d]")


class Unreadable(Exception):
    """The file is no sheet; the message says why."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row by column, with the number a spreadsheet shows; the headings are row 1."""

    number: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Sheet:
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    unread: tuple[str, ...] = field(default=())


def written(contents: Iterable[Content]) -> bytes:
    """The sheet of these concepts; read again it says the same."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for content in contents:
        writer.writerow([neutral(cell) for cell in _cells(content)])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def read(raw: bytes) -> Sheet:
    """The rows of a sheet; empty ones are left out. Raises `Unreadable`."""
    lines = _lines(_decoded(raw))
    heading = next(lines, None)
    if heading is None:
        raise Unreadable("This file is empty.")
    columns = tuple("_".join(cell.strip().casefold().replace("-", " ").split()) for cell in heading)
    doubled = sorted({name for name in columns if name and columns.count(name) > 1})
    if doubled:
        raise Unreadable(f"Two columns have the same heading: {', '.join(doubled)}.")
    rows = tuple(
        Row(number, {name: cell for name, cell in zip(columns, line, strict=False) if name})
        for number, line in enumerate(lines, start=2)
        if any(cell.strip() for cell in line)
    )
    unread = tuple(name for name in columns if name and name not in COLUMNS)
    return Sheet(columns, rows, unread)


def neutral(cell: str) -> str:
    """The cell as text for every spreadsheet."""
    return f"'{cell}" if _CALCULATED.match(cell) else cell


def plain(cell: str) -> str:
    """What `neutral` was given."""
    return cell[1:] if cell.startswith("'") and _CALCULATED.match(cell[1:]) else cell


def is_formula(cell: str) -> bool:
    """A spreadsheet would have calculated it; there is no way to know what it showed."""
    return bool(_FORMULA.match(cell))


def content_of_row(row: Row, known: Content | None) -> Content:
    """What a row says; of columns that are not there, what is known stays."""
    cells = {name: plain(cell) for name, cell in row.cells.items()}
    empty = Content(key="")
    kept = known or empty
    variants = _variants(cells["variants"]) if "variants" in cells else {}
    return tidied(
        cells.get("key", ""),
        {
            code: (
                cells.get(code, ""),
                *(variants.get(code, ()) if "variants" in cells else kept.variants(code)),
            )
            for code in CODES
        },
        {code: cells.get(name, kept.notes.get(code, "")) for code, name in NOTES.items()},
        cells["broader"].split("|") if "broader" in cells else kept.broader,
    )


def variant_problem(cell: str) -> str:
    """Why the cell of variants cannot be read; empty when it can."""
    for group in filter(str.strip, plain(cell).split(";")):
        code, colon, _texts = group.partition(":")
        if not colon or code.strip() not in CODES:
            return "Write variants as es:one|two;pt:three."
    return ""


def _variants(cell: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for group in filter(str.strip, cell.split(";")):
        code, _colon, texts = group.partition(":")
        found[code.strip()] = (*found.get(code.strip(), ()), *texts.split("|"))
    return found


def _cells(content: Content) -> Iterator[str]:
    yield content.key
    yield from (content.preferred(code) for code in CODES)
    groups = ((code, content.variants(code)) for code in CODES)
    yield ";".join(f"{code}:{'|'.join(texts)}" for code, texts in groups if texts)
    yield "|".join(content.broader)
    yield from (content.notes.get(code, "") for code in CODES)


def _decoded(raw: bytes) -> str:
    if len(raw) > MAX_BYTES:
        raise Unreadable("This file is larger than 5 MB.")
    if b"\x00" in raw and not raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unreadable("This is no CSV file.")
    try:
        text = raw.decode("utf-16" if raw.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable("Save the file as CSV in UTF-8 and try again.") from None
    if not text.strip():
        raise Unreadable("This file is empty.")
    return text


def _lines(text: str) -> Iterator[list[str]]:
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    try:
        for number, line in enumerate(
            csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        ):
            if number > MAX_ROWS:
                raise Unreadable("This file has more than 10,000 rows.")
            if any(len(cell) > MAX_CELL for cell in line):
                raise Unreadable(f"A cell of row {number + 1} is too long.")
            yield line
    except csv.Error as problem:
        raise Unreadable(f"This CSV file cannot be read: {problem}.") from None
