"""Drafts that members share with the lead of their network: who reads them, and what ends it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from portal.accounts.models import User
from portal.common.actors import person
from portal.common.errors import Incomplete, NotAllowed
from portal.joint import sharing
from portal.joint.models import DraftShare
from portal.networks.models import Network, NetworkLead, NetworkMembership
from portal.organizations.enums import OrganizationState, Role
from portal.organizations.models import Organization
from portal.submissions import domain as submissions
from tests.factories import make_practice, make_user
from tests.factories.joint import make_lead, make_share, make_signatories, owner_of
from tests.factories.networks import make_network, make_network_member
from tests.factories.organizations import add_member
from tests.thinning import thinned

pytestmark = pytest.mark.django_db
NOW = timezone.now()
YESTERDAY = (NOW - timedelta(days=1)).date()
SECRET = "zunzuncanario"


@pytest.fixture
def leader() -> Organization:
    return make_signatories(1)[0]


@pytest.fixture
def network(organization: Organization, leader: Organization) -> Network:
    river = make_network(slug="river", is_public=True, name_en="River Network")
    make_network_member(river, organization)
    make_lead(river, leader)
    return river


@pytest.fixture
def draft(organization: Organization) -> Any:
    return make_practice(organization, title=f"Draft {SECRET}", measure=f"A {SECRET} way.")


def page_of(shared: DraftShare) -> str:
    return f"/en/desk/signatures/shared/{shared.key}/"


def reads(client: Client, user: User, shared: DraftShare) -> tuple[int, bool]:
    """How the draft's page answers, and whether the list names it."""
    client.force_login(user)
    return client.get(page_of(shared)).status_code, SECRET in client.get("/en/desk/signatures/shared/").text


def test_the_people_of_the_lead_read_a_shared_draft_and_change_nothing(
    client: Client,
    draft: Any,
    network: Network,
    leader: Organization,
    focal_point: User,
    moderator: User,
    other_org_member: User,
    other_organization: Organization,
) -> None:
    make_network_member(network, other_organization)
    client.force_login(focal_point)
    own = f"/en/desk/practices/{draft.key}/sharing/"
    assert f"The people of {leader.name} would read it." in client.get(own).text
    shared = make_share(draft, network)
    assert f"The people of {leader.name} read it." in client.get(own).text
    viewer = make_user()
    add_member(leader, viewer, Role.VIEWER)
    for user in (owner_of(leader), viewer):
        assert reads(client, user, shared) == (200, True)
        assert SECRET in client.get(page_of(shared)).text
        assert client.get(f"/en/desk/practices/{draft.key}/").status_code == 404
        assert client.post(f"/en/desk/practices/{draft.key}/measure/", {"title": "Mine"}).status_code == 404
    for user in (other_org_member, moderator, make_user()):
        assert reads(client, user, shared) == (404, False)


def test_who_does_not_speak_for_the_organization_shares_nothing(
    draft: Any, network: Network, member_editor: User, viewer_member: User, other_org_member: User
) -> None:
    for user in (member_editor, viewer_member, other_org_member):
        with pytest.raises(NotAllowed):
            sharing.share(draft, network, actor=person(user), now=NOW)
    assert not DraftShare.objects.exists()


def test_it_is_shared_with_a_network_that_leads_a_segment_alone(
    draft: Any, network: Network, organization: Organization, focal_point: User
) -> None:
    idle, strange = make_network(slug="idle", is_public=True), make_network(slug="strange", is_public=True)
    make_network_member(idle, organization)
    for other in (idle, strange):
        with pytest.raises(Incomplete):
            sharing.share(draft, other, actor=person(focal_point), now=NOW)


def test_what_was_submitted_meanwhile_is_not_shared(
    draft: Any, network: Network, leader: Organization, focal_point: User
) -> None:
    """The page was opened before; the row that it holds says still that it is a draft."""
    actor = person(focal_point)
    submissions.submit(draft, submit_key=draft.submit_key, actor=actor, now=NOW)
    with pytest.raises(NotAllowed):
        sharing.share(draft, network, actor=actor, now=NOW)
    assert (draft.state, DraftShare.objects.count()) == ("draft", 0)


def leave(shared: DraftShare, row: Any, leader: Organization) -> None:
    members = NetworkMembership.objects.filter(organization=row.organization)
    members.update(until=YESTERDAY)


def lose_verification(shared: DraftShare, row: Any, leader: Organization) -> None:
    Organization.objects.filter(pk=row.organization_id).update(state=OrganizationState.LAPSED)


def lead_no_more(shared: DraftShare, row: Any, leader: Organization) -> None:
    NetworkMembership.objects.filter(organization=leader).update(role="member")


def lead_no_segment(shared: DraftShare, row: Any, leader: Organization) -> None:
    NetworkLead.objects.update(until=YESTERDAY)


def hide(shared: DraftShare, row: Any, leader: Organization) -> None:
    Network.objects.update(is_public=False)


def end(shared: DraftShare, row: Any, leader: Organization) -> None:
    sharing.end_share(row, shared.key, actor=person(owner_of(row.organization)), now=NOW)


def submit(shared: DraftShare, row: Any, leader: Organization) -> None:
    actor = person(owner_of(row.organization))
    submissions.submit(row, submit_key=row.submit_key, actor=actor, now=NOW)


ENDS = [leave, lose_verification, lead_no_more, lead_no_segment, hide, end, submit]


def test_what_was_submitted_is_not_shared_when_it_is_a_draft_again(
    client: Client, draft: Any, network: Network, leader: Organization, focal_point: User
) -> None:
    shared = make_share(draft, network)
    submit(shared, draft, leader)
    actor = person(focal_point)
    submissions.withdraw(draft, actor=actor, now=NOW)
    submissions.take_up_again(draft, actor=actor, now=NOW)
    draft.refresh_from_db()
    assert draft.state == "draft"
    assert reads(client, owner_of(leader), shared) == (404, False)
    client.force_login(focal_point)
    own = client.get(f"/en/desk/practices/{draft.key}/sharing/").text
    assert (f"The people of {leader.name} read it." in own, "would read it" in own) == (False, True)


@pytest.mark.parametrize("ending", thinned(ENDS, lambda ending: ending in (leave, lose_verification, submit)))
def test_it_is_read_no_more_once_it_ends(
    client: Client,
    draft: Any,
    network: Network,
    leader: Organization,
    ending: Callable[[DraftShare, Any, Organization], None],
) -> None:
    shared = make_share(draft, network)
    assert reads(client, owner_of(leader), shared) == (200, True)
    ending(shared, draft, leader)
    assert reads(client, owner_of(leader), shared) == (404, False)


def test_a_deleted_draft_is_shared_no_more(draft: Any, network: Network, focal_point: User) -> None:
    make_share(draft, network)
    submissions.delete_draft(draft, actor=person(focal_point), now=NOW)
    assert not DraftShare.objects.exists()
