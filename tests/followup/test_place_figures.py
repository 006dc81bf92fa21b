"""Figures on pages of networks and parts of a plan: of public pledges only, each number with its list."""

from collections.abc import Iterable
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone, translation
from django.utils.html import escape
from django.utils.translation import gettext

from portal.common.actors import system
from portal.networks.models import Network
from portal.networks.queries import members_with_pledges, records_of_members
from portal.organizations.enums import OrganizationState
from portal.organizations.models import Organization
from portal.plan.enums import NodeKind
from portal.plan.models import PriorityAction, PriorityCycle
from portal.pledges.models import Pledge
from portal.publication.domain import withdraw
from portal.publication.enums import RecordKind
from tests.factories.followup import make_assessment, publish_assessment
from tests.factories.networks import make_network, make_network_member
from tests.factories.organizations import make_listed, make_organization
from tests.factories.plan import make_framework, make_node, make_public_pledge
from tests.factories.records import make_pledge, make_report, publish_pledge, publish_report

pytestmark = pytest.mark.django_db

PAGE = "/en/networks/net/"


@pytest.fixture
def network() -> Network:
    return make_network(slug="net", is_public=True)


def member_of(network: Network, name: str, **days: Any) -> Organization:
    organization = make_listed(name=name)
    make_network_member(network, organization, **days)
    return organization


def figures_of(client: Client, path: str) -> dict[str, Any]:
    blocks: list[dict[str, Any]] = client.get(path).context["blocks"]
    return next(block for block in blocks if block.get("anchor") == "figures")


def told(rows: Iterable[dict[str, Any]]) -> dict[str, list[str]]:
    return {str(row["label"]): [row["value"], *row["notes"]] for row in rows}


def check_lists(client: Client, rows: Iterable[dict[str, Any]]) -> None:
    """Each number is that of the list it leads to."""
    linked = {row["url"]: row["value"] for row in rows if "/pledges/" in row["url"]}
    counts = {url: client.get(unescape(url)).context["page"].paginator.count for url in linked}
    assert {url: str(number) for url, number in counts.items()} == linked


def reported(pledge: Pledge, *stages: str) -> None:
    today = timezone.now().date()
    for ago, stage in enumerate(reversed(stages)):
        day = today - timedelta(days=10 + ago)
        publish_report(make_report(pledge, stage=stage, reported_on=day, tier="3"))


@pytest.mark.long
def test_figures_of_members_have_both_wholes_and_lists(
    client: Client, network: Network, organization: Organization
) -> None:
    ministry, _silent = member_of(network, "Ministry"), member_of(network, "Silent")
    outside = make_pledge(organization)
    kept = [make_pledge(ministry, forum="2019") for _ in range(4)]
    for pledge in (*kept, outside):
        publish_pledge(pledge)
    reported(kept[0], "planning", "fulfilled")
    reported(kept[1], "fulfilled")
    reported(kept[2], "in_progress")
    assessor = make_organization(name="Assessor", state=OrganizationState.VERIFIED)
    publish_assessment(make_assessment(kept[0], assessor, completion="complete", basis="3"))
    rows = figures_of(client, PAGE)["rows"]
    assert told(rows) == {
        "pledges": ["4", "of 5 published", "by 1 of 2 members"],
        "with a report": ["3", "75% of 4 published; 1 of 3: 50% of 2 active", "4 progress reports"],
        "claimed fulfilled": ["2", "67% of 3 with a report, 50% of 4 published"],
        "assessed complete": ["1", "100% of 1 assessed, 25% of 4 published"],
        "silent for a year": ["1", "50% of 2 active, 25% of 4 published"],
    }
    check_lists(client, rows)


def test_only_public_pledges_of_public_members_of_today_count(
    client: Client, network: Network, organization: Organization
) -> None:
    today = timezone.now().date()
    past = member_of(network, "Past", until=today - timedelta(days=1))
    gone, here = member_of(network, "Gone"), member_of(network, "Here")
    pledges = {each.name: make_pledge(each) for each in (past, gone, here, organization)}
    for pledge in pledges.values():
        publish_pledge(pledge)
    make_pledge(here, title="DRAFT")
    withdrawn = make_pledge(here)
    publish_pledge(withdrawn)
    for kind, key in ((RecordKind.PLEDGE, withdrawn.key), (RecordKind.ORGANIZATION, gone.key)):
        withdraw(kind, key, actor=system("tests"), now=timezone.now())
    rows = figures_of(client, PAGE)["rows"]
    assert told(rows)["pledges"][::2] == ["1", "by 1 of 1 member"]
    listed = client.get("/api/v1/pledges?network=net").json()["results"]
    assert [row["title"] for row in listed] == [pledges["Here"].title]
    check_lists(client, rows)


