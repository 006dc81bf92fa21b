"""The second step: an app, passkeys, recovery codes; seeds are stored encrypted and shown to nobody."""

import json
import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from cryptography.fernet import InvalidToken
from django.contrib import admin
from django.core import mail
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from portal.accounts.factors import FactorAdapter
from portal.accounts.models import User
from portal.common.models import Event
from tests.accounts.test_signin import PASSWORD
from tests.factories import make_user

ADD, STEP, CODES = (
    "/accounts/2fa/totp/activate/",
    "/accounts/2fa/authenticate/",
    "/accounts/2fa/recovery-codes/",
)
NEXT = "/en/desk/profile/"


def app_code(seed: str, ahead: int = 0) -> str:
    return format_hotp_value(hotp_value(seed, int(time.time()) // 30 + ahead))


def with_app(client: Client, user: User) -> str:
    """The seed of an app that was added just now."""
    client.force_login(user)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    seed = re.search(r"secret=([A-Z2-7]+)", client.get(ADD).text)
    assert seed is not None
    assert client.post(ADD, {"code": app_code(seed[1])}).url == CODES
    return seed[1]


def step(user: User) -> Client:
    """A browser before the second step."""
    client = Client()
    answer = client.post("/accounts/login/", {"login": user.email, "password": PASSWORD, "next": NEXT})
    assert answer.url == STEP
    return client


@pytest.mark.django_db(transaction=True)
def test_an_app_is_asked_for_from_then_on(client: Client) -> None:
    """A transaction of its own: allauth tells of a new step when it is committed."""
    focal_point = make_user()
    seed = with_app(client, focal_point)
    assert [each.to for each in mail.outbox] == [[focal_point.email]]
    again = step(focal_point)
    wrong = again.post(f"{STEP}?lang=en", {"code": "000000"})
    assert "This code is not right." in wrong.text
    assert again.post(STEP, {"code": app_code(seed, 1)}).url == NEXT
    told = Event.objects.filter(object_key=str(focal_point.pk)).values_list("action", flat=True)
    assert sorted(set(told)) == [
        "codes_renewed",
        "confirmed_again",
        "factor_added",
        "sign_in_failed",
        "signed_in",
    ]


def test_recovery_codes_are_shown_once_and_work_once(client: Client, focal_point: User) -> None:
    with_app(client, focal_point)
    page = client.get(CODES).text
    codes = re.findall(r"<code[^>]*>(\d{8})</code>", page)
    assert (len(codes), any(code in client.get(CODES).text for code in codes)) == (10, False)
    assert step(focal_point).post(STEP, {"code": codes[0]}).url == NEXT
    assert step(focal_point).post(STEP, {"code": codes[0]}).status_code == 200


def test_seeds_are_encrypted_where_they_are_stored(client: Client, focal_point: User) -> None:
    client.force_login(focal_point)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    seed = re.search(r"secret=([A-Z2-7]+)", client.get(ADD).text)
    assert seed is not None
    assert seed[1] not in json.dumps(dict(client.session.items()))
    client.post(ADD, {"code": app_code(seed[1])})
    rows = list(Authenticator.objects.values_list("type", "data"))
    assert {kind for kind, _data in rows} == {"totp", "recovery_codes"}
    assert seed[1] not in json.dumps(rows)
    adapter = FactorAdapter()
    assert [re.fullmatch("[0-9a-f]+", data.get("seed", "a")) is None for _kind, data in rows].count(True) == 1
    assert adapter.decrypt(next(data["secret"] for kind, data in rows if kind == "totp")) == seed[1]


def test_a_new_secret_key_still_opens_old_seeds(settings: Settings) -> None:
    stored = FactorAdapter().encrypt("SEED")
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another"
    assert FactorAdapter().decrypt(stored) == "SEED"
    with pytest.raises(InvalidToken):
        FactorAdapter().decrypt("JBSWY3DPEHPK3PXP")


def test_nobody_sees_seeds_in_the_admin(client: Client, administrator: User) -> None:
    assert not admin.site.is_registered(Authenticator)
    client.force_login(administrator)
    assert client.get("/django-admin/mfa/authenticator/").status_code == 404


def test_codes_of_an_app_are_limited_wherever_they_come_from(client: Client, focal_point: User) -> None:
    seed = with_app(client, focal_point)
    for number in range(11):
        attacker = step(focal_point)
        attacker.post(STEP, {"code": "000000"}, REMOTE_ADDR=f"198.51.100.{number}")
    last = step(focal_point).post(f"{STEP}?lang=en", {"code": app_code(seed, 1)}, REMOTE_ADDR="198.51.100.99")
    assert "too many tries" in last.text


def test_a_code_of_an_app_works_once(client: Client, focal_point: User) -> None:
    code = app_code(with_app(client, focal_point), 1)
    first, second = step(focal_point), step(focal_point)
    assert first.post(STEP, {"code": code}).url == NEXT
    cache.clear()
    assert second.post(STEP, {"code": code}).status_code == 200


def test_removing_the_app_takes_the_codes_along(client: Client, focal_point: User) -> None:
    with_app(client, focal_point)
    assert client.post("/accounts/2fa/totp/deactivate/").url == "/accounts/2fa/"
    assert Authenticator.objects.count() == 0
    removed = Event.objects.filter(action="factor_removed").values_list("details__method", flat=True)
    assert sorted(removed) == ["recovery_codes", "totp"]


@pytest.mark.long
def test_the_way_on_survives_code_and_second_step(client: Client, focal_point: User) -> None:
    seed = with_app(client, focal_point)
    again = Client()
    page = again.post("/accounts/login/", {"login": focal_point.email, "next": NEXT}).url
    code = re.search(r"^\s*([A-Z]+-[A-Z]+)\s*$", str(mail.outbox[-1].body), re.MULTILINE)
    assert code is not None
    assert again.post(page, {"code": code[1], "next": NEXT}).url == STEP
    assert again.post(STEP, {"code": app_code(seed, 1)}).url == NEXT


@pytest.mark.long
def test_the_way_on_survives_a_new_password_and_the_second_step(client: Client, focal_point: User) -> None:
    seed = with_app(client, focal_point)
    again = Client()
    again.post("/accounts/password/reset/", {"email": focal_point.email, "next": NEXT})
    link = next(line for line in str(mail.outbox[-1].body).splitlines() if "/reset/key/" in line)
    form = again.get(link.replace("http://testserver", ""), follow=True)
    new = {"password1": "quite new words here", "password2": "quite new words here", "next": NEXT}
    assert again.post(form.request["PATH_INFO"], new).url == STEP
    assert again.post(STEP, {"code": app_code(seed, 1)}).url == NEXT


@pytest.mark.parametrize(
    "path",
    [
        "/accounts/signup/passkey/",
        "/accounts/2fa/trust/",
        "/accounts/2fa/webauthn/signup/",
        "/accounts/2fa/recovery-codes/download/",
        "/accounts/phone/change/",
        "/accounts/3rdparty/",
        "/accounts/social/login/cancelled/",
        "/accounts/confirm-email/abc/",
        "/accounts/sessions/",
    ],
)
def test_what_nobody_needs_has_no_address(client: Client, focal_point: User, path: str) -> None:
    client.force_login(focal_point)
    assert client.get(path).status_code == 404
