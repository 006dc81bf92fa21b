"""The figures of follow-up as data: the same on the page, in files and in the API, from public data only."""

import csv
import io

import pytest
from django.test import Client
from django.utils import timezone

from portal.common.actors import system
from portal.organizations.models import Organization
from portal.publication import domain
from portal.publication.enums import RecordKind
from tests.factories import make_pledge, publish_pledge

NAMES = ("pledges", "active", "reported", "never_reported", "claimed_fulfilled")
NONE = dict.fromkeys((*NAMES, "assessed", "assessed_complete"), 0)


@pytest.fixture
def pledges(organization: Organization) -> None:
    today = timezone.now().date()
    for stage, day in (("planning", None), ("in_progress", today), ("fulfilled", today), ("fulfilled", None)):
        publish_pledge(make_pledge(organization, stage=stage, reported_on=day))
    make_pledge(organization, stage="fulfilled", reported_on=today)


TOLD = NONE | {"pledges": 4, "active": 2, "reported": 2, "never_reported": 2, "claimed_fulfilled": 2}


def test_figures_are_the_same_on_the_page_in_files_and_in_the_api(client: Client, pledges: None) -> None:
    body = client.get("/en/follow-up/?format=json").json()
    assert (body["figures"], client.get("/api/v1/follow-up").json()) == (TOLD, body)
    table = client.get("/en/follow-up/?format=csv").content.decode("utf-8-sig")
    assert {row["figure"]: int(row["number"]) for row in csv.DictReader(io.StringIO(table))} == TOLD


def test_figures_are_those_of_the_pledges_in_the_api(client: Client, pledges: None) -> None:
    rows = client.get("/api/v1/pledges").json()["results"]
    assert client.get("/api/v1/follow-up").json()["figures"] == {
        "pledges": len(rows),
        "active": sum(row["stage"] != "fulfilled" for row in rows),
        "reported": sum(row["health"] != "never_reported" for row in rows),
        "never_reported": sum(row["health"] == "never_reported" for row in rows),
        "claimed_fulfilled": sum(row["stage"] == "fulfilled" for row in rows),
        "assessed": sum(row["assessment"] is not None for row in rows),
        "assessed_complete": sum(row["fulfilment"] == "assessed_complete" for row in rows),
    }


def test_figures_follow_what_is_withdrawn(client: Client, organization: Organization) -> None:
    pledge = make_pledge(organization)
    publish_pledge(pledge)
    before = client.get("/api/v1/follow-up").json()
    assert client.get("/api/v1/follow-up").json() == before
    domain.withdraw(RecordKind.PLEDGE, pledge.key, actor=system("tests"), now=timezone.now())
    after = client.get("/api/v1/follow-up").json()
    assert (before["figures"]["pledges"], after["figures"]) == (1, NONE)
    assert after["counted_at"] >= before["counted_at"]


def test_figures_come_in_no_other_form(client: Client, db: None) -> None:
    assert client.get("/en/follow-up/?format=pdf").status_code == 404
    assert client.get("/api/v1/follow-up?stage=unknown").status_code == 422
