"""Batch searches and exports: what goes in and out as files, whatever is in it."""

import csv
import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from portal.accounts.models import User
from portal.library.models import LibraryDocument
from portal.observatory.saved import batches, domain
from portal.observatory.saved.exports import export_of
from portal.observatory.saved.models import BatchSearch
from portal.organizations.models import Organization
from search.engines.base import Engine
from search.index.drain import drain
from search.results.service import Question
from tests.factories import make_intervention, publish_intervention

Add = Callable[..., LibraryDocument]
HOME = "/en/desk/searches/"


@pytest.fixture
def desk(client: Client, observer: User) -> Client:
    client.force_login(observer)
    return client


def rows_of(response: Any) -> list[dict[str, str]]:
    assert response.status_code == 200
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"), newline="")))


def sheet_of(response: Any) -> list[tuple[Any, ...]]:
    return list(load_workbook(io.BytesIO(response.content)).active.iter_rows())


def send(client: Client, content: bytes, name: str = "asked.csv") -> Any:
    return client.post(f"{HOME}batch/", {"file": SimpleUploadedFile(name, content)})


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_files_are_read_as_they_come(encoding: str, delimiter: str) -> None:
    text = f"Query{delimiter}Language{delimiter}from\r\nniñez{delimiter}ES{delimiter}2024\r\n\r\n"
    (asked,) = batches.read(text.encode(encoding), "en")
    assert (asked.row, asked.address) == (2, "q=ni%C3%B1ez&language=es&from=2024")


@pytest.mark.few(8)
@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "This file is empty. Choose another one."),
        (b"query\n", "There is no row below the headings."),
        (b"colour\na\n", "Row 1, query: This column is missing."),
        (b"query,colour\na,b\n", "Row 1, colour: This column is not known."),
        (b"query,q\na,b\n", "Row 1, query: Two columns have this heading: A, B."),
        (b"query,country\na,MX\nb,zz\n", "Row 3, country: “zz” is not known here."),
        (b"query,kind\na,x\n", "Row 2, kind: “x” is not known here."),
        (b"query,since\na,soon\n", "Row 2, since: Write a day"),
        (b"query,since,until\na,2024,2020\n", "Row 2, until: The end is before the beginning."),
        (b"query,expand\na,yes\n", "Row 2, expand: Write 1 or 0."),
        (b"query\na,b\n", "Row 2, B: This row has more cells than there are headings: “b”."),
        (b"PK\x03\x04", "This file is damaged and cannot be read."),
        (b"%PDF-1.7 x", "This file is no table. Save it as XLSX or CSV."),
        (b'query\n"a\n', "Row 2: A quotation mark in this row is not closed"),
        (b"query\n" + b"a\n" * 201, "This file has more than 200 rows."),
        (b"query\n" + b"a" * 200_001, "This file is larger than 200 KB."),
        (b"query\n\x00\x01\n", "This file does not hold readable text."),
    ],
)
def test_a_bad_file_is_refused_whole_with_the_reason(
    desk: Client, index: Engine, content: bytes, told: str
) -> None:
    response = send(desk, content)
    assert (response.status_code, BatchSearch.objects.count()) == (200, 0)
    assert told in response.content.decode()


def test_every_fault_is_told_at_once(desk: Client, index: Engine) -> None:
    html = send(desk, b"query,kind,country\na,x,MX\nb,document,yy\n").content.decode()
    assert ("Row 2, kind" in html, "Row 3, country" in html) == (True, True)


@pytest.fixture
def filled(index: Engine, library_document: Add, organization: Organization) -> Engine:
    library_document("La niñez en la frontera", title="=Zanahoria")
    publish_intervention(make_intervention(organization, title="Voces", body="La niñez apátrida"))
    drain(index)
    return index


