"""What has no next step: counted from what is public alone, of how much, under every filter."""

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from portal.common.actors import system
from portal.followup.gaps.asked import Asked
from portal.followup.gaps.kinds import BY_SLUG, GAPS
from portal.followup.gaps.queries import counts, select
from portal.organizations.models import Organization
from portal.plan.enums import NodeKind
from portal.plan.models import PlanFramework, PlanNode, PriorityAction, PriorityCycle
from portal.publication.domain import set_later_links, withdraw
from portal.publication.enums import RecordKind, Relation
from portal.publication.figures import note_change
from tests.factories import (
    make_intervention,
    make_pledge,
    make_report,
    publish_intervention,
    publish_pledge,
    publish_report,
)
from tests.factories.followup import make_assessment, publish_assessment
from tests.factories.help import record_of
from tests.factories.networks import make_network, make_project
from tests.factories.pages import ConsultationTree
from tests.factories.plan import link_to, make_framework, make_node, make_public_pledge, make_recommendation
from tests.factories.pledge_pairs import make_public_pledge as make_pledge_of

pytestmark = pytest.mark.django_db


def numbers(**asked: str) -> dict[str, tuple[int, int]]:
    return {row.slug: (row.number, row.of_all) for row in counts(Asked(**asked))}


def gone(kind: str, key: object) -> None:
    withdraw(kind, key, actor=system("tests"), now=timezone.now())  # type: ignore[arg-type]


@pytest.fixture
def axis(db: None) -> PlanNode:
    """Of a plan in force: an axis with two actions below it, one action beside it, one that is retired."""
    PlanFramework.objects.update(in_force=False)
    framework = make_framework(in_force=True)
    axis = make_node(framework, "1", kind=NodeKind.AXIS)
    make_node(framework, "1.1", axis)
    make_node(framework, "1.2", axis)
    make_node(framework, "2.1")
    make_node(framework, "2.2", retired_on=timezone.now().date())
    note_change()
    return axis


def test_with_nothing_public_there_are_no_gaps_but_those_of_the_plan(axis: PlanNode) -> None:
    told = numbers()
    assert {slug for slug, number in told.items() if number != (0, 0)} == {"actions-without-pledge"}
    assert told["actions-without-pledge"] == (3, 3)


def test_actions_lack_a_pledge_of_all_or_of_a_country(axis: PlanNode) -> None:
    make_public_pledge("plan-a:1.1", country="MX")
    asked = ({}, {"country": "MX"}, {"country": "HN"}, {"action": "plan-a:1"}, {"action": "plan-a:2.1"})
    told = [numbers(**each)["actions-without-pledge"] for each in asked]
    assert told == [(2, 3), (2, 3), (3, 3), (1, 2), (1, 1)]


def test_actions_that_go_first_are_counted_apart(axis: PlanNode) -> None:
    year = timezone.now().year
    first, second = PlanNode.objects.filter(parent=axis)
    for years, node in (((year, year + 1), first), ((year + 2, year + 3), second)):
        cycle = PriorityCycle.objects.create(
            framework=axis.framework, first_year=years[0], last_year=years[1]
        )
        PriorityAction.objects.create(cycle=cycle, node=node)
    assert numbers()["first-actions-without-pledge"] == (1, 1)
    make_public_pledge(first.key)
    assert numbers()["first-actions-without-pledge"] == (0, 1)


def test_what_a_mechanism_works_on_narrows_actions_and_pledges(axis: PlanNode) -> None:
    make_network(slug="round", kind="mechanism", themes=(axis.key,), is_public=True)
    make_network(slug="private", kind="mechanism", themes=(axis.key,))
    make_public_pledge("plan-a:1.1")
    make_public_pledge("plan-a:2.1")
    rows = [numbers(mechanism=slug) for slug in ("round", "private", "nothing")]
    assert [row["actions-without-pledge"] for row in rows] == [(1, 2), (0, 0), (0, 0)]
    assert [row["pledges-without-goal"] for row in rows] == [(1, 1), (0, 0), (0, 0)]


def test_a_mechanism_works_on_the_same_in_gaps_and_the_list(client: Client, axis: PlanNode) -> None:
    network = make_network(slug="round", kind="mechanism", themes=(axis.key,), is_public=True)
    make_project(network, nodes=["plan-a:2.1"])
    make_project(make_network(slug="private", kind="mechanism"), nodes=["plan-a:2.1"])
    for action in ("plan-a:1.1", "plan-a:2.1"):
        make_public_pledge(action)
    listed = client.get("/api/v1/pledges?mechanism=round").json()["results"]
    assert (numbers(mechanism="round")["pledges-without-goal"], len(listed)) == ((2, 2), 2)
    assert client.get("/api/v1/pledges?mechanism=private").status_code == 422


