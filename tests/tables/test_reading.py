"""Tables as plain text: what is read, and what is refused before it can do harm."""

import csv
import io
import zipfile
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time
from typing import Any

import pytest
from django.utils import translation
from openpyxl import Workbook

from portal.files.reading import MAX_CHARACTERS
from portal.files.refusals import Refused
from portal.tables import xlsx_lines
from portal.tables.columns import Column, Kind
from portal.tables.limits import Limits
from portal.tables.reading import Table, read_table

A, B = Column("a", "First"), Column("b_c", "Second", is_required=False)
COLUMNS = (A, B)
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "latin-1", "cp850"]


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


def workbook(*lines: Sequence[object], change: Callable[[Workbook], object] = lambda book: None) -> bytes:
    book = Workbook()
    for line in lines:
        book.active.append(line)
    change(book)
    sink = io.BytesIO()
    book.save(sink)
    return sink.getvalue()


def sheet(*lines: Sequence[object]) -> bytes:
    sink = io.StringIO()
    csv.writer(sink).writerows(lines)
    return sink.getvalue().encode()


def refusal(content: bytes, **options: Any) -> str:
    with pytest.raises(Refused) as refused:
        read_table(content, COLUMNS, **options)
    return str(refused.value.reason_code)


def lines_of(table: Table) -> list[str]:
    return [error.line for error in (*table.errors, *(error for row in table.rows for error in row.errors))]


def test_cells_are_read_as_a_person_reads_them() -> None:
    table = read_table(
        workbook(
            ["A", "b c", "colour"],
            [7.0, date(2024, 5, 1), "lost"],
            [1.5, True],
            [0.1 + 0.2, datetime(2024, 5, 1, 9, 30)],
            [False, time(9, 30)],
        ),
        COLUMNS,
    )
    assert (table.columns, table.unread) == (("a", "b_c"), ("colour",))
    assert [(row.number, row.cells) for row in table.rows] == [
        (2, {"a": "7", "b_c": "2024-05-01"}),
        (3, {"a": "1.5", "b_c": "yes"}),
        (4, {"a": "0.3", "b_c": "2024-05-01 09:30"}),
        (5, {"a": "no", "b_c": "09:30"}),
    ]


@pytest.mark.few(18)
@pytest.mark.parametrize("make", [sheet, workbook])
@pytest.mark.parametrize(
    ("kind", "given", "read"),
    [
        (Kind.WHOLE, "2023", "2023"),
        (Kind.WHOLE, "2023.0", "2023"),
        (Kind.WHOLE, "2023,0", "2023"),
        (Kind.WHOLE, "12.00", "12"),
        (Kind.WHOLE, "1.000", None),
        (Kind.WHOLE, "12,000", None),
        (Kind.WHOLE, "9" * 5000, None),
        (Kind.WHOLE, "MMXXIII", None),
        (Kind.DAY, "2024-05-31", "2024-05-31"),
        (Kind.DAY, "2024-05-31 00:00:00", "2024-05-31"),
        (Kind.DAY, "31/05/2024", "2024-05-31"),
        (Kind.DAY, "05/06/2024", None),
        (Kind.DAY, "2024-02-30", None),
        (Kind.YES_NO, "Sí", "yes"),
        (Kind.YES_NO, "VRAI", "yes"),
        (Kind.YES_NO, "não", "no"),
        (Kind.YES_NO, "perhaps", None),
        (Kind.TEXT, "1.0", "1.0"),
    ],
)
def test_a_cell_is_what_its_column_expects(
    make: Callable[..., bytes], kind: Kind, given: str, read: str | None
) -> None:
    (row,) = read_table(make(["a"], [given]), [Column("a", "First", kind=kind)]).rows
    assert (None if row.errors else row.cells["a"]) == read


def test_formulas_are_told_and_never_calculated() -> None:
    (row,) = read_table(workbook(["a", "b c"], ["=1+1", "1"]), COLUMNS).rows
    assert [error.line for error in row.errors] == [
        "row 2, column A: a: This cell holds a formula. Put its value in."
    ]


def test_a_free_column_takes_text_that_begins_like_a_formula_and_no_formula() -> None:
    columns = [Column("a", "First", is_free=True)]
    (row,) = read_table(sheet(["a"], ["=1+1"]), columns).rows
    (calculated,) = read_table(workbook(["a"], ["=1+1"]), columns).rows
    assert (row.cells, row.errors, len(calculated.errors)) == ({"a": "=1+1"}, (), 1)