def test_a_network_that_is_not_public_is_as_none_at_all(client: Client) -> None:
    hidden = make_network(slug="hidden-net", name_en="SECRET NET", is_public=False)
    for each in (member_of(hidden, "Inside"), make_organization(name="Outside")):
        publish_pledge(make_pledge(each))
    slugs = ("hidden-net", "no-such-net")
    pages = {slug: client.get(f"/en/pledges/?network={slug}") for slug in slugs}
    assert len({page.text.replace(slug, "") for slug, page in pages.items()}) == 1
    assert [page.context["page"].paginator.count for page in pages.values()] == [0, 0]
    assert "SECRET NET" not in pages["hidden-net"].text
    told_by_api = {slug: client.get(f"/api/v1/pledges?network={slug}") for slug in slugs}
    assert {each.status_code for each in told_by_api.values()} == {422}
    assert [*client.get("/en/follow-up/?network=hidden-net").context["filters"].errors] == ["network"]
    today = timezone.now().date()
    assert not records_of_members("hidden-net", today).exists()
    assert members_with_pledges("hidden-net", today) == (0, 0)


@pytest.mark.long
def test_dashboard_counts_under_the_members_of_a_network(client: Client, network: Network) -> None:
    publish_pledge(make_pledge(member_of(network, "Ministry")))
    publish_pledge(make_pledge(make_organization(name="Outside")))
    block = figures_of(client, PAGE)
    page = client.get(block["dashboard"])
    assert page.context["chosen"] == [f"Kept by members of: {network.name('en')}"]
    assert client.get(f"{block['dashboard']}&format=json").json()["figures"]["pledges"] == 1


@pytest.mark.few(1)
@pytest.mark.parametrize("language", ["es", "en", "pt", "fr"])
def test_a_network_whose_members_promised_nothing_says_so(
    client: Client, network: Network, language: str
) -> None:
    path = f"/{language}/networks/net/"
    with translation.override(language):
        none, heading = (
            gettext("None of its members keeps a public pledge."),
            gettext("Pledges of its members"),
        )
    assert escape(none) not in client.get(path).text
    ministry = member_of(network, "Ministry")
    assert escape(none) in client.get(path).text
    publish_pledge(make_pledge(ministry))
    page = client.get(path).text
    assert (escape(none) in page, f"{escape(heading)}</h2>" in page) == (False, True)


def test_a_mechanism_leads_to_the_figures_of_what_it_works_on(client: Client) -> None:
    for slug, kind in (("quito-test", "mechanism"), ("net", "network")):
        member_of(make_network(slug=slug, kind=kind, is_public=True), f"Member {slug}")
    assert figures_of(client, "/en/mechanisms/quito-test/")["also"] == "/en/follow-up/?mechanism=quito-test"
    assert figures_of(client, PAGE)["also"] == ""
    assert client.get("/en/follow-up/?mechanism=quito-test").context["filters"].errors == {}


@pytest.mark.long
def test_parts_of_a_plan_count_what_hangs_on_them_and_below(client: Client) -> None:
    plan = make_framework(in_force=True)
    axis = make_node(plan, "1", kind=NodeKind.AXIS)
    first, second, third = (make_node(plan, f"1.{at}", axis) for at in (1, 2, 3))
    other = make_node(plan, "2.1", make_node(plan, "2", kind=NodeKind.AXIS))
    year = timezone.now().year
    cycle = PriorityCycle.objects.create(framework=plan, first_year=year, last_year=year)
    PriorityAction.objects.create(cycle=cycle, node=third)
    make_public_pledge(first.key, second.key, country="MX")
    make_public_pledge(first.key, country="BZ")
    make_public_pledge(other.key, country="MX")
    gone = make_public_pledge(first.key, country="GT")
    withdraw(RecordKind.PLEDGE, gone.source_key, actor=system("tests"), now=timezone.now())
    of_axis, of_first = (figures_of(client, node.path("en")) for node in (axis, first))
    assert told(of_axis["rows"])["pledges"] == ["2", "of 3 published", "from 2 countries"]
    assert told(of_axis["rows"])["actions with a pledge"] == [
        "2",
        "67% of 3 below it; 0 of 2: 0% of 1 that go first",
    ]
    assert told(of_first["rows"])["pledges"][0] == "2"
    assert "actions with a pledge" not in told(of_first["rows"])
    for block, query in ((of_axis, "line=plan-a%3A1"), (of_first, "action=plan-a%3A1.1")):
        assert block["dashboard"] == f"/en/follow-up/?{query}"
        check_lists(client, block["rows"])
    blocks = client.get(third.path("en")).context["blocks"]
    assert "figures" not in [block.get("anchor") for block in blocks]


@pytest.mark.long
def test_an_outcome_counts_the_pledges_that_serve_it(client: Client) -> None:
    plan = make_framework()
    outcome = make_node(plan, "integration", kind=NodeKind.OUTCOME)
    make_public_pledge(serves="integration")
    make_public_pledge(serves="statelessness")
    block = figures_of(client, outcome.path("en"))
    assert told(block["rows"])["pledges"][0] == "1"
    assert block["dashboard"] == "/en/follow-up/?outcome=integration"
    check_lists(client, block["rows"])
