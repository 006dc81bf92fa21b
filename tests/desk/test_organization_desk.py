"""An organization at the desk: register, submit, correct, and come back to where one wanted to go."""

import re
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from portal.accounts.models import User
from portal.organizations.enums import OrganizationState
from portal.organizations.models import Organization
from portal.organizations.saving import going_on_with
from tests.factories import make_organization

NEW = "/en/desk/organizations/new/"
TYPED = {
    "name": "Red Camino",
    "acronym": "",
    "type_code": "refugee_led",
    "country": "HN",
    "language": "en",
    "website": "",
    "description": "Legal advice on the road.",
    "evidence": "Register 77.",
}


def test_register_and_send_in_one_go(client: Client, focal_point: User) -> None:
    client.force_login(focal_point)
    sent = TYPED | {"send": "1", "draft_key": str(uuid4())}
    answers = [client.post(NEW, sent).status_code for _ in range(2)]
    made = Organization.objects.get()
    assert (answers, made.state, made.name) == ([302, 302], "submitted", "Red Camino")
    assert made.memberships.get().user == focal_point


def test_register_twice_makes_one(client: Client, focal_point: User) -> None:
    client.force_login(focal_point)
    sent = TYPED | {"leave": "1", "draft_key": str(uuid4())}
    assert [client.post(NEW, sent).status_code for _ in range(2)] == [302, 302]
    other = client.post(NEW, sent | {"name": "Casa Dos"})
    assert ('value="Casa Dos"' in other.text, sent["draft_key"] in other.text) == (True, False)
    assert Organization.objects.get().name == "Red Camino"


@pytest.mark.long
def test_registering_anew_from_a_page_that_was_opened_again_makes_no_second_draft(
    client: Client, focal_point: User
) -> None:
    client.force_login(focal_point)
    client.post(NEW, TYPED | {"leave": "1", "draft_key": str(uuid4())})
    again = client.post(NEW, TYPED | {"name": "red  camino", "leave": "1", "draft_key": str(uuid4())})
    assert again.text.count("You have a draft of this name already.") == 2
    assert (Organization.objects.count(), "Legal advice on the road." in again.text) == (1, True)


def test_the_name_alone_can_be_saved_for_later(client: Client, focal_point: User) -> None:
    client.force_login(focal_point)
    client.post(NEW, {"name": "Red Camino", "leave": "1"})
    made = Organization.objects.get()
    assert (made.name, made.state, made.type_code, made.language) == ("Red Camino", "draft", "", "en")


def test_sending_names_everything_that_is_missing_and_keeps_what_was_typed(
    client: Client, focal_point: User
) -> None:
    client.force_login(focal_point)
    sent = TYPED | {"send": "1", "country": "", "evidence": "", "website": "not an address"}
    html = client.post(NEW, sent).content.decode()
    made = Organization.objects.get()
    assert (made.state, made.description, made.website) == ("draft", "Legal advice on the road.", "")
    for message in (
        "Choose the country.",
        "Say how the secretariat can check that the organization exists.",
        "Write the whole address, such as https://example.org.",
    ):
        assert html.count(message) == 2, message
    assert 'value="not an address"' in html
    assert f'action="/en/desk/organizations/{made.key}/profile/"' in html


def test_without_a_name_nothing_is_stored_and_all_is_kept(client: Client, focal_point: User) -> None:
    client.force_login(focal_point)
    html = client.post(NEW, TYPED | {"name": "", "send": "1", "evidence": ""}).content.decode()
    assert Organization.objects.count() == 0
    assert html.count("Enter the name of the organization.") == 2
    assert html.count("Say how the secretariat can check that the organization exists.") == 2
    assert "Legal advice on the road." in html


def test_afterwards_one_is_where_one_wanted_to_go(client: Client, focal_point: User) -> None:
    client.force_login(focal_point)
    wanted = "/en/desk/interventions/new/?question=abc"
    html = client.get(NEW, {"next": wanted}).content.decode()
    match = re.search(r'name="next" value="([^"]+)"', html)
    assert match is not None
    assert client.post(NEW, TYPED | {"send": "1", "next": match[1]}).url == wanted


def test_next_never_leads_off_the_site(client: Client, focal_point: User) -> None:
    client.force_login(focal_point)
    response = client.post(NEW, TYPED | {"leave": "1", "next": "https://elsewhere.example/"})
    made = Organization.objects.get()
    assert response.url == f"/en/desk/organizations/{made.key}/"


def test_the_question_of_the_secretariat_stands_on_top(client: Client, focal_point: User) -> None:
    asked = make_organization(owner=focal_point, state=OrganizationState.INFO_REQUESTED)
    client.force_login(focal_point)
    for page in ("", "profile/"):
        html = client.get(f"/en/desk/organizations/{asked.key}/{page}").content.decode()
        assert html.index("Please send the statutes.") < html.index("<h1"), page


def test_a_saved_profile_is_sent_from_its_page(client: Client, focal_point: User) -> None:
    draft = make_organization(owner=focal_point, evidence="Register 77.")
    client.force_login(focal_point)
    response = client.post(f"/en/desk/organizations/{draft.key}/submit/")
    draft.refresh_from_db()
    assert (response.url, draft.state) == (f"/en/desk/organizations/{draft.key}/", "submitted")


