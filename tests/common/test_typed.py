"""What a refused form gives back and to whom; what waits for somebody who was signed out, and how long."""

import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import psycopg
import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone, translation

from portal.accounts.models import User
from portal.common.models import KeptForm
from portal.common.typed import kept, reading
from portal.common.typed.refusals import is_busy
from tests.factories import make_user
from tests.factories.browser import Browser

PROFILE = "/en/desk/profile/"
DOSSIER = "/en/desk/dossiers/new/"
WORDS = "Ana remembers <b>this</b> & more"
PLAIN = "application/x-www-form-urlencoded"


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def person(db: None) -> User:
    return make_user(email="ana@example.org", language="en")


@pytest.fixture
def browser(person: User) -> Browser:
    ours = Browser()
    ours.force_login(person)
    return ours


def test_the_answer_is_not_kept_anywhere_and_writes_no_markup_of_the_text(browser: Browser) -> None:
    form = browser.form_at(PROFILE)
    answer = browser.send(form, name=WORDS, csrfmiddlewaretoken="x" * 64)
    assert (answer.status_code, "no-store" in answer["Cache-Control"], "noindex" in answer.text) == (
        403,
        True,
        True,
    )
    assert "<textarea" in answer.text
    assert "Ana remembers &lt;b&gt;this&lt;/b&gt; &amp; more</textarea>" in answer.text


@pytest.mark.few(1)
@pytest.mark.parametrize(
    ("code", "title"),
    [
        ("es", "Todavía no se ha enviado"),
        ("en", "Not sent yet"),
        ("pt", "Ainda não foi enviado"),
        ("fr", "Pas encore envoyé"),
    ],
)
def test_the_answer_speaks_the_language_of_the_page(browser: Browser, code: str, title: str) -> None:
    form = browser.form_at(f"/{code}/desk/profile/")
    answer = browser.send(form, name=WORDS, csrfmiddlewaretoken="x" * 64)
    assert (f'<html lang="{code}"' in answer.text, title in answer.text) == (True, True)


def test_a_form_whose_cookie_is_gone_can_be_sent_again(browser: Browser, person: User) -> None:
    form = browser.form_at(PROFILE)
    del browser.cookies["csrftoken"]
    answer = browser.send(form, name=WORDS)
    assert answer.status_code == 403
    browser.send(browser.forms(answer, PROFILE)[0])
    person.refresh_from_db()
    assert person.name == WORDS


@pytest.mark.parametrize(
    "said",
    [
        {"HTTP_ORIGIN": "https://evil.example"},
        {"HTTP_SEC_FETCH_SITE": "cross-site"},
        {"HTTP_ORIGIN": "null"},
        {"HTTP_ORIGIN": "https://evil.example", "HTTP_SEC_FETCH_SITE": "none"},
        {"HTTP_ORIGIN": "null", "HTTP_SEC_FETCH_SITE": "none"},
        {"HTTP_REFERER": "https://evil.example/x", "HTTP_SEC_FETCH_SITE": "same-origin"},
        {"HTTP_ORIGIN": "http://testserver", "HTTP_REFERER": "https://evil.example/x"},
    ],
)
def test_a_form_from_elsewhere_is_not_a_click_away_from_being_taken(
    browser: Browser, said: dict[str, str]
) -> None:
    body = urlencode({"name": WORDS, "language": "en"})
    answer = browser.post(PROFILE, body, content_type=PLAIN, **said)
    assert (answer.status_code, browser.forms(answer, PROFILE), "remembers" in answer.text) == (
        403,
        [],
        False,
    )


def test_a_form_of_another_account_is_kept_for_it_and_not_shown(browser: Browser, person: User) -> None:
    form = browser.form_at(PROFILE)
    browser.force_login(make_user())
    answer = browser.send(form, name=WORDS)
    assert (answer.status_code, "remembers" in answer.text) == (403, False)
    assert list(KeptForm.objects.values_list("user_id", "page")) == [(person.pk, "/es/desk/profile/")]


def test_a_form_without_a_mark_stays_on_the_page_and_nowhere_else(db: None) -> None:
    visitor = Browser()
    visitor.get("/accounts/login/")
    key = visitor.cookies["csrftoken"].value
    body = urlencode({"csrfmiddlewaretoken": key, "title": WORDS})
    answer = visitor.post(DOSSIER, body, content_type=PLAIN)
    assert (answer.status_code, visitor.forms(answer, DOSSIER)[0].holds(WORDS)) == (403, True)
    assert (KeptForm.objects.count(), "sessionid" in visitor.cookies) == (0, False)


def test_a_forged_mark_keeps_nothing(db: None, person: User) -> None:
    visitor = Browser()
    visitor.post(
        DOSSIER, urlencode({"opened_by": f"[{person.pk},1]:x:y", "title": WORDS}), content_type=PLAIN
    )
    assert KeptForm.objects.count() == 0


