"""Every page of accounts, organizations, members and staff, in four languages: no violation, fits a phone.

Which pages there are is read by following links, one page for each address without its keys.
"""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page

from tests.journeys import steps
from tests.journeys.accessibility import overflow, violations

pytestmark = pytest.mark.browser

LANGUAGES = ("es", "en", "pt", "fr")
OpenBrowser = Callable[..., Page]
# Whose pages, where their links begin, and some that must be among those.
ROLES = {
    "focal-point@demo.invalid": (
        ("desk/", "organizations/", "privacy/", "/accounts/"),
        (
            "desk/organizations/*/profile/",
            "desk/organizations/*/members/",
            "organizations/*/",
            "/accounts/email/",
        ),
    ),
    "moderator@demo.invalid": (
        ("desk/moderation/?kind=organization", "desk/organizations/register/"),
        ("desk/organizations/register/", "desk/organizations/*/twice/", "desk/moderation/organization/*/"),
    ),
    "protection@demo.invalid": (
        ("desk/organizations/register/?q=Organizaci",),  # as pseudonyms begin in the demo
        ("desk/organizations/*/reveal/",),
    ),
    "admin@demo.invalid": (("desk/staff/",), ("desk/staff/", "desk/staff/invite/", "desk/staff/*/")),
}
ROOMS = (
    "desk/organizations/",
    "desk/staff/",
    "desk/moderation/organization",
    "organizations/",
    "privacy/",
    "/accounts/",
)
KEY = re.compile(r"(?<=/)(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|O-\d+|\d+)(?=/|$)")
# Files, and what ends the visit.
PASSED_OVER = re.compile(r"/(?:logout|download|picture|logo|files|feed|export)/|\.\w{3,4}$")
LINKS = "() => [...document.querySelectorAll('a[href]')].map(link => link.href)"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("address", ROLES)
def test_pages_of_people_have_no_violation_and_fit_a_phone(
    open_browser: OpenBrowser, site: str, address: str, language: str
) -> None:
    page = open_browser(width=360)
    steps.sign_in(page, address)
    begins, expected = ROLES[address]
    problems, visited = [], set()
    for shape in _followed(page, site, [_address(path, language) for path in begins], language):
        visited.add(shape)
        problems += violations(page)
        if over := overflow(page):
            problems.append(f"{page.url}: {over} px wider than the window")
        if (spoken := page.evaluate("() => document.documentElement.lang")) != language:
            problems.append(f"{page.url}: in {spoken}")
    assert problems == []
    assert {_address(path, language) for path in expected} <= visited


def _followed(page: Page, site: str, begins: list[str], language: str) -> Iterator[str]:
    """Opens one page of each shape that links lead to, and gives the shape."""
    rooms = tuple(_address(room, language) for room in ROOMS)
    waiting, known = list(begins), {_shape(path) for path in begins}
    while waiting:
        path = waiting.pop(0)
        page.goto(f"{path}?lang={language}" if path.startswith("/accounts/") else path)
        if path not in begins and not page.url.removeprefix(site).startswith(rooms):
            continue  # A door, such as that of who is signed in already.
        yield _shape(path)
        for link in page.evaluate(LINKS):
            link_path = link.removeprefix(site).partition("#")[0].partition("?")[0]
            if (
                link_path.startswith(rooms)
                and not PASSED_OVER.search(link_path)
                and _shape(link_path) not in known
            ):
                known.add(_shape(link_path))
                waiting.append(link_path)


def _address(path: str, language: str) -> str:
    return path if path.startswith("/") else f"/{language}/{path}"


def _shape(path: str) -> str:
    return KEY.sub("*", path.partition("?")[0])
