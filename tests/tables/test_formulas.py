"""One list of what begins a formula, and every export that keeps to it."""

import csv
import io
import json
from collections.abc import Callable
from datetime import date, datetime
from uuid import uuid4

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from portal.calendar import words as calendar_words
from portal.calendar.entries import Entry
from portal.charts.figures import Figure
from portal.charts.files import figure_file
from portal.charts.plots import Bar, Bars, Name
from portal.cms.queries import PublicPage
from portal.consultations.coverage import Coverage, CoveredQuestion
from portal.consultations.coverage_file import coverage_file
from portal.followup.gaps import columns as gap_columns
from portal.followup.gaps import rows as gap_rows
from portal.matching import public_pages
from portal.networks.addresses import NETWORKS
from portal.networks.exports import export as network_export
from portal.networks.models import Network
from portal.networks.queries import PublicNetwork
from portal.observatory.dossiers import exports as dossier_exports
from portal.observatory.dossiers.enums import Format
from portal.observatory.dossiers.models import Dossier
from portal.observatory.dossiers.reading import Shown, State
from portal.observatory.saved import batches
from portal.observatory.saved import exports as search_exports
from portal.plan.exports import export as plan_export
from portal.plan.models import PlanFramework, PlanNode
from portal.pledges.models import Pledge
from portal.publication.models import Record
from portal.reports import sheets
from portal.reports.models import Report
from portal.tables import writing
from portal.tables.formulas import is_formula, neutral, restored
from portal.taxonomy.content import Content
from portal.taxonomy.sheets import written
from search.results.service import Question
from tests.tables.sources import modules_that_name

# Every one of them is calculated by some spreadsheet, or was taken for a command.
SIGNS = [
    "=",
    "+",
    "-",
    "@",
    "\uff1d",
    "\uff0b",
    "\uff0d",
    "\uff20",
    "\u2212",
    "\ufe66",
    "\ufe62",
    "\ufe63",
    "\ufe6b",
]
HIDDEN_BY = [
    *(
        "",
        " ",
        "  \t",
        "\n",
        "\r",
        "\t",
        "\u00a0",
        "\u2003",
        "\u3000",
        "\x00",
        "\x01",
        "\x1f",
        "\x7f",
        "\x85",
    ),
    *("\u00ad", "\u034f", "\u061c", "\u115f", "\u180e", "\u200b", "\u200d", "\u200e", "\u202e", "\u2028"),
    *("\u2060", "\u2062", "\u2064", "\u2066", "\u206f", "\u2800", "\u3164", "\ufe0f", "\ufeff", "\U000e0001"),
]
BY_WHAT_HIDES = {hidden: [f"{hidden}{sign}1+1" for sign in SIGNS] for hidden in HIDDEN_BY}
CELLS = [cell for cells in BY_WHAT_HIDES.values() for cell in cells]
# They calculate nothing, but a spreadsheet may part the row at them.
BREAKS = ["\ttext", "\rtext", "\ntext", "'=1", "''=1", "'\u2060=1"]
HARMLESS = [
    "",
    "a=1",
    "l'eau",
    "'a'",
    "1-2",
    "á",
    "   ",
    "“=1”",
    "¡-1!",
    "–1",
    "\u2060text",
    "2024-05-31",
    "'",
]


@pytest.mark.parametrize("cells", [*BY_WHAT_HIDES.values(), BREAKS], ids=ascii)
def test_a_dangerous_cell_gets_an_apostrophe_and_loses_it_again(cells: list[str]) -> None:
    told = {cell: (neutral(cell), restored(neutral(cell))) for cell in cells}
    assert told == {cell: (f"'{cell}", cell) for cell in cells}


@pytest.mark.parametrize("cell", HARMLESS)
def test_a_harmless_cell_stays_as_it_is(cell: str) -> None:
    assert (neutral(cell), restored(cell)) == (cell, cell)


@pytest.mark.parametrize("cell", ["=1", " =1", "'=1", "＝1", "\ufeff=1", "\u2060=1", "\u2062=1"])
def test_a_formula_is_recognised_in_disguise(cell: str) -> None:
    assert is_formula(cell)


@pytest.mark.parametrize("cell", ["", "a = b", "-5", "+52 55", "@name", "−1"])
def test_text_is_no_formula(cell: str) -> None:
    assert not is_formula(cell)


def test_numbers_stay_numbers_and_numbers_as_text_do_not() -> None:
    content = writing.csv_bytes(["a", "b", "c"], [(-5, "-5", "+56 2 2345")]).decode("utf-8-sig")
    assert content.splitlines()[1] == "-5,'-5,'+56 2 2345"