def test_a_password_is_asked_for_again_and_never_written(person: User) -> None:
    visitor = Browser()
    form = visitor.form_at("/accounts/login/")
    typed = {"login": person.email, "password": "correct horse battery"}
    answer = visitor.send(form, **typed, csrfmiddlewaretoken="x" * 64)
    again = visitor.forms(answer, "/accounts/login/")[0]
    assert (answer.status_code, "horse" in answer.text) == (403, False)
    assert (again.pairs()["password"], again.pairs()["login"]) == ([""], [person.email])
    assert visitor.send(again, password=typed["password"]).status_code == 302


@pytest.mark.parametrize(
    ("code", "title"), [("pt", "Vezes demais em pouco tempo"), ("en", "Too often in a short time")]
)
def test_too_often_at_the_sign_in_is_a_page_of_ours(db: None, settings: Any, code: str, title: str) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    visitor = Browser()
    form = visitor.form_at(f"/accounts/login/?lang={code}", "/accounts/login/")
    answers = [visitor.send(form, login="ana@example.org", password="long enough word") for _ in range(2)]
    assert (answers[1].status_code, answers[1]["Retry-After"]) == (429, "60")
    assert (title in answers[1].text, f'lang="{code}"' in answers[1].text) == (True, True)
    assert visitor.forms(answers[1], "/accounts/login/")[0].holds("ana@example.org")


def test_a_body_over_the_limit_comes_back_with_numbers(browser: Browser, person: User) -> None:
    form = browser.form_at(DOSSIER)
    answer = browser.send(form, title="Papers", description="x" * (6 * 1024 * 1024))
    again = next(each for each in browser.forms(answer, DOSSIER) if each.holds("Papers"))
    assert (answer.status_code, len(again.pairs()["description"][0])) == (413, 6 * 1024 * 1024)
    assert ("6.0" in answer.text, 'role="alert"' in answer.text) == (True, True)
    assert browser.send(again, description="shorter").status_code == 302


def test_a_body_too_large_to_show_is_told_with_numbers(browser: Browser) -> None:
    body = b"description=" + b"x" * reading.MOST_BYTES
    answer = browser.post(DOSSIER, body, content_type=PLAIN)
    assert (answer.status_code, browser.forms(answer, DOSSIER)) == (413, [])
    assert ("20.0" in answer.text, "Go back with your browser" in answer.text) == (True, True)


