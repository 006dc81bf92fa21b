"""The profile at the desk: all its fields, what does not fit, a logo, another identity; without scripts."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from portal.accounts.models import User
from portal.common.actors import person, system
from portal.moderation.domain import decide
from portal.organizations.enums import OrganizationState
from portal.organizations.models import Organization
from portal.organizations.projection import project
from portal.publication.domain import publish
from portal.publication.models import Record
from tests.factories import make_listed, make_organization

NOW = timezone.now()
NEW = "/en/desk/organizations/new/"
TYPED = {
    "name": "Red Camino",
    "acronym": "RC",
    "name_en": "Road Network",
    "name_es": "Red Camino",
    "aliases": "Red Vieja (1998–2010)\nMesa (Sur)\nRED CAMINO\nGrupo (-2001)",
    "type_code": "refugee_led",
    "country": "XX",
    "place": "Chiapas",
    "refugee_led": "on",
    "countries": ["MX", "GT"],
    "other_countries": "Spain; DE",
    "language": "es",
    "languages": ["es", "quc"],
    "mail_language": "pt",
    "website": "red.example.org",
    "description": "Legal advice on the road.",
    "evidence": "Register 77.",
}


def picture() -> SimpleUploadedFile:
    sink = BytesIO()
    Image.new("RGB", (30, 20), "#075").save(sink, "PNG")
    return SimpleUploadedFile("logo.png", sink.getvalue())


def test_all_that_can_be_said_is_kept(client: Client, focal_point: User) -> None:
    client.force_login(focal_point)
    assert client.post(NEW, TYPED | {"send": "1"}).status_code == 302
    made = Organization.objects.get()
    assert made.profile == {
        "name": "Red Camino",
        "names": {"en": "Road Network"},
        "acronym": "RC",
        "aliases": ["Red Vieja", "Mesa (Sur)", "Grupo"],
        "alias_years": {"Red Vieja": ["1998", "2010"], "Grupo": ["", "2001"]},
        "type_code": "refugee_led",
        "country": "XX",
        "place": "Chiapas",
        "countries": ["MX", "GT", "ES", "DE"],
        "language": "es",
        "languages": ["es", "quc"],
        "website": "https://red.example.org",
        "refugee_led": True,
        "out_of_directory": False,
        "logo_text": "",
        "description": "Legal advice on the road.",
        "mail_language": "pt",
        "evidence": "Register 77.",
    }


@pytest.mark.long
def test_what_was_kept_stands_in_the_form_again(client: Client, focal_point: User) -> None:
    client.force_login(focal_point)
    client.post(NEW, TYPED | {"leave": "1"})
    html = client.get(f"/en/desk/organizations/{Organization.objects.get().key}/profile/").text
    for words in ("Red Vieja (1998–2010)\nMesa (Sur)\nGrupo (–2001)", 'value="Spain; Germany"'):
        assert words in html
    assert html.count("checked") == 5


@pytest.mark.few(3)
@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        ("aliases", "Red (2010–1998)", "Write the years of “Red (2010–1998)” as the first and the last one"),
        ("aliases", "a" * 201, "Shorten each name to 200 characters."),
        ("aliases", "\n".join(map(str, range(21))), "Name at most 20 other names."),
        ("other_countries", "Spain; Narnia", "“Narnia” is not known here."),
        ("name_fr", "a" * 201, "Shorten this to 200 characters"),
        ("place", "a" * 121, "Shorten this to 120 characters"),
        ("website", f"https://a.org/{'a' * 200}", "Shorten this by 14 characters."),
    ],
)
def test_what_does_not_fit_is_told_at_its_field_and_the_rest_is_kept(
    client: Client, focal_point: User, field: str, typed: str, told: str
) -> None:
    client.force_login(focal_point)
    html = client.post(NEW, TYPED | {"leave": "1", field: typed}).text
    made = Organization.objects.get()
    assert (made.description, made.countries[:2]) == ("Legal advice on the road.", ["MX", "GT"])
    assert (f'id="id_{field}_error"' in html, told in html, typed in html) == (True, True, True)


@pytest.mark.long
def test_the_form_of_a_verified_one_goes_on_with_what_waits(
    client: Client, focal_point: User, organization: Organization, other_org_member: User
) -> None:
    client.force_login(focal_point)
    path = f"/en/desk/organizations/{organization.key}/"
    answer = client.post(f"{path}profile/", TYPED | {"leave": "1", "place": "Tapachula"}, follow=True)
    assert "What readers see changes once the secretariat has read it." in answer.text
    assert "What you have changed" in answer.text
    assert 'value="Tapachula"' in client.get(f"{path}profile/").text
    client.force_login(other_org_member)
    assert client.post(f"{path}change/withdraw/").status_code == 404
    client.force_login(focal_point)
    assert client.post(f"{path}change/withdraw/").status_code == 302
    assert 'value="Tapachula"' not in client.get(f"{path}profile/").text


@pytest.mark.long
def test_what_was_declined_stands_in_the_forms_again(
    client: Client, focal_point: User, organization: Organization, moderator: User
) -> None:
    client.force_login(focal_point)
    path = f"/en/desk/organizations/{organization.key}/"
    client.post(f"{path}profile/", TYPED | {"leave": "1", "place": "Tapachula"})
    asked = {"name": "Red Una", "type_code": "refugee_led", "country": "MX", "note": "A slip."}
    client.post(f"{path}identity/", asked)
    change = organization.changes.get()
    decide("organization_change", change.key, "declined", reason="No.", actor=person(moderator), now=NOW)
    profile, identity = (client.get(f"{path}{page}/").text for page in ("profile", "identity"))
    assert ('value="Tapachula"' in profile, 'value="Red Una"' in profile) == (True, False)
    assert ('value="Red Una"' in identity, "A slip." in identity) == (True, True)
    assert client.post(f"{path}profile/", TYPED | {"leave": "1", "place": "Tonalá"}).status_code == 302
    assert organization.changes.get(state="submitted").profile["place"] == "Tonalá"


def test_another_identity_is_asked_for_with_a_reason(
    client: Client, focal_point: User, organization: Organization, viewer_member: User
) -> None:
    client.force_login(focal_point)
    path = f"/en/desk/organizations/{organization.key}/identity/"
    sent = {"name": "Red Una", "type_code": "refugee_led", "country": "MX"}
    html = client.post(path, sent).text
    assert (html.count("Say why, so that the secretariat can check it."), 'value="Red Una"' in html) == (
        2,
        True,
    )
    assert client.post(path, sent | {"note": "A slip."}).status_code == 302
    asked = organization.changes.get()
    assert (asked.profile, asked.note) == ({"name": "Red Una"}, "A slip.")
    client.force_login(viewer_member)
    assert client.get(path).status_code == 302
    assert client.post(path, sent | {"note": "A slip."}).status_code == 403


def test_one_that_is_not_verified_changes_its_name_itself(client: Client, focal_point: User) -> None:
    draft = make_organization(owner=focal_point)
    client.force_login(focal_point)
    path = f"/en/desk/organizations/{draft.key}/identity/"
    assert client.get(path).url == f"/en/desk/organizations/{draft.key}/"
    sent = {"name": "Red Una", "type_code": "refugee_led", "country": "MX", "note": "Typed words."}
    html = client.post(path, sent).text
    assert ("This organization is not verified. Change its profile." in html, "Typed words." in html) == (
        True,
        True,
    )


def test_a_logo_before_verification_and_who_sees_it(
    client: Client, focal_point: User, other_org_member: User, viewer_member: User, moderator: User
) -> None:
    draft = make_organization(owner=focal_point)
    path = f"/en/desk/organizations/{draft.key}/logo/"
    client.force_login(focal_point)
    html = client.post(path, {"logo_text": "A bridge"}).text
    assert html.count("Choose a picture.") == 2
    html = client.post(path, {"logo": picture(), "logo_text": ""}).text
    assert html.count("Say what the logo shows, for those who do not see it.") == 2
    assert client.post(path, {"logo": picture(), "logo_text": "A bridge"}).status_code == 302
    seen = []
    for state in (OrganizationState.DRAFT, OrganizationState.SUBMITTED):
        Organization.objects.filter(pk=draft.pk).update(state=state)
        for user in (focal_point, other_org_member, moderator):
            client.force_login(user)
            seen.append(client.get(f"{path}picture/").status_code)
    assert seen == [200, 404, 404, 200, 404, 200]
    client.force_login(focal_point)
    assert "cannot be changed while it waits" in client.post(path, {"logo_text": "Two bridges"}).text


def test_a_viewer_changes_no_logo(client: Client, organization: Organization, viewer_member: User) -> None:
    client.force_login(viewer_member)
    path = f"/en/desk/organizations/{organization.key}/logo/"
    assert client.post(path, {"logo": picture(), "logo_text": "A bridge"}).status_code == 403
    assert client.post(f"{path}remove/").status_code == 403
    organization.refresh_from_db()
    assert (organization.logo, organization.changes.count()) == (None, 0)


def test_the_secretariat_says_the_same_of_listed_ones(client: Client, editor: User) -> None:
    listed = make_listed(name="Ministry of the Coast")
    client.force_login(editor)
    names = {"name": "Ministry of the Coast", "name_es": "Ministerio de la Costa", "type_code": "state"}
    others = {
        "language": "en",
        "country": "BZ",
        "aliases": "Coast Office (2001–2004)",
        "place": "Belmopan",
    }
    assert client.post(f"/en/desk/organizations/listed/{listed.key}/", names | others).status_code == 302
    facts = Record.objects.get(source_key=listed.key).facts
    assert {name: facts.get(name) for name in ("name_es", "dated_aliases", "place")} == {
        "name_es": "Ministerio de la Costa",
        "dated_aliases": "Coast Office (2001–2004)",
        "place": "Belmopan",
    }


@pytest.mark.long
def test_readers_read_its_name_in_their_language(client: Client, organization: Organization) -> None:
    organization.names = {"en": "One Network", "pt": "Rede Um"}
    publish(project(organization), actor=system("tests"), now=timezone.now())
    number = Record.objects.get(source_key=organization.key).public_id
    titles = []
    for code in ("es", "en", "pt", "fr"):
        page, listed = (client.get(f"/{code}/organizations/{part}").text for part in (f"{number}/", ""))
        row = client.get(f"/api/v1/organizations/{number}?ui={code}").json()
        titles.append(row["title"])
        assert (row["language"], row["translation"]) == ("es", "")
        assert row["title"] in listed
        lang = code if code in organization.names else "es"
        assert f'<h1 class="title" lang="{lang}">{row["title"]}</h1>' in page
    assert titles == ["Red Uno", "One Network", "Rede Um", "Red Uno"]
