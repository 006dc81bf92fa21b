"""Tries are counted in the database: for each account and guesser, and nothing flushes or starves them."""

from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.utils import timezone

from portal.accounts.domain import forget_old_rows
from portal.accounts.guesses import may_mail
from portal.accounts.limits import FORMS, GUESSES, MAILS, MAILS_IN_ALL, Limit, clear, give_back, take
from portal.accounts.models import Tries, User
from tests.accounts.test_signin import PASSWORD
from tests.accounts.test_signup import code_in
from tests.factories import make_user
from tests.thinning import rarely

LOGIN = "/accounts/login/"
THREE = Limit("three", 3, timedelta(minutes=1))
NOW = timezone.now()


def at(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


def test_a_limit_slides_and_counts_each_alone(db: None) -> None:
    assert [take(THREE, "a", now=at(each)) for each in (0, 20, 40, 59, 61, 62, 81)] == [
        True,
        True,
        True,
        False,
        True,
        False,
        True,
    ]
    assert take(THREE, "b", now=at(59))


def test_what_is_given_back_can_be_taken_again(db: None) -> None:
    for each in (0, 1, 2):
        take(THREE, "a", now=at(each))
    give_back(THREE, "a", taken=at(1))
    assert [take(THREE, "a", now=at(3)), take(THREE, "a", now=at(4))] == [True, False]
    clear(THREE, "a")
    assert take(THREE, "a", now=at(5))


def test_nobody_can_read_whom_a_row_counts_for(client: Client, focal_point: User) -> None:
    client.post(LOGIN, {"login": focal_point.email, "password": "wrong words here"})
    text = str(list(Tries.objects.values()))
    assert (Tries.objects.count() > 1, focal_point.email in text, "127.0.0.1" in text) == (True, False, False)


def test_rows_that_count_no_more_are_forgotten(db: None) -> None:
    take(THREE, "old", now=timezone.now() - timedelta(hours=2))
    take(GUESSES, "new", now=timezone.now())
    assert (forget_old_rows(), Tries.objects.count()) == (1, 1)


def guess(client: Client, email: str, password: str = "wrong words here") -> str:
    answer = client.post(f"{LOGIN}?lang=en", {"login": email, "password": password})
    return "in" if answer.status_code == 302 else "many" if "too many tries" in answer.text else "wrong"


def test_a_guesser_gets_ten_tries_also_after_many_others(focal_point: User) -> None:
    """Neither a full cache nor other accounts take the count away."""
    before = [guess(Client(), focal_point.email) for _ in range(9)]
    cache.clear()
    for number in range(30):
        take(GUESSES, f"other{number}@example.org", now=timezone.now())
    after = [guess(Client(REMOTE_ADDR=f"198.51.100.{each}"), focal_point.email) for each in range(3)]
    assert (before, after) == (["wrong"] * 9, ["wrong", "many", "many"])
    assert guess(Client(), focal_point.email, PASSWORD) == "many"


def test_an_unknown_address_is_limited_as_a_known_one(db: None) -> None:
    assert [guess(Client(), "nobody@example.org") for _ in range(11)] == ["wrong"] * 10 + ["many"]


def test_the_owner_of_a_guessed_account_gets_in_by_code(client: Client, focal_point: User) -> None:
    for _ in range(11):
        guess(Client(REMOTE_ADDR="198.51.100.7"), focal_point.email)
    page = client.post(LOGIN, {"login": focal_point.email}).url
    assert client.post(page, {"code": code_in(mail.outbox[0])}).url == "/desk/"


def test_a_browser_that_is_known_keeps_its_own_tries(client: Client, focal_point: User) -> None:
    assert guess(client, focal_point.email, PASSWORD) == "in"
    client.post("/accounts/logout/")
    for _ in range(11):
        guess(Client(), focal_point.email)
    assert [guess(client, focal_point.email), guess(client, focal_point.email, PASSWORD)] == ["wrong", "in"]


def use_up_mails(user: User, *networks: str) -> None:
    """As strangers can: the mails of all, and those beyond of their own networks."""
    now = timezone.now()
    while take(MAILS_IN_ALL, user.email, now=now):
        continue
    mails = [may_mail(request_from(ip), user.email, user, now) for ip in networks for _ in range(3)]
    assert mails == [True, True, False] * len(networks)


def request_from(ip: str) -> HttpRequest:
    return RequestFactory().post(LOGIN, REMOTE_ADDR=ip)


@pytest.mark.few(1)
@pytest.mark.parametrize("ip", ["192.0.2.9", "2001:db8:7:1::9"])
def test_nobody_elsewhere_keeps_codes_from_a_new_browser(focal_point: User, ip: str) -> None:
    """Somebody who asks from many networks, and with many addresses of one, uses up their own."""
    use_up_mails(focal_point, "198.51.100.1", "203.0.113.1", "2001:db8:8::1")
    refused = [
        Client(REMOTE_ADDR=each).post(LOGIN, {"login": focal_point.email}).status_code
        for each in ("198.51.100.77", "2001:db8:8:ffff::5")
    ]
    assert (refused, mail.outbox) == ([200, 200], [])
    client = Client(REMOTE_ADDR=ip)
    page = client.post(LOGIN, {"login": focal_point.email}).url
    again = client.post(page, {"action": "resend"}, follow=True)
    assert (again.status_code, len(mail.outbox)) == (200, 2)
    assert client.post(page, {"code": code_in(mail.outbox[1])}).url == "/desk/"


def test_addresses_behind_a_server_of_both_kinds_are_told_apart(focal_point: User) -> None:
    first, other = (request_from(f"::ffff:192.0.2.{number}") for number in (7, 8))
    asked = [may_mail(first, focal_point.email, None, timezone.now()) for _ in range(MAILS.amount + 1)]
    assert asked == [True] * MAILS.amount + [False]
    assert may_mail(other, focal_point.email, None, timezone.now())


def test_a_browser_that_is_known_gets_codes_whatever_strangers_asked_for(
    client: Client, focal_point: User
) -> None:
    assert guess(client, focal_point.email, PASSWORD) == "in"
    client.post("/accounts/logout/")
    use_up_mails(focal_point, "127.0.0.1")
    refused = Client().post(f"{LOGIN}?lang=en", {"login": focal_point.email})
    assert ("Several mails went to this address" in refused.text, len(mail.outbox)) == (True, 0)
    asked = [client.post(LOGIN, {"login": focal_point.email}).status_code for _ in range(MAILS.amount + 1)]
    assert asked == [302] * MAILS.amount + [200]
    assert len(mail.outbox) == MAILS.amount


def test_the_mark_of_a_browser_is_good_for_its_own_account_only(client: Client, focal_point: User) -> None:
    other = make_user()
    guess(client, other.email, PASSWORD)
    client.post("/accounts/logout/")
    assert [guess(client, focal_point.email) for _ in range(11)] == ["wrong"] * 10 + ["many"]


def test_right_passwords_do_not_count(client: Client, focal_point: User) -> None:
    results = []
    for _ in range(11):
        client = Client()
        results.append(guess(client, focal_point.email, PASSWORD))
    assert results == ["in"] * 11


def test_wrong_codes_and_passwords_of_one_guesser_count_together(client: Client, focal_point: User) -> None:
    for _ in range(8):
        guess(client, focal_point.email)
    page = client.post(f"{LOGIN}?lang=en", {"login": focal_point.email}).url
    texts = [client.post(page, {"code": "WRONG1"}).text for _ in range(3)]
    assert [("too many tries" in text) for text in texts] == [False, False, True]


@pytest.mark.long
@pytest.mark.parametrize("people", [6, rarely(60)])
def test_many_people_behind_one_address_sign_in(db: None, people: int) -> None:
    """Sixty within five minutes, each with a wrong password first."""
    users = [make_user() for _ in range(people)]
    tries = [(guess(Client(), each.email), guess(Client(), each.email, PASSWORD)) for each in users]
    assert tries == [("wrong", "in")] * people
    assert FORMS.amount * 5 >= 60 * 5


@pytest.mark.long
@pytest.mark.parametrize(
    ("code", "title"),
    [
        ("es", "Demasiadas veces en poco tiempo"),
        rarely("en", "Too often in a short time"),
        rarely("pt", "Vezes demais em pouco tempo"),
        rarely("fr", "Trop souvent en peu de temps"),
    ],
)
def test_forms_without_end_are_a_page_in_four_languages_with_a_way_on(
    client: Client, db: None, code: str, title: str
) -> None:
    for _ in range(FORMS.amount):
        take(FORMS, "127.0.0.1", now=timezone.now())
    answer = client.post(f"{LOGIN}?lang={code}", {"login": "a@example.org", "password": "x"})
    assert (answer.status_code, title in answer.text, f"/{code}/" in answer.text) == (429, True, True)
