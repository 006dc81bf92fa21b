"""Every reader of tables x every faulty table, as CSV and XLSX: told with its place, or understood."""

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import pytest
from django.utils import timezone, translation
from openpyxl import Workbook

from portal.common.actors import system
from portal.consultations.attendance import import_attendance
from portal.consultations.models import Attendance, Session
from portal.glossary.imports import import_glossary
from portal.interventions.imports import import_interventions
from portal.interventions.models import MadeInRoom
from portal.observatory.saved import batches
from portal.organizations.enums import OrganizationState
from portal.organizations.imports import import_organizations
from portal.organizations.models import Organization
from portal.plan.importing import import_plan
from portal.plan.models import PlanNode
from portal.pledges.imports import import_pledges
from portal.pledges.models import Pledge
from portal.publication.models import Record
from portal.tables.report import Error
from portal.taxonomy.models import Concept
from tests.factories import make_organization, publish_organization
from tests.factories.pages import make_consultation
from tests.factories.records import BODY
from tests.factories.sessions import make_session
from tests.tables.sources import modules_that_name
from tests.thinning import in_turn

Lines = list[list[object]]
Change = Callable[[Workbook, "Reader"], object]
GRF = ["GRF-1", "Una oficina", "Abre los sábados.", "planning", "2023", "Red Uno", "es", "integration"]


@dataclass(frozen=True)
class Reader:
    """A reader of tables: its headings, a good row, and the errors it finds, nothing having been stored."""

    module: str
    heading: list[object]
    row: list[object]
    errors: Callable[[bytes, str], Sequence[Error]]


def pledges(content: bytes, name: str) -> Sequence[Error]:
    path = FOLDER[0] / name
    path.write_bytes(content)
    before = Pledge.objects.count()
    report = import_pledges(path.read_bytes(), actor=system("tests"), now=timezone.now())
    assert not (report.errors and Pledge.objects.count() != before)
    return report.errors


def glossary(content: bytes, _name: str) -> Sequence[Error]:
    before = Concept.objects.count()
    report = import_glossary(content, actor=system("tests"), now=timezone.now())
    assert not (report.errors and Concept.objects.count() != before)
    return report.errors


def organizations(content: bytes, _name: str) -> Sequence[Error]:
    before = Organization.objects.count()
    report = import_organizations(content, actor=system("tests"), now=timezone.now())
    assert not (report.errors and Organization.objects.count() != before)
    return report.errors


def searches(content: bytes, _name: str) -> Sequence[Error]:
    try:
        batches.read(content, "en")
    except batches.Unreadable as unreadable:
        return unreadable.errors
    return ()


def attendance(content: bytes, _name: str) -> Sequence[Error]:
    if not Record.objects.filter(title="Red de prueba").exists():
        publish_organization(make_organization(name="Red de prueba"))
    report = import_attendance(
        content, consultation_key=UUID(int=1), actor=system("tests"), now=timezone.now()
    )
    assert not (report.errors and Attendance.objects.exists())
    Attendance.objects.all().delete()
    return report.errors


def plan(content: bytes, _name: str) -> Sequence[Error]:
    before = PlanNode.objects.count()
    report = import_plan(content, actor=system("tests"), now=timezone.now())
    assert not (report.errors and PlanNode.objects.count() != before)
    return report.errors


def interventions(content: bytes, _name: str) -> Sequence[Error]:
    """Nothing but the table's own faults: what its words mean is there already."""
    if not Session.objects.exists():
        publish_organization(make_organization(name="Red de la sala", state=OrganizationState.VERIFIED))
        make_session(make_consultation().consultation["es"].translation_key)
    report = import_interventions(content, actor=system("tests"), now=timezone.now())
    assert not (report.errors and MadeInRoom.objects.exists())
    MadeInRoom.objects.all().delete()
    return report.errors


