"""Before an account is changed one shows again who one is; the old address hears of it."""

import re
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core import mail
from django.test import Client

from portal.accounts.again import OPENS, TAKES
from portal.accounts.models import User
from portal.common.models import Event
from tests.accounts.test_signin import PASSWORD
from tests.accounts.test_signup import code_in
from tests.factories import make_user

AGAIN, BY_CODE = "/accounts/reauthenticate/", "/accounts/reauthenticate/code/"
CHANGING = (
    "/accounts/email/",
    "/accounts/password/change/",
    "/accounts/password/set/",
    "/accounts/2fa/totp/activate/",
    "/accounts/2fa/totp/deactivate/",
    "/accounts/2fa/recovery-codes/",
    "/accounts/2fa/recovery-codes/generate/",
    "/accounts/2fa/webauthn/add/",
    "/accounts/2fa/webauthn/keys/1/edit/",
    "/accounts/2fa/webauthn/keys/1/remove/",
)
NEW = "Neu@exämple.org"


@pytest.fixture
def by_code(db: None) -> User:
    """Somebody who has never chosen a password."""
    user = make_user(language="fr")
    user.set_unusable_password()
    user.save()
    return user


def show_again(client: Client) -> None:
    client.post(AGAIN, {"password": PASSWORD})


@pytest.mark.parametrize("path", CHANGING)
def test_nothing_is_changed_without_showing_again_who_one_is(
    client: Client, focal_point: User, by_code: User, path: str
) -> None:
    for user, door in ((focal_point, AGAIN), (by_code, BY_CODE)):
        client.force_login(user)
        told = {"email": "new@example.org", "action_add": "1", "password1": "a" * 14, "password2": "a" * 14}
        for answer in (client.get(path), client.post(path, told)):
            assert (answer.status_code, answer.url.partition("?")[0]) == (302, door)
    assert mail.outbox == []
    assert Client().get(path).url.startswith("/accounts/login/?next=")


def test_a_sign_in_alone_is_not_enough_and_the_proof_grows_old(client: Client, focal_point: User) -> None:
    client.post("/accounts/login/", {"login": focal_point.email, "password": PASSWORD})
    assert client.get("/accounts/email/").status_code == 302
    show_again(client)
    assert client.get("/accounts/email/").status_code == 200
    _age(client, OPENS + timedelta(seconds=5))
    sent = {"email": "x@example.org", "action_add": "1"}
    assert (client.get("/accounts/email/").status_code, client.post("/accounts/email/", sent).url) == (
        302,
        "/accounts/confirm-email/",
    )
    _age(client, TAKES)
    assert client.post("/accounts/email/", sent).url.startswith(AGAIN)


def _age(client: Client, span: timedelta) -> None:
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] -= span.total_seconds()
    session.save()


def test_the_new_address_takes_the_place_of_the_old(client: Client, focal_point: User) -> None:
    old = focal_point.email
    client.force_login(focal_point)
    show_again(client)
    page = client.post("/accounts/email/", {"email": NEW, "action_add": "1"}).url
    assert [(each.to, EmailAddress.objects.get(user=focal_point).email) for each in mail.outbox] == [
        (["neu@xn--exmple-cua.org"], old)
    ]
    client.post(page, {"code": code_in(mail.outbox[0])})
    focal_point.refresh_from_db()
    assert focal_point.email == EmailAddress.objects.get(user=focal_point).email == "neu@xn--exmple-cua.org"
    notice = mail.outbox[-1]
    assert (notice.to, notice.extra_headers["Content-Language"]) == ([old], "es")
    assert "neu@" not in str(notice.body)
    assert "/accounts/password/" not in str(notice.body)
    client.logout()
    assert client.post("/accounts/login/", {"login": old, "password": PASSWORD}).status_code == 200
    assert client.post("/accounts/login/", {"login": NEW, "password": PASSWORD}).url == "/desk/"


def test_a_new_address_that_others_have_is_not_told(client: Client, focal_point: User) -> None:
    other = make_user()
    client.force_login(focal_point)
    show_again(client)
    page = client.post("/accounts/email/?lang=en", {"email": other.email, "action_add": "1"}).url
    answer = client.post(page, {"code": code_in(mail.outbox[0])})
    assert "This address cannot be used." in answer.text
    focal_point.refresh_from_db()
    assert focal_point.email != other.email


