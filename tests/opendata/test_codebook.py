"""The codebook covers every column of every export, in four languages, and names no other."""

import io

import pytest
from django.test import Client
from django.utils import translation
from openpyxl import load_workbook

from portal.common.languages import CODES
from portal.opendata.ledger_fields import LINE
from portal.records.columns import COMMON, codebook_of, columns_of
from portal.records.types import record_types
from portal.tables.codebook import HEADING, HOLDS, lines_of, names_of
from portal.tables.datasets import datasets
from tests.opendata.everything import make_everything
from tests.records.exported import READERS, as_csv, content_of
from tests.tables.sources import modules_that_name
from tests.thinning import in_turn

DATASETS = {each.name: each for each in datasets()}
# Each form is asked of one language; all four stand in `lines_of` below.
FORMS = {"csv": "en", "xlsx": "fr", "json": "es"}


@pytest.fixture(scope="module")
def rows_kept(module_rows: None) -> None:
    make_everything()


@pytest.fixture
def rows(rows_kept: None, db: None) -> None:
    """Something of everything."""


@pytest.mark.parametrize(("name", "form"), in_turn(list(DATASETS), list(FORMS)))
def test_codebook_has_the_columns_of_each_file_in_their_order(
    client: Client, rows: None, name: str, form: str
) -> None:
    told, code = DATASETS[name], FORMS[form]
    content = content_of(client, told.file(code, form))
    with translation.override(code):
        columns = list(names_of(told.columns(code)))
    assert (_heading(form, content) or columns) == columns
    assert len(columns) == len(set(columns))


def _heading(form: str, content: bytes) -> list[str]:
    """Nothing of JSON without a row, and of the one object that figures are."""
    if form == "csv":
        return content.decode("utf-8-sig").splitlines()[0].split(",")
    rows = READERS[form](content)
    return list(rows[0]) if rows and isinstance(rows, list) else []


@pytest.mark.parametrize("name", DATASETS)
def test_every_column_is_explained_in_four_languages(rows: None, name: str) -> None:
    told: dict[str, list[tuple[str, ...]]] = {}
    for code in CODES:
        with translation.override(code):
            told[code] = list(lines_of(DATASETS[name].columns(code), code))
    assert [row for lines in told.values() for row in lines if not all(row[:3])] == []


def test_what_all_kinds_have_is_said_in_each_language() -> None:
    """That the other texts are translated is what the check of the catalogues asks."""
    said = {}
    for code in CODES:
        with translation.override(code):
            said[code] = [line[1] for line in lines_of((*COMMON, *LINE), code)]
    same = [texts for texts in zip(*said.values(), strict=True) if len({*texts}) < len(CODES) - 1]
    assert same == []


@pytest.mark.parametrize("kind", [each.kind for each in record_types()])
def test_a_kind_of_record_explains_no_column_that_it_has_not(kind: str) -> None:
    declared = next(each for each in record_types() if each.kind == kind)
    assert names_of(codebook_of(declared)) == columns_of(declared)
    assert {each.column for each in declared.columns} - {*columns_of(declared)} == set()


@pytest.mark.few(6)
@pytest.mark.parametrize("name", DATASETS)
def test_a_workbook_carries_its_codebook_as_second_sheet(client: Client, rows: None, name: str) -> None:
    told = DATASETS[name]
    book = load_workbook(io.BytesIO(content_of(client, told.file("pt", "xlsx"))))
    with translation.override("pt"):
        expected = [HEADING, *lines_of(told.columns("pt"), "pt")]
    lines = [tuple(cell.value or "" for cell in row) for row in book["codebook"].iter_rows()]
    assert (book.sheetnames[1:], lines) == (["codebook"], expected)


@pytest.mark.few(6)
@pytest.mark.parametrize("name", DATASETS)
def test_the_codebook_is_a_file_of_its_own(client: Client, rows: None, name: str) -> None:
    response = client.get(f"/en/data/{name}/codebook.csv")
    with translation.override("en"):
        expected = [
            dict(zip(HEADING, line, strict=True)) for line in lines_of(DATASETS[name].columns("en"), "en")
        ]
    assert as_csv(response.content) == expected
    assert response["Content-Disposition"] == f'attachment; filename="{name}-codebook.csv"'


def test_codes_that_a_file_holds_stand_in_its_codebook(client: Client, rows: None) -> None:
    unknown = []
    for told in DATASETS.values():
        listed = READERS["csv"](content_of(client, told.file("en", "csv")))
        for column in told.columns("en"):
            known = {*column.labels("en")}
            held = {code for row in listed for code in row[column.column].split()} if known else set()
            if column.column != "places":
                unknown += [(told.name, column.column, code) for code in held - known]
    assert unknown == []


def test_every_type_of_column_has_a_name() -> None:
    assert {*HOLDS} == {*type(next(iter(HOLDS)))}


# Their columns stand in a module that they import.
BELOW = {
    "portal/calendar/views.py",
    "portal/followup/gaps/exports.py",
    "portal/matching/public_views.py",
    "portal/moderation/decided_views.py",
    "portal/moderation/figures/views.py",
    "portal/observatory/saved/file_views.py",
    "portal/reports/views.py",
}
# A table that a person gave comes back under its own headings, and a form of somebody else under its names.
WITHOUT = {
    "portal/desk/pledge_tables/views.py",
    "portal/pledges/management/commands/import_pledges.py",
    "portal/demo/participation.py",
    "portal/interventions/management/commands/export_interventions.py",
    "portal/followup/pack/rows.py",
    "portal/taxonomy/sheets.py",
    "portal/observatory/dossiers/exports.py",
    "portal/opendata/ledger_archive.py",
    "portal/tables/writing.py",
}


def test_every_export_explains_its_columns() -> None:
    writers = modules_that_name(r"\b(table_response|csv_bytes|csv_chunks|xlsx_bytes|json_bytes)\b")
    explained = modules_that_name(r"\b(Meaning|codebook_of|codebook_bytes)\b")
    assert writers - explained - WITHOUT - BELOW == set()
