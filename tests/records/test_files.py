"""Exports and feeds of every list of records: what its page shows under its filters, and nothing else."""

import csv
import io
import json
from collections.abc import Callable

import pytest
from defusedxml import ElementTree
from django.test import Client
from openpyxl import load_workbook

from portal.common.languages import CODES
from portal.conclusions.enums import PartKind
from portal.organizations.models import Organization
from portal.publication.models import Record
from portal.records.types import record_types
from tests.factories import (
    make_intervention,
    make_pledge,
    make_practice,
    publish_intervention,
    publish_pledge,
    publish_practice,
)
from tests.factories.backed_conclusions import make_conclusions, make_part, publish_draft
from tests.factories.pages import ConsultationTree

CANARY = "kanarienvogel"
ATOM = "{http://www.w3.org/2005/Atom}"
PATHS = [declared.path for declared in record_types()]
Rows = list[dict[str, str]]


def as_csv(content: bytes) -> Rows:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def as_xlsx(content: bytes) -> Rows:
    sheet = load_workbook(io.BytesIO(content)).active
    heading, *rows = ([cell.value or "" for cell in row] for row in sheet.iter_rows())
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "inlineStr"}
    return [dict(zip(heading, row, strict=True)) for row in rows]


READERS: dict[str, Callable[[bytes], Rows]] = {"csv": as_csv, "xlsx": as_xlsx, "json": json.loads}


def content_of(client: Client, path: str) -> bytes:
    response = client.get(path)
    assert response.status_code == 200
    return b"".join(response.streaming_content) if response.streaming else response.content


@pytest.fixture
def everything(organization: Organization, consultation_pages: ConsultationTree) -> Organization:
    """Of each kind something in Mexico; what organizations write in Brazil too, and drafts of all."""
    publish_draft(make_conclusions(consultation_pages))
    make_part(make_conclusions(consultation_pages, number=2), PartKind.RECOMMENDATION, body=CANARY)
    for country in ("MX", "BR"):
        publish_intervention(make_intervention(organization, country=country))
        publish_pledge(make_pledge(organization, country=country))
        publish_practice(make_practice(organization, country=country))
    make_intervention(organization, title=CANARY)
    make_pledge(organization, title=CANARY)
    make_practice(organization, title=CANARY)
    return organization


@pytest.mark.parametrize("form", READERS)
@pytest.mark.parametrize("path", PATHS)
def test_export_holds_what_the_list_shows(
    client: Client, everything: Organization, path: str, form: str
) -> None:
    for query in ("", "country=MX", "country=BR", "country=ZZ"):
        shown = [item.url for item in client.get(f"/en/{path}/?{query}").context["items"]]
        content = content_of(client, f"/en/{path}/?{query}&format={form}")
        rows = READERS[form](content)
        assert [row["url"].removeprefix("http://testserver").split("/en/")[-1] for row in rows] == [
            url.removeprefix("/en/") for url in shown
        ]
        assert CANARY.encode() not in content


@pytest.mark.parametrize("path", PATHS)
def test_every_row_of_an_export_has_every_column(client: Client, everything: Organization, path: str) -> None:
    heading = [set(row) for form in ("csv", "json") for row in READERS[form](
        content_of(client, f"/es/{path}/?format={form}"))]  # fmt: skip
    assert len({frozenset(each) for each in heading}) == 1
    assert {"id", "title", "organization", "country", "year", "url"} <= heading[0]


def test_export_holds_more_than_a_page_in_few_queries(
    client: Client, organization: Organization, django_assert_max_num_queries: object
) -> None:
    first = publish_pledge(make_pledge(organization))
    for number in range(30):
        first.pk, first.source_key = None, f"00000000-0000-0000-0000-{number:012d}"
        first.save(force_insert=True)
    with django_assert_max_num_queries(4):  # type: ignore[operator]
        assert len(as_csv(content_of(client, "/es/pledges/?format=csv"))) == 31


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(1)", "\u00a0=1", "\uff1d1", "\u200b=1"])
def test_no_cell_of_an_export_is_a_formula(client: Client, organization: Organization, text: str) -> None:
    record = publish_intervention(make_intervention(organization, body="x"))
    Record.objects.filter(pk=record.pk).update(title=text)
    [row] = as_csv(content_of(client, "/es/interventions/?format=csv"))
    assert row["title"] == f"'{text}"
    [row] = as_xlsx(content_of(client, "/es/interventions/?format=xlsx"))
    assert row["title"] == text


def test_unknown_format_is_not_found(client: Client, db: None) -> None:
    assert client.get("/es/pledges/?format=ods").status_code == 404


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("path", PATHS)
def test_list_names_its_feed_which_holds_what_it_shows(
    client: Client, everything: Organization, path: str, code: str
) -> None:
    page = client.get(f"/{code}/{path}/?country=MX&page=1")
    feed = page.context["feed"]
    text = page.content.decode()
    title = page.context["type"].plural
    assert f'<link rel="alternate" type="application/atom+xml" title="{title}" href="{feed}">' in text
    response = client.get(feed)
    root = ElementTree.fromstring(response.content)
    links = [entry.find(f"{ATOM}link").get("href") for entry in root.iter(f"{ATOM}entry")]
    assert [link.partition(f"/{code}/")[2] for link in links] == [
        item.url.removeprefix(f"/{code}/") for item in page.context["items"]
    ]
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert client.get(feed, headers={"if-none-match": response["ETag"]}).status_code == 304
    assert CANARY not in response.text


@pytest.mark.parametrize("path", PATHS)
def test_feed_of_an_empty_list_is_the_same_each_time(client: Client, db: None, path: str) -> None:
    first, second = (client.get(f"/pt/{path}/feed/") for _ in range(2))
    assert (first.status_code, first.content, first.cookies) == (200, second.content, {})
