"""Markup, scripts, formulas, control and direction characters in every form of the desk: only text.

`desk_forms.py` and its neighbours declare the forms: a new one is tried here without a word.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponse
from django.utils import translation

from tests.accounts.test_signin import PASSWORD
from tests.desk import conclusions_forms, desk_forms, staff_forms
from tests.desk.desk_forms import WORDS, Case, Stage
from tests.empty_index import use_index
from tests.factories.browser import Browser
from tests.submissions.hostile import MARK, PAYLOADS, STRIPPED, Alive
from tests.thinning import rarely

BUILDERS = desk_forms.BUILDERS | conclusions_forms.BUILDERS | staff_forms.BUILDERS
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
    seen = _sent(_signed_in(case), case, HARM[at])
    assert [alive for page in seen for alive in Alive(page).tags] == []
    assert any(MARK in page for page in seen) or name not in OFTEN
    assert [page[:200] for page in seen[1:] if STRIPPED.search(page)] == []


def _sent(browser: Browser, case: Case, harm: str) -> list[str]:
    """The page that answers, which holds what was typed where it was refused; then those of what was kept."""
    typed = {name: _harmful(value, harm) for name, value in case.typed.items()}
    form = browser.form_at(case.page, case.action)
    answers: list[HttpResponse] = [browser.send(form, **typed), browser.get(case.page)]
    if answers[0].status_code == 302:
        answers.append(browser.get(answers[0].headers["Location"], follow=True))
    assert [answer.status_code for answer in answers if answer.status_code >= 500] == []
    return [answer.text for answer in answers if "html" in answer.headers.get("Content-Type", "")]


def _harmful(value: Any, harm: str) -> Any:
    return value.replace(WORDS, harm) if isinstance(value, str) else value


def _signed_in(case: Case) -> Browser:
    browser = Browser()
    browser.force_login(case.user)
    if case.shows_again:
        browser.send(browser.form_at("/accounts/reauthenticate/"), password=PASSWORD)
    return browser
