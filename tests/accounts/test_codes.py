"""Codes of mails: wrong, late or spent ones say so at their field, a new one is a press away."""

from typing import Any

import pytest
from django.core import mail
from django.test import Client

from portal.accounts.limits import MAILS
from portal.accounts.models import User
from tests.accounts.test_signin import PASSWORD
from tests.accounts.test_signup import PERSON, code_in

LOGIN, CODE, ADDRESS = "/accounts/login/", "/accounts/login/code/confirm/", "/accounts/confirm-email/"
NEXT = "/en/desk/profile/?a=b"
EARLIER = "This is the code of an earlier mail."


@pytest.fixture(params=["sign in", "sign up"])
def asked(request: Any, client: Client, focal_point: User) -> str:
    """The address of the page that waits for a code, with where the person was going."""
    if request.param == "sign in":
        return client.post(f"{LOGIN}?lang=en", {"login": focal_point.email, "next": NEXT}).url
    return client.post("/accounts/signup/?lang=en", PERSON | {"next": NEXT}).url


def typed(client: Client, page: str, code: str) -> str:
    answer = client.post(page, {"code": code, "next": NEXT})
    assert (answer.status_code, 'aria-invalid="true"' in answer.text) == (200, True)
    return answer.text


@pytest.mark.few(1)
def test_a_code_works_after_two_wrong_ones_and_leads_on(client: Client, asked: str) -> None:
    for _ in range(2):
        assert "This code is not right." in typed(client, asked, "WRONG1")
    assert client.post(asked, {"code": code_in(mail.outbox[0]), "next": NEXT}).url == NEXT


@pytest.mark.few(1)
def test_the_third_wrong_code_spends_it_and_a_new_one_works(client: Client, asked: str) -> None:
    texts = [typed(client, asked, "WRONG1") for _ in range(3)]
    assert "wrong three times" in texts[2]
    assert "wrong three times" in typed(client, asked, code_in(mail.outbox[0]))
    again = client.post(asked, {"action": "resend", "next": NEXT})
    assert again.url.endswith("?next=%2Fen%2Fdesk%2Fprofile%2F%3Fa%3Db")
    assert "A new code is on its way." in client.get(again.url).text
    assert client.post(again.url, {"code": code_in(mail.outbox[1]), "next": NEXT}).url == NEXT


@pytest.mark.few(1)
def test_an_earlier_code_is_told_from_a_wrong_one(client: Client, asked: str) -> None:
    client.post(asked, {"action": "resend", "next": NEXT})
    assert EARLIER in typed(client, asked, code_in(mail.outbox[0]))
    assert client.post(asked, {"code": code_in(mail.outbox[1]), "next": NEXT}).url == NEXT


def _older(client: Client, seconds: int) -> None:
    session = client.session
    waiting = session.get("account_email_verification_code") or _sign_in_state(session)
    waiting["at"] -= seconds
    session.save()


def _sign_in_state(session: Any) -> dict[str, Any]:
    state: dict[str, Any] = session["account_login"]["state"]["stages"]["login_by_code"]["data"]
    return state


@pytest.mark.few(1)
def test_a_code_lives_a_quarter_of_an_hour_and_a_late_one_says_so(client: Client, asked: str) -> None:
    code = code_in(mail.outbox[0])
    _older(client, 15 * 60 + 5)
    assert "more than fifteen minutes old" in typed(client, asked, code)
    client.post(asked, {"action": "resend", "next": NEXT})
    _older(client, 15 * 60 - 60)
    assert client.post(asked, {"code": code_in(mail.outbox[1]), "next": NEXT}).url == NEXT


def test_a_code_that_nobody_waits_for_leads_to_the_sign_in(client: Client, db: None) -> None:
    for page in (CODE, ADDRESS):
        answer = client.post(f"{page}?lang=en&next={NEXT}", {"code": "WRONG1"}, follow=True)
        assert answer.redirect_chain[0][0] == "/accounts/login/?next=%2Fen%2Fdesk%2Fprofile%2F%3Fa%3Db"
        assert "Begin again." in answer.text


@pytest.mark.few(1)
@pytest.mark.parametrize("email", ["known", "unknown@example.org"])
def test_new_codes_have_an_end_and_say_so(client: Client, focal_point: User, email: str) -> None:
    address = focal_point.email if email == "known" else email
    page = client.post(f"{LOGIN}?lang=en", {"login": address}).url
    for _ in range(MAILS.amount):
        client.post(page, {"action": "resend"})
    assert len(mail.outbox) == MAILS.amount
    assert "Several mails went to this address" in client.get(page).text
    again = client.post(f"{LOGIN}?lang=en", {"login": address})
    assert "Several mails went to this address" in again.text


def test_the_sign_in_page_begins_anew_with_another_address(client: Client, focal_point: User) -> None:
    client.post(LOGIN, {"login": "typo@example.org"})
    assert client.get(f"{LOGIN}?next={NEXT}").status_code == 200


def test_next_is_kept_by_the_password_and_its_reset(client: Client, focal_point: User) -> None:
    page = client.get(f"{LOGIN}?lang=en&next={NEXT}").text
    assert "/accounts/password/reset/?next=%2Fen%2Fdesk%2Fprofile%2F%3Fa%3Db" in page
    client.post("/accounts/password/reset/", {"email": focal_point.email, "next": NEXT})
    link = next(line for line in str(mail.outbox[0].body).splitlines() if "/reset/key/" in line)
    form = client.get(link.replace("http://testserver", ""), follow=True)
    new = {"password1": "quite new words here", "password2": "quite new words here", "next": NEXT}
    assert client.post(form.request["PATH_INFO"], new).url == NEXT
    assert client.get(NEXT).status_code == 200


def test_a_used_link_for_a_password_says_so(client: Client, focal_point: User) -> None:
    client.post("/accounts/password/reset/?lang=en", {"email": focal_point.email})
    link = next(line for line in str(mail.outbox[0].body).splitlines() if "/reset/key/" in line)
    focal_point.set_password("something else meanwhile")
    focal_point.save()
    page = client.get(link.replace("http://testserver", "") + "?lang=en")
    assert "This link works no more" in page.text
    assert '/accounts/password/reset/"' in page.text


def test_sign_in_with_a_password_still_leads_on(client: Client, focal_point: User) -> None:
    answer = client.post(LOGIN, {"login": focal_point.email.upper(), "password": PASSWORD, "next": NEXT})
    assert answer.url == NEXT