# A new import gets a line here.
READERS = {
    "pledges": Reader(
        "portal/pledges/imports.py",
        ["external_id", "title", "description", "stage", "forum", "organization", "language", "outcomes"],
        [*GRF],
        pledges,
    ),
    "glossary": Reader(
        "portal/glossary/imports.py",
        ["key", "es", "en", "pt", "fr"],
        ["new", "uno", "one", "um", "un"],
        glossary,
    ),
    "organizations": Reader(
        "portal/organizations/imports.py",
        ["name", "type", "language"],
        ["Foro de las Cuencas", "state", "es"],
        organizations,
    ),
    "attendance": Reader(
        "portal/consultations/attendance.py",
        ["organization", "mode"],
        ["Red de prueba", "present"],
        attendance,
    ),
    "plan": Reader(
        "portal/plan/importing.py",
        ["framework", "code", "kind", "title_es"],
        ["plan-a", "1", "axis", "Eje uno"],
        plan,
    ),
    "interventions": Reader(
        "portal/interventions/imports.py",
        [
            "title",
            "consultation",
            "session",
            "organization",
            "language",
            "text",
            "questions",
            "form",
            "source",
        ],
        ["Registro", "brasilia", "Panel one", "Red de la sala", "es", BODY, "1.1", "spoken", "Minute 12"],
        interventions,
    ),
    "searches": Reader(
        "portal/observatory/saved/batches.py",
        ["query", "kind", "year"],
        ["niñez", "document", "2023"],
        searches,
    ),
}
FOLDER = []


@dataclass(frozen=True)
class Fault:
    """A faulty table of a reader, and the lines of its errors; none where it is understood."""

    lines: Callable[[Reader], Lines]
    told: Callable[[Reader], list[str]]
    change: Change | None = None
    only: str = ""


def letter(reader: Reader, more: int = 0) -> str:
    return "ABCDEFGHIJKL"[len(reader.heading) - 1 + more]


def nothing(_reader: Reader) -> list[str]:
    return []


def unknown(reader: Reader, text: str) -> list[str]:
    """Text in the first column, whatever it is; only what names an organization has to be one."""
    if reader.heading[0] != "organization":
        return []
    reason = f"No public organization is called “{text}”. List it first, or leave the cell empty."
    return [f"row 2, column A: organization: {reason}"]


def surplus(reader: Reader, row: int, more: int, text: str) -> list[str]:
    place = letter(reader, more)
    reason = f"This row has more cells than there are headings: “{text}”. {SURPLUS}"
    return [f"row {row}, column {place}: {place}: {reason}"]


def doubled(place: str) -> str:
    return f"Two columns have this heading: B, {place}. Rename or remove one."


def missing(code: object) -> str:
    return f"This column is missing. Its heading is “{code}” or “{LABELS[code]}”."


def merge_below(book: Workbook, _reader: Reader) -> None:
    book.active.merge_cells("B2:B3")


def merge_title(book: Workbook, _reader: Reader) -> None:
    book.active.merge_cells("A1:C1")


def second_sheet(book: Workbook, reader: Reader) -> None:
    other = book.create_sheet("Data")
    for line in (reader.heading, reader.row):
        other.append(line)


def hidden_sheet(book: Workbook, reader: Reader) -> None:
    second_sheet(book, reader)
    book["Data"].sheet_state = "hidden"


def replaced(values: Sequence[object], place: int, value: object) -> list[object]:
    return [value if position == place else each for position, each in enumerate(values)]


