"""Tables as plain text: what is read, and what is refused before it can do harm."""

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from portal.library.extraction import Refused
from portal.pledges import sheets
from portal.pledges.sheets import is_formula, read_sheet


def workbook(path: Path, *lines: list[object]) -> Path:
    book = Workbook()
    for line in lines:
        book.active.append(line)
    book.save(path)
    return path


def refusal(path: Path) -> str:
    with pytest.raises(Refused) as refused:
        read_sheet(path)
    return str(refused.value.reason_code)


def test_cells_are_read_as_a_person_reads_them(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "t.xlsx", ["A", "b c", None, "D"], [7.0, date(2024, 5, 1), "lost", None], [1.5]
    )
    sheet = read_sheet(path)
    assert sheet.columns == ("a", "b_c", "", "d")
    assert [(row.number, row.cells) for row in sheet.rows] == [
        (2, {"a": "7", "b_c": "2024-05-01", "d": ""}),
        (3, {"a": "1.5", "b_c": "", "d": ""}),
    ]


def test_formulas_are_told_and_never_calculated(tmp_path: Path) -> None:
    path = workbook(tmp_path / "t.xlsx", ["a", "b"], ["=1+1", "1"])
    row = read_sheet(path).rows[0]
    assert (row.cells["a"], row.formulas) == ("=1+1", {"a"})


@pytest.mark.parametrize("cell", ["=1", " =1", "'=1", "＝1", "\ufeff=1"])
def test_formula_is_recognised_in_disguise(cell: str) -> None:
    assert is_formula(cell)


@pytest.mark.parametrize("cell", ["", "a = b", "-5", "+52 55", "@name"])
def test_text_is_no_formula(cell: str) -> None:
    assert not is_formula(cell)


def test_table_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MAX_ROWS", 3)
    path = tmp_path / "t.csv"
    path.write_text("a\n" + "1\n" * 4)
    assert refusal(path) == "too_long"
    assert refusal(workbook(tmp_path / "t.xlsx", ["a"], *[["1"]] * 4)) == "too_long"


def test_workbook_that_unpacks_to_too_much_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheets, "MAX_UNPACKED_BYTES", 1000)
    assert refusal(workbook(tmp_path / "t.xlsx", ["a"], ["b"])) == "too_large"


def test_workbook_with_a_broken_inside_is_refused(tmp_path: Path) -> None:
    whole = workbook(tmp_path / "whole.xlsx", ["a"], ["b"])
    path = tmp_path / "t.xlsx"
    with zipfile.ZipFile(io.BytesIO(whole.read_bytes())) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            target.writestr(name, "<broken" if name.startswith("xl/worksheets/") else source.read(name))
    assert refusal(path) == "damaged"


def test_entities_in_a_workbook_are_not_expanded(tmp_path: Path) -> None:
    whole = workbook(tmp_path / "whole.xlsx", ["a"], ["b"])
    path = tmp_path / "t.xlsx"
    bomb = '<!DOCTYPE x [<!ENTITY e "eeee">]><worksheet><sheetData>&e;</sheetData></worksheet>'
    with zipfile.ZipFile(io.BytesIO(whole.read_bytes())) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            target.writestr(name, bomb if name.startswith("xl/worksheets/") else source.read(name))
    try:
        rows = read_sheet(path).rows
    except Refused:
        rows = ()
    assert "eeee" not in str(rows)
