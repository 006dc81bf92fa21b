"""Every form of the desk under every kind of refusal gives the text back, and it can be saved then."""

import pickle
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings as django_settings
from django.db import OperationalError, connection, transaction
from django.http import HttpResponse
from django.test import RequestFactory, override_settings
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.resolvers import LocalePrefixPattern
from django.utils import translation

from portal.accounts.models import User
from portal.common.typed.reading import WRITER_NAME
from portal.common.typed.writer import mark_for, still_opens, writer_of
from tests.accounts.test_signin import PASSWORD
from tests.desk import conclusions_forms, desk_forms, staff_forms
from tests.desk.desk_forms import WITHOUT_TEXT, WORDS, Case, Stage
from tests.empty_index import use_index
from tests.factories import make_user
from tests.factories.browser import Browser, Form
from tests.thinning import in_turn, thinned

BUILDERS = desk_forms.BUILDERS | conclusions_forms.BUILDERS | staff_forms.BUILDERS
STATUS = {"wrong key": 403, "too large": 413, "too often": 429, "locked database": 503, "fault": 500}
DUMMIES = {"UUIDConverter": uuid4(), "IntConverter": 1, "StringConverter": "x", "SlugConverter": "x"}


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture(scope="module")
def kept_stage(module_rows: None, tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, Path]:
    """Nothing here enters anything into the index."""
    folder = tmp_path_factory.mktemp("search") / "index"
    with override_settings():
        use_index(django_settings, folder)
        return pickle.dumps(Stage()), folder


@pytest.fixture
def stage(kept_stage: tuple[bytes, Path], db: None, settings: Any) -> Stage:
    made, folder = kept_stage
    settings.SEARCH_URL, settings.SEARCH_DIR = "", folder
    stage: Stage = pickle.loads(made)
    return stage


def addresses(
    patterns: Any = None, route: str = "", spaces: tuple[str, ...] = ()
) -> Iterator[tuple[str, str, Any]]:
    """(name, route, pattern) of every address that the URL configuration knows, without the language."""
    for each in get_resolver().url_patterns if patterns is None else patterns:
        own = "" if isinstance(each.pattern, LocalePrefixPattern) else str(each.pattern)
        if isinstance(each, URLResolver):
            space = (each.namespace,) if each.namespace else ()
            yield from addresses(each.url_patterns, route + own, (*spaces, *space))
        elif isinstance(each, URLPattern) and each.name:
            yield ":".join((*spaces, each.name)), route + own, each.pattern


def desk_addresses() -> dict[str, Any]:
    places = ("desk/", "admin/moderation/")
    return {name: pattern for name, route, pattern in addresses() if route.startswith(places)}


def test_every_desk_address_that_takes_a_form_is_tried_here(stage: Stage) -> None:
    """A desk address that takes a POST and has no line in `desk_forms.py` fails this."""
    addresses, browser = desk_addresses(), Browser()
    browser.handler.enforce_csrf_checks = False
    browser.force_login(User.objects.create_superuser("root@example.org"))
    open_ones = [
        name
        for name, pattern in addresses.items()
        if name not in BUILDERS.keys() | WITHOUT_TEXT | {"desk_door"}
        and browser.post(
            reverse(name, kwargs={key: DUMMIES[type(c).__name__] for key, c in pattern.converters.items()})
        ).status_code
        != 405
    ]
    assert (open_ones, BUILDERS.keys() - addresses.keys()) == ([], set())


def test_every_form_waits_where_it_stands(stage: Stage, kept_stage: tuple[bytes, Path]) -> None:
    """What its page signs opens the address that it is sent to: else what is sent signed out is lost."""
    lost = []
    for name, build in BUILDERS.items():
        with transaction.atomic():
            case = build(pickle.loads(kept_stage[0]))
            request = RequestFactory().get(case.page)
            request.user = case.user
            writer = writer_of(mark_for(request))
            if case.typed and not (writer and still_opens(writer, case.action or case.page)):
                lost.append(name)
            transaction.set_rollback(True)
    assert lost == []


# Middleware and one template answer for every form, so a sixth of them stand for all.
@pytest.mark.few(40)
@pytest.mark.parametrize(("name", "refusal"), in_turn(sorted(BUILDERS), list(STATUS)))
def test_a_refused_form_gives_the_text_back(name: str, refusal: str, stage: Stage, settings: Any) -> None:
    case = BUILDERS[name](stage)
    browser, form = _opened(case)
    assert _waits_where_it_stands(form) or not case.typed
    with REFUSALS[refusal](settings):
        answer = _sent(browser.twin(), form, case, refusal)
    assert answer.status_code == STATUS[refusal]
    again = _holding(browser, answer, form, case)
    assert case.is_saved() is False
    taken = browser.send(again, extra="")
    assert (taken.status_code, case.is_saved()) == (302, True)


