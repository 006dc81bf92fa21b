"""Sheets of the glossary: what goes out comes in the same, and no spreadsheet calculates anything of it."""

import csv
import io

import pytest

from portal.taxonomy.content import Content, tidied
from portal.taxonomy.sheets import (
    COLUMNS,
    Unreadable,
    content_of_row,
    neutral,
    plain,
    read,
    variant_problem,
    written,
)

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


def back(content: Content) -> Content:
    (row,) = read(written([content])).rows
    return content_of_row(row, None)


def test_what_goes_out_comes_in_the_same() -> None:
    assert back(ODD) == ODD


def test_a_sheet_begins_with_a_mark_and_its_columns() -> None:
    lines = written([ODD]).split(b"\r\n")
    assert lines[0] == b"\xef\xbb\xbf" + ",".join(COLUMNS).encode()


def test_no_cell_is_calculated() -> None:
    cells = [cell for line in csv.reader(io.StringIO(written([ODD]).decode("utf-8-sig"))) for cell in line]
    assert [
        cell
        for cell in cells
        if cell.lstrip("' \u3000").startswith(tuple("=+-@＝＋－＠")) != cell.startswith("'")
    ] == []


DANGEROUS = [
    "=1",
    "+1",
    "-1",
    "@a",
    "\ta",
    "\ra",
    " =1",
    "\u3000=1",
    "\u00a0+1",
    "＝1",
    "＋1",
    "－1",
    "＠a",
    "'=1",
    "\n=1",
]


@pytest.mark.parametrize("cell", DANGEROUS)
def test_dangerous_cells_get_an_apostrophe_and_lose_it_again(cell: str) -> None:
    assert (neutral(cell), plain(neutral(cell))) == (f"'{cell}", cell)


@pytest.mark.parametrize("cell", ["", "a=1", "l'eau", "'a'", "1-2", "á"])
def test_other_cells_stay_as_they_are(cell: str) -> None:
    assert (neutral(cell), plain(cell)) == (cell, cell)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_spreadsheets_save_in_different_ways(encoding: str, delimiter: str) -> None:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(
        [["KEY", "es", " note-FR "], ["a", "niño", "b"], ["", "", ""]]
    )
    sheet = read(out.getvalue().encode(encoding))
    assert (sheet.columns, [row.cells for row in sheet.rows]) == (
        ("key", "es", "note_fr"),
        [{"key": "a", "es": "niño", "note_fr": "b"}],
    )


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b" \n",
        b"\xef\xbb\xbf",
        b"PK\x03\x04\x00\x00",
        "key,es\nniño,a".encode("cp1252"),
        b'key,es\n"open,1\n',
        b"key,key\na,b\n",
        b"key\n" + b"a\n" * 10_001,
        b"key\n" + b"a" * 33_000,
        b"a" * (5 * 1024 * 1024 + 1),
        b"\xff\xfea",
    ],
)
def test_what_is_no_sheet_is_refused(raw: bytes) -> None:
    with pytest.raises(Unreadable):
        read(raw)


@pytest.mark.parametrize(
    ("cell", "is_wrong"), [("es:a|b;pt:c", False), ("", False), ("a|b", True), ("de:a", True)]
)
def test_variants_are_by_language(cell: str, is_wrong: bool) -> None:
    assert bool(variant_problem(cell)) == is_wrong


def test_columns_that_are_not_there_change_nothing() -> None:
    (row,) = read(b"key,es,en,pt,fr\nodd,a,b,c,d\n").rows
    found = content_of_row(row, ODD)
    assert (found.preferred("es"), found.variants("es"), found.notes, found.broader) == (
        "a",
        ODD.variants("es"),
        ODD.notes,
        ODD.broader,
    )
