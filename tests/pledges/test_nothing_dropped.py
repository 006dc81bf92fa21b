"""What is typed in a row is kept or refused at its field; days and figures are such as a pledge can have."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from portal.accounts.models import User
from portal.organizations.models import Organization
from portal.plan.models import PlanNode
from portal.plan.queries import choices
from portal.pledges.models import Pledge
from portal.pledges.queries import Linked, linked
from portal.pledges.typed import day_of, is_ambiguous
from tests.factories import make_pledge, publish_organization, publish_pledge
from tests.factories.plan import make_framework, make_node


@pytest.fixture
def pledge(organization: Organization) -> Pledge:
    publish_organization(organization)
    return make_pledge(organization)


def refused(client: Client, pledge: Pledge, author: User, step: str, **typed: str) -> dict[str, Any]:
    """The faults by field, and what was typed is still there."""
    client.force_login(author)
    pledge.refresh_from_db()
    sent = {"revision": str(pledge.revision)} | typed
    page = client.post(f"/en/desk/pledges/{pledge.key}/{step}/", sent)
    assert page.status_code == 200
    form = page.context["form"]
    assert {name: form[name].value() for name in typed} == typed
    assert linked(pledge.pk) == Linked(outcomes=("statelessness",), sources=())
    return {name: " ".join(map(str, faults)) for name, faults in form.errors.items()}


@pytest.mark.few(2)
@pytest.mark.parametrize("column", ["unit", "no_baseline_because", "due_on", "baseline_year"])
def test_a_row_that_has_no_goal_is_refused(
    client: Client, pledge: Pledge, focal_point: User, column: str
) -> None:
    typed = {"goals_2_" + column: {"due_on": "2026-01-01", "baseline_year": "2020"}.get(column, "people")}
    assert list(refused(client, pledge, focal_point, "goals", **typed)) == ["goals_2_statement"]


@pytest.mark.long
def test_rows_of_parties_and_countries_are_whole_and_each_is_there_once(
    client: Client, pledge: Pledge, organization: Organization, focal_point: User
) -> None:
    rows = {
        "parties_1_name": "Town",
        "parties_1_role": "host",
        "parties_2_name": "  TOWN",
        "parties_2_role": "lead",
    }
    rows["parties_2_name"] = "TOWN"
    assert list(refused(client, pledge, focal_point, "parties", **rows)) == ["parties_2_name"]
    own = {"parties_1_name": organization.name, "parties_1_role": "lead"}
    assert list(refused(client, pledge, focal_point, "parties", **own)) == ["parties_1_name"]
    assert list(refused(client, pledge, focal_point, "parties", parties_3_role="lead")) == ["parties_3_name"]
    assert list(refused(client, pledge, focal_point, "places", places_1_role="origin")) == [
        "places_1_country"
    ]
    twice = {
        f"places_{at}_{name}": value
        for at in (1, 2)
        for name, value in (("country", "MX"), ("role", "origin"))
    }
    assert list(refused(client, pledge, focal_point, "places", **twice)) == ["places_2_country"]


@pytest.mark.few(1)
@pytest.mark.parametrize(
    ("typed", "told"), [("-5", "not below zero"), ("12.345", "“12.345” can be read in two ways")]
)
def test_figures_of_goals_are_neither_negative_nor_doubtful(
    client: Client, pledge: Pledge, focal_point: User, typed: str, told: str
) -> None:
    row = {"goals_1_statement": "Offices", "goals_1_unit": "offices", "goals_1_target": typed}
    faults = refused(client, pledge, focal_point, "goals", **row)
    assert [(name, told in text) for name, text in faults.items()] == [("goals_1_target", True)]


def test_a_doubtful_amount_is_refused_as_it_was_typed(
    client: Client, pledge: Pledge, focal_point: User
) -> None:
    row = {"pledge_kind": "individual", "amount": "12.345", "currency": "USD", "starts_on": "2024-01-01"}
    faults = refused(client, pledge, focal_point, "frame", **row)
    assert [(name, "12.345" in text) for name, text in faults.items()] == [("amount", True)]


def test_days_are_written_in_one_way_and_lie_in_our_time() -> None:
    texts = ("0001-01-01", "9999-12-31", "1899-12-31", "2101-01-01", "2026-W10-1", "٢٠٢٦-01-01", "2026-1-1")
    assert [text for text in texts if day_of(text) is not None] == []
    assert [str(day_of(text)) for text in ("1900-01-01", "2100-12-31")] == ["1900-01-01", "2100-12-31"]


def test_only_thousands_that_could_be_decimals_are_doubtful() -> None:
    texts = ("12.345", "1,500", "-1.500", "1.500.000", "0.500", "1234.567", "12.34", "1500")
    assert [is_ambiguous(text) for text in texts] == [True] * 3 + [False] * 5


def test_the_list_of_a_retired_action_holds_what_its_page_counts(
    client: Client, organization: Organization
) -> None:
    framework = make_framework()
    node, other = make_node(framework, "1.1"), make_node(framework, "1.2")
    for key in (node.key, other.key):
        pledge = make_pledge(organization, title=key)
        now = timezone.now()
        pledge.links.create(relation="carries_out", target=key, asserted_by="parties", asserted_at=now)
        publish_pledge(pledge)
    PlanNode.objects.filter(pk=node.pk).update(retired_on=timezone.now().date())
    listed = client.get(f"/en/pledges/?action={node.key}").context["items"]
    told = client.get(f"/api/v1/pledges?action={node.key}").json()["count"]
    assert ([item.title for item in listed], told) == ([node.key], 1)


@pytest.mark.django_db
def test_an_action_is_retired_from_its_day_on() -> None:
    node, today = make_node(make_framework(), "1.1"), timezone.now().date()
    for day, is_retired in ((today + timedelta(days=1), False), (today, True), (None, False)):
        node.retired_on = day
        node.save()
        assert (node.is_retired, [key for key, _label in choices("en")]) == (
            is_retired,
            [] if is_retired else [node.key],
        )
