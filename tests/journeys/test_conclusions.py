"""From a guiding question to a recommendation and back by clicks, in four languages, also without script."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.browser

LANGUAGES = ("es", "en", "pt", "fr")
QUESTION = "consultations/mexico-city-2024/segment-1/area-1/question-1/"
CONCLUSIONS = "consultations/mexico-city-2024/conclusions/"
OpenBrowser = Callable[..., Page]


@pytest.mark.parametrize("javascript", [True, False])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_trace_leads_from_question_to_recommendation_and_back(
    open_browser: OpenBrowser, language: str, javascript: bool
) -> None:
    page = open_browser(javascript=javascript, width=360)
    page.goto(f"/{language}/{QUESTION}")
    asked = page.locator("h1").inner_text()
    _open_what_led_on(page, language)
    page.locator(f'main a[href^="/{language}/recommendations/R-"]').first.click()
    page.wait_for_url(f"**/{language}/recommendations/**")
    recommendation = page.url
    page.locator(f'main a[href$="/{CONCLUSIONS}"]').first.click()
    page.wait_for_url(f"**/{language}/{CONCLUSIONS}")
    page.locator(f'main a[href="{recommendation.removeprefix(_origin(page))}"]').first.click()
    page.wait_for_url(recommendation)
    page.locator(f'main a[href^="/{language}/interventions/"]').first.click()
    page.wait_for_url(f"**/{language}/interventions/**")
    page.locator(f'main a[href$="/{language}/{QUESTION}"]').first.click()
    page.wait_for_url(f"**/{language}/{QUESTION}")
    assert page.locator("h1").inner_text() == asked


def _open_what_led_on(page: Page, language: str) -> None:
    """The first of the question's interventions that a recommendation draws on: not each leads to one."""
    links = page.locator(f'main a[href^="/{language}/interventions/I-"]')
    for place in range(links.count()):
        links.nth(place).click()
        page.wait_for_url(f"**/{language}/interventions/I-**")
        if page.locator(f'main a[href^="/{language}/recommendations/R-"]').count():
            return
        page.go_back()
    raise AssertionError("No intervention here led to a recommendation.")


def _origin(page: Page) -> str:
    return "/".join(page.url.split("/")[:3])
