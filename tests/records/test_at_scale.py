"""Public pages over few and many pledges and reports: as many queries, lists that end, and true numbers."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bench.pledges_fill import crowded, fill
from portal.common.actors import system
from portal.organizations.models import Organization
from portal.plan.enums import NodeKind
from portal.plan.models import PlanNode
from portal.pledges.models import Pledge
from portal.publication.domain import withdraw
from portal.publication.enums import RecordKind, Relation
from portal.publication.models import Record
from portal.publication.queries import linking_to
from portal.records.trace import NEWEST
from tests.factories import make_pledge, make_report, publish_pledge, publish_report
from tests.factories.networks import make_network, make_network_member
from tests.factories.organizations import publish_organization
from tests.factories.pages import ConsultationTree
from tests.factories.plan import (
    link_to,
    make_framework,
    make_node,
    make_public_pledge,
    make_recommendation,
)
from tests.thinning import rarely

MANY = 70


@pytest.fixture
def action(
    organization: Organization, other_organization: Organization, consultation_pages: ConsultationTree
) -> PlanNode:
    """With a recommendation that leads to it, a joint pledge that carries it out, and a report on that."""
    framework = make_framework(in_force=True)
    node = make_node(framework, "1.1", make_node(framework, "1", kind=NodeKind.AXIS))
    publish_organization(other_organization)
    link_to(make_recommendation(), {node.key: True})
    pledge = make_pledge(organization, pledge_kind="joint", state="published")
    pledge.parties.create(organization=other_organization, role="partner")
    pledge.links.create(
        relation=Relation.CARRIES_OUT, target=node.key, asserted_by="parties", asserted_at=timezone.now()
    )
    publish_pledge(pledge)
    publish_report(make_report(Pledge.objects.get()))
    make_network_member(make_network(slug="crossing", kind="mechanism", is_public=True), organization)
    return node


def _address(kind: str) -> str:
    """Of the first of a kind."""
    return Record.objects.filter(kind=kind).order_by("pk")[0].path("en")


def _titles(items: list[Any]) -> list[str]:
    return [item["title"] if isinstance(item, dict) else item.title for item in items]


def _queries(client: Client, path: str) -> int:
    """Of a page that was read before."""
    assert client.get(path).status_code == 200
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    return len(captured)


@pytest.mark.long
@pytest.mark.parametrize("number", [rarely(1), MANY, rarely(700)])
def test_pages_take_as_many_queries_over_few_and_many_pledges(
    client: Client, action: PlanNode, number: int
) -> None:
    fill(number, number * 3)
    crowded(number)
    paths = {
        "/en/pledges/": 6,
        "/en/pledges/?stage=in_progress": 6,
        _address(RecordKind.PLEDGE): 14,
        _address(RecordKind.RECOMMENDATION): 10,
        _address(RecordKind.REPORT): 9,
        action.path("en"): 21,
        "/en/plan/plan-a/1/": 16,
        "/en/plan/": 5,
        "/en/reports/": 6,
        f"/en/reports/?action={action.key}": 7,
        "/en/mechanisms/crossing/": 15,
        "/en/follow-up/": 6,
        "/en/": 9,
    }
    assert {path: _queries(client, path) for path in paths} == paths


def test_pages_end_and_tell_the_true_numbers(client: Client, action: PlanNode) -> None:
    fill(MANY, MANY * 3)
    crowded(MANY)
    behind = linking_to(Relation.CARRIES_OUT, [action.key])
    on_them = linking_to(Relation.REPORTS_ON, list(behind.values_list("source_key", flat=True)))
    pledges, reports = behind.count(), on_them.count()
    assert min(pledges, reports) > NEWEST
    context = client.get(action.path("en")).context
    shown = {part["anchor"]: (_titles(part["items"]), part["all"]) for part in context["parts"]}
    assert shown["pledge"] == (
        [row.title for row in behind[:NEWEST]],
        "/en/pledges/?action=plan-a%3A1.1",
    )
    assert shown["progress_report"] == (
        [row.title for row in on_them[:NEWEST]],
        "/en/reports/?action=plan-a%3A1.1",
    )
    for key, number in (("pledge", pledges), ("progress_report", reports)):
        assert client.get(shown[key][1]).context["page"].paginator.count == number
    html = client.get(_address(RecordKind.RECOMMENDATION)).text
    assert (f"{pledges} pledges" in html, f"{reports} progress reports" in html) == (True, True)
    assert f"and {pledges - NEWEST} more" in html
    assert html.count('href="/en/pledges/P-') == NEWEST
    told = client.get(f"/api/v1/trace/{action.key}").json()["thread"]
    numbers = {stage["stage"]: len(stage["items"]) for stage in told}
    assert (numbers["pledge"], numbers["progress_report"]) == (pledges, reports)


@pytest.mark.long
def test_links_within_a_page_lead_to_a_place_of_it(
    client: Client, action: PlanNode, organization: Organization
) -> None:
    """Of four and more of each stage a trace tells the number."""
    fill(MANY, MANY * 3)
    crowded(MANY)
    for each in range(4):
        link_to(make_recommendation(f"Recommendation {each}"), {action.key: True})
    kinds = (RecordKind.PLEDGE, RecordKind.RECOMMENDATION, RecordKind.REPORT)
    assert 'href="#recommendation"' in client.get(action.path("en")).text
    for path in (action.path("en"), *map(_address, kinds)):
        html = client.get(path).text
        links = set(re.findall(r'href="#([^"]+)"', html))
        assert "main" in links
        assert (path, links - set(re.findall(r'id="([^"]+)"', html))) == (path, set())


@pytest.mark.long
def test_what_is_withdrawn_leaves_a_page_that_was_gone_through_before(
    client: Client, action: PlanNode
) -> None:
    second = make_public_pledge(action.key)
    pages = (action.path("en"), _address(RecordKind.RECOMMENDATION))
    assert [second.title in client.get(path).text for path in pages] == [True, True]
    withdraw(RecordKind.PLEDGE, second.source_key, actor=system("tests"), now=timezone.now())
    assert [second.title in client.get(path).text for path in pages] == [False, False]