SURPLUS = "Put text with a separator in it in quotation marks, or remove the cell."
QUOTE = "A quotation mark in this row is not closed or stands inside a cell. Write it twice or remove it."
MERGED = "The cells B2:B3 are merged. Part them and fill in each."
UNNAMED = "There is no heading above “odd”. Give the column one, or empty it."
FAULTS = {
    "more cells": Fault(
        lambda r: [r.heading, r.row, [*r.row, "", "left over"]], lambda r: surplus(r, 3, 2, "left over")
    ),
    "empty cells behind": Fault(lambda r: [r.heading, [*r.row, "", ""]], nothing),
    "fewer cells": Fault(lambda r: [[*r.heading, *MORE[r.heading[0]]], r.row], nothing),
    "too few cells": Fault(lambda r: [r.heading, r.row[:1]], lambda r: TOO_FEW[r.heading[0]]),
    "doubled heading": Fault(
        lambda r: [[*r.heading, r.heading[1]], [*r.row, "x"]],
        lambda r: [f"row 1, column {letter(r, 1)}: {r.heading[1]}: {doubled(letter(r, 1))}"],
    ),
    "empty heading": Fault(
        lambda r: [
            [line[0], extra, *line[1:]] for line, extra in ((r.heading, ""), (r.row, ""), (r.row, "odd"))
        ],
        lambda _r: [f"row 3, column B: B: {UNNAMED}"],
    ),
    "blank first line": Fault(lambda r: [[], [""], r.heading, r.row], nothing),
    "title row": Fault(lambda r: [["A list of ours, made in May; draft"], [], r.heading, r.row], nothing),
    "merged title row": Fault(
        lambda r: [["A list of ours"], r.heading, r.row], nothing, merge_title, only="xlsx"
    ),
    "row numbers below a title": Fault(
        lambda r: [["A list"], r.heading, r.row, [*r.row, "odd"]], lambda r: surplus(r, 4, 1, "odd")
    ),
    "no headings": Fault(
        lambda _r: [["what", "ever"], ["1", "2"]],
        lambda r: [f"row 1: {r.heading[0]}: {missing(r.heading[0])}"],
    ),
    "no rows": Fault(
        lambda r: [r.heading, []], lambda _r: ["row 1: file: There is no row below the headings."]
    ),
    "second sheet": Fault(lambda _r: [["Read me first"]], nothing, second_sheet, only="xlsx"),
    "two sheets": Fault(
        lambda r: [r.heading, r.row],
        lambda _r: ["“Sheet”, “Data”: file: Several sheets have these headings. Keep one of them."],
        second_sheet,
        only="xlsx",
    ),
    "hidden sheet": Fault(lambda r: [r.heading, r.row], nothing, hidden_sheet, only="xlsx"),
    "merged cells": Fault(
        lambda r: [r.heading, r.row, replaced(replaced(r.row, 1, None), 0, "GRF-2")],
        lambda r: [f"row 2, column B: {r.heading[1]}: {MERGED}"],
        merge_below,
        only="xlsx",
    ),
    "number": Fault(
        lambda r: [r.heading, replaced(r.row, 0, 7412.0)], lambda r: unknown(r, "7412"), only="xlsx"
    ),
    "day": Fault(
        lambda r: [r.heading, replaced(r.row, 0, date(2024, 5, 31))],
        lambda r: unknown(r, "2024-05-31"),
        only="xlsx",
    ),
    "yes or no": Fault(
        lambda r: [r.heading, replaced(r.row, 0, True)], lambda r: unknown(r, "yes"), only="xlsx"
    ),
    "formula": Fault(
        lambda r: [r.heading, replaced(r.row, 1, "=1+1")],
        lambda r: [f"row 2, column B: {r.heading[1]}: This cell holds a formula. Put its value in."],
    ),
    "error of the spreadsheet": Fault(
        lambda r: [r.heading, replaced(r.row, 0, "#REF!")],
        lambda r: [
            f"row 2, column A: {r.heading[0]}: This cell holds an error of the spreadsheet. Put its value in."
        ],
    ),
    "stray quote": Fault(
        lambda r: [r.heading, r.row, [RAW + '"stray" quote']],
        lambda _r: [f"row 3: file: {QUOTE}"],
        only="csv",
    ),
    "open quote": Fault(
        lambda r: [r.heading, r.row, [RAW + '"open'], r.row], lambda _r: [f"row 3: file: {QUOTE}"], only="csv"
    ),
}
TOO_FEW: dict[object, list[str]] = {
    "external_id": [
        f"row 2, column {place}: {name}: This cell is empty."
        for place, name in zip("BCDEFGH", READERS["pledges"].heading[1:], strict=True)
    ],
    "key": [
        f"row 2, column {place}: {name}: Enter the preferred term."
        for place, name in zip("BCDE", READERS["glossary"].heading[1:], strict=True)
    ],
    "name": [
        f"row 2, column {place}: {name}: This cell is empty."
        for place, name in (("B", "type"), ("C", "language"))
    ],
    "organization": ["row 2, column B: mode: This cell is empty."],
    "framework": [
        "row 2, column B: code: This cell is empty.",
        "row 2, column C: kind: This cell is empty.",
        "row 2, column D: title_es: There is no title in any language.",
    ],
    "title": [
        f"row 2, column {place}: {name}: This cell is empty."
        for place, name in zip("BCDEFGHI", READERS["interventions"].heading[1:], strict=True)
    ],
    "query": [],
}
RAW = "raw:"
MORE: dict[object, list[object]] = {
    "external_id": ["country"],
    "key": ["variants", "broader"],
    "name": ["country"],
    "organization": ["persons"],
    "title": ["country"],
    "framework": ["version"],
    "query": ["country"],
}
LABELS: dict[object, str] = {
    "external_id": "Number of the pledge",
    "key": "Key",
    "name": "Name of the organization",
    "organization": "Organization",
    "title": "Title",
    "framework": "Framework",
    "query": "Words",
}


