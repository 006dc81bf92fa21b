"""What goes first in a review cycle: chosen, carried over, complete or not, and fixed by the snapshot."""

import json
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from django.utils import timezone

from portal.common import events
from portal.common.actors import Group, system
from portal.followup.cycles.domain import freeze_cycle, open_cycle
from portal.followup.cycles.priorities import complete_actions
from portal.followup.dashboard.scope import scope_of
from portal.followup.gaps.queries import counts
from portal.followup.models import CyclePriority, ReviewCycle
from portal.followup.queries import current_cycle, priorities
from portal.organizations.enums import OrganizationState
from portal.organizations.models import Organization
from portal.plan.enums import NodeKind
from portal.plan.models import PlanNode, PriorityAction, PriorityCycle
from portal.pledges.enums import Voice
from portal.publication.enums import Relation
from portal.submissions.states import SubmissionState
from tests.factories import make_organization, make_pledge, make_user, publish_pledge
from tests.factories.followup import make_assessment, make_cycle, publish_assessment
from tests.factories.plan import make_framework, make_node

SYSTEM = system("tests")
NOW = timezone.now()


@pytest.fixture
def actions(db: None) -> list[PlanNode]:
    framework = make_framework(in_force=True)
    axis = make_node(framework, "1", kind=NodeKind.AXIS)
    return [make_node(framework, f"1.{number}", axis) for number in range(1, 5)]


def prefer(cycle: ReviewCycle, *nodes: PlanNode) -> None:
    for node in nodes:
        CyclePriority.objects.create(cycle=cycle, node=node)


def opened(slug: str, **fields: object) -> ReviewCycle:
    cycle = ReviewCycle.objects.filter(slug=slug).first() or make_cycle(slug, **fields)
    return open_cycle(cycle, actor=SYSTEM, now=timezone.now())


def frozen(slug: str) -> ReviewCycle:
    return freeze_cycle(ReviewCycle.objects.get(slug=slug), actor=SYSTEM, now=timezone.now())


def pledge_for(organization: Organization, *nodes: PlanNode, completion: str = "") -> Any:
    pledge = make_pledge(organization, state=SubmissionState.PUBLISHED)
    for node in nodes:
        pledge.links.create(
            relation=Relation.CARRIES_OUT, target=node.key, asserted_by=Voice.PARTIES, asserted_at=NOW
        )
    publish_pledge(pledge)
    if completion:
        assess(pledge, completion)
    return pledge


def assess(pledge: Any, completion: str, body: Any = None) -> Any:
    assessor = make_organization(state=OrganizationState.VERIFIED)
    return publish_assessment(make_assessment(pledge, assessor, body, completion=completion))


def test_without_a_cycle_nothing_goes_first(actions: list[PlanNode]) -> None:
    assert (current_cycle(), priorities(None)) == (None, frozenset())
    cycle = opened("grf")
    assert (current_cycle(), priorities(cycle)) == (cycle, frozenset())


def test_gaps_and_the_dashboard_put_the_same_first(actions: list[PlanNode]) -> None:
    year = timezone.now().year
    own = PriorityCycle.objects.create(framework=actions[0].framework, first_year=year, last_year=year)
    for node in actions[:2]:
        PriorityAction.objects.create(cycle=own, node=node)
    PlanNode.objects.filter(pk=actions[0].pk).update(retired_on="2020-01-01")
    assert first_everywhere() == ({actions[1].key}, 1)
    cycle = make_cycle("grf")
    prefer(cycle, actions[2])
    opened("grf")
    assert first_everywhere() == ({actions[1].key, actions[2].key}, 2)


def first_everywhere() -> tuple[set[str], int]:
    """On the dashboard, and how many the gaps look at."""
    number = next(row.of_all for row in counts() if row.slug == "first-actions-without-pledge")
    return {*scope_of(QueryDict(), "en").first}, number


