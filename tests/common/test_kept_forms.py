"""What the mark of a form opens, how much waits and how long, what is a secret; queries too long to read."""

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from portal.accounts.models import User
from portal.common.models import KeptForm
from portal.common.typed import kept
from portal.common.typed.answers import form_of
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


def marked(browser: Browser, page: str) -> str:
    return browser.form_at(page).pairs()["opened_by"][0]


def sent_with_mark(mark: str, address: str, **said: Any) -> Any:
    """A browser without a session, as on another site, sends a mark that leaked."""
    body = urlencode({"opened_by": mark, "reason": WORDS})
    return Browser().post(address, body, content_type=PLAIN, **said)


@pytest.mark.few(2)
@pytest.mark.parametrize(
    ("address", "said", "count"),
    [
        (PROFILE, {}, 1),
        ("/fr/desk/profile/", {}, 1),
        (PROFILE, {"HTTP_ORIGIN": "https://evil.example"}, 0),
        (PROFILE, {"HTTP_ORIGIN": "null", "HTTP_SEC_FETCH_SITE": "none"}, 0),
        ("/en/desk/moderation/intervention/8a2a8dd1-7bfb-4c6e-a1f7-7dfc4d7c1b9a/approved/", {}, 0),
    ],
)
def test_a_mark_is_good_for_the_forms_of_its_page_alone(
    browser: Browser, address: str, said: dict[str, str], count: int
) -> None:
    sent_with_mark(marked(browser, PROFILE), address, **said)
    assert KeptForm.objects.count() == count


def test_a_changed_password_ends_a_mark(browser: Browser, person: User) -> None:
    mark = marked(browser, PROFILE)
    person.set_password("another battery of horses")
    person.save()
    assert sent_with_mark(mark, PROFILE).status_code == 403
    assert KeptForm.objects.count() == 0


def test_a_form_of_another_account_that_cannot_be_kept_is_not_shown(browser: Browser, person: User) -> None:
    form = browser.form_at(PROFILE)
    person.set_password("another battery of horses")
    person.save()
    browser.force_login(make_user())
    answer = browser.send(form, name=WORDS)
    assert (answer.status_code, "remembers" in answer.text, "Nothing was saved" in answer.text) == (
        403,
        False,
        True,
    )
    assert KeptForm.objects.count() == 0


@pytest.mark.parametrize(
    ("pairs", "is_kept"),
    [
        ([("revision", "3"), ("base", "x"), ("draft_key", "y")], False),
        ([("reason", "  "), ("revision", "3")], False),
        ([("reason", "Duplicate")], True),
    ],
)
def test_a_form_in_which_nothing_was_typed_is_not_kept(
    person: User, pairs: list[tuple[str, str]], is_kept: bool
) -> None:
    row = kept.keep(user_id=person.pk, page="/x/", action="/x/", pairs=pairs, now=timezone.now())
    assert (row is not None) == is_kept


def test_a_text_too_long_to_wait_stays_on_the_page(browser: Browser) -> None:
    form = browser.form_at(DOSSIER)
    browser.logout()
    answer = browser.send(form, title="Papers", description="x" * (kept.LARGEST + 1))
    again = browser.forms(answer, DOSSIER)[0]
    assert (answer.status_code, "too long to be kept" in answer.text) == (403, True)
    assert (len(again.pairs()["description"][0]), KeptForm.objects.count()) == (kept.LARGEST + 1, 0)


def test_all_texts_of_an_account_have_a_limit(person: User) -> None:
    now, other = timezone.now(), make_user()
    kept.keep(user_id=other.pk, page="/o/", action="/o/", pairs=[("a", "b c")], now=now)
    for number in range(6):
        page, pairs = f"/en/desk/{number}/", [("a", "ñ" * 250_000)]
        now += timedelta(seconds=1)
        kept.keep(user_id=person.pk, page=page, action=page, pairs=pairs, now=now)
    left = KeptForm.objects.filter(user=person).order_by("at")
    assert [row.page for row in left] == [f"/es/desk/{number}/" for number in (3, 4, 5)]
    assert sum(len(row.body.encode()) for row in left) == sum(row.size for row in left) < kept.MOST_BYTES
    assert KeptForm.objects.filter(user=other).count() == 1


def test_a_page_keeps_one_text_whatever_its_query(person: User) -> None:
    for number in range(3):
        page = f"/en/desk/dossiers/add/?document={number}"
        kept.keep(user_id=person.pk, page=page, action=page, pairs=[("a", "b")], now=timezone.now())
    assert [row.page for row in KeptForm.objects.all()] == ["/es/desk/dossiers/add/?document=2"]


def test_only_the_texts_of_the_page_are_read(browser: Browser, person: User) -> None:
    for page in (PROFILE, DOSSIER):
        kept.keep(user_id=person.pk, page=page, action=page, pairs=[("a", f"at {page}")], now=timezone.now())
    browser.force_login(person)
    with CaptureQueriesContext(connection) as queries:
        assert "at /en/desk/profile/" in browser.get(PROFILE).text
    reads = [each["sql"] for each in queries if '"body"' in each["sql"]]
    assert (len(reads), "/es/desk/profile/" in reads[0]) == (1, True)


