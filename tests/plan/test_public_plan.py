"""Public pages, exports, feed and API of nodes: what they say, in four languages, at a constant cost."""

import csv
import io
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone, translation
from django.utils.translation import gettext
from pytest_django import DjangoAssertNumQueries

from portal.common.actors import system
from portal.plan.enums import Crosswalk, NodeKind
from portal.plan.models import NodeRelation, PlanNode, PriorityAction, PriorityCycle
from portal.plan.public_pages import page_of
from portal.publication.domain import withdraw
from tests.factories.plan import (
    link_to,
    make_framework,
    make_node,
    make_public_pledge,
    make_recommendation,
)
from tests.markup import dense
from tests.thinning import rarely

pytestmark = pytest.mark.django_db


@pytest.fixture
def action() -> PlanNode:
    framework = make_framework(in_force=True)
    axis = make_node(framework, "1", kind=NodeKind.AXIS)
    return make_node(framework, "1.1", axis)


def page(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return dense(response.content.decode())


@pytest.mark.few(1)
@pytest.mark.parametrize("language", ["es", "en", "pt", "fr"])
def test_an_empty_action_says_its_gaps(client: Client, action: PlanNode, language: str) -> None:
    shown = page(client, action.path(language))
    assert f"<h1>Node 1.1 in {language}</h1>" in shown
    assert f'<html lang="{language}">' in shown
    assert f'href="/{language}/plan/plan-a/1/"' in shown
    assert shown.count("notice--warn") == 2
    assert 'hreflang="x-default"' in shown
    if language == "en":
        lacks = ("No recommendation leads here yet.", "No pledge carries it out yet.", "to report on")
        assert [shown.count(each) for each in lacks] == [1, 1, 0]


def test_what_hangs_on_an_action_is_on_its_page_and_on_all_above(client: Client, action: PlanNode) -> None:
    other = make_node(make_framework("plan-c", title_en="Plan C"), "9", kind=NodeKind.OBJECTIVE)
    NodeRelation.objects.create(node=other, kind=Crosswalk.BROADER, other=action)
    sure, doubtful = make_recommendation("Sure"), make_recommendation("Doubtful")
    link_to(sure, {action.key: True})
    link_to(doubtful, {action.key: False})
    pledge = make_public_pledge(action.key, country="CR")
    for path in (action.path("en"), "/en/plan/plan-a/1/"):
        shown = page(client, path)
        for record in (sure, doubtful, pledge):
            assert f'href="{record.path("en")}"' in shown
        assert "2 recommendations" in shown
        assert "1 pledge" in shown
        assert shown.count("Asserted by the secretariat, not confirmed yet") == 1
        assert "Costa Rica" in shown
        assert "Nobody has reported on its pledges yet." in shown
    assert "holds something narrower" in page(client, action.path("en"))
    assert "is part of something broader" in page(client, other.path("en"))
    assert f'href="{action.path("fr")}"' in page(client, sure.path("fr"))
    assert "not confirmed yet" in page(client, doubtful.path("en"))
    assert "not confirmed yet" not in page(client, sure.path("en"))


def test_the_trace_goes_through_actions_both_ways(client: Client, action: PlanNode) -> None:
    recommendation = link_to(make_recommendation(), {action.key: True})
    pledge = make_public_pledge(action.key)
    ids = {recommendation.public_id, action.key, pledge.public_id}
    for subject in ids:
        told = client.get(f"/api/v1/trace/{subject}?ui=en").json()
        assert {item["id"] for stage in told["thread"] for item in stage["items"]} | {told["id"]} == ids
    assert client.get(f"/r/{action.key}/").status_code == 302
    assert [client.get(path).status_code for path in ("/r/a:b/", "/api/v1/trace/a:b")] == [404, 404]


def test_links_that_are_set_later_leave_the_version_alone(action: PlanNode) -> None:
    record = make_recommendation()
    assert link_to(record, {action.key: False}).version == 1
    assert [(row.target, row.is_confirmed) for row in record.links.all()] == [(action.key, False)]


def test_a_withdrawn_recommendation_is_not_shown_and_keeps_its_links(
    client: Client, action: PlanNode
) -> None:
    record = link_to(make_recommendation(), {action.key: True})
    withdraw(record.kind, record.source_key, actor=system("tests"), now=timezone.now())
    assert record.title not in page(client, action.path("en"))
    assert client.get(f"/api/v1/actions/{action.key}").json()["led_to_by"] == []
    assert record.links.count() == 1


def test_list_says_counts_and_filters_by_cycle(client: Client, action: PlanNode) -> None:
    later = make_node(action.framework, "1.2", action.parent)
    cycle = PriorityCycle.objects.create(framework=action.framework, first_year=2025, last_year=2027)
    PriorityAction.objects.create(cycle=cycle, node=later, is_carried_over=True)
    link_to(make_recommendation(), {action.key: True, later.key: True})
    shown = page(client, "/en/plan/")
    assert "<td>1</td>" in shown
    assert (shown.count("Titles not checked"), "Title not checked" in shown) == (1, False)
    assert 'type="application/atom+xml"' in shown
    first = page(client, "/en/plan/?cycle=2025-2027")
    assert later.path("en") in first
    assert action.path("en") not in first
    assert "2025-2027 (carried over)" in page(client, later.path("en"))
    assert "so it shows nothing" in page(client, "/en/plan/?cycle=1999-2000")
    sheet = list(csv.DictReader(io.StringIO(client.get("/en/plan/?format=csv").content.decode("utf-8-sig"))))
    assert [(line["id"], line["recommendations"]) for line in sheet] == [
        ("plan-a:1", "1"),
        ("plan-a:1.1", "1"),
        ("plan-a:1.2", "1"),
    ]
    assert [client.get(f"/en/plan/?format={form}").status_code for form in ("xlsx", "json", "doc")] == [
        200,
        200,
        404,
    ]
    assert b"Node 1.2 in en" in client.get("/en/plan/feed/").content


def test_list_leads_to_each_axis_and_marks_titles_where_some_are_checked(
    client: Client, action: PlanNode
) -> None:
    second = make_node(action.framework, "2", kind=NodeKind.AXIS)
    make_node(action.framework, "2.1", second, title_en="Action 2.1")
    make_node(action.framework, "2.2", second, verified=True)
    shown = page(client, "/en/plan/")
    assert [shown.count(f'"{each}plan-a-{code}"') for code in "12" for each in ("#", "")] == [1, 1, 1, 1]
    assert (">1.1 Node 1.1 in en<" in shown, ">Action 2.1<" in shown) == (False, True)
    assert (shown.count("Titles not checked"), shown.count("Title not checked")) == (1, 2)


def test_cards_of_pledges_on_an_action_bear_their_badges(client: Client, action: PlanNode) -> None:
    make_public_pledge(action.key)
    shown = page(client, action.path("en"))
    assert ("Planning" in shown, "No report yet" in shown) == (True, True)


def test_an_outcome_is_named_by_its_title_alone(client: Client) -> None:
    node = make_node(
        make_framework("plan-c"), "statelessness", kind=NodeKind.OUTCOME, source="Words of the portal"
    )
    with translation.override("pt"):
        told = page_of(node, "pt")
    assert told["eyebrow"] == ["Resultado", "Plan A"]
    with translation.override("pt"):
        assert gettext("Words of the portal") in [row.get("value") for row in told["rows"]]


def test_a_pledge_tells_what_it_names_from_what_an_action_brings(client: Client, action: PlanNode) -> None:
    named, derived = make_recommendation("Named"), make_recommendation("Derived")
    for record in (named, derived):
        link_to(record, {action.key: True})
    pledge = make_public_pledge(action.key, takes_up=[named.source_key])
    blocks = client.get(pledge.path("en")).context["blocks"]
    told = next(block["context"] for block in blocks if block["context"].get("anchor") == "recommendation")
    assert _groups(told) == {
        "Named in the pledge itself": ["Named"],
        "Through an action of the plan or a recommendation": ["Derived"],
    }
    for record, heading in (
        (named, "They name this recommendation"),
        (derived, "Through an action of the plan"),
    ):
        blocks = client.get(record.path("en")).context["blocks"]
        told = next(block["context"] for block in blocks if block["context"].get("anchor") == "pledge")
        assert _groups(told) == {heading: [pledge.title]}


def _groups(told: dict[str, Any]) -> dict[str, list[str]]:
    return {str(group["title"]): [row["label"] for row in group["rows"]] for group in told["groups"]}


@pytest.mark.long
def test_of_many_pledges_those_that_name_it_are_told_first(client: Client, action: PlanNode) -> None:
    record = link_to(make_recommendation(), {action.key: True})
    own = make_public_pledge(action.key, takes_up=[record.source_key], title="The one that says so")
    for _at in range(21):
        make_public_pledge(action.key)
    blocks = client.get(record.path("en")).context["blocks"]
    told = next(block["context"] for block in blocks if block["context"].get("anchor") == "pledge")
    assert _groups(told)["They name this recommendation"] == [own.title]
    assert (len(told["rows"]), told["more"]) == (20, "and 2 more")


def test_the_address_of_a_framework_leads_to_its_place(client: Client, action: PlanNode) -> None:
    answer = client.get("/fr/plan/plan-a/")
    assert (answer.status_code, answer.url) == (302, "/fr/plan/#plan-a")
    assert client.get("/fr/plan/nowhere/").status_code == 404
    assert client.post("/fr/plan/plan-a/").status_code == 405


def test_api_lists_actions_strictly(client: Client, action: PlanNode) -> None:
    recommendation = link_to(make_recommendation(), {action.key: False})
    listed = client.get("/api/v1/actions?ui=pt").json()
    assert listed["count"] == 1
    told = listed["results"][0]
    assert (told["id"], told["framework"], told["code"], told["title"], told["verified"]) == (
        action.key,
        "plan-a",
        "1.1",
        "Node 1.1 in pt",
        False,
    )
    assert (told["recommendations"], told["pledges"], told["reports"]) == (1, 0, 0)
    assert told["url"] == action.path("pt")
    one = client.get(f"/api/v1/actions/{action.key}").json()
    assert one["led_to_by"] == [{"id": recommendation.public_id, "confirmed": False}]
    bad = ("framework=nope", "kind=wish", "verified=yes", "size=0")
    assert [client.get(f"/api/v1/actions?{query}").status_code for query in bad] == [422] * 4
    assert client.get("/api/v1/actions/plan-a:9").status_code == 404
    lists = ("has_action=yes", f"action={action.key}", "has_action=no")
    counts = [client.get(f"/api/v1/recommendations?{query}").json()["count"] for query in lists]
    assert counts == [1, 1, 0]


@pytest.mark.parametrize("number", [rarely(1), 12])
def test_cost_does_not_grow(
    client: Client, action: PlanNode, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for place in range(number):
        link_to(make_recommendation(f"Recommendation {place}"), {action.key: bool(place % 2)})
        make_public_pledge(action.key)
        make_node(action.framework, f"2.{place}", action.parent)
    client.get(action.path("en"))
    cache.clear()
    with django_assert_num_queries(21):
        client.get(action.path("en"))
    with django_assert_num_queries(6):
        client.get("/en/plan/")
