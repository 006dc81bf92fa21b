"""From a recommendation of Mexico to an action, a pledge, a report and back by clicks, on a phone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.browser

LANGUAGES = ("es", "en", "pt", "fr")
CONCLUSIONS = "consultations/mexico-city-2024/conclusions/"
OpenBrowser = Callable[..., Page]


@pytest.mark.parametrize("javascript", [True, False])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_trace_leads_from_recommendation_to_report_and_back(
    open_browser: OpenBrowser, language: str, javascript: bool
) -> None:
    page = open_browser(javascript=javascript, width=360)
    page.goto(f"/{language}/{CONCLUSIONS}")
    recommendation = _click_first(page, f"/{language}/recommendations/R-")
    action = _click_first(page, f"/{language}/plan/chile-2024/")
    pledge, report = _click_one_with_a_report(page, language)
    _click_back(page, report, pledge)
    _click_back(page, pledge, action)
    _click_back(page, action, recommendation)
    assert page.locator("html").get_attribute("lang") == language


def _click_first(page: Page, beginning: str) -> str:
    """The path that the first such link of the page leads to."""
    page.locator(f'main a[href^="{beginning}"]').first.click()
    page.wait_for_url(f"**{beginning}**")
    return _path(page)


def _click_one_with_a_report(page: Page, language: str) -> tuple[str, str]:
    """The first of the action's pledges that its parties have reported on: some are silent."""
    pledges = page.locator(f'main li a[href^="/{language}/pledges/P-"]')
    for place in range(pledges.count()):
        pledges.nth(place).click()
        page.wait_for_url(f"**/{language}/pledges/P-**")
        pledge = _path(page)
        if page.locator(f'main a[href^="/{language}/reports/G-"]').count():
            return pledge, _click_first(page, f"/{language}/reports/G-")
        page.go_back()
    raise AssertionError("Nobody has reported on a pledge of this action.")


def _click_back(page: Page, here: str, there: str) -> None:
    assert _path(page) == here
    page.locator(f'main a[href="{there}"]').first.click()
    page.wait_for_url(f"**{there}")


def _path(page: Page) -> str:
    return "/" + page.url.split("/", 3)[3]
