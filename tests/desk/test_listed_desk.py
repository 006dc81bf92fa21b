"""Listed organizations at the desk: the secretariat's room, and somebody who claims one."""

import re
from uuid import uuid4

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from portal.accounts.models import User
from portal.common.actors import Group, person
from portal.organizations.claims import accept_claim
from portal.organizations.enums import OrganizationState
from portal.organizations.models import Organization, OrganizationClaim
from portal.publication.models import Record
from tests.factories import make_claim, make_listed, make_organization, make_user, publish_organization
from tests.markup import dense
from tests.thinning import rarely

ROOM = "/en/desk/organizations/listed/"
FIND = "/en/desk/organizations/claim/"
TYPED = {
    "name": "Ministry of the Coast",
    "acronym": "MC",
    "aliases": "Coast Ministry\nMinisterio de la Costa\ncoast ministry",
    "type_code": "state",
    "country": "BZ",
    "language": "en",
    "website": "https://coast.example.org",
    "description": "It keeps the register.",
}


def number_of(listed: Organization) -> str:
    return Record.objects.get(source_key=listed.key).public_id


def text_of(client: Client, path: str) -> str:
    return dense(client.get(path).content.decode())


@pytest.mark.parametrize(
    ("group", "status"),
    [(Group.EDITOR, 200), (Group.MODERATOR, 200), (Group.OBSERVATORY, 404), (None, 404)],
)
def test_the_room_is_for_the_secretariat(client: Client, db: None, group: Group | None, status: int) -> None:
    listed = make_listed()
    client.force_login(make_user(*([group] if group else [])))
    paths = (ROOM, f"{ROOM}new/", f"{ROOM}{listed.key}/")
    assert [client.get(path).status_code for path in paths] == [status] * 3
    assert ("Listed organizations" in client.get("/en/desk/").text) == (status == 200)


def test_an_editor_lists_one(client: Client, editor: User) -> None:
    client.force_login(editor)
    assert client.post(f"{ROOM}new/", TYPED).status_code == 302
    listed = Organization.objects.get()
    assert (listed.state, listed.aliases) == ("listed", ["Coast Ministry", "Ministerio de la Costa"])
    page = client.get(ROOM)
    assert "Saved: Ministry of the Coast. Everybody can see it." in page.text
    assert f'href="{ROOM}{listed.key}/"' in page.text
    assert client.get(f"/en/organizations/{number_of(listed)}/").status_code == 200


def test_who_looks_for_one_that_has_signed_up_is_led_to_it(client: Client, focal_point: User) -> None:
    publish_organization(make_organization(name="Red Puertas Abiertas", state=OrganizationState.VERIFIED))
    client.force_login(focal_point)
    number = Record.objects.get().public_id
    make_organization(name="Red Puertas Abiertas del Sur", state=OrganizationState.SUBMITTED)
    for words in ("Puertas", "Red Puertas Abierta", "Red de Puertas Abiertas"):
        page = text_of(client, f"{FIND}?q={words}")
        assert f'href="/en/desk/organizations/join/{number}/"' in page, words
        assert "del Sur" not in page, words


def test_who_looks_for_a_listed_one_is_led_to_the_claim_also_by_a_name_like_its_own(
    client: Client, focal_point: User
) -> None:
    listed = make_listed(name="Ministerio de la Costa")
    client.force_login(focal_point)
    for words in ("la Costa", "Ministerio de Costas"):
        assert f'href="{FIND}{number_of(listed)}/"' in text_of(client, f"{FIND}?q={words}"), words


def test_who_looks_for_their_own_organization_is_led_to_it(
    client: Client, focal_point: User, organization: Organization
) -> None:
    client.force_login(focal_point)
    page = text_of(client, f"{FIND}?q={organization.name}")
    assert f'href="/en/desk/organizations/{organization.key}/"' in page