def glossary(cells: list[str], _dossier: Dossier) -> bytes:
    return written(Content(key=cell, terms={"es": (cell,)}, notes={"en": cell}) for cell in cells)


def search_results(cells: list[str], _dossier: Dossier) -> bytes:
    question = Question("x", "en")
    rows = [
        search_exports.Row(cell, cell, "es", cell, cell, cell, 2024, cell, cell, cell, None) for cell in cells
    ]
    return search_exports.as_csv(search_exports.Export(question, rows, False, timezone.now())).content


def batch(cells: list[str], _dossier: Dossier) -> bytes:
    results = [
        batches.Result(1, Question(cell, "en", chosen={"country": (cell,)}), 0, 0, False, True, ())
        for cell in cells
    ]
    return writing.table_response("csv", "batch", batches.columns(), batches.cells(results)).content


def shown(cell: str, now: datetime) -> Shown:
    names = "number title source kind language document heading text current_text sha256 comment"
    texts = dict.fromkeys(names.split(), cell)
    ways = {"question": cell, "path": cell, "permanent": cell}
    moments = {"collected_at": now, "changed_at": now, "withdrawn_at": None}
    where = {"place": 1, "position": 1, "page": 1, "may_come_back": False}
    return Shown(pk=1, state=State.SAME, year=2024, **where, **texts, **ways, **moments)


def dossier(cells: list[str], kept: Dossier) -> bytes:
    now = datetime(2026, 11, 28, tzinfo=timezone.get_default_timezone())
    return dossier_exports.made(Format.CSV, kept, [shown(cell, now) for cell in cells], now=now).content


def any_list(cells: list[str], _dossier: Dossier) -> bytes:
    return writing.table_response("csv", "list", ["a", "b"], [(cell, cell) for cell in cells]).content


def streamed_list(cells: list[str], _dossier: Dossier) -> bytes:
    return b"".join(writing.csv_chunks(["a", "b"], [(cell, cell) for cell in cells]))


def coverage(cells: list[str], _dossier: Dossier) -> bytes:
    pages = [PublicPage(uuid4(), cell, "/", "es", cell) for cell in cells]
    questions = tuple(CoveredQuestion(page, page, {"state": 1}, {}) for page in pages)
    told = Coverage(types={"state": "State"}, marks={}, questions=questions)
    return coverage_file("csv", "x", told).content


def report_sheet(cells: list[str], _dossier: Dossier) -> bytes:
    rows = [row for cell in cells for row in sheets.GRF.rows(told(cell))]
    return writing.table_response("csv", "grf", sheets.GRF.columns, rows).content


def told(cell: str) -> sheets.Told:
    report = Report(stage="planning", text=cell, title=cell)
    record = Record(kind="report", pk=1, texts={"text": cell, "figures": [cell]})
    promise = Record(kind="pledge", pk=2, title=cell, facts={"external_id": cell})
    promise.organization = Record(kind="organization", pk=3, title=cell)
    return sheets.Told(report, record, Pledge(title=cell), promise, ())


def networks(cells: list[str], _dossier: Dossier) -> bytes:
    rows = [PublicNetwork(Network(slug="x", name_en=cell, source=cell), 1) for cell in cells]
    return network_export(rows, "csv", NETWORKS, "en").content


def gaps(cells: list[str], _dossier: Dossier) -> bytes:
    rows = [gap_rows.Told(*[cell] * 5, timezone.now(), *[cell] * 4) for cell in cells]
    return writing.table_response("csv", "gap", gap_columns.COLUMNS, gap_rows.cells(rows, "")).content


def calendar(cells: list[str], _dossier: Dossier) -> bytes:
    day, now = date(2031, 1, 1), timezone.now()
    rows = [
        Entry(key="x", of="cycle", slug="x", title=cell, starts=day, url="/x/", changed=now, place=cell)
        for cell in cells
    ]
    lines = [calendar_words.cells_of(row) for row in rows]
    return writing.table_response("csv", "calendar", calendar_words.COLUMNS, lines).content


def plan(cells: list[str], _dossier: Dossier) -> bytes:
    framework = PlanFramework(slug="x")
    rows = [PlanNode(framework=framework, code="1", key="x:1", title_en=cell, source=cell) for cell in cells]
    return plan_export(rows, {}, "csv", "en").content


# A new export gets a line here: the module that writes it, and a function of cells that gives its CSV.
def needs(cells: list[str], _dossier: Dossier) -> bytes:
    rows = [
        dict.fromkeys(("number", "title", "organization", "country", "needs"), cell)
        | {"helped": [], "proposals": [{"number": cell, "organization": cell, "reasons": [cell]}]}
        for cell in cells
    ]
    return writing.table_response("csv", "needs", public_pages.COLUMNS, public_pages.cells_of(rows)).content


