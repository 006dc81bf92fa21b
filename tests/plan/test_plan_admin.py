"""Crosswalk and priority cycles in the admin: editors write them, the public pages of nodes show them."""

import pytest
from django.test import Client

from portal.common.actors import Group
from portal.plan.enums import Crosswalk, NodeKind
from portal.plan.models import NodeRelation, PlanNode, PriorityCycle
from tests.factories import make_user
from tests.factories.plan import make_framework, make_node
from tests.markup import dense

pytestmark = pytest.mark.django_db

RELATION, CYCLE = "/admin/snippets/plan/noderelation/", "/admin/snippets/plan/prioritycycle/"


@pytest.fixture
def action() -> PlanNode:
    framework = make_framework(in_force=True)
    return make_node(framework, "1.1", make_node(framework, "1", kind=NodeKind.AXIS))


@pytest.fixture
def other() -> PlanNode:
    return make_node(make_framework("plan-c", title_en="Plan C"), "9", kind=NodeKind.OBJECTIVE)


def related(node: str, other: str, kind: Crosswalk = Crosswalk.BROADER) -> dict[str, str]:
    return {"node": node, "kind": kind, "other": other}


def cycle_of(action: PlanNode, *typed: str, **fields: object) -> dict[str, object]:
    rows = {
        f"priorities-{number}-{name}": value
        for number, key in enumerate(typed)
        for name, value in (("node", key), ("ORDER", str(number)), ("is_carried_over", "on"))
    }
    counts = {"priorities-TOTAL_FORMS": len(typed), "priorities-INITIAL_FORMS": 0}
    years = {"framework": action.framework_id, "first_year": "2025", "last_year": "2027"}
    return {**years, **counts, **rows, **fields}


@pytest.mark.long
def test_an_editor_adds_a_relation_that_both_pages_show(
    client: Client, action: PlanNode, other: PlanNode
) -> None:
    """A part of the plan in force may be typed as its code alone."""
    client.force_login(make_user(Group.EDITOR))
    assert "chile-2024:1.7" in client.get(f"{RELATION}add/").text
    assert client.post(f"{RELATION}add/", related("1.1", other.key)).status_code == 302
    row = NodeRelation.objects.get()
    assert f'value="{action.key}"' in client.get(f"{RELATION}edit/{row.pk}/").text
    assert f"{action.key} es parte de algo más amplio {other.key}" in client.get(RELATION).text
    client.logout()
    for here, there, word in (
        (action, other, "is part of something broader"),
        (other, action, "holds something narrower"),
    ):
        shown = dense(client.get(here.path("en")).content.decode())
        assert (word in shown, f'href="{there.path("en")}"' in shown) == (True, True)


@pytest.mark.long
def test_no_relation_is_to_itself_or_told_twice(client: Client, action: PlanNode, other: PlanNode) -> None:
    client.force_login(make_user(Group.EDITOR))
    make_node(action.framework, "1.7", action.parent, pk=77_777)
    NodeRelation.objects.create(node=action, kind=Crosswalk.CLOSE, other=other)
    for typed in (
        related(action.key, action.key),
        related(action.key, other.key),
        related(other.key, action.key),
        related(action.key, "plan-a:7.7"),
        related(action.key, "77777"),
        related(action.key, "9" * 5000),
        related(action.key, "1\x001"),
    ):
        response = client.post(f"{RELATION}add/", typed)
        errors = response.context["form"].errors
        assert (response.status_code, list(errors), len(errors["other"])) == (200, ["other"], 1), typed
        assert f'value="{typed["other"].replace(chr(0), " ")}"' in response.text
    assert NodeRelation.objects.get().kind == Crosswalk.CLOSE


@pytest.mark.long
def test_an_editor_writes_a_cycle_with_its_actions(client: Client, action: PlanNode) -> None:
    client.force_login(make_user(Group.EDITOR))
    later = make_node(action.framework, "1.2", action.parent)
    assert client.get(f"{CYCLE}add/").status_code == 200
    assert client.post(f"{CYCLE}add/", cycle_of(action, action.key, "1.2")).status_code == 302
    cycle = PriorityCycle.objects.get()
    assert [(row.node_id, row.is_carried_over) for row in cycle.priorities.all()] == [
        (action.pk, True),
        (later.pk, True),
    ]
    assert f'value="{later.key}"' in client.get(f"{CYCLE}edit/{cycle.pk}/").text
    assert "2025" in client.get(CYCLE).text
    assert "2025-2027 (carried over)" in dense(client.get(later.path("en")).content.decode())


@pytest.mark.long
def test_a_cycle_holds_actions_of_its_framework_once(
    client: Client, action: PlanNode, other: PlanNode
) -> None:
    client.force_login(make_user(Group.EDITOR))
    stranger = make_node(other.framework, "9.1")
    for typed in (
        cycle_of(action, stranger.key),
        cycle_of(action, "1"),
        cycle_of(action, "1.1", action.key),
        cycle_of(action, "7.7"),
        cycle_of(action, "1.1", last_year="2024"),
    ):
        response = client.post(f"{CYCLE}add/", typed)
        assert (response.status_code, PriorityCycle.objects.count()) == (200, 0), typed
        assert f'value="{action.framework_id}" selected' in response.text
    assert "El último año es anterior al primero." in response.text


@pytest.mark.parametrize("group", [Group.MODERATOR, Group.COMMISSIONER])
def test_nobody_else_writes_them(client: Client, action: PlanNode, other: PlanNode, group: Group) -> None:
    client.force_login(make_user(group))
    client.post(f"{RELATION}add/", related(action.key, other.key))
    client.post(f"{CYCLE}add/", cycle_of(action, action.key))
    assert (NodeRelation.objects.count(), PriorityCycle.objects.count()) == (0, 0)
