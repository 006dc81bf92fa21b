"""Signing in: password or code, language of mails, demo accounts, doors that skip the second factor."""

import pytest
from django.core import mail
from django.test import Client
from pytest_django import Settings

from portal.accounts.models import User
from portal.common.actors import Group
from tests.accounts.test_signup import code_in
from tests.factories import make_user

PASSWORD = "correct horse battery"


def test_an_empty_password_sends_a_code(client: Client, focal_point: User) -> None:
    first = client.post("/accounts/login/", {"login": focal_point.email, "password": ""})
    assert first.url == "/accounts/login/code/confirm/"
    landed = client.post(first.url, {"code": code_in(mail.outbox[0])})
    assert landed.url == "/desk/"
    assert client.get("/desk/").url == "/es/desk/"


def test_the_desk_asks_to_sign_in_and_keeps_the_whole_address(client: Client, db: None) -> None:
    response = client.get("/pt/desk/interventions/new/?question=a&question=b")
    assert response.url == "/accounts/login/?next=/pt/desk/interventions/new/%3Fquestion%3Da%26question%3Db"


def test_sign_in_leads_to_the_address_asked_for(client: Client, focal_point: User) -> None:
    wanted = "/fr/desk/profile/?a=b"
    response = client.post(
        "/accounts/login/", {"login": focal_point.email, "password": PASSWORD, "next": wanted}
    )
    assert response.url == wanted


def test_sign_in_never_leads_off_the_site(client: Client, focal_point: User) -> None:
    response = client.post(
        "/accounts/login/",
        {"login": focal_point.email, "password": PASSWORD, "next": "https://elsewhere.example/"},
    )
    assert response.url == "/desk/"


def test_a_session_outlives_the_browser(client: Client, focal_point: User) -> None:
    client.post("/accounts/login/", {"login": focal_point.email, "password": PASSWORD})
    assert client.session.get_expire_at_browser_close() is False
    assert client.session.get_expiry_age() > 13 * 24 * 3600


@pytest.mark.parametrize(("own", "page"), [("fr", "en"), ("pt", "es")])
def test_mails_speak_the_language_of_the_person(client: Client, db: None, own: str, page: str) -> None:
    user = make_user(language=own)
    client.post(f"/accounts/login/?lang={page}", {"login": user.email})
    assert mail.outbox[0].extra_headers["Content-Language"] == own


def test_mails_to_strangers_speak_the_language_of_the_page(client: Client, db: None) -> None:
    client.post("/accounts/login/?lang=pt", {"login": "nobody@example.org"})
    assert mail.outbox[0].extra_headers["Content-Language"] == "pt"


@pytest.mark.parametrize("typed", [{"password": PASSWORD}, {}])
def test_demo_accounts_are_refused_without_debug(
    client: Client, db: None, typed: dict[str, str], settings: Settings
) -> None:
    user = make_user(Group.MODERATOR, email="moderator@demo.invalid")
    settings.DEBUG = False
    response = client.post("/accounts/login/", {"login": user.email, **typed})
    if mail.outbox:
        response = client.post(response.url, {"code": code_in(mail.outbox[0])})
        assert response.url == "/accounts/inactive/"
    assert client.get("/es/desk/").status_code == 302


@pytest.mark.few(1)
@pytest.mark.parametrize("by_code", [True, False])
def test_demo_accounts_sign_in_with_debug(
    client: Client, db: None, by_code: bool, settings: Settings
) -> None:
    user = make_user(email="focal-point@demo.invalid")
    settings.DEBUG = True
    response = client.post("/accounts/login/", {"login": user.email, "password": "" if by_code else PASSWORD})
    if by_code:
        client.post(response.url, {"code": code_in(mail.outbox[0])})
    assert client.get("/es/desk/").status_code == 200


DOORS = ("/admin/login/", "/_util/login/", "/django-admin/login/")


@pytest.mark.parametrize("path", DOORS)
def test_other_doors_lead_to_our_sign_in(client: Client, db: None, path: str) -> None:
    response = client.get(f"{path}?next=/admin/pages/")
    assert (response.status_code, response.url) == (302, "/accounts/login/?next=/admin/pages/")
    assert client.post(path, {"username": "a", "password": "b"}).url == "/accounts/login/?next=/admin/"


@pytest.mark.parametrize("path", [*DOORS, "/admin/", "/django-admin/", "/admin/pages/"])
def test_the_admins_tell_a_member_that_they_are_not_theirs(
    client: Client, focal_point: User, path: str
) -> None:
    client.force_login(focal_point)
    assert client.get(path, follow=True).status_code == 403


@pytest.mark.parametrize("path", DOORS)
def test_the_admins_let_an_administrator_pass(client: Client, administrator: User, path: str) -> None:
    client.force_login(administrator)
    assert client.get(f"{path}?next=/admin/").url == "/admin/"
    assert client.get(f"{path}?next=https://elsewhere.example/").url == "/admin/"


@pytest.mark.parametrize(
    "path",
    ["/admin/password_reset/", "/admin/password_reset/confirm/MQ/abc-123/", "/admin/password_reset/done/"],
)
def test_the_admin_reset_leads_to_ours(client: Client, db: None, path: str) -> None:
    response = client.get(path)
    assert (response.status_code, response.url) == (302, "/accounts/password/reset/")


def test_the_admin_sends_strangers_to_our_sign_in(client: Client, db: None) -> None:
    landed = client.get("/admin/pages/", follow=True)
    assert landed.redirect_chain[-1][0] == "/accounts/login/?next=/admin/pages/"


@pytest.mark.few(2)
@pytest.mark.parametrize(
    "path", ["/accounts/2fa/", "/accounts/email/", "/accounts/password/change/", "/accounts/password/set/"]
)
def test_pages_of_the_account_are_in_reach(client: Client, focal_point: User, path: str) -> None:
    client.post("/accounts/login/", {"login": focal_point.email, "password": PASSWORD})
    response = client.get(path, follow=True)
    assert response.status_code == 200
    assert 'class="brand"' in response.content.decode()


def test_an_authenticator_can_be_set_up_after_the_password(client: Client, focal_point: User) -> None:
    client.force_login(focal_point)
    asked = client.get("/accounts/2fa/totp/activate/")
    assert asked.url.startswith("/accounts/reauthenticate/")
    page = client.post(asked.url, {"password": PASSWORD}, follow=True)
    assert page.redirect_chain[-1][0] == "/accounts/2fa/totp/activate/"
    assert 'name="code"' in page.content.decode()


def test_the_profile_keeps_name_and_language(client: Client, focal_point: User) -> None:
    client.force_login(focal_point)
    response = client.post("/en/desk/profile/", {"name": "Ana María", "language": "fr"})
    focal_point.refresh_from_db()
    assert (response.url, focal_point.name, focal_point.language) == (
        "/fr/desk/profile/",
        "Ana María",
        "fr",
    )
    html = client.post("/en/desk/profile/", {"name": "", "language": "de"}).content.decode()
    assert html.count("Enter your name.") == 2


def test_signing_out_needs_a_press_of_the_button(client: Client, focal_point: User) -> None:
    client.force_login(focal_point)
    client.get("/accounts/logout/")
    assert client.get("/es/desk/").status_code == 200
    client.post("/accounts/logout/")
    assert client.get("/es/desk/").status_code == 302
