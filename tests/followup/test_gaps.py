"""What has no next step: counted from what is public alone, of how much, under every filter."""

import pytest
from django.utils import timezone

from portal.common.actors import system
from portal.followup.gaps.asked import Asked
from portal.followup.gaps.kinds import BY_SLUG
from portal.followup.gaps.queries import counts, select
from portal.organizations.models import Organization
from portal.plan.models import PlanFramework, PlanNode, PriorityAction, PriorityCycle
from portal.publication import domain
from portal.publication.enums import RecordKind
from tests.factories import make_intervention, make_pledge, publish_intervention, publish_pledge
from tests.factories.networks import make_network
from tests.factories.pages import ConsultationTree
from tests.factories.plan import link_to, make_framework, make_node, make_public_pledge, make_recommendation

pytestmark = pytest.mark.django_db


def numbers(**asked: str) -> dict[str, tuple[int, int]]:
    return {row.slug: (row.number, row.of_all) for row in counts(Asked(**asked))}


@pytest.fixture
def axis(db: None) -> PlanNode:
    """Of a plan in force with an axis and two actions below it, and one action beside it."""
    PlanFramework.objects.update(in_force=False)
    framework = make_framework(in_force=True)
    axis = make_node(framework, "1", kind="axis")
    make_node(framework, "1.1", axis)
    make_node(framework, "1.2", axis)
    make_node(framework, "2.1")
    return axis


def test_actions_lack_a_pledge_of_all_or_of_a_country(axis: PlanNode) -> None:
    make_public_pledge("plan-a:1.1", country="MX")
    gap = "actions-without-pledge"
    told = [
        numbers(**asked)[gap]
        for asked in (
            {},
            {"country": "MX"},
            {"country": "HN"},
            {"action": "plan-a:1"},
            {"action": "plan-a:2.1"},
        )
    ]
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