def as_csv(lines: Lines, _change: object, _reader: Reader, delimiter: str) -> bytes:
    sink = io.StringIO(newline="")
    writer = csv.writer(sink, delimiter=delimiter)
    for line in lines:
        if line and str(line[0]).startswith(RAW):
            sink.write(f"{str(line[0]).removeprefix(RAW)}\r\n")
        else:
            writer.writerow(line)
    return sink.getvalue().encode("utf-8-sig")


def as_xlsx(lines: Lines, change: Change | None, reader: Reader, _delimiter: str) -> bytes:
    book = Workbook()
    for line in lines:
        book.active.append(line)
    if change is not None:
        change(book, reader)
    sink = io.BytesIO()
    book.save(sink)
    return sink.getvalue()


# How a file is made, what it is called, what parts its cells; a name that lies is no matter.
MAKERS = {
    "csv, comma": (as_csv, "csv", ","),
    "csv, semicolon": (as_csv, "csv", ";"),
    "csv, tab": (as_csv, "csv", "\t"),
    "xlsx": (as_xlsx, "xlsx", ""),
}


def _in_turn(at: int, fault: Fault) -> str:
    return {"csv": "csv, comma", "xlsx": "xlsx"}.get(fault.only, ("csv, comma", "xlsx")[at % 2])


# By default one reader meets every fault in every form, the others each fault once: as CSV or XLSX in turn.
CASES = [
    pytest.param(
        reader,
        fault,
        maker,
        id=f"{name} / {kind} / {form}",
        marks=[] if name == "glossary" or form == _in_turn(at, fault) else pytest.mark.long,
    )
    for name, reader in READERS.items()
    for at, (kind, fault) in enumerate(FAULTS.items(), list(READERS).index(name))
    for form, maker in MAKERS.items()
    if fault.only in ("", maker[1])
]


@pytest.fixture(autouse=True)
def folder(tmp_path: object, db: None, organization: Organization) -> None:
    FOLDER[:] = [tmp_path]


def test_every_reader_is_tested_here() -> None:
    """Reference data is our own; it is read when the tests begin, and by the tests of plans."""
    readers = modules_that_name(r"\b(read_table|read_file)\(")
    ours = {"portal/tables/reading.py", "portal/taxonomy/reference.py", "portal/plan/reference.py"}
    assert readers == ours | {reader.module for reader in READERS.values()}


@pytest.mark.few(70)
@pytest.mark.parametrize(("reader", "fault", "maker"), CASES)
def test_a_faulty_table_is_told_with_its_place_or_understood(
    reader: Reader, fault: Fault, maker: tuple[Callable[..., bytes], str, str]
) -> None:
    make, ending, delimiter = maker
    content = make(fault.lines(reader), fault.change, reader, delimiter)
    expected = fault.told(reader)
    with translation.override("en"):
        lines = [error.line for error in reader.errors(content, f"table.{ending}")]
    assert lines[: len(expected)] == expected
    assert bool(lines) == bool(expected)


@pytest.mark.few(5)
@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize(("make", "ending"), [(as_csv, "xlsx"), (as_xlsx, "csv")])
def test_the_content_decides_and_not_the_name(name: str, make: Callable[..., bytes], ending: str) -> None:
    reader = READERS[name]
    content = make([reader.heading, reader.row], None, reader, ";")
    assert list(reader.errors(content, f"table.{ending}")) == []


@pytest.mark.few(8)
@pytest.mark.parametrize(("kind", "language"), in_turn(list(FAULTS), ["es", "pt", "fr"]))
def test_faults_are_told_in_other_languages(kind: str, language: str) -> None:
    reader, fault = READERS["glossary"], FAULTS[kind]
    make = as_csv if fault.only == "csv" else as_xlsx
    content = make(fault.lines(reader), fault.change, reader, ",")
    told = {}
    for code in ("en", language):
        with translation.override(code):
            told[code] = [error.line for error in reader.errors(content, "table")]
    assert len(told["en"]) == len(told[language])
    assert not set(told["en"]) & set(told[language])
