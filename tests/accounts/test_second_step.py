"""Staff come into no room of theirs by a password alone: every address of the portal is tried."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.checks import run_checks
from django.test import Client
from django.urls import get_resolver
from pytest_django import Settings

from portal.accounts.models import User
from portal.accounts.staff.routes import ROOMS, is_staff_route
from portal.common.actors import Group
from tests.accounts.test_again import CHANGING
from tests.accounts.test_factors import app_code, step
from tests.accounts.test_signin import PASSWORD
from tests.factories import make_user
from tests.test_addresses import address, routes
from tests.thinning import rarely

STEP, AGAIN_BY_STEP = "/accounts/2fa/staff/", "/accounts/2fa/reauthenticate/"
# Their own pages stay open to people, so that they can add a step; and doors lead on to signing in or out.
OWN = ("accounts/", "_util/", "admin/login/", "admin/logout/", "admin/password_reset/", "django-admin/lo")


@pytest.fixture
def _step_needed(settings: Settings) -> None:
    settings.STAFF_BY_PASSWORD = False


def by_password(user: User) -> Client:
    client = Client()
    assert client.post("/accounts/login/", {"login": user.email, "password": PASSWORD}).status_code == 302
    return client


def every_address() -> Iterator[str]:
    """Of every route: ours, Wagtail's, Django's and the packages'."""
    for route in routes(get_resolver().url_patterns, others=()):
        plain = re.sub(r"\([^()]*(\([^()]*\)[^()]*)*\)", "1", route)
        plain = re.sub(r"[\\^$?*+.]", "", re.sub(r"<(?!str|int|slug|uuid)[\w:]+>", "1", plain))
        yield address(plain).replace("//", "/")


@pytest.mark.usefixtures("_step_needed")
@pytest.mark.parametrize("is_post", [False, rarely(True)])
def test_a_password_alone_opens_no_room(moderator: User, is_post: bool) -> None:
    client = by_password(moderator)
    rooms = sorted({path for path in every_address() if is_staff_route(path)})
    assert len(rooms) > 500
    answers = {path: (client.post if is_post else client.get)(path) for path in rooms}
    if is_post:
        passed = [path for path, answer in answers.items() if answer.status_code != 403]
    else:
        passed = [
            path
            for path, answer in answers.items()
            if not answer.headers.get("Location", "").startswith(STEP)
        ]
    assert passed == []


@pytest.mark.long
@pytest.mark.usefixtures("_step_needed", "consultation_pages")
def test_outside_of_the_rooms_nobody_is_anybody(moderator: User) -> None:
    """What is no room answers a moderator as a stranger, byte by byte."""
    client, stranger = by_password(moderator), Client()
    paths = [path for path in every_address() if not is_staff_route(path) and not path[1:].startswith(OWN)]
    assert len(paths) > 100
    told = {path: (answer_of(client, path), answer_of(stranger, path)) for path in paths}
    assert [path for path, (own, others) in told.items() if own != others] == []


def answer_of(client: Client, path: str) -> tuple[int, str, bytes]:
    answer: Any = client.get(path)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return answer.status_code, answer.headers.get("Location", ""), re.sub(rb'nonce="[^"]*"', b"", body)


@pytest.mark.usefixtures("_step_needed")
@pytest.mark.parametrize("group", Group)
def test_every_task_needs_a_step(db: None, group: Group) -> None:
    client = by_password(make_user(group))
    assert client.get("/en/desk/").url == f"{STEP}?next=%2Fen%2Fdesk%2F"


@pytest.mark.usefixtures("_step_needed")
def test_members_need_none(focal_point: User) -> None:
    assert by_password(focal_point).get("/en/desk/").status_code == 200


@pytest.mark.usefixtures("_step_needed")
@pytest.mark.django_db(transaction=True)
def test_staff_are_led_to_a_step_and_back() -> None:
    """A transaction of its own: allauth tells of a new step when it is committed."""
    moderator = make_user(Group.MODERATOR, language="en")
    client = by_password(moderator)
    page = client.get("/en/desk/moderation/?kind=pledge", follow=True)
    assert "Your account needs a second step" in client.get(f"{STEP}?lang=en&next=/en/desk/moderation/").text
    assert 'href="/accounts/2fa/totp/activate/"' in page.text
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    seed = re.search(r"secret=([A-Z2-7]+)", client.get("/accounts/2fa/totp/activate/").text)
    assert seed is not None
    codes = client.post("/accounts/2fa/totp/activate/", {"code": app_code(seed[1])}, follow=True)
    assert f'href="{STEP}"' in codes.text
    back = client.get(STEP, follow=True)
    assert (back.redirect_chain, back.status_code) == ([("/en/desk/moderation/", 302)], 200)
    _a_session_from_before_is_not_enough(moderator, seed[1])
    Authenticator.objects.all().delete()
    assert client.get("/en/desk/").url.startswith(STEP)


def _a_session_from_before_is_not_enough(user: User, seed: str) -> None:
    older = Client()
    older.force_login(user)
    assert older.get("/en/desk/").url.startswith(STEP)
    assert older.get(f"{STEP}?next=/en/desk/").url == "/accounts/2fa/reauthenticate/?next=%2Fen%2Fdesk%2F"
    newer = step(user)
    assert newer.post("/accounts/2fa/authenticate/", {"code": app_code(seed, 1)}).status_code == 302
    assert newer.get("/en/desk/").status_code == 200


@pytest.mark.parametrize("path", CHANGING)
@pytest.mark.usefixtures("_step_needed")
def test_a_session_from_before_gets_by_no_password_around_the_step(moderator: User, path: str) -> None:
    """Neither by taking the step off, nor by one of its own, nor by codes that stand in for it."""
    older = by_password(moderator)
    TOTP.activate(moderator, generate_totp_secret())
    RecoveryCodes.activate(moderator)
    kept = list(Authenticator.objects.order_by("pk").values_list("pk", "data"))
    assert older.post("/accounts/reauthenticate/", {"password": PASSWORD}).status_code == 302
    answers = [older.get(path), older.post(path, {"code": "000000"})]
    assert {answer.headers["Location"].partition("?")[0] for answer in answers} == {AGAIN_BY_STEP}
    assert list(Authenticator.objects.order_by("pk").values_list("pk", "data")) == kept
    assert older.get("/en/desk/").url.startswith(STEP)


@pytest.mark.usefixtures("_step_needed")
def test_what_was_typed_is_given_back(moderator: User) -> None:
    client = by_password(moderator)
    answer = client.post(
        "/en/desk/profile/", {"name": "Somebody else"}, headers={"origin": "http://testserver"}
    )
    assert answer.status_code == 403
    assert "Somebody else" in answer.text
    assert "your account has no second step at sign-in yet" in answer.text


def test_the_exception_is_refused_where_debug_is_off(settings: Settings) -> None:
    settings.SILENCED_SYSTEM_CHECKS = []

    def problems() -> list[str | None]:
        return [each.id for each in run_checks() if each.id == "portal.E010"]

    settings.STAFF_BY_PASSWORD, settings.DEBUG = True, False
    assert problems() == ["portal.E010"]
    settings.DEBUG = True
    assert problems() == []
    settings.STAFF_BY_PASSWORD, settings.DEBUG = False, False
    assert problems() == []


def test_public_pages_are_no_rooms() -> None:
    assert not any(
        is_staff_route(path) for path in ("/", "/en/", "/en/pledges/", "/accounts/2fa/", "/api/v1/")
    )
    assert all(is_staff_route(f"/{room}") for room in ROOMS)
