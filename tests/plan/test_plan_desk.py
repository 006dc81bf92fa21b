"""The desk's room of the plan: one person asserts a link, another confirms it, both stay on record."""

import pytest
from django.test import Client
from django.utils import timezone

from portal.accounts.models import User
from portal.common.actors import Group, person
from portal.common.errors import Incomplete, NotAllowed
from portal.common.events import history
from portal.plan.domain import assert_link, confirm_link, remove_link
from portal.plan.enums import NodeKind
from portal.plan.models import ActionLink, PlanNode
from portal.publication.models import RecordLink
from tests.factories import make_user
from tests.factories.plan import make_framework, make_node, make_recommendation
from tests.markup import dense

ROOM = "/en/desk/plan/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def action() -> PlanNode:
    framework = make_framework(in_force=True)
    axis = make_node(framework, "1", kind=NodeKind.AXIS)
    make_node(framework, "1.2", axis, title_en="Schools for all")
    return make_node(framework, "1.1", axis, title_en="Schools nearby", title_es="Escuelas cercanas")


def test_two_people_link_a_recommendation(client: Client, editor: User, action: PlanNode) -> None:
    record = make_recommendation()
    place = f"{ROOM}{record.public_id}/"
    client.force_login(editor)
    assert client.post(place, {"wanted": "1.1"}).url == place
    link = ActionLink.objects.get()
    assert (link.node, link.asserted_by, link.is_confirmed) == (action, editor, False)
    assert RecordLink.objects.get(record=record).is_confirmed is False
    refused = client.post(f"{ROOM}links/{link.pk}/confirm/")
    assert "Somebody else has to confirm" in refused.content.decode()
    second = make_user(Group.EDITOR)
    client.force_login(second)
    assert record.title in dense(client.get(ROOM).content.decode())
    assert "Confirm this link?" in client.get(f"{ROOM}links/{link.pk}/confirm/").content.decode()
    client.post(f"{ROOM}links/{link.pk}/confirm/")
    link.refresh_from_db()
    assert (link.confirmed_by, RecordLink.objects.get(record=record).is_confirmed) == (second, True)
    client.post(f"{ROOM}links/{link.pk}/remove/")
    assert not RecordLink.objects.filter(record=record).exists()
    told = [(event.action, event.user_id) for event in history("action_link", record.source_key)]
    assert sorted(told) == sorted([("asserted", editor.pk), ("confirmed", second.pk), ("removed", second.pk)])


def test_words_find_actions_and_refusals_keep_them(client: Client, editor: User, action: PlanNode) -> None:
    record = make_recommendation()
    place = f"{ROOM}{record.public_id}/"
    client.force_login(editor)
    assert "There is no such action" in client.post(place, {"wanted": "bridges"}).content.decode()
    several = dense(client.post(place, {"wanted": "schools"}).content.decode())
    assert "Choose one of these." in several
    assert 'value="schools"' in several
    assert 'value="plan-a:1.1"' in several
    assert 'value="plan-a:1.2"' in several
    client.post(place, {"wanted": "schools", "chosen": "plan-a:1.2"})
    client.post(place, {"wanted": "ESCUELAS cercanas"})
    assert set(ActionLink.objects.values_list("node__code", flat=True)) == {"1.1", "1.2"}


@pytest.mark.parametrize(
    ("group", "status"), [(Group.EDITOR, 200), (Group.ADMINISTRATOR, 200), (Group.MODERATOR, 404)]
)
def test_the_room_is_for_editors(client: Client, action: PlanNode, group: Group, status: int) -> None:
    record = make_recommendation()
    link = assert_link(record, action, actor=person(make_user(Group.EDITOR)), now=timezone.now())
    client.force_login(make_user(group))
    paths = ("", f"{record.public_id}/", f"links/{link.pk}/confirm/", f"links/{link.pk}/remove/")
    assert {client.get(f"{ROOM}{path}").status_code for path in paths} == {status}


def test_verbs_refuse_others_and_what_is_no_action(action: PlanNode) -> None:
    record, now, editor = make_recommendation(), timezone.now(), person(make_user(Group.EDITOR))
    moderator = person(make_user(Group.MODERATOR))
    with pytest.raises(NotAllowed):
        assert_link(record, action, actor=moderator, now=now)
    assert action.parent is not None
    with pytest.raises(Incomplete) as refused:
        assert_link(record, action.parent, actor=editor, now=now)
    assert [problem.field for problem in refused.value.problems] == ["wanted"]
    link = assert_link(record, action, actor=editor, now=now)
    assert assert_link(record, action, actor=editor, now=now) == link
    for verb in (confirm_link, remove_link):
        with pytest.raises(NotAllowed):
            verb(link, actor=moderator, now=now)