@pytest.mark.long
def test_what_is_not_complete_is_carried_over_and_told(
    client: Client, actions: list[PlanNode], organization: Organization
) -> None:
    first, second, third, own = actions
    pledge_for(organization, first, completion="complete")
    pledge_for(organization, second, completion="limited")
    last, cycle = make_cycle("hlom"), make_cycle("grf")
    prefer(last, first, second, third)
    prefer(cycle, own)
    opened("hlom")
    frozen("hlom")
    opened("grf")
    assert priorities(cycle) == {second.key, third.key, own.key}
    told = events.history("review_cycle", "grf").get(action="open").details
    assert told == {
        "carried_from": "hlom",
        "carried_over": [second.key, third.key],
        "complete": [first.key],
    }
    page = client.get("/en/follow-up/cycles/grf/").text
    assert (page.count("Carried over from Cycle hlom in en"), page.count("Chosen for this cycle")) == (1, 1)
    assert (third.path("en") in page, first.path("en") in page) == (True, False)
    rows = {row["id"]: row["priorities"] for row in client.get("/api/v1/cycles").json()["results"]}
    assert rows == {"hlom": [node.key for node in actions[:3]], "grf": [node.key for node in actions[1:]]}


def test_an_action_is_complete_when_every_pledge_is_by_every_last_word(
    actions: list[PlanNode], organization: Organization
) -> None:
    no_pledge, one, mixed, corrected = actions
    keys = [node.key for node in actions]
    pledge_for(organization, one, completion="complete")
    pledge_for(organization, mixed, completion="complete")
    silent = pledge_for(organization, mixed)
    later = pledge_for(organization, corrected, completion="limited")
    assert complete_actions(keys) == {one.key}
    body = later.assessments.get().body
    again = make_assessment(later, later.assessments.get().organization, body, completion="complete")
    publish_assessment(again)
    assess(silent, "complete")
    assert complete_actions(keys) == {one.key, corrected.key, mixed.key}
    assess(silent, "substantial")
    assert complete_actions(keys) == {one.key, corrected.key}
    assert complete_actions([no_pledge.key]) == frozenset()


@pytest.mark.long
def test_what_was_found_of_one_goal_completes_no_action(
    actions: list[PlanNode], organization: Organization, other_organization: Organization
) -> None:
    for node, completion in zip(actions, ("", "limited", "complete"), strict=False):
        pledge = pledge_for(organization, node, completion=completion)
        goal = pledge.goals.create(statement="Two offices open", position=0).key
        publish_pledge(pledge)
        publish_assessment(make_assessment(pledge, other_organization, goal=goal, completion="complete"))
    assert complete_actions([node.key for node in actions]) == {actions[2].key}


def test_a_retired_action_is_not_carried_over(actions: list[PlanNode]) -> None:
    cycle = make_cycle("hlom")
    prefer(cycle, *actions[:2])
    opened("hlom")
    frozen("hlom")
    PlanNode.objects.filter(pk=actions[0].pk).update(retired_on="2020-01-01")
    assert priorities(opened("grf")) == {actions[1].key}


def test_the_plans_own_priorities_of_these_years_join(client: Client, actions: list[PlanNode]) -> None:
    for year, node in ((2026, actions[0]), (2030, actions[1])):
        own = PriorityCycle.objects.create(framework=node.framework, first_year=year, last_year=year + 1)
        PriorityAction.objects.create(cycle=own, node=node)
    cycle = opened("grf")
    assert priorities(cycle) == {actions[0].key}
    assert "Priorities of the plan" in client.get("/en/follow-up/cycles/grf/").text


def test_priorities_stand_in_the_snapshot(client: Client, actions: list[PlanNode]) -> None:
    prefer(make_cycle("hlom"), actions[1], actions[0])
    opened("hlom")
    frozen("hlom")
    content = json.loads(client.get("/en/follow-up/cycles/hlom/snapshot.json").content)
    assert content["priorities"] == [
        {"action": node.key, "carried_from": None, "is_of_plan": False} for node in actions[:2]
    ]


