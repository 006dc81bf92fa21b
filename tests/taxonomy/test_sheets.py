"""Sheets of the glossary: what goes out comes in the same, and no spreadsheet calculates anything of it."""

import csv
import io

import pytest

from portal.tables.reading import Table, read_table
from portal.taxonomy.content import Content, tidied
from portal.taxonomy.sheets import COLUMNS, LIMITS, content_of_row, variant_problem, written

ODD = tidied(
    "odd",
    {
        "es": ["=1+1", "+suma", "-resta"],
        "en": ["@name", "one: two"],
        "pt": ["＝largura", "'=apóstrofo"],
        "fr": ["l'apatridie", '"guillemets", virgule'],
    },
    {"es": "-uno\n-dos", "fr": "＋1"},
    ["another", "one more"],
)


def read(raw: bytes) -> Table:
    return read_table(raw, COLUMNS, limits=LIMITS, is_ours=True)


def back(content: Content) -> Content:
    (row,) = read(written([content])).rows
    return content_of_row(row, None)


def test_what_goes_out_comes_in_the_same() -> None:
    assert back(ODD) == ODD


def test_a_sheet_begins_with_a_mark_and_its_columns() -> None:
    lines = written([ODD]).split(b"\r\n")
    assert lines[0] == b"\xef\xbb\xbf" + ",".join(column.code for column in COLUMNS).encode()


def test_no_cell_is_calculated() -> None:
    cells = [cell for line in csv.reader(io.StringIO(written([ODD]).decode("utf-8-sig"))) for cell in line]
    assert [
        cell
        for cell in cells
        if cell.lstrip("' \u3000").startswith(tuple("=+-@＝＋－＠")) != cell.startswith("'")
    ] == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_spreadsheets_save_in_different_ways(encoding: str, delimiter: str) -> None:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(
        [["KEY", "es", "en", "pt", "fr", " note-FR "], ["a", "niño", "c", "d", "e", "b"], [""] * 6]
    )
    table = read(out.getvalue().encode(encoding))
    assert [row.cells for row in table.rows] == [
        {"key": "a", "es": "niño", "en": "c", "pt": "d", "fr": "e", "note_fr": "b"}
    ]


def test_headings_are_understood_in_other_languages() -> None:
    table = read("Clave;Español;Inglés;Portugués;Francés;Variantes;Nota ES\na;b;c;d;e;;f\n".encode())
    assert (table.columns, table.errors) == (("key", "es", "en", "pt", "fr", "variants", "note_es"), ())


@pytest.mark.parametrize(
    ("cell", "is_wrong"), [("es:a|b;pt:c", False), ("", False), ("a|b", True), ("de:a", True)]
)
def test_variants_are_by_language(cell: str, is_wrong: bool) -> None:
    assert bool(variant_problem(cell)) == is_wrong


def test_columns_that_are_not_there_change_nothing() -> None:
    (row,) = read(b"key,es,en,pt,fr\nodd,a,b,c,d\n").rows
    content = content_of_row(row, ODD)
    assert (content.preferred("es"), content.variants("es"), content.notes, content.broader) == (
        "a",
        ODD.variants("es"),
        ODD.notes,
        ODD.broader,
    )