@pytest.mark.long
def test_a_file_of_searches_is_answered_on_a_page_and_as_files(desk: Client, filled: Engine) -> None:
    response = send(desk, 'query,kind\nniñez,\nniñez,document\n"=1+1",\nniñez zzz,\n'.encode())
    kept = BatchSearch.objects.get()
    assert (response.status_code, response.url) == (302, f"{HOME}batch/{kept.key}/")
    html = desk.get(response.url).content.decode()
    assert ("Zanahoria" in html, "with some of the words" in html) == (True, True)
    exported = rows_of(desk.get(f"{HOME}batch/{kept.key}/csv/"))
    assert [(row["row"], row["query"], row["documents"], row["words"]) for row in exported] == [
        ("2", "niñez", "2", "all"),
        ("3", "niñez", "1", "all"),
        ("4", "'=1+1", "0", "all"),
        ("5", "niñez zzz", "2", "some"),
    ]
    assert exported[1]["title_1"] == "'=Zanahoria"
    assert exported[1]["address_1"].startswith("http://testserver/en/library/D-")
    cells = sheet_of(desk.get(f"{HOME}batch/{kept.key}/xlsx/"))
    assert {cell.data_type for row in cells for cell in row if cell.value} == {"s"}
    assert desk.get(f"{HOME}batch/{kept.key}/pdf/").status_code == 404


def test_only_the_latest_files_are_kept(desk: Client, index: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(domain, "MOST_BATCHES", 2)
    for name in ("a.csv", "b.csv", "c.csv"):
        send(desk, b"query\na\n", name)
    assert sorted(BatchSearch.objects.values_list("name", flat=True)) == ["b.csv", "c.csv"]


def test_results_are_exported_in_three_forms(desk: Client, filled: Engine) -> None:
    query = {"q": "niñez"}
    shown = desk.get(f"{HOME}export/", query).content.decode()
    assert "2 documents, each with its best passage" in shown
    by_kind = {row["kind"]: row for row in rows_of(desk.get(f"{HOME}export/csv/", query))}
    assert list(by_kind["document"]) == [
        *("id", "kind", "language", "translation", "title", "address", "year"),
        *("organization", "country", "passage", "page"),
    ]
    assert (by_kind["document"]["title"], by_kind["document"]["language"]) == ("'=Zanahoria", "es")
    assert by_kind["document"]["passage"] == "La niñez en la frontera"
    assert (by_kind["intervention"]["organization"], by_kind["intervention"]["country"]) == ("Red Uno", "MX")
    answered = json.loads(desk.get(f"{HOME}export/json/", query).content)
    assert (answered["documents"], answered["cut"], answered["question"]) == (2, False, "q=ni%C3%B1ez")
    assert {row["title"] for row in answered["results"]} == {"=Zanahoria", "Voces"}
    cells = sheet_of(desk.get(f"{HOME}export/xlsx/", query))
    assert ("=Zanahoria", "s") in {(cell.value, cell.data_type) for row in cells for cell in row}
    assert desk.get(f"{HOME}export/pdf/", query).status_code == 404


def test_an_export_says_when_it_was_cut(filled: Engine) -> None:
    export = export_of(Question("niñez", "en"), now=timezone.now(), most=1)
    assert (len(export.rows), export.is_cut) == (1, True)
    whole = export_of(Question("niñez", "en"), now=timezone.now(), most=2)
    assert (len(whole.rows), whole.is_cut) == (2, False)


@pytest.mark.long
def test_without_an_engine_nothing_is_exported_and_the_page_says_so(
    desk: Client, filled: Engine, settings: Any, tmp_path: Any
) -> None:
    send(desk, b"query\na\n")
    kept = BatchSearch.objects.get()
    settings.SEARCH_DIR = tmp_path / "nothing"
    response = desk.get(f"{HOME}export/csv/", {"q": "a"})
    assert (response.status_code, response.url) == (302, f"{HOME}export/?q=a")
    assert "Search cannot answer at the moment" in desk.get(response.url).content.decode()
    assert desk.get(f"{HOME}batch/{kept.key}/csv/").url == f"{HOME}batch/{kept.key}/"
    assert "Search cannot answer" in desk.get(f"{HOME}batch/{kept.key}/").content.decode()


def test_a_sheet_holds_nothing_that_xml_cannot(desk: Client, index: Engine) -> None:
    send(desk, "query\nni\ufffeño\n".encode())
    response = desk.get(f"{HOME}batch/{BatchSearch.objects.get().key}/xlsx/")
    assert sheet_of(response)[1][1].value == "ni ño"
