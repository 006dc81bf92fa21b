"""Whose word an import is: the day of the source is no report here, and a party is named by the source."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.utils import timezone, translation

from portal.accounts.models import User
from portal.common.actors import person
from portal.organizations.models import Organization
from portal.pledges.facts import Health
from portal.pledges.joining import decide_party
from portal.pledges.models import PledgeParty
from portal.publication.enums import RecordKind
from portal.publication.models import Record
from portal.reports.models import Report
from tests.followup.told import scope
from tests.markup import voices_of
from tests.pledges.test_import_columns import MORE
from tests.pledges.test_import_pledges import GOOD, Write, counts, run, write

__all__ = ["write"]


def imported(write: Write, **cells: str) -> Record:
    assert counts(run(write(GOOD | cells, columns=MORE)))[:2] == (0, 1)
    return Record.objects.get(kind=RecordKind.PLEDGE)


def told(client: Client, record: Record) -> tuple[str, str, str | None, str, int]:
    """By badge and voice of the page, by the API and by the follow-up."""
    context = client.get(record.path("en")).context
    row = client.get(f"/api/v1/pledges/{record.public_id}").json()
    badge, voice = context["badges"][1].text, voices_of(context)[0]["note"]
    with translation.override("en"):
        words = str(badge)
    return words, row["health"], row["reported_on"], voice, scope().figures().reported


@pytest.mark.few(1)
@pytest.mark.parametrize(
    "cells", [{}, {"ends_on": "2024-12-31", "stage": "fulfilled"}, {"ends_on": "2024-12-31"}]
)
def test_without_a_day_of_report_nobody_has_reported(
    client: Client, organization: Organization, write: Write, cells: dict[str, str]
) -> None:
    """Neither the day of the import nor a last day that has passed makes it a report, or overdue."""
    record = imported(write, **cells)
    silent = "They said so when they pledged and have not reported since."
    assert told(client, record) == ("No report yet", "never_reported", None, silent, 0)
    assert Report.objects.count() == Record.objects.filter(kind=RecordKind.REPORT).count() == 0


@pytest.mark.few(2)
@pytest.mark.parametrize(
    ("reported", "ends", "health", "badge"),
    [
        ("2025-06-01", "", Health.CURRENT, "Report up to date"),
        ("2024-01-01", "", Health.DUE, "Report due"),
        ("2020-01-01", "", Health.STALE, "Silent for two years"),
        ("2020-01-01", "2025-06-14", Health.OVERDUE, "End date passed"),
    ],
)
def test_the_day_that_the_source_tells_counts_and_is_no_report_here(
    client: Client,
    organization: Organization,
    write: Write,
    monkeypatch: pytest.MonkeyPatch,
    reported: str,
    ends: str,
    health: Health,
    badge: str,
) -> None:
    record = imported(write, reported_on=reported, ends_on=ends)
    noon = datetime(2025, 6, 15, 12, tzinfo=UTC)
    monkeypatch.setattr(timezone, "now", lambda: noon)
    day, value, on, voice, number = told(client, record)
    assert (day, value, on, number) == (badge, health.value, reported, 1)
    assert voice.endswith(f"{date.fromisoformat(reported).year}, according to the source")
    assert Report.objects.count() == Record.objects.filter(kind=RecordKind.REPORT).count() == 0
    assert client.get("/api/v1/reports").json()["count"] == 0


def test_an_imported_party_is_named_by_the_source_at_once(
    client: Client,
    organization: Organization,
    other_organization: Organization,
    other_org_member: User,
    write: Write,
) -> None:
    """One that is here, one that has not signed up; the first confirms at its own desk."""
    record = imported(write, parties="Red Dos (funder); Casa Abierta (host)", kind="Joint")
    assert notes(client, record) == [
        "keeps this pledge",
        "Funder, named by the source",
        "Host, named by the source",
    ]
    detail = client.get(f"/api/v1/pledges/{record.public_id}").json()
    assert [(row["name"], row["named_by"], row["state"]) for row in detail["parties"]] == [
        ("Red Dos", "source", "named"),
        ("Casa Abierta", "source", "named"),
    ]
    party = PledgeParty.objects.get(organization=other_organization)
    decide_party(party, is_accepted=True, actor=person(other_org_member), now=timezone.now())
    assert set(notes(client, record)[1:]) == {"Funder, confirmed", "Host, named by the source"}


def notes(client: Client, record: Record) -> list[str]:
    blocks = client.get(record.path("en")).context["blocks"]
    [rows] = [block["context"]["rows"] for block in blocks if block["context"].get("anchor") == "parties"]
    return [row["note"] for row in rows]