# One template of the desk shows what waits, so few forms stand for all; that each would wait is asked above.
SIGNED_OUT = sorted(BUILDERS)[::30]


@pytest.mark.parametrize("times", thinned((1, 3), lambda times: times == 1))
@pytest.mark.parametrize("name", thinned(sorted(BUILDERS), SIGNED_OUT.__contains__))
def test_what_was_sent_signed_out_waits_for_its_writer_alone(name: str, times: int, stage: Stage) -> None:
    case = BUILDERS[name](stage)
    browser, form = _opened(case)
    browser.logout()
    answer = browser.send(form, **case.typed)
    assert (answer.status_code, answer["Location"].startswith("/accounts/login/?next=")) == (302, True)
    other = Browser()
    other.cookies = browser.cookies
    other.force_login(make_user())
    assert WORDS not in other.get(case.page).text
    browser = _signed_in(case)
    for time in range(times):
        if time:
            browser.get("/en/desk/")
        response = browser.get(case.page)
        assert response.status_code == 200
        if case.typed:
            again = _holding(browser, response, form, case)
    if case.typed:
        taken = browser.send(again)
        if case.is_shown_first:
            taken = browser.send(_holding(browser, taken, form, case))
        assert (taken.status_code, case.is_saved()) == (302, True)


def _opened(case: Case) -> tuple[Browser, Form]:
    browser = _signed_in(case)
    return browser, browser.form_at(case.page, case.action)


def _signed_in(case: Case) -> Browser:
    browser = Browser()
    browser.force_login(case.user)
    if case.shows_again:
        browser.send(browser.form_at("/accounts/reauthenticate/"), password=PASSWORD)
    return browser


def _waits_where_it_stands(form: Form) -> bool:
    """Whether its mark opens the address that it is sent to: else what is sent signed out is lost."""
    writer = writer_of(form.pairs()[WRITER_NAME][0])
    return writer is not None and still_opens(writer, form.action)


def _sent(browser: Browser, form: Form, case: Case, refusal: str) -> HttpResponse:
    typed = dict(case.typed)
    if refusal == "wrong key":
        typed["csrfmiddlewaretoken"] = "x" * 64
    if refusal == "too large":
        typed["extra"] = "y" * 9_000
    return browser.send(form, **typed)


def _holding(browser: Browser, answer: HttpResponse, form: Form, case: Case) -> Form:
    """The form of the answer in which all that was typed stands, to be sent to the same address."""
    address = form.action.partition("#")[0]
    forms = [each for each in browser.forms(answer, address) if each.action.partition("#")[0] == address]
    holding = [each for each in forms if all(each.holds(word) for word in case.words)]
    assert holding, (answer.status_code, address, answer.text[answer.text.find("<main") :][:3000])
    return max(holding, key=lambda each: len(each.fields))


@contextmanager
def _as_it_is(settings: Any) -> Iterator[None]:
    yield


@contextmanager
def _small(settings: Any) -> Iterator[None]:
    before, settings.DATA_UPLOAD_MAX_MEMORY_SIZE = settings.DATA_UPLOAD_MAX_MEMORY_SIZE, 8_000
    yield
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = before


@contextmanager
def _locked(settings: Any) -> Iterator[None]:
    def refuse(execute: Callable[..., Any], sql: str, *args: Any) -> Any:
        if sql.startswith(("INSERT", "UPDATE", "DELETE")):
            raise OperationalError("database is locked")
        return execute(sql, *args)

    with connection.execute_wrapper(refuse):
        yield


def _with(middleware: str) -> Callable[[Any], Any]:
    @contextmanager
    def around(settings: Any) -> Iterator[None]:
        before = settings.MIDDLEWARE
        settings.MIDDLEWARE = [*before, f"tests.desk.refusing_middleware.{middleware}"]
        yield
        settings.MIDDLEWARE = before

    return around


REFUSALS: dict[str, Callable[[Any], Any]] = {
    "wrong key": _as_it_is,
    "too large": _small,
    "too often": _with("TooOften"),
    "locked database": _locked,
    "fault": _with("Faulty"),
}
