"""Strange values in every address and form of members and invitations: refused, never a server error."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from portal.accounts.models import StaffInvitation, User
from portal.common.actors import Group, person
from portal.organizations.enums import Role
from portal.organizations.member_models import Invitation
from portal.organizations.members import inviting, joining
from portal.organizations.members.inviting import Invited
from portal.organizations.models import Organization
from portal.publication.models import Record
from tests.accounts.test_signin import PASSWORD
from tests.factories import make_user
from tests.factories.organizations import add_member

STRANGE = ["\0", "a\0b@example.org", "x" * 10_000, "9" * 20, "[]"]
FIELDS = [
    "email",
    "role",
    "language",
    "text",
    "reason",
    "who",
    "tasks",
    "organization",
    "acts_for",
    "next",
    "code",
]
LOST = [
    "%00",
    "x" * 2_000,
    "9" * 5_000,
    "9" * 20,
    "-1",
    str(uuid4()),
    "%ED%A0%80",
    "%FF",
    "..%2F",
    "O-99999999999999999999",
]


@pytest.fixture
def owned(organization: Organization, focal_point: User) -> Organization:
    """One with a member, an invitation and somebody who asks."""
    now = timezone.now()
    to = Invited("guest@example.org", Role.EDITOR, "en")
    inviting.invite(organization, to=to, actor=person(focal_point), now=now)
    joining.ask(organization, text="I am Ana.", actor=person(make_user()), now=now)
    add_member(organization, make_user(), Role.VIEWER)
    return organization


def forms_of(organization: Organization) -> Iterator[str]:
    members = f"/en/desk/organizations/{organization.key}/members/"
    member = organization.memberships.get(role=Role.VIEWER)
    yield from (f"{members}invite/", f"{members}{member.pk}/", "/en/desk/organizations/acting/")
    asked = organization.join_requests.get()
    yield from (f"{members}requests/{asked.key}/{verb}/" for verb in ("accept", "decline"))
    yield "/en/desk/organizations/invitation/"


def codes(client: Client, page: str, value: str) -> set[int]:
    """With the value in each field, and with several of it."""
    once = client.post(page, dict.fromkeys(FIELDS, value))
    several = client.post(page, {f"{name}{array}": [value] * 3 for name in FIELDS for array in ("", "[]")})
    asked = client.get(page, dict.fromkeys(FIELDS, value))
    return {once.status_code, several.status_code, asked.status_code}


@pytest.mark.long
def test_strange_values_in_forms_of_members(client: Client, owned: Organization, focal_point: User) -> None:
    client.force_login(focal_point)
    for page in forms_of(owned):
        for value in STRANGE:
            assert codes(client, page, value) <= {200, 302, 400, 403, 404, 405, 409}, (page, value[:20])
    assert Invitation.objects.count() == owned.join_requests.count() == 1


def test_strange_values_where_one_asks_to_join(client: Client, owned: Organization) -> None:
    number = Record.objects.get(source_key=owned.key).public_id
    client.force_login(make_user())
    page = f"/en/desk/organizations/join/{number}/"
    for value in ("\0", "x" * 10_000, "\u202e", ""):
        assert codes(client, page, value) <= {200, 400}, value[:20]
    assert owned.join_requests.count() == 1


@pytest.mark.long
def test_strange_values_where_an_owner_is_appointed(
    client: Client, organization: Organization, focal_point: User, moderator: User
) -> None:
    User.objects.filter(pk=focal_point.pk).update(is_active=False)
    client.force_login(moderator)
    page = f"/en/desk/organizations/without-owner/{organization.key}/"
    for value in STRANGE:
        assert codes(client, page, value) <= {200, 400}, value[:20]
        outside = {"who": "outside", "language": "en", "reason": "Gone", "email": value}
        assert client.post(page, outside).status_code in {200, 400}, value[:20]
    assert Invitation.objects.count() == 0


@pytest.mark.long
def test_strange_addresses_of_members(client: Client, owned: Organization, focal_point: User) -> None:
    client.force_login(focal_point)
    members = f"/en/desk/organizations/{owned.key}/members/"
    for part in LOST:
        for page in (
            f"/en/desk/organizations/{part}/members/",
            f"{members}{part}/",
            f"{members}{part}/remove/",
            f"{members}invitations/{part}/resend/",
            f"{members}invitations/{part}/revoke/",
            f"{members}requests/{part}/",
            f"{members}requests/{part}/accept/",
            f"/en/desk/organizations/join/{part}/",
            f"/en/desk/organizations/join/{part}/withdraw/",
        ):
            answers = {client.get(page).status_code, client.post(page).status_code}
            assert answers <= {400, 404, 405}, page[:120]


@pytest.mark.long
def test_strange_values_in_the_room_of_the_staff(client: Client, editor: User) -> None:
    client.force_login(make_user(Group.ADMINISTRATOR))
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    room = "/en/desk/staff/"
    for page in (
        f"{room}invite/",
        f"{room}{editor.pk}/",
        f"{room}{editor.pk}/suspend/",
        f"{room}invitation/",
    ):
        for value in ("\0", "x" * 10_000, "9" * 20, "", f"a@{'b.' * 130}org"):
            assert codes(client, page, value) <= {200, 302, 400, 403, 409}, (page, value[:20])
    for part in LOST:
        for page in (f"{room}{part}/", f"{room}{part}/suspend/", f"{room}invitations/{part}/resend/"):
            assert {client.get(page).status_code, client.post(page).status_code} <= {400, 404, 405}, page[
                :120
            ]
    assert StaffInvitation.objects.count() == 0
