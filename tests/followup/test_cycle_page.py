"""The page of a review cycle: where it stands, who has reported, figures beside those of another one."""

import csv
import io
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from portal.common.actors import system
from portal.followup.cycles.domain import close_cycle, freeze_cycle, open_cycle
from portal.followup.models import ReviewCycle
from portal.followup.snapshots.turnout import Part, counted_turnout
from portal.organizations.enums import OrganizationState
from portal.organizations.models import Organization
from portal.publication import domain as ledger
from portal.publication.enums import RecordKind
from portal.submissions.states import SubmissionState
from tests.factories import make_organization, make_pledge, make_report, publish_pledge, publish_report
from tests.factories.followup import make_cycle
from tests.thinning import rarely

SYSTEM = system("tests")
PAGE = "/en/follow-up/cycles/grf/"
HOUR = timedelta(hours=1)


def public_pledge(organization: Organization, **fields: Any) -> Any:
    pledge = make_pledge(organization, state=SubmissionState.PUBLISHED, **fields)
    publish_pledge(pledge)
    return pledge


@pytest.fixture
def cycle(db: None) -> ReviewCycle:
    return open_cycle(make_cycle("grf"), actor=SYSTEM, now=timezone.now() - HOUR)


@pytest.mark.long
def test_both_denominators_stand_by_the_types(
    client: Client, cycle: ReviewCycle, organization: Organization
) -> None:
    state = make_organization(state=OrganizationState.VERIFIED, type_code="state")
    publish_report(make_report(public_pledge(organization)))
    publish_report(make_report(public_pledge(organization), stage="fulfilled"))
    public_pledge(organization, stage="fulfilled")
    public_pledge(state)
    make_pledge(state)
    make_report(public_pledge(state), state=SubmissionState.SUBMITTED)
    turnout = counted_turnout("grf")[0]
    assert turnout.total == Part(2, 4, 5)
    assert dict(turnout.parts) == {"refugee_led": Part(2, 2, 3), "state": Part(0, 2, 2)}
    page = client.get(PAGE).text
    assert "2 of 4 pledges asked have a report of this cycle" in page
    assert "2 of 4 (50%). Of all that are published: 2 of 5 (40%)." in page
    table = client.get(f"{PAGE}turnout/?format=csv").content.decode("utf-8-sig")
    rows = {row["organization_type"]: row for row in csv.DictReader(io.StringIO(table))}
    assert {code: (row["reported"], row["asked"]) for code, row in rows.items()} == {
        "refugee_led": ("2", "2"),
        "state": ("0", "2"),
    }
    assert client.get(f"{PAGE}turnout/").status_code == 200
    assert b"<svg" in client.get(f"{PAGE}turnout/?format=svg").content


def test_a_frozen_cycle_keeps_who_had_reported(
    client: Client, cycle: ReviewCycle, organization: Organization
) -> None:
    pledge = public_pledge(organization)
    publish_report(make_report(pledge))
    freeze_cycle(cycle, actor=SYSTEM, now=timezone.now())
    public_pledge(organization)
    ledger.withdraw(RecordKind.PLEDGE, pledge.key, actor=SYSTEM, now=timezone.now())
    assert "1 of 1 pledges asked have a report of this cycle" in client.get(PAGE).text
    ReviewCycle.objects.update(turnout={})
    page = client.get(PAGE)
    assert (page.status_code, page.context["figure"]) == (200, None)
    assert client.get(f"{PAGE}turnout/").status_code == 404


def test_the_line_says_where_it_stands(client: Client, db: None) -> None:
    cycle = make_cycle("grf")
    lines = []
    for verb in (None, open_cycle, freeze_cycle, partial(close_cycle, reason="All have spoken.")):
        if verb is not None:
            cycle = verb(cycle, actor=SYSTEM, now=timezone.now())
        page = client.get(PAGE)
        lines.append([(step["done"], step["current"]) for step in page.context["line"]])
        assert page.text.count('aria-current="step"') == 1
    assert lines == [[(at < now, at == now) for at in range(4)] for now in range(4)]
    assert client.get("/en/follow-up/cycles/grf/turnout/").status_code == 200


def test_a_planned_cycle_has_nobody_to_count(client: Client, db: None) -> None:
    make_cycle("grf")
    page = client.get(PAGE)
    assert (page.context["figure"], page.context["compared"]) == (None, {})
    assert client.get(f"{PAGE}turnout/").status_code == 404


@pytest.mark.long
def test_figures_stand_beside_those_of_another_frozen_cycle(
    client: Client, organization: Organization
) -> None:
    for number, slug in enumerate(("oldest", "older"), start=1):
        public_pledge(organization)
        fields = {"opens_on": f"202{number}-01-01", "closes_on": "2027-12-31"}
        made = open_cycle(make_cycle(slug, **fields), actor=SYSTEM, now=timezone.now())
        freeze_cycle(ReviewCycle.objects.get(pk=made.pk), actor=SYSTEM, now=timezone.now())
    open_cycle(make_cycle("grf"), actor=SYSTEM, now=timezone.now())
    for _ in range(3):
        public_pledge(organization)
    first = client.get(PAGE).context["compared"]
    assert first["rows"][0] == ["pledges published", 5, 2, "+3"]
    assert [row["url"] for row in first["others"]] == ["?compare=oldest#figures"]
    other = client.get(f"{PAGE}?compare=oldest").context["compared"]
    assert other["rows"][0] == ["pledges published", 5, 1, "+4"]
    unknown = client.get(f"{PAGE}?compare=nothing")
    assert unknown.context["compared"]["is_unknown"]
    assert "There is no other frozen review cycle of this name." in unknown.text
    older = client.get("/en/follow-up/cycles/oldest/").context["compared"]
    assert older["rows"][0] == ["pledges published", 1, 2, "−1"]


@pytest.mark.parametrize("number", [rarely(1), 4])
def test_the_page_has_the_same_number_of_queries(
    client: Client,
    cycle: ReviewCycle,
    organization: Organization,
    django_assert_num_queries: Any,
    number: int,
) -> None:
    for _ in range(number):
        publish_report(make_report(public_pledge(organization)))
    client.get(PAGE)
    with django_assert_num_queries(9):
        client.get(PAGE)