def test_drafts_and_withdrawn_pledges_are_counted_nowhere(organization: Organization) -> None:
    before = numbers()
    pledge = make_pledge_of(organization, needs=["financial"])
    make_pledge(organization, needs=["financial"])
    told = {slug: number for slug, number in numbers().items() if number != before[slug]}
    assert told == dict.fromkeys(
        ("pledges-without-action", "pledges-without-goal", "needs-without-match"), (1, 1)
    )
    gone(RecordKind.PLEDGE, pledge.key)
    assert numbers() == before


def test_a_pledge_goes_from_goal_to_value_to_assessment(
    organization: Organization, other_organization: Organization
) -> None:
    pledge = make_pledge_of(organization)
    goal = pledge.goals.create(statement="Ten offices", target=10, unit="offices")
    publish_pledge(pledge)
    slugs = ("pledges-without-goal", "goals-without-value", "reports-without-assessment")
    told = [[numbers()[slug] for slug in slugs]]
    make_report(pledge, figures={str(goal.key): "5"})
    told.append([numbers()[slug] for slug in slugs])
    publish_report(make_report(pledge, figures={str(goal.key): "5"}))
    told.append([numbers()[slug] for slug in slugs])
    make_assessment(pledge, other_organization)
    told.append([numbers()[slug] for slug in slugs])
    publish_assessment(make_assessment(pledge, other_organization))
    told.append([numbers()[slug] for slug in slugs])
    assert told == [
        [(0, 1), (1, 1), (0, 0)],
        [(0, 1), (1, 1), (0, 0)],
        [(0, 1), (0, 1), (1, 1)],
        [(0, 1), (0, 1), (1, 1)],
        [(0, 1), (0, 1), (0, 1)],
    ]


def test_a_need_is_met_while_the_pledge_that_helps_is_public(
    organization: Organization, other_organization: Organization
) -> None:
    need, offer = make_pledge_of(organization, needs=["financial"]), make_pledge_of(other_organization)
    told = [numbers()["needs-without-match"]]
    helped = {str(offer.key): True}
    set_later_links(record_of(need), Relation.HELPED_BY, helped, actor=system("tests"), now=timezone.now())
    told.append(numbers()["needs-without-match"])
    gone(RecordKind.PLEDGE, offer.key)
    told.append(numbers()["needs-without-match"])
    assert told == [(1, 1), (0, 1), (1, 1)]


def test_a_recommendation_leads_to_an_action_by_a_link_of_the_ledger(axis: PlanNode) -> None:
    recommendation = make_recommendation()
    told = [numbers()["recommendations-without-action"]]
    link_to(recommendation, {"plan-a:1.1": False})
    told.append(numbers()["recommendations-without-action"])
    gone(RecordKind.RECOMMENDATION, recommendation.source_key)
    told.append(numbers()["recommendations-without-action"])
    assert told == [(1, 1), (0, 1), (0, 0)]


def test_contributions_and_questions_belong_to_a_consultation(
    organization: Organization, consultation_pages: ConsultationTree
) -> None:
    first, second = consultation_pages.questions
    followed = make_intervention(organization, questions=[first])
    publish_intervention(followed)
    publish_intervention(make_intervention(organization, questions=[first]))
    make_intervention(organization, questions=[second])
    make_pledge(organization, interventions=[followed.key])
    slugs = ("questions-without-contribution", "contributions-without-pledge")
    told = [[numbers()[slug] for slug in slugs]]
    publish_pledge(make_pledge(organization, interventions=[followed.key]))
    asked = ({}, {"consultation": "brasilia"}, {"consultation": "nowhere"}, {"country": "HN"})
    told += [[numbers(**each)[slug] for slug in slugs] for each in asked]
    assert told == [
        [(1, 2), (2, 2)],
        [(1, 2), (1, 2)],
        [(1, 2), (1, 2)],
        [(0, 0), (0, 0)],
        [(2, 2), (0, 0)],
    ]
    assert [item.id for item in select(BY_SLUG[slugs[0]]).gaps] == [str(second)]


def test_a_count_says_where_its_list_stands_and_what_was_left_out() -> None:
    rows = {row.slug: row for row in counts(Asked(country="MX", action="x:1"), "pt")}
    row = rows["contributions-without-pledge"]
    assert (row.url, row.left_out, row.part_of) == (
        "/pt/follow-up/gaps/contributions-without-pledge/?country=MX",
        ("action",),
        "",
    )
    with override("pt"):
        assert row.title == str(BY_SLUG[row.slug].title)
    assert row.title != "Interventions without a pledge linked to them"
    assert [*rows] == [gap.slug for gap in GAPS]