def figure(cells: list[str], _dossier: Dossier) -> bytes:
    rows = tuple(Bar(Name(cell, cell), 1) for cell in cells)
    plot = Bars(Name("head", "Head"), rows, Name("number", "Number"))
    return figure_file(Figure("x", "=1", "=1", plot), "csv").content


EXPORTS: dict[str, tuple[str, Callable[[list[str], Dossier], bytes]]] = {
    "glossary": ("portal/taxonomy/sheets.py", glossary),
    "search results": ("portal/observatory/saved/exports.py", search_results),
    "batch search": ("portal/observatory/saved/file_views.py", batch),
    "dossier": ("portal/observatory/dossiers/exports.py", dossier),
    "coverage": ("portal/consultations/coverage_file.py", coverage),
    "networks": ("portal/networks/exports.py", networks),
    "moderation": ("portal/moderation/figures/views.py", any_list),
    "plan": ("portal/plan/exports.py", plan),
    "needs": ("portal/matching/public_views.py", needs),
    "bodies": ("portal/followup/bodies/rows.py", any_list),
    "changes": ("portal/followup/changes/rows.py", any_list),
    "cycles": ("portal/followup/cycles/rows.py", any_list),
    "follow-up": ("portal/followup/dashboard/exports.py", any_list),
    "tables of review packs": ("portal/followup/pack/rows.py", any_list),
    "countries": ("portal/pages/countries/exports.py", any_list),
    "gaps": ("portal/followup/gaps/exports.py", gaps),
    "calendar": ("portal/calendar/views.py", calendar),
    "lists of records": ("portal/records/exports.py", streamed_list),
    "sheets of reports": ("portal/reports/views.py", report_sheet),
    "figures": ("portal/charts/files.py", figure),
    "decisions": ("portal/moderation/decided_views.py", any_list),
    "any list": ("portal/tables/writing.py", any_list),
    "datasets": ("portal/opendata/views.py", any_list),
    "codebook of the ledger": ("portal/opendata/ledger_archive.py", streamed_list),
    "attendance of the demo": ("portal/demo/participation.py", any_list),
    "rejected rows": ("portal/desk/pledge_tables/views.py", any_list),
    "interventions of the room": (
        "portal/interventions/management/commands/export_interventions.py",
        streamed_list,
    ),
    "rejected rows of a command": ("portal/pledges/management/commands/import_pledges.py", any_list),
}


def test_every_export_is_tested_here() -> None:
    writers = modules_that_name(r"\b(table_response|csv_bytes|csv_chunks|xlsx_bytes|json_bytes)\b")
    assert writers == {module for module, _made in EXPORTS.values()}


def test_nothing_else_writes_or_reads_tables() -> None:
    assert {
        module
        for module in modules_that_name(r"^\s*(?:import csv|from csv|import openpyxl|from openpyxl)\b")
        if not module.startswith("portal/tables/")
    } == set()


@pytest.mark.parametrize("name", EXPORTS)
def test_no_export_has_a_cell_that_is_calculated(name: str) -> None:
    content = EXPORTS[name][1]([*CELLS, *BREAKS], Dossier(title="=1", language="en"))
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert len(rows) == len(CELLS) + len(BREAKS) + 1
    told = [cell for row in rows for cell in row if not cell.startswith("'") and neutral(cell) != cell]
    assert told == []


@pytest.mark.parametrize("cell", ["=1+1", "\u2060=1", "-1", "\x01=1"])
def test_a_workbook_has_text_only(cell: str) -> None:
    content = writing.xlsx_bytes([cell, "number"], [(cell, 7), (cell, None)])
    cells = [cell for row in load_workbook(io.BytesIO(content)).active.iter_rows() for cell in row]
    assert {each.data_type for each in cells if each.value} == {"s"}
    assert cells[2].value == cell.replace("\x01", " ")


def test_json_keeps_text_and_numbers() -> None:
    response = writing.table_response("json", "list", ["a", "b"], [("=1", 7)])
    assert (json.loads(response.content), response["Content-Disposition"]) == (
        [{"a": "=1", "b": 7}],
        'attachment; filename="list.json"',
    )


@pytest.mark.parametrize("number", [0, 1, 3])
def test_json_row_by_row_is_json_as_a_whole(number: int) -> None:
    rows = [(f'á "{each}"\n x', each, None, True) for each in range(number)]
    whole = json.dumps([dict(zip("abcd", row, strict=True)) for row in rows], ensure_ascii=False, indent=1)
    assert writing.json_bytes("abcd", rows).decode() == whole
