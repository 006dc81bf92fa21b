"""The room of networks at the desk: write one down, say who belongs to it and since when, take it away."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from portal.accounts.models import User
from portal.common.actors import Group
from portal.networks.models import Network
from portal.organizations.models import Organization
from portal.publication.models import Record
from tests.factories import make_listed, make_organization, make_user
from tests.factories.networks import make_network, make_network_member
from tests.markup import dense
from tests.thinning import rarely

ROOM = "/en/desk/networks/"
TYPED = {
    "name_es": "Red de las Cuencas",
    "name_en": "River Network",
    "name_pt": "Rede das Bacias",
    "name_fr": "Réseau des bassins",
    "acronym": "RN",
    "website": "https://rivers.example.org",
    "slug": "",
    "is_public": "on",
}


@pytest.fixture
def desk(client: Client, editor: User) -> Client:
    client.force_login(editor)
    return client


@pytest.mark.parametrize(
    ("group", "status"),
    [(Group.EDITOR, 200), (Group.ADMINISTRATOR, 200), (Group.MODERATOR, 404), (None, 404)],
)
def test_the_room_is_for_editors(
    client: Client, organization: Organization, group: Group | None, status: int
) -> None:
    network = make_network()
    member = make_network_member(network, organization)
    client.force_login(make_user(*([group] if group else [])))
    below = ("", "change/", "members/new/", f"members/{member.pk}/", f"members/{member.pk}/remove/")
    paths = [ROOM, f"{ROOM}new/", *(f"{ROOM}{network.key}/{path}" for path in below)]
    assert {client.get(path).status_code for path in paths} == {status}


def test_the_menu_of_the_admin_leads_editors_to_the_rooms(desk: Client, moderator: User) -> None:
    rooms = (ROOM, "/en/desk/organizations/listed/")

    def led() -> list[bool]:
        page = desk.get("/admin/", headers={"accept-language": "en"}).content.decode()
        return [room in page for room in rooms]

    assert led() == [True, True]
    desk.force_login(moderator)
    assert led() == [False, True]


def test_an_editor_writes_a_network_down(desk: Client, organization: Organization) -> None:
    made = desk.post(f"{ROOM}new/", TYPED)
    network = Network.objects.get()
    assert made.url == f"{ROOM}{network.key}/"
    assert (network.slug, network.is_public, network.name("pt")) == ("river-network", True, "Rede das Bacias")
    number = Record.objects.get(source_key=organization.key).public_id
    path = f"{ROOM}{network.key}/members/new/"
    for typed in ({"organization": "red uno", "until": "2020-12-31"}, {"organization": number.lower()}):
        since = {"since": "2021-01-01"} if "until" not in typed else {"since": "2019-05-01"}
        assert desk.post(path, {"role": "lead", **since, **typed}).status_code == 302
    page = dense(desk.get(f"{ROOM}{network.key}/").content.decode())
    assert page.count(">Red Uno</a>") == 2
    for day in ("1 May 2019", "31 December 2020", "1 January 2021"):
        assert day in page
    assert "/en/networks/river-network/" in page


def test_an_editor_changes_and_removes_a_member(desk: Client, organization: Organization) -> None:
    network = make_network()
    member = make_network_member(network, organization)
    path = f"{ROOM}{network.key}/members/{member.pk}/"
    number = Record.objects.get(source_key=organization.key).public_id
    assert f'value="{number}"' in desk.get(path).text
    desk.post(path, {"organization": number, "role": "observer", "until": "31/01/2024"})
    member.refresh_from_db()
    assert (member.role, str(member.until)) == ("observer", "2024-01-31")
    assert "Remove Red Uno from the network?" in desk.get(f"{path}remove/").text
    desk.post(f"{path}remove/")
    assert network.memberships.count() == 0


def test_faults_stand_at_their_fields_and_what_was_typed_stays(desk: Client) -> None:
    page = desk.post(f"{ROOM}new/", TYPED | {"name_fr": "", "website": "nowhere", "slug": "No!"}).text
    for told in (
        "Enter the name in French.",
        "Write the whole address, such as https://example.org.",
        "Write small letters, digits and hyphens only.",
    ):
        assert page.count(told) == 2, told
    assert 'value="River Network"' in page
    make_network(slug="river-network")
    page = desk.post(f"{ROOM}new/", TYPED).text
    assert page.count("There is a network at this address. Choose another one.") == 2
    assert Network.objects.count() == 1


@pytest.mark.few(2)
@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"organization": ""}, "Name the organization."),
        ({"organization": "Nobody"}, "No public organization is called “Nobody”."),
        ({"organization": "O-99999"}, "No public organization has the number O-99999."),
        ({"organization": "Draft"}, "No public organization is called “Draft”."),
        ({"since": "31.5.2024"}, "Write a day as 2024-05-31 or 31/05/2024."),
        ({"since": "2024-05-31", "until": "2024-05-30"}, "The last day is before the first one."),
    ],
)
def test_a_member_is_refused_at_its_field(
    desk: Client, organization: Organization, typed: dict[str, str], told: str
) -> None:
    make_organization(name="Draft")
    network = make_network()
    sent = {"organization": "Red Uno", "role": "member", **typed}
    page = desk.post(f"{ROOM}{network.key}/members/new/", sent).text
    assert page.count(told) == 2
    assert network.memberships.count() == 0


def test_a_name_that_two_have_asks_for_the_number(desk: Client) -> None:
    for country in ("BZ", "GT"):
        make_listed(name="Ministry", country=country)
    numbers = [row.public_id for row in Record.objects.order_by("pk")]
    path = f"{ROOM}{make_network().key}/members/new/"
    page = desk.post(path, {"organization": "ministry", "role": "member"}).text
    assert f"Give the number of one: {numbers[0]} (BZ), {numbers[1]} (GT)." in page


@pytest.mark.parametrize("number", [rarely(1), 4, rarely(30)])
def test_pages_cost_the_same_for_one_and_for_many(
    desk: Client, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    network = make_network()
    for each in range(number):
        make_network_member(network, make_listed(name=f"Body {each}"))
        make_network()
    for path, cost in ((ROOM, 4), (f"{ROOM}{network.key}/", 7)):
        desk.get(path)
        with django_assert_num_queries(cost):
            desk.get(path)
