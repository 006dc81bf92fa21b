"""Found passages as files, a row each: what stands in them, where they end, what never comes in."""

import csv
import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from portal.accounts.models import User
from portal.common.actors import system
from portal.library.domain import withdraw_document
from portal.library.models import LibraryDocument
from portal.observatory.saved.passage_exports import HEADING, rows_of
from search.engines.base import Engine
from search.index.drain import drain
from search.results.service import Question

Add = Callable[..., LibraryDocument]
HOME = "/en/desk/searches/export/passages/"


@pytest.fixture
def desk(client: Client, observer: User) -> Client:
    client.force_login(observer)
    return client


@pytest.fixture
def border(index: Engine, library_document: Add) -> list[LibraryDocument]:
    rows = [
        library_document("=La frontera norte", title="@Nota", year=2020),
        library_document("La frontera sur", title="Nota", year=2024),
    ]
    LibraryDocument.objects.update(source="Gaceta")
    LibraryDocument.objects.get(pk=rows[0].pk).passages.update(page=7, label="iv")
    for row in rows:
        row.refresh_from_db()
    drain(index)
    return rows


def content(answer: Any) -> bytes:
    assert answer.status_code == 200
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def test_csv_has_a_row_a_passage_and_no_formula(desk: Client, border: list[LibraryDocument]) -> None:
    answer = desk.get(f"{HOME}csv/?q=frontera&sort=oldest")
    assert answer.streaming
    rows = list(csv.DictReader(io.StringIO(content(answer).decode("utf-8-sig"), newline="")))
    assert [row["id"] for row in rows] == [each.public_id for each in border]
    first = rows[0]
    assert (first["rank"], first["page"], first["position"], first["year"]) == ("1", "iv", "1", "2020")
    assert (first["text"], first["title"]) == ("'=La frontera norte", "'@Nota")
    assert first["address"].endswith(f"/r/{border[0].public_id}/?passage=1")
    assert first["citation"].startswith("Gaceta (2020). @Nota [Document], page iv.")
    assert first["found"] == "frontera (frontera)"


def test_the_same_filters_hold(desk: Client, border: list[LibraryDocument]) -> None:
    rows = json.loads(content(desk.get(f"{HOME}json/?q=frontera&year=2024")))
    assert [(row["id"], row["text"], row["matched"]) for row in rows] == [
        (border[1].public_id, "La frontera sur", 1)
    ]


def test_a_workbook_holds_text_alone(desk: Client, border: list[LibraryDocument]) -> None:
    book = load_workbook(io.BytesIO(content(desk.get(f"{HOME}xlsx/?q=frontera&sort=oldest"))))
    sheet = list(book.active.iter_rows())
    cell = sheet[1][HEADING.index("text")]
    assert (len(sheet), cell.value, cell.data_type) == (3, "=La frontera norte", "s")


def test_a_file_that_is_cut_says_so(border: list[LibraryDocument]) -> None:
    question = Question("frontera", "en")
    rows = list(rows_of(question, most=1))
    assert len(rows) == 2
    assert rows[1][HEADING.index("title")] == ("Cut here: more was found than the 1 passages that fit.")
    assert len(list(rows_of(question, most=2))) == 2


def test_nothing_withdrawn_is_in_a_file(desk: Client, border: list[LibraryDocument]) -> None:
    gone = border[0]
    withdraw_document(gone, actor=system("tests"), now=gone.created_at, reason="error")
    for kind in ("csv", "json"):
        written = content(desk.get(f"{HOME}{kind}/?q=frontera")).decode()
        assert ("norte" in written, "sur" in written) == (False, True)


def test_visitors_are_led_to_sign_in_and_other_forms_are_none(
    client: Client, desk: Client, border: list[LibraryDocument]
) -> None:
    assert desk.get(f"{HOME}pdf/?q=frontera").status_code == 404
    client.logout()
    assert client.get(f"{HOME}csv/?q=frontera").status_code == 302


def test_one_and_many_passages_ask_the_same(
    index: Engine, library_document: Add, border: list[LibraryDocument]
) -> None:
    for at in range(8):
        library_document(f"La frontera {at}", title=f"Nota {at}", year=2001)
    drain(index)
    counts = []
    for chosen in ({"year": ("2024",)}, {"year": ("2001",)}):
        with CaptureQueriesContext(connection) as asked:
            rows = list(rows_of(Question("frontera", "en", chosen), most=100))
        counts.append((len(rows), len(asked)))
    assert [number for number, _asked in counts] == [1, 8]
    assert counts[0][1] == counts[1][1]