def test_a_name_that_its_page_does_not_say_is_not_looked_for(client: Client, focal_point: User) -> None:
    """What is public of it is another name, or nothing."""
    hidden = make_organization(name="Casa Escondida", state=OrganizationState.VERIFIED)
    client.force_login(focal_point)
    assert "Nothing here looks like it." in text_of(client, f"{FIND}?q=Casa Escondida")
    publish_organization(hidden)
    Record.objects.update(title="An organization of its country")
    assert "Nothing here looks like it." in text_of(client, f"{FIND}?q=Casa Escondida")


def test_a_form_sent_twice_lists_one(client: Client, editor: User) -> None:
    client.force_login(editor)
    key = re.search(r'name="draft_key" value="([^"]+)"', client.get(f"{ROOM}new/").text)
    assert key is not None
    for _ in range(2):
        assert client.post(f"{ROOM}new/", TYPED | {"draft_key": key[1]}).status_code == 302
    assert Organization.objects.count() == 1


def test_going_back_and_typing_another_one_changes_no_public_organization(
    client: Client, editor: User
) -> None:
    client.force_login(editor)
    key, other = str(uuid4()), TYPED | {"name": "Port Authority", "aliases": "", "acronym": "PA"}
    client.post(f"{ROOM}new/", TYPED | {"draft_key": key})
    answer = client.post(f"{ROOM}new/", other | {"draft_key": key})
    assert "is saved already, and this is something else" in answer.text
    assert 'value="Port Authority"' in answer.text
    assert Organization.objects.get().name == "Ministry of the Coast"
    again = re.search(r'name="draft_key" value="([^"]+)"', answer.text)
    assert again is not None
    assert client.post(f"{ROOM}new/", other | {"draft_key": again[1]}).status_code == 302
    assert Organization.objects.count() == 2


@pytest.mark.long
def test_two_editors_of_a_listed_organization_lose_nothing(client: Client, editor: User) -> None:
    listed = make_listed()
    client.force_login(editor)
    path = f"{ROOM}{listed.key}/"
    opened = re.search(r'name="seen" value="([^"]+)"', client.get(path).text)
    assert opened is not None
    assert client.post(path, TYPED | {"seen": opened[1]}).status_code == 302
    other = TYPED | {"description": "It keeps boats.", "seen": opened[1]}
    refused = client.post(path, other)
    assert [row.label for row in refused.context["differences"]] == ["What it does"]
    assert ("It keeps boats." in refused.text, "It keeps the register." in refused.text) == (True, True)
    assert Organization.objects.get().description == "It keeps the register."
    assert client.post(path, TYPED | {"seen": opened[1]}).status_code == 302
    assert client.post(path, other | {"seen": refused.context["seen"]}).status_code == 302
    assert Organization.objects.get().description == "It keeps boats."


def test_a_private_organization_is_not_named_to_whoever_lists(client: Client, editor: User) -> None:
    client.force_login(editor)
    private = make_organization(name="Nobody knows us", state=OrganizationState.DRAFT)
    for typed in ({}, TYPED):
        answer = client.post(f"{ROOM}{private.key}/", typed)
        assert (answer.status_code, private.name in answer.text) == (404, False)


@pytest.mark.long
def test_an_editor_changes_one(client: Client, editor: User) -> None:
    listed = make_listed()
    client.force_login(editor)
    page = text_of(client, f"{ROOM}{listed.key}/")
    assert f'value="{listed.name}"' in page
    client.post(f"{ROOM}{listed.key}/", TYPED | {"country": ""})
    listed.refresh_from_db()
    assert (listed.name, listed.country) == ("Ministry of the Coast", "")
    assert Record.objects.get().title == "Ministry of the Coast"


@pytest.mark.long
def test_faults_stand_at_their_fields_and_what_was_typed_stays(
    client: Client, editor: User, organization: Organization
) -> None:
    client.force_login(editor)
    sent = TYPED | {"name": "red uno", "country": "MX"}
    page = client.post(f"{ROOM}new/", sent).content.decode()
    assert page.count("There is a public organization of this name: Red Uno.") == 2
    assert "It keeps the register." in page
    page = client.post(f"{ROOM}new/", TYPED | {"name": "", "website": "nowhere"}).content.decode()
    assert page.count("Enter the name of the organization.") == 2
    assert page.count("Write the whole address, such as https://example.org.") == 2
    assert Organization.objects.count() == 1