def test_an_incomplete_profile_is_not_sent_and_opens_at_its_fields(client: Client, focal_point: User) -> None:
    draft = make_organization(owner=focal_point)
    client.force_login(focal_point)
    html = client.post(f"/en/desk/organizations/{draft.key}/submit/").content.decode()
    assert html.count("Say how the secretariat can check that the organization exists.") == 2
    assert Organization.objects.get().state == "draft"


def test_while_it_waits_it_cannot_be_changed(client: Client, focal_point: User) -> None:
    waiting = make_organization(owner=focal_point, state=OrganizationState.SUBMITTED)
    client.force_login(focal_point)
    path = f"/en/desk/organizations/{waiting.key}/profile/"
    assert client.get(path).url == f"/en/desk/organizations/{waiting.key}/"
    html = client.post(path, TYPED | {"leave": "1", "description": "Typed meanwhile"}).content.decode()
    assert "This cannot be changed while it waits for verification." in html
    assert "Typed meanwhile" in html


def test_a_verified_name_is_shown_and_stays(
    client: Client, focal_point: User, organization: Organization
) -> None:
    client.force_login(focal_point)
    path = f"/en/desk/organizations/{organization.key}/profile/"
    html = client.get(path).text
    assert html.count("Ask the secretariat to change them.") == 1
    assert 'href="/en/desk/organizations/' + f'{organization.key}/identity/"' in html
    client.post(path, TYPED | {"leave": "1", "evidence": "Register 77."})
    organization.refresh_from_db()
    assert (organization.name, organization.evidence) == ("Red Uno", "Register 77.")
    assert organization.description == "We work with people on the move."
    assert organization.changes.get().profile == {
        "language": "en",
        "description": "Legal advice on the road.",
    }


def test_a_viewer_sees_but_does_not_change(
    client: Client, viewer_member: User, organization: Organization
) -> None:
    client.force_login(viewer_member)
    path = f"/en/desk/organizations/{organization.key}/"
    assert client.get(path).status_code == 200
    assert client.post(f"{path}profile/", TYPED).status_code == 403
    assert client.post(f"{path}submit/").status_code == 403


@pytest.mark.few(1)
@pytest.mark.parametrize("state", [OrganizationState.DRAFT, OrganizationState.VERIFIED])
def test_two_windows_on_a_profile_lose_nothing(
    client: Client, focal_point: User, state: OrganizationState
) -> None:
    mine = make_organization(owner=focal_point, state=state, description="Before.")
    client.force_login(focal_point)
    path = f"/en/desk/organizations/{mine.key}/profile/"
    (first, second) = (seen_in(client.get(path).text) for _ in range(2))
    typed = TYPED | {"name": mine.name, "type_code": mine.type_code, "country": mine.country, "leave": "1"}
    one = typed | {"description": "What the first window says.", "website": "https://one.example"}
    assert client.post(path, one | {"seen": first}).status_code == 302
    two = typed | {"description": "", "place": "Necocli", "website": "https://one.example"}
    refused = client.post(path, two | {"seen": second})
    assert "saved in another window" in refused.text
    assert [row.label for row in refused.context["differences"]] == ["Municipality or region", "What it does"]
    assert ('value="Necocli"' in refused.text, "What the first window says." in refused.text) == (True, True)
    assert kept(mine)["description"] == "What the first window says."
    assert client.post(path, one | {"seen": second}).status_code == 302
    assert client.post(path, two | {"seen": seen_in(refused.text)}).status_code == 302
    assert (kept(mine)["description"], kept(mine)["place"]) == ("", "Necocli")


@pytest.mark.long
def test_a_profile_that_was_saved_in_part_goes_on_from_there(client: Client, focal_point: User) -> None:
    mine = make_organization(owner=focal_point, state=OrganizationState.DRAFT)
    client.force_login(focal_point)
    path = f"/en/desk/organizations/{mine.key}/profile/"
    sent = TYPED | {"send": "1", "website": "not an address", "seen": seen_in(client.get(path).text)}
    page = client.post(path, sent)
    assert "What you typed is saved." in page.text
    again = client.post(path, TYPED | {"leave": "1", "seen": seen_in(page.text)})
    assert again.status_code == 302


def seen_in(html: str) -> str:
    match = re.search(r'name="seen" value="([^"]+)"', html)
    assert match is not None
    return match[1]


def kept(organization: Organization) -> dict[str, Any]:
    """What its members wrote last."""
    return going_on_with(Organization.objects.get(pk=organization.pk))


@pytest.mark.long
def test_two_owners_who_ask_for_another_identity_lose_nothing(client: Client, focal_point: User) -> None:
    mine = make_organization(owner=focal_point, state=OrganizationState.VERIFIED)
    client.force_login(focal_point)
    path = f"/en/desk/organizations/{mine.key}/identity/"
    seen = seen_in(client.get(path).text)
    asked = {"name": "Casa Uno", "type_code": mine.type_code, "country": mine.country, "seen": seen}
    assert client.post(path, asked | {"note": "New statutes."}).status_code == 302
    refused = client.post(path, asked | {"name": "Casa Dos", "note": "We voted."})
    assert [(row.label, row.stored) for row in refused.context["differences"]] == [
        ("Name", "Casa Uno"),
        ("Why", "New statutes."),
    ]
    assert ("Casa Dos" in refused.text, "We voted." in refused.text) == (True, True)
    assert kept(mine)["name"] == "Casa Uno"
    again = asked | {"name": "Casa Dos", "note": "We voted.", "seen": seen_in(refused.text)}
    assert (client.post(path, again).status_code, kept(mine)["name"]) == (302, "Casa Dos")