def test_what_we_wrote_ourselves_comes_back_without_its_apostrophe() -> None:
    content = sheet(["a", "b c"], ["'=1", "'plain'"])
    (ours,) = read_table(content, COLUMNS, is_ours=True).rows
    (other,) = read_table(content, COLUMNS).rows
    assert (ours.cells, ours.errors) == ({"a": "=1", "b_c": "'plain'"}, ())
    assert [error.field for error in other.errors] == ["a"]


def test_marks_that_turn_the_direction_are_left_out() -> None:
    (row,) = read_table(sheet(["a"], ["see\u202e txet \u2066x"]), COLUMNS).rows
    assert row.cells["a"] == "see txet x"


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_spreadsheets_save_in_different_ways(encoding: str, delimiter: str) -> None:
    sink = io.StringIO()
    csv.writer(sink, delimiter=delimiter).writerows([["a", "b c"], ["niñez, mañana; adiós", "Só"]])
    (row,) = read_table(sink.getvalue().encode(encoding), COLUMNS).rows
    assert row.cells == {"a": "niñez, mañana; adiós", "b_c": "Só"}


def test_a_line_that_names_the_separator_is_obeyed() -> None:
    table = read_table(b"sep=|\r\na|b c\r\n1|2\r\n", COLUMNS)
    assert [(row.number, row.cells) for row in table.rows] == [(2, {"a": "1", "b_c": "2"})]


@pytest.mark.parametrize("make", [sheet, workbook])
def test_more_than_the_portal_reads_is_refused(make: Callable[..., bytes]) -> None:
    assert refusal(make(["a"], *[["1"]] * 4), limits=Limits(rows=3)) == "too_long"
    assert refusal(make(["a"], ["1"]), limits=Limits(size=5)) == "too_large"
    assert refusal(make(["a", *[""] * 200, "x"], ["1"])) == "too_long"
    table = read_table(make(["a"], ["1" * 11]), COLUMNS, limits=Limits(cell=10))
    assert lines_of(table) == ["row 2: file: The cell in column A is too long. Shorten it to 10 characters."]


def test_a_long_table_is_bounded_by_its_bytes_and_not_as_a_text_is() -> None:
    cell = "palabra " * 4_000
    rows = [[f"{at}", cell] for at in range(1 + MAX_CHARACTERS // len(cell))]
    assert len(read_table(sheet(["a", "b c"], *rows), COLUMNS).rows) == len(rows)


def test_a_workbook_with_too_many_cells_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_lines, "MAX_CELLS", 5)
    assert refusal(workbook(["a", "b c"], ["1", "2"], ["3", "4"])) == "too_long"


def test_a_row_far_below_is_not_lost() -> None:
    def change(book: Workbook) -> None:
        book.active["A25000"] = "far"

    table = read_table(workbook(["a"], ["near"], change=change), COLUMNS)
    assert [(row.number, row.cells["a"]) for row in table.rows] == [(2, "near"), (25_000, "far")]


def swollen() -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", b"\x00" * 20_000_000)
    return sink.getvalue()


def rewritten(change: Callable[[str, bytes], bytes]) -> bytes:
    sink = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook(["a"], ["b"]))) as source,
        zipfile.ZipFile(sink, "w") as target,
    ):
        for name in source.namelist():
            target.writestr(name, change(name, source.read(name)))
    return sink.getvalue()


def test_a_workbook_that_swells_is_refused() -> None:
    assert refusal(swollen()) == "too_large"


def test_a_workbook_with_a_broken_inside_is_refused() -> None:
    broken = rewritten(lambda name, part: b"<broken" if name.startswith("xl/worksheets/") else part)
    assert refusal(broken) == "damaged"


def test_entities_in_a_workbook_are_not_expanded() -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY e "eeee">]><worksheet><sheetData>&e;</sheetData></worksheet>'
    try:
        table = read_table(
            rewritten(lambda name, part: bomb if name.startswith("xl/worksheets/") else part), COLUMNS
        )
    except Refused as refused:
        table = Table(unread=(str(refused),))
    assert "eeee" not in str(table)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \n", "empty"),
        (b",,\n,,\n", "empty"),
        (b"%PDF-1.7", "unsupported"),
        (b"\x89PNG\r\n\x1a\n", "unsupported"),
        (b"<html><table>", "unsupported"),
        (b"PK\x03\x04 broken", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "unsupported"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (b"a\n\x00\x01\n", "binary"),
        ("a\nСлова на другом языке\n".encode("cp1251"), "encoding"),
    ],
)
def test_what_is_no_table_is_refused(content: bytes, reason: str) -> None:
    assert refusal(content) == reason
