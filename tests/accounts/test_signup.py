"""Making an account by code: where one lands, in which language, and what a stranger can learn."""

import re

import pytest
from django.core import mail
from django.test import Client

from portal.accounts.models import User
from tests.factories import make_user

PERSON = {"name": "Ana", "email": "ana@example.org"}


def any_code(message: mail.EmailMessage) -> str | None:
    match = re.search(r"^\s*([A-Z0-9]+(?:-[A-Z0-9]+)*)\s*$", str(message.body), re.MULTILINE)
    return match[1] if match else None


def code_in(message: mail.EmailMessage) -> str:
    code = any_code(message)
    assert code is not None
    return code


def test_a_code_is_all_it_takes_and_the_desk_comes_next(client: Client, db: None) -> None:
    first = client.post("/accounts/signup/?lang=pt", PERSON)
    assert first.url == "/accounts/confirm-email/"
    landed = client.post(first.url, {"code": code_in(mail.outbox[0])}, follow=True)
    user = User.objects.get(email="ana@example.org")
    assert (user.name, user.language, user.has_usable_password()) == ("Ana", "pt", False)
    assert landed.redirect_chain[-1][0] == "/pt/desk/"
    html = landed.content.decode()
    assert html.index('href="/pt/desk/organizations/new/"') > html.index("<main")


def test_a_stranger_does_not_name_the_account_of_the_owner(client: Client, db: None) -> None:
    stranger = Client()
    stranger.post("/accounts/signup/", PERSON | {"name": "http://evil.example"})
    client.post("/accounts/signup/", PERSON)
    page = client.post("/accounts/login/", {"login": PERSON["email"]}).url
    assert client.post(page, {"code": code_in(mail.outbox[-1])}).url == "/desk/"
    assert User.objects.get(email=PERSON["email"]).name == "Ana"
    assert "evil.example" not in client.get("/en/desk/profile/").text


def test_a_name_is_kept_by_who_signs_in_before_the_code_of_the_sign_up(client: Client, db: None) -> None:
    client.post("/accounts/signup/", PERSON)
    page = client.post("/accounts/login/", {"login": PERSON["email"]}).url
    assert page == "/accounts/login/code/confirm/"
    assert client.post(page, {"code": code_in(mail.outbox[-1])}).url == "/desk/"
    assert User.objects.get(email=PERSON["email"]).name == "Ana"


def test_the_way_back_survives_sign_up(client: Client, db: None) -> None:
    wanted = "/en/desk/interventions/new/?question=7d1f5d0e-0000-4000-8000-000000000000"
    door = client.get(wanted).url
    html = client.get(door).content.decode()
    signup = re.search(r'href="(/accounts/signup/[^"]*)"', html)
    assert signup is not None
    page = client.get(signup[1].replace("&amp;", "&")).content.decode()
    hidden = re.search(r'name="next" value="([^"]+)"', page)
    assert hidden is not None
    first = client.post("/accounts/signup/", PERSON | {"next": hidden[1].replace("&amp;", "&")})
    landed = client.post(first.url, {"code": code_in(mail.outbox[0])})
    assert landed.url == wanted


def test_a_wrong_code_says_so_and_keeps_the_person_out(client: Client, db: None) -> None:
    client.post("/accounts/signup/?lang=en", PERSON)
    response = client.post("/accounts/confirm-email/?lang=en", {"code": "WRONG1"})
    assert response.status_code == 200
    assert 'aria-invalid="true"' in response.content.decode()
    assert client.get("/en/desk/").status_code == 302


@pytest.mark.parametrize(
    ("email", "message"),
    [
        ("", "Enter your e-mail address."),
        ("ana@", "This does not look like an e-mail address. Check it for missing parts."),
    ],
)
def test_a_wrong_address_is_explained_at_the_field(
    client: Client, db: None, email: str, message: str
) -> None:
    html = client.post("/accounts/signup/?lang=en", {"name": "Ana", "email": email}).content.decode()
    assert html.count(message) == 2
    assert 'value="Ana"' in html


def shown(client: Client, path: str, typed: dict[str, str]) -> tuple[str, int, str]:
    """Address, status and page after a form was sent, without what changes at every look."""
    response = client.post(path, typed, follow=True)
    html = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", response.content.decode())
    return response.redirect_chain[-1][0], response.status_code, html.replace(typed.get("login", ""), "")


def test_sign_up_does_not_tell_whether_an_account_exists(db: None) -> None:
    make_user(email="known@example.org")
    answers = []
    for email in ("known@example.org", "fresh@example.org"):
        address, status, html = shown(Client(), "/accounts/signup/?lang=en", {"name": "A", "email": email})
        answers.append((address, status, html.replace(email, "")))
    assert answers[0] == answers[1]
    assert [code is None for code in map(any_code, mail.outbox)] == [True, False]


@pytest.mark.parametrize("path", ["/accounts/login/", "/accounts/login/code/"])
def test_sign_in_by_code_does_not_tell_whether_an_account_exists(db: None, path: str) -> None:
    make_user(email="known@example.org")
    name = "login" if path == "/accounts/login/" else "email"
    answers = []
    for email in ("known@example.org", "fresh@example.org"):
        address, status, html = shown(Client(), f"{path}?lang=en", {name: email})
        answers.append((address, status, html.replace(email, "")))
    assert answers[0] == answers[1]


def test_a_wrong_password_does_not_tell_whether_an_account_exists(db: None) -> None:
    make_user(email="known@example.org")
    answers = [
        Client()
        .post("/accounts/login/?lang=en", {"login": email, "password": "wrong password"})
        .content.decode()
        for email in ("known@example.org", "fresh@example.org")
    ]
    plain = [
        re.sub(r'(name="csrfmiddlewaretoken" value="[^"]+"|(known|fresh)@example.org)', "", html)
        for html in answers
    ]
    assert plain[0] == plain[1]
    assert "errors-title" in plain[0]


def test_a_reset_of_the_password_does_not_tell_whether_an_account_exists(db: None) -> None:
    make_user(email="known@example.org")
    answers = [
        shown(Client(), "/accounts/password/reset/?lang=en", {"email": email})
        for email in ("known@example.org", "fresh@example.org")
    ]
    assert answers[0] == answers[1]
    assert [each.to for each in mail.outbox] == [["known@example.org"], ["fresh@example.org"]]


@pytest.mark.parametrize(
    ("path", "name"), [("/accounts/login/", "login"), ("/accounts/signup/", "email")], ids=["login", "signup"]
)
def test_wrong_and_new_codes_do_not_tell_whether_an_account_exists(db: None, path: str, name: str) -> None:
    make_user(email="known@example.org")
    answers = []
    for email in ("known@example.org", "fresh@example.org"):
        client = Client()
        page = client.post(f"{path}?lang=en", {name: email, "name": "Ana"}).url
        told = [shown(client, page, {"action": "resend"}), *(_typed(client, page) for _ in range(3))]
        answers.append([[str(part).replace(email, "") for part in each] for each in told])
        assert [each.to for each in mail.outbox] == [[email]] * 2
        mail.outbox.clear()
    assert answers[0] == answers[1]


def _typed(client: Client, page: str) -> tuple[str, int, str]:
    answer = client.post(page, {"code": "WRONG1"})
    html = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", answer.text)
    return page, answer.status_code, html
