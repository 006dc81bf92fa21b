"""What happens to an account stands in the event log, without secrets, and its owner reads it."""

import json

import pytest
from django.core import mail
from django.test import Client

from portal.accounts.models import User
from portal.common.models import Event
from tests.accounts.test_signin import PASSWORD
from tests.accounts.test_signup import code_in

LOGIN = "/accounts/login/"


def log() -> list[tuple[str, str, str, object]]:
    rows = Event.objects.order_by("pk")
    return [(row.action, row.object_kind, row.object_key, row.details.get("method")) for row in rows]


def test_sign_in_by_password_and_sign_out_are_logged(client: Client, focal_point: User) -> None:
    client.post(LOGIN, {"login": focal_point.email, "password": PASSWORD})
    client.post("/accounts/logout/")
    key = str(focal_point.pk)
    assert log() == [("signed_in", "user", key, "password"), ("signed_out", "user", key, None)]


def test_sign_in_by_code_is_logged_with_its_method(client: Client, focal_point: User) -> None:
    first = client.post(LOGIN, {"login": focal_point.email})
    client.post(first.url, {"code": code_in(mail.outbox[0])})
    assert log() == [("signed_in", "user", str(focal_point.pk), "code")]


def test_failures_and_lock_outs_are_logged_for_the_account(client: Client, focal_point: User) -> None:
    for _ in range(11):
        client.post(LOGIN, {"login": focal_point.email, "password": "not the password"})
    key = str(focal_point.pk)
    failed = [("sign_in_failed", "user", key, "password")] * 10
    assert log() == [*failed, ("locked_out", "user", key, "password")]


def test_failures_for_an_unknown_address_leave_a_digest_of_it(client: Client, db: None) -> None:
    for _ in range(2):
        client.post(LOGIN, {"login": "Zunzun@example.org", "password": "not the password"})
    rows = log()
    assert [(action, kind) for action, kind, *_rest in rows] == [("sign_in_failed", "address")] * 2
    assert rows[0][2] == rows[1][2]
    assert "zunzun" not in json.dumps(list(Event.objects.values()), default=str).casefold()


def test_nothing_secret_is_logged(
    client: Client, focal_point: User, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    first = client.post(LOGIN, {"login": focal_point.email})
    code = code_in(mail.outbox[0])
    client.post(first.url, {"code": "WRONG1"})
    client.post(first.url, {"code": code})
    client.post(LOGIN, {"login": focal_point.email, "password": "not the password"})
    written = json.dumps(list(Event.objects.values()), default=str) + caplog.text
    assert not [each for each in (code, "WRONG1", "not the password", "127.0.0.1") if each in written]