def form_of(cycle: ReviewCycle, *rows: tuple[CyclePriority | None, str]) -> dict[str, Any]:
    typed = {"slug": cycle.slug, "title_en": "Name", "opens_on": "2026-01-01", "closes_on": "2027-12-31"}
    known = sum(row is not None for row, _key in rows)
    typed |= {"priorities-TOTAL_FORMS": str(len(rows)), "priorities-INITIAL_FORMS": str(known)}
    for at, (row, key) in enumerate(rows):
        typed |= {f"priorities-{at}-node": key, f"priorities-{at}-id": str(row.pk) if row else ""}
    return typed


def wrong_rows(answer: Any) -> list[list[str]]:
    return [list(row.errors) for row in answer.context["form"].formsets["priorities"].forms]


@pytest.mark.long
def test_an_editor_changes_priorities_until_the_cycle_is_frozen(
    client: Client, actions: list[PlanNode]
) -> None:
    cycle = make_cycle("hlom")
    client.force_login(make_user(Group.EDITOR, language="en"))
    page = f"/admin/snippets/followup/reviewcycle/edit/{cycle.pk}/"
    assert client.post(page, form_of(cycle, (None, "1.1"), (None, actions[1].key))).status_code == 302
    assert priorities(cycle) == {actions[0].key, actions[1].key}
    opened("hlom")
    one, two = CyclePriority.objects.order_by("pk")
    assert client.post(page, form_of(cycle, (one, actions[0].key), (two, "1.3"))).status_code == 302
    assert priorities(cycle) == {actions[0].key, actions[2].key}
    wrong = client.post(page, form_of(cycle, (one, "1.1"), (two, "1.3"), (None, "1"), (None, "9.9")))
    assert wrong_rows(wrong) == [[], [], ["node"], ["node"]]
    frozen("hlom")
    refused = client.post(page, form_of(cycle, (one, "1.1"), (two, "1.4")))
    assert (refused.status_code, wrong_rows(refused)) == (200, [[], ["node"]])
    dropped = client.post(page, form_of(cycle, (one, "1.1"), (two, "1.3")) | {"priorities-1-DELETE": "on"})
    assert dropped.status_code == 200
    assert priorities(cycle) == {actions[0].key, actions[2].key}
    assert client.post(page, form_of(cycle, (one, "1.1"), (two, "1.3"))).status_code == 302


def test_a_changed_row_is_no_longer_carried_over(client: Client, actions: list[PlanNode]) -> None:
    prefer(make_cycle("hlom"), actions[0], actions[1])
    opened("hlom")
    frozen("hlom")
    cycle = opened("grf")
    client.force_login(make_user(Group.EDITOR, language="en"))
    one, two = CyclePriority.objects.filter(cycle=cycle).order_by("pk")
    page = f"/admin/snippets/followup/reviewcycle/edit/{cycle.pk}/"
    assert client.post(page, form_of(cycle, (one, "1.1"), (two, "1.4"))).status_code == 302
    origins = {row.node.key: row.carried_from for row in CyclePriority.objects.filter(cycle=cycle)}
    assert origins == {actions[0].key: ReviewCycle.objects.get(slug="hlom"), actions[3].key: None}


def test_a_form_that_was_read_before_the_freezing_is_refused(actions: list[PlanNode]) -> None:
    from portal.common.errors import WrongState
    from portal.followup.cycles.admin import ReviewCycleViewSet

    cycle = opened("grf")
    form_class = ReviewCycleViewSet().get_edit_handler().get_form_class()
    form = form_class(form_of(cycle, (None, "1.1")), instance=ReviewCycle.objects.get(pk=cycle.pk))
    assert form.is_valid()
    frozen("grf")
    with pytest.raises(WrongState):
        form.save()
    assert ReviewCycle.objects.get(pk=cycle.pk).is_frozen