def test_a_new_password_ends_other_browsers_and_is_told(client: Client, focal_point: User) -> None:
    other = Client()
    for each in (client, other):
        each.post("/accounts/login/", {"login": focal_point.email, "password": PASSWORD})
    show_again(client)
    new = {"oldpassword": PASSWORD, "password1": "quite new words here", "password2": "quite new words here"}
    assert client.post("/accounts/password/change/", new).url == "/accounts/"
    assert [each.get("/es/desk/").status_code for each in (client, other)] == [200, 302]
    assert [(each.to, each.extra_headers["Content-Language"]) for each in mail.outbox] == [
        ([focal_point.email], "es")
    ]
    assert focal_point.sign_ins.count() == 1


@pytest.mark.long
def test_who_has_no_password_shows_it_by_a_code(client: Client, by_code: User) -> None:
    client.force_login(by_code)
    door = client.get("/accounts/password/set/").url
    assert client.get(door).status_code == 200
    assert mail.outbox == []
    page = client.post(BY_CODE, {"action": "send", "next": "/accounts/password/set/"}).url
    assert mail.outbox[0].extra_headers["Content-Language"] == "fr"
    wrong = client.post(page, {"code": "WRONG1", "next": "/accounts/password/set/"})
    assert (wrong.status_code, 'aria-invalid="true"' in wrong.text) == (200, True)
    code = code_in(mail.outbox[0])
    assert (
        client.post(page, {"code": code, "next": "/accounts/password/set/"}).url == "/accounts/password/set/"
    )
    new = {"password1": "quite new words here", "password2": "quite new words here"}
    assert client.post("/accounts/password/set/", new).url == "/accounts/"
    actions = list(Event.objects.values_list("action", flat=True))
    assert actions == ["sign_in_failed", "confirmed_again", "password_changed"]


def test_an_address_typed_too_late_goes_on_by_itself(client: Client, focal_point: User) -> None:
    client.force_login(focal_point)
    door = client.post("/accounts/email/", {"email": "new@example.org", "action_add": "1"}).url
    assert client.post(door, {"password": PASSWORD}).url == "/accounts/confirm-email/"
    assert mail.outbox[0].to == ["new@example.org"]


def test_a_mailbox_alone_is_not_enough_for_who_has_a_password(client: Client, focal_point: User) -> None:
    client.force_login(focal_point)
    assert client.post(BY_CODE, {"action": "send"}).url == AGAIN
    assert mail.outbox == []


def test_a_mailbox_alone_is_not_enough_for_who_has_a_second_step(client: Client, by_code: User) -> None:
    client.force_login(by_code)
    TOTP.activate(by_code, generate_totp_secret())
    assert client.post(f"{BY_CODE}?next=/accounts/email/", {"action": "send"}).url == (
        "/accounts/2fa/reauthenticate/?next=%2Faccounts%2Femail%2F"
    )
    assert mail.outbox == []


@pytest.mark.few(1)
@pytest.mark.parametrize("typed", ["Ana@exämple.org", "ana@xn--exmple-cua.org", " ANA@EXÄMPLE.ORG "])
def test_case_and_idn_make_one_account(client: Client, db: None, typed: str) -> None:
    person = {"name": "Ana"}
    first = client.post("/accounts/signup/", person | {"email": "ana@exämple.org"}).url
    client.post(first, {"code": code_in(mail.outbox[0])})
    Client().post("/accounts/signup/", person | {"email": typed})
    visitor = Client()
    page = visitor.post("/accounts/login/", {"login": typed}).url
    assert visitor.post(page, {"code": code_in(mail.outbox[-1])}).url == "/desk/"
    assert list(User.objects.values_list("email", flat=True)) == ["ana@xn--exmple-cua.org"]


@pytest.mark.long
def test_notices_have_words_in_each_language(client: Client, db: None) -> None:
    texts: dict[str, Any] = {}
    for code in ("es", "en", "pt", "fr"):
        user = make_user(language=code)
        client.force_login(user)
        show_again(client)
        new = {
            "oldpassword": PASSWORD,
            "password1": "quite new words here",
            "password2": "quite new words here",
        }
        client.post("/accounts/password/change/", new)
        texts[code] = (mail.outbox[-1].subject, re.sub(r"\d", "", str(mail.outbox[-1].body)))
    assert len(set(texts.values())) == 4