def test_one_that_has_members_is_not_the_secretariat_s(
    client: Client, editor: User, organization: Organization
) -> None:
    client.force_login(editor)
    path = f"{ROOM}{organization.key}/"
    assert client.get(path).status_code == 404
    refused = client.post(path, TYPED)
    assert (refused.status_code, "They say what it is." in refused.text) == (409, True)
    assert "It keeps the register." in refused.text


@pytest.mark.few(1)
@pytest.mark.parametrize("words", ["costá", "MC ", "ministry of the COAST"])
def test_the_room_finds_by_every_name(client: Client, editor: User, words: str) -> None:
    client.force_login(editor)
    assert "No organization is listed yet" in client.get(ROOM).text
    client.post(f"{ROOM}new/", TYPED)
    make_listed(name="Another body")
    page = client.get(ROOM, {"q": words}).content.decode()
    assert ("Ministry of the Coast" in page, "Another body" in page) == (True, False)


@pytest.mark.parametrize("number", [rarely(1), 5, rarely(30)])
def test_pages_cost_the_same_for_one_and_for_many(
    client: Client, editor: User, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for each in range(number):
        make_listed(name=f"Body {each}")
        publish_organization(make_organization(name=f"Circle {each}", state=OrganizationState.VERIFIED))
    client.force_login(editor)
    for path, asked in ((ROOM, 6), (f"{ROOM}?q=body", 5), (f"{FIND}?q=body", 7), (f"{FIND}?q=circle", 7)):
        client.get(path)
        with django_assert_num_queries(asked):
            page = client.get(path)
        assert page.text.count("item__title") == number


def test_the_public_page_leads_to_the_claim(
    client: Client, focal_point: User, organization: Organization
) -> None:
    listed = make_listed()
    page = text_of(client, f"/en/organizations/{number_of(listed)}/")
    wanted = f"/accounts/login/?next=%2Fen%2Fdesk%2Forganizations%2Fclaim%2F{number_of(listed)}%2F"
    assert f'href="{wanted}"' in page
    client.force_login(focal_point)
    assert client.get(wanted).url == f"{FIND}{number_of(listed)}/"
    assert "claim" not in text_of(client, f"/en/organizations/{number_of(organization)}/").lower()


def test_the_form_shows_what_was_listed(client: Client, focal_point: User) -> None:
    listed = make_listed(name="Ministry of the Coast")
    client.force_login(focal_point)
    page = text_of(client, f"{FIND}{number_of(listed)}/")
    for told in ("Listed as: Ministry of the Coast", "Listed as: State", "Listed as: Belize"):
        assert page.count(told) == 1, told
    assert 'value="Ministry of the Coast"' in page


@pytest.mark.long
def test_from_the_claim_to_the_decision(client: Client, focal_point: User, moderator: User) -> None:
    listed = make_listed(name="Ministry of the Coast", website="https://coast.example.org")
    client.force_login(focal_point)
    assert number_of(listed) in text_of(client, f"{FIND}?q=coast")
    typed = TYPED | {"name": "Ministry of the Coast and Islands", "evidence": "My badge has number 7."}
    answer = client.post(f"{FIND}{number_of(listed)}/", typed)
    claim = OrganizationClaim.objects.get()
    assert answer.url == f"/en/desk/organizations/claims/{claim.key}/"
    assert "Waiting for the secretariat" in text_of(client, answer.url)
    assert "Waiting for the secretariat" in text_of(client, "/en/desk/")
    assert client.get(f"{FIND}{number_of(listed)}/").url == answer.url
    client.force_login(moderator)
    assert "Ministry of the Coast" in text_of(client, "/en/desk/moderation/?kind=organization_claim")
    subject = reverse("moderation:subject", args=["organization_claim", claim.key]).replace("/es/", "/en/")
    page = text_of(client, subject)
    row = re.search(r'<tr role="row"><th scope="row" role="rowheader">Name(.*?)</tr>', page)
    assert row is not None
    assert re.findall(r"<td[^>]*>(.*?)</td>", row[1]) == [
        "Ministry of the Coast",
        "Ministry of the Coast and Islands",
    ]
    assert "My badge has number 7." in page
    client.post(f"{subject}accepted/")
    assert Organization.objects.get().name == "Ministry of the Coast and Islands"
    assert [message.to for message in mail.outbox] == [[focal_point.email]]
    own = f"/accounts/login/?next=/es/desk/organizations/claims/{OrganizationClaim.objects.get().key}/\n"
    assert own in mail.outbox[0].body
    client.force_login(focal_point)
    page = text_of(client, answer.url)
    assert ("Accepted" in page, ">Ministry of the Coast<" in page) == (True, True)
    assert f'href="/en/desk/organizations/{listed.key}/">Open your organization' in page
    profile = client.get(f"/en/desk/organizations/{listed.key}/profile/")
    assert profile.status_code == 200


@pytest.mark.long
def test_a_declined_claim_says_why_and_can_be_made_again(
    client: Client, focal_point: User, moderator: User
) -> None:
    claim = make_claim(make_listed(), focal_point, description="We keep boats.")
    client.force_login(moderator)
    subject = reverse("moderation:subject", args=["organization_claim", claim.key])
    client.post(f"{subject}declined/", {"reason": "We know nobody of that name.", "ground": "not_theirs"})
    client.force_login(focal_point)
    page = text_of(client, f"/en/desk/organizations/claims/{claim.key}/")
    assert "We know nobody of that name." in page
    again = f"{FIND}{number_of(claim.organization)}/"
    assert f'href="{again}"' in page
    assert "We keep boats." in client.get(again).text


def test_a_claim_says_at_its_fields_what_is_missing(client: Client, focal_point: User) -> None:
    listed = make_listed()
    client.force_login(focal_point)
    page = client.post(f"{FIND}{number_of(listed)}/", TYPED | {"evidence": ""}).content.decode()
    assert page.count("Say how the secretariat can check that you speak for the organization.") == 2
    assert "It keeps the register." in page
    assert OrganizationClaim.objects.count() == 0


def test_a_claimant_who_moderates_reads_that_somebody_else_decides(client: Client, moderator: User) -> None:
    claim = make_claim(make_listed(), moderator)
    client.force_login(moderator)
    subject = reverse("moderation:subject", args=["organization_claim", claim.key]).replace("/es/", "/en/")
    page = text_of(client, subject)
    assert "so somebody else has to decide." in page
    assert "Accept: the organization is theirs" not in page


def test_a_claim_is_nobody_else_s(client: Client, focal_point: User, other_org_member: User) -> None:
    claim = make_claim(make_listed(), focal_point)
    client.force_login(other_org_member)
    assert client.get(f"/en/desk/organizations/claims/{claim.key}/").status_code == 404


def test_the_page_of_a_claim_never_shows_the_evidence_of_others(
    client: Client, focal_point: User, other_org_member: User, moderator: User
) -> None:
    listed = make_listed(name="Ministry of the Coast")
    Organization.objects.filter(pk=listed.pk).update(evidence="SECRETO")
    late, theirs = make_claim(listed, focal_point), make_claim(listed, other_org_member, evidence="SUYO")
    OrganizationClaim.objects.filter(pk=late.pk).update(listed={**late.listed, "evidence": "SECRETO"})
    address = f"/en/desk/organizations/claims/{late.key}/"
    client.force_login(focal_point)
    before = client.get(address).content.decode()
    accept_claim(theirs, actor=person(moderator), now=timezone.now())
    Organization.objects.filter(pk=listed.pk).update(name="MAS TARDE", description="MAS TARDE")
    after = client.get(address).content.decode()
    assert "My badge has number 7." in before
    assert "My badge has number 7." in after
    assert [word for word in ("SECRETO", "SUYO", "MAS TARDE") if word in before + after] == []