def test_too_many_fields_come_back(browser: Browser, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 50
    form = browser.form_at(DOSSIER)
    answer = browser.send(form, title=WORDS, more=["1"] * 60)
    assert (answer.status_code, browser.forms(answer, DOSSIER)[0].holds(WORDS)) == (400, True)


def test_a_broken_multipart_form_is_told(browser: Browser) -> None:
    answer = browser.post(DOSSIER, b"nothing of it", content_type="multipart/form-data; boundary=")
    assert (answer.status_code, "arrived broken" in answer.text) == (400, True)


def test_a_file_is_not_kept_and_that_is_said(browser: Browser) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    page = "/en/desk/searches/batch/"
    browser.get(page)
    answer = browser.post(page, {"note": "two words", "file": SimpleUploadedFile("a.csv", b"query\nasylum")})
    assert (answer.status_code, "Files cannot be kept" in answer.text) == (403, True)


@pytest.mark.parametrize(
    ("path", "status"),
    [("/en/desk/", 405), ("/en/desk/dossiers/8a2a8dd1-7bfb-4c6e-a1f7-7dfc4d7c1b9a/edit/", 404)],
)
def test_a_form_sent_where_none_is_taken_comes_back(browser: Browser, path: str, status: int) -> None:
    key = browser.form_at(PROFILE).pairs()["csrfmiddlewaretoken"][0]
    body = urlencode({"csrfmiddlewaretoken": key, "text": WORDS})
    answer = browser.post(path, body, content_type=PLAIN)
    assert (answer.status_code, browser.forms(answer, path)[0].holds(WORDS)) == (status, True)


def test_scripts_get_their_own_answers(browser: Browser) -> None:
    body = urlencode({"text": WORDS})
    answer = browser.post("/en/desk/", body, content_type=PLAIN, HTTP_ACCEPT="application/json")
    assert (answer.status_code, "remembers" in answer.text) == (403, False)


def sent_signed_out(browser: Browser, page: str = DOSSIER, **typed: Any) -> Any:
    form = browser.form_at(page)
    browser.logout()
    return browser.send(form, **typed)


def test_after_signing_in_the_text_is_there_until_it_is_saved(browser: Browser, person: User) -> None:
    answer = sent_signed_out(browser, title="Papers", description=WORDS)
    assert answer["Location"] == f"/accounts/login/?next={DOSSIER}"
    sign_in = browser.form_at(answer["Location"], "/accounts/login/")
    led = browser.send(sign_in, login=person.email, password="correct horse battery")
    assert led["Location"] == DOSSIER
    for _time in range(3):
        form = browser.form_at(DOSSIER)
        assert (form.holds(WORDS), form.holds("Papers")) == (True, True)
    assert browser.send(form).status_code == 302
    assert (KeptForm.objects.count(), browser.form_at(DOSSIER).holds(WORDS)) == (0, False)


def test_what_is_typed_in_another_attempt_replaces_what_waits(browser: Browser, person: User) -> None:
    sent_signed_out(browser, title="Papers", description=WORDS)
    browser.force_login(person)
    assert browser.send(browser.form_at(DOSSIER), title="", description="newer").status_code == 200
    assert browser.form_at(DOSSIER).holds("newer")


def test_it_waits_in_every_language(browser: Browser, person: User) -> None:
    sent_signed_out(browser, title="Papers", description=WORDS)
    browser.force_login(person)
    assert browser.form_at("/fr/desk/dossiers/new/").holds(WORDS)


def test_it_can_be_thrown_away(browser: Browser, person: User) -> None:
    sent_signed_out(browser, title="Papers", description=WORDS)
    browser.force_login(person)
    row = KeptForm.objects.get()
    form = browser.form_at(DOSSIER, f"/en/desk/kept/{row.pk}/discard/")
    assert browser.send(form)["Location"] == DOSSIER
    assert (KeptForm.objects.count(), browser.form_at(DOSSIER).holds(WORDS)) == (0, False)


def test_nobody_throws_away_what_waits_for_another(browser: Browser, person: User) -> None:
    sent_signed_out(browser, title="Papers", description=WORDS)
    other = Client()
    other.force_login(make_user())
    assert other.post(f"/en/desk/kept/{KeptForm.objects.get().pk}/discard/").status_code == 404
    assert KeptForm.objects.count() == 1


def test_a_long_text_waits_whole(browser: Browser, person: User) -> None:
    sent_signed_out(browser, title="Papers", description="ñ" * 200_000)
    browser.force_login(person)
    assert browser.form_at(DOSSIER).holds("ñ" * 200_000)


@pytest.mark.long
def test_it_waits_for_two_weeks_and_a_hundred_forms(person: User) -> None:
    now = timezone.now()
    for number in range(kept.MOST + 1):
        page = f"/en/desk/{number}/"
        kept.keep(user_id=person.pk, page=page, action=page, pairs=[("a", "b c")], now=now)
        now += timedelta(seconds=1)
    assert (KeptForm.objects.count(), KeptForm.objects.filter(page="/es/desk/0/").exists()) == (
        kept.MOST,
        False,
    )
    assert not kept.waits_for(person.pk, now=now + kept.LASTS)
    kept.keep(user_id=person.pk, page="/x/", action="/x/", pairs=[("a", "b")], now=now + kept.LASTS)
    assert KeptForm.objects.count() == 1


def test_submit_keys_and_passwords_are_never_stored(person: User) -> None:
    pairs = [("submit_key", "1"), ("password", "2"), ("new_password1", "3"), ("title", "4")]
    row = kept.keep(user_id=person.pk, page="/x/", action="/x/", pairs=pairs, now=timezone.now())
    assert row is not None
    assert kept.pairs_of(row) == [("title", "4")]


def test_only_a_database_that_is_held_is_busy() -> None:
    held = OperationalError("canceling statement due to lock timeout")
    held.__cause__ = psycopg.errors.LockNotAvailable()
    said = [OperationalError("database is locked"), OperationalError("database table is locked: x"), held]
    assert [is_busy(each) for each in [*said, OperationalError("no such table: x")]] == [
        True,
        True,
        True,
        False,
    ]


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL holds rows, not the database")
def test_a_database_that_another_connection_holds_gives_the_text_back() -> None:
    """A second connection in the middle of writing, as an import has it."""
    person, browser = make_user(language="en"), Browser()
    browser.force_login(person)
    form = browser.form_at(PROFILE)
    connection.cursor().execute("PRAGMA busy_timeout = 50")
    importing = sqlite3.connect(str(connection.settings_dict["NAME"]), uri=True, isolation_level=None)
    importing.execute("BEGIN IMMEDIATE")
    importing.execute("UPDATE accounts_user SET name = 'imported'")
    answer = browser.send(form, name=WORDS)
    importing.execute("ROLLBACK")
    importing.close()
    again = browser.forms(answer, PROFILE)[0]
    assert (answer.status_code, answer["Retry-After"], again.holds(WORDS)) == (503, "5", True)
    assert browser.send(again).status_code == 302
    person.refresh_from_db()
    assert person.name == WORDS


def test_signing_out_and_in_in_another_tab_loses_nothing(browser: Browser, person: User) -> None:
    form = browser.form_at(PROFILE)
    browser.send(browser.form_at("/accounts/logout/"))
    entered = browser.send(
        browser.form_at("/accounts/login/"), login=person.email, password="correct horse battery"
    )
    assert entered.status_code == 302
    answer = browser.send(form, name=WORDS)
    assert answer.status_code == 403
    assert browser.send(browser.forms(answer, PROFILE)[0]).status_code == 302
    person.refresh_from_db()
    assert person.name == WORDS


def test_the_sign_in_says_that_the_text_is_kept(browser: Browser) -> None:
    answer = sent_signed_out(browser, title="Papers", description=WORDS)
    assert "What you typed is kept" in browser.get(answer["Location"]).text