def test_the_home_of_the_desk_names_the_pages_where_texts_wait(browser: Browser, person: User) -> None:
    assert "Waiting to be saved" not in browser.get("/en/desk/").text
    kept.keep(user_id=person.pk, page=DOSSIER, action=DOSSIER, pairs=[("title", "b")], now=timezone.now())
    long = [("draft_key", "k" * 90), ("on", "2026-01-31"), ("said", "They <b>said</b>\n" + "word " * 40)]
    kept.keep(user_id=person.pk, page=PROFILE, action=PROFILE, pairs=long, now=timezone.now())
    browser.force_login(person)
    home = browser.get("/en/desk/").text
    assert f'<a href="{DOSSIER}">b</a>' in home
    (beginning,) = re.findall(rf'<a href="{PROFILE}">(They &lt;b&gt;said&lt;/b&gt; word [a-z ]+…)</a>', home)
    assert len(unescape(beginning)) == kept.BEGINNING
    assert '<section class="open" aria-labelledby="kept-pages">' in home
    assert '<h2 id="kept-pages">Waiting to be saved</h2>' in home


@pytest.mark.parametrize(
    ("name", "is_hidden"),
    [
        *[(name, True) for name in ("PASSWORD", "Passwd", "pass", "oldPass", "new_password1", "otp_code")],
        *[(name, True) for name in ("Code", "apiToken", "client_secret", "recovery", "api-key", "PIN")],
        *[(name, False) for name in ("title", "passages", "keywords", "draft_key", "type_code", "encoded")],
    ],
)
def test_a_secret_is_neither_shown_nor_stored(person: User, name: str, is_hidden: bool) -> None:
    pairs = [(name, "open sesame"), ("comment", "a b")]
    row = kept.keep(user_id=person.pk, page="/x/", action="/x/", pairs=pairs, now=timezone.now())
    assert row is not None
    shown = {field.name: field.value for field in form_of(pairs, "/x/")["fields"]}
    assert (name in dict(kept.pairs_of(row)), shown[name]) == (
        not is_hidden,
        "" if is_hidden else "open sesame",
    )


def test_an_account_page_gives_back_what_is_known_to_be_harmless() -> None:
    pairs = [("login", "a@example.org"), ("Password", "p"), ("answer", "my first dog"), ("next", "/en/")]
    fields = form_of(pairs, "/accounts/login/", is_account=True)["fields"]
    assert [(field.name, field.value) for field in fields] == [
        ("login", "a@example.org"),
        ("Password", ""),
        ("next", "/en/"),
    ]


@pytest.mark.parametrize(
    ("origin", "is_shown"), [("http://testserver", True), ("https://evil.example", False)]
)
def test_a_held_database_shows_a_form_from_here_alone(browser: Browser, origin: str, is_shown: bool) -> None:
    def refuse(execute: Any, sql: str, *args: Any) -> Any:
        if "common_keptform" in sql:
            raise OperationalError("database is locked")
        return execute(sql, *args)

    mark = marked(browser, PROFILE)
    with connection.execute_wrapper(refuse):
        answer = sent_with_mark(mark, PROFILE, HTTP_ORIGIN=origin)
    assert (answer.status_code, "remembers" in answer.text) == (503 if is_shown else 403, is_shown)


def test_what_waited_too_long_goes_at_the_sign_in_and_with_the_account(
    browser: Browser, person: User
) -> None:
    old = timezone.now() - kept.LASTS - timedelta(days=1)
    kept.keep(user_id=person.pk, page="/x/", action="/x/", pairs=[("a", "b")], now=old)
    browser.force_login(person)
    assert KeptForm.objects.count() == 0
    kept.keep(user_id=person.pk, page="/x/", action="/x/", pairs=[("a", "b")], now=timezone.now())
    person.delete()
    assert KeptForm.objects.count() == 0


MANY = urlencode([(f"p{number}", "1") for number in range(60)])


@pytest.mark.parametrize("address", ["/api/v1/interventions/", "/api/v1/nowhere/"])
def test_too_many_parameters_of_the_api_are_told_in_json(db: None, settings: Any, address: str) -> None:
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 50
    answer = Browser().get(f"{address}?{MANY}")
    detail = json.loads(answer.text)["detail"]
    assert (answer.status_code, [each["parameter"] for each in detail]) == (400, [""])
    assert answer["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(
    ("address", "title"),
    [
        ("/es/search/", "Esta dirección no se puede leer"),
        ("/en/search/", "This address cannot be read"),
        ("/pt/search/", "Não é possível ler este endereço"),
        ("/fr/search/", "Cette adresse ne peut pas être lue"),
        ("/accounts/login/", "This address cannot be read"),
    ],
)
def test_too_many_parameters_of_a_page_are_told_in_its_language(
    db: None, settings: Any, address: str, title: str
) -> None:
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 50
    answer = Browser().get(f"{address}?{MANY}", HTTP_ACCEPT_LANGUAGE="en")
    assert (answer.status_code, title in answer.text) == (400, True)
