"""Main templates in four languages: no axe violation, in light and dark, and nothing wider than a phone."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import steps
from tests.journeys.accessibility import overflow, violations

pytestmark = pytest.mark.browser

LANGUAGES = ("es", "en", "pt", "fr")
CONSULTATION = "consultations/brasilia-2024/"
FIXED = (
    "",
    "about/",
    "timeline/",
    "take-part/",
    "consultations/",
    CONSULTATION,
    f"{CONSULTATION}coverage/",
    f"{CONSULTATION}segment-1/",
    f"{CONSULTATION}segment-1/area-4/",
    f"{CONSULTATION}segment-1/area-4/question-4/",
    "consultations/mexico-city-2024/conclusions/",
    "interventions/",
    "interventions/?country=GT",
    "practices/",
    "recommendations/?force=loud",
    "pledges/",
    "reports/",
    "reports/?action=chile-2024:1.1",
    "plan/",
    "plan/chile-2024/1/",
    "plan/chile-2024/1.1/",
    "plan/c40-pledge-2023/statelessness/",
    "mechanisms/",
    "mechanisms/mirps/",
    "organizations/",
    "organizations/?network=solidarity-cities",
    "networks/",
    "networks/solidarity-cities/",
    "networks/solidarity-business-network/",
    "library/",
    "follow-up/",
    "search/",
    "search/?q=registro",
    "search/?q=xyzxyzxyz",
    "search/?q=registro+xyzxyz&from=abc&sort=newest",
    "no-such-page/",
)
LISTS = ("interventions", "practices", "recommendations", "pledges", "reports", "organizations", "documents")
DESK = (
    "desk/",
    "desk/profile/",
    "desk/organizations/new/",
    "desk/interventions/new/",
    "desk/pledges/new/",
    "desk/practices/new/",
    "desk/reports/new/",
)
LENGTHEN = """() => {
  const named = document.querySelectorAll(
    "main :is(.list, .rows, .meta, .summary) :is(a, li, dd, span, h2, h3, p), main :is(h1, .table td)")
  for (const place of named) if (!place.children.length && place.textContent.trim()) {
    place.textContent = "x".repeat(200)
  }
}"""
OpenBrowser = Callable[..., Page]


def public_paths(page: Page, language: str) -> list[str]:
    """The fixed pages, one record of each kind, and a document opened at a passage."""
    paths = [f"/{language}/{path}" for path in FIXED]
    for name in LISTS:
        first = page.request.get(f"/api/v1/{name}?ui={language}").json()["results"][0]
        paths.append(first["url"])
    hits = page.request.get(f"/api/v1/search?q=registro&kind=document&ui={language}").json()
    return [*paths, hits["results"][0]["url"], f"/accounts/login/?lang={language}", "/accounts/signup/"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_public_pages_have_no_violation_and_fit_a_phone(open_browser: OpenBrowser, language: str) -> None:
    page = open_browser(width=360)
    problems: list[str] = []
    for path in public_paths(page, language):
        page.goto(path)
        problems += violations(page)
        if over := overflow(page):
            problems.append(f"{page.url}: {over} px wider than the window")
    assert problems == []


def test_names_without_a_space_fit_a_phone(open_browser: OpenBrowser) -> None:
    """Every name in a list, table or summary is one word of 200 letters."""
    page = open_browser(width=360)
    problems: list[str] = []
    for path in public_paths(page, "en"):
        page.goto(path)
        page.evaluate(LENGTHEN)
        if over := overflow(page):
            problems.append(f"{page.url}: {over} px wider than the window")
    assert problems == []


def test_dark_pages_have_no_violation(open_browser: OpenBrowser) -> None:
    page = open_browser()
    page.emulate_media(color_scheme="dark")
    problems: list[str] = []
    for path in public_paths(page, "en"):
        page.goto(path)
        problems += violations(page)
    assert problems == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_desk_pages_have_no_violation_empty_and_with_errors(open_browser: OpenBrowser, language: str) -> None:
    page = open_browser(width=360)
    steps.sign_in(page, "focal-point@demo.invalid")
    problems: list[str] = []
    for path in DESK:
        page.goto(f"/{language}/{path}")
        problems += violations(page)
        if over := overflow(page):
            problems.append(f"{page.url}: {over} px wider than the window")
    page.goto(f"/{language}/desk/organizations/new/")
    page.locator("main form button[type=submit]").first.click()
    assert page.locator(".errors").count() == 1
    problems += violations(page)
    assert problems == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_writing_steps_have_no_violation(open_browser: OpenBrowser, language: str) -> None:
    page = open_browser(width=360)
    steps.sign_in(page, "focal-point@demo.invalid")
    page.goto(f"/{language}/desk/interventions/new/")
    page.locator("main details").first.locator("summary").click()
    page.locator("main input[name=questions]").first.check()
    go_on = page.locator("main form .row button").first
    go_on.click()
    page.wait_for_url("**/answer/")
    problems = violations(page)
    go_on.click()
    expect(page.locator(".errors")).to_be_visible()
    problems += violations(page)
    for step in ("recommendations", "marks", "check"):
        page.goto(re.sub("[a-z]+/$", f"{step}/", page.url))
        problems += violations(page)
    assert problems == []


def test_moderation_has_no_violation_of_ours(open_browser: OpenBrowser) -> None:
    page = open_browser()
    steps.sign_in(page, "moderator@demo.invalid")
    page.goto("/en/desk/moderation/")
    problems = violations(page, "'main'")
    page.locator(".list a").first.click()
    expect(page.locator("#decision")).to_be_visible()
    problems += violations(page, "'main'")
    assert problems == []
