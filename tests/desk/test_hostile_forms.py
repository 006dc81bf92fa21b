"""Markup, scripts, formulas, control and direction characters in every form of the desk: only text.

`desk_forms.py` and its neighbours declare the forms: a new one is tried here without a word.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from portal.common.characters import one_line
from tests.accounts.test_signin import PASSWORD
from tests.desk import conclusions_forms, desk_forms, staff_forms
from tests.desk.desk_forms import WORDS, Case, Stage
from tests.empty_index import use_index
from tests.factories.browser import Browser, FormReader
from tests.submissions.hostile import MARK, PAYLOADS, STRIPPED, Alive
from tests.thinning import rarely

BUILDERS = desk_forms.BUILDERS | conclusions_forms.BUILDERS | staff_forms.BUILDERS
IN_JSON = re.compile(r"\\\\u(202e|2066|0000|0007|001b)")
OFTEN = {
    *("reports_desk:report", "reports_desk:appeal", "assessments_desk:assessment"),
    *("observations_desk:observation", "moderation:note", "moderation:decide"),
}
# All at once, and for fields that are too short for that a script, a formula and characters that do not show.
HARM = ("\n".join(PAYLOADS), PAYLOADS[0], f"{PAYLOADS[35]}{PAYLOADS[-1]}")
CASES = [
    (name, at) if name in OFTEN and at == 0 else rarely(name, at)
    for name in sorted(BUILDERS)
    for at in range(len(HARM))
]


@pytest.fixture(autouse=True)
def _in_english(settings: Any, tmp_path: Path, db: None) -> Iterator[None]:
    use_index(settings, tmp_path / "index")
    with translation.override("en"):
        yield


@pytest.mark.parametrize(("name", "at"), CASES)
def test_what_is_typed_at_the_desk_stays_text(name: str, at: int) -> None:
    case = BUILDERS[name](Stage())
    if not case.words:  # buttons and choices
        return
    typed = {each: _harmful(value, HARM[at]) for each, value in case.typed.items()}
    browser = _signed_in(case)
    form = browser.form_at(case.page, case.action)
    with CaptureQueriesContext(connection) as queries:
        sent = browser.send(form, **typed)
    assert _lost(sent, case, typed) == [] if sent.status_code != 302 else _is_written(queries)
    pages = [answer.text for answer in (sent, *_afterwards(browser, case, sent)) if _is_page(answer)]
    assert [alive for page in pages for alive in Alive(page).tags] == []
    assert [_around(page) for page in pages if STRIPPED.search(page)] == []


def _lost(answer: HttpResponse, case: Case, typed: dict[str, Any]) -> list[str]:
    """Names of fields whose text a page that refuses it, or asks once more, does not give back."""
    held = {one_line(value) for form in FormReader(answer.text, case.page).forms for _, value in form.fields}
    return [name for name, value in typed.items() if MARK in str(value) and one_line(str(value)) not in held]


def _is_written(queries: CaptureQueriesContext) -> bool:
    """Whether what was typed is in the tables, without characters that turn or break a text."""
    written = [query["sql"] for query in queries if query["sql"].startswith(("INSERT", "UPDATE"))]
    kept = [sql for sql in written if MARK in sql]
    return bool(kept) and not any(STRIPPED.search(sql) or IN_JSON.search(sql) for sql in kept)


def _afterwards(browser: Browser, case: Case, sent: HttpResponse) -> list[Any]:
    """The pages of what was kept."""
    pages: list[Any] = [browser.get(case.page)]
    if sent.status_code == 302:
        pages.append(browser.get(sent.headers["Location"], follow=True))
    return pages


def _is_page(answer: HttpResponse) -> bool:
    assert answer.status_code < 500
    return "html" in answer.headers.get("Content-Type", "")


def _around(page: str) -> str:
    at = STRIPPED.search(page)
    return page[max(at.start() - 200, 0) : at.end() + 50] if at else ""


def _harmful(value: Any, harm: str) -> Any:
    return value.replace(WORDS, harm) if isinstance(value, str) else value


def _signed_in(case: Case) -> Browser:
    browser = Browser()
    browser.force_login(case.user)
    if case.shows_again:
        browser.send(browser.form_at("/accounts/reauthenticate/"), password=PASSWORD)
    return browser
