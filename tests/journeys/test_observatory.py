"""An observer's way: search, collect two passages, comment, order, take them home; axe on all of it."""

import io
import re
from collections.abc import Callable

import pytest
from docx import Document
from playwright.sync_api import Page, expect

from tests.journeys import steps
from tests.journeys.accessibility import overflow, violations

pytestmark = pytest.mark.browser

LANGUAGES = ("es", "en", "pt", "fr")
WORD = "registro"
OpenBrowser = Callable[..., Page]


def two_passages(page: Page) -> list[dict[str, str]]:
    """Two found passages of a library document, with what the way into a dossier needs."""
    page.goto(f"/en/search/?q={WORD}&kind=document&language=es")
    links = page.locator('main .passage a[href*="/library/"][href*="passage="]').all()
    passages = []
    for href in [str(link.get_attribute("href")) for link in links[:2]]:
        number, position = re.search(r"D-\d{5}", href), re.search(r"passage=(\d+)", href)
        assert number, href
        assert position, href
        passages.append({"document": f"{number[0]}/es", "position": position[1]})
    assert len(passages) == 2
    return passages


def add(
    page: Page, passage: dict[str, str], *, title: str = "", comment: str = "", language: str = "en"
) -> None:
    """By the address to which the link at a found passage leads."""
    asked = f"document={passage['document']}%26position={passage['position']}%26q={WORD}"
    page.goto(f"/accounts/login/?next=/{language}/desk/dossiers/add/%3F{asked}")
    page.wait_for_url(re.compile(r"/desk/dossiers/add/"))
    if title:
        page.locator("input[name=title]").fill(title)
    page.locator("textarea[name=comment]").fill(comment)
    page.locator("main form .row button").click()
    page.wait_for_url(re.compile(r"#passage-\d+$"))


def order_of(page: Page) -> list[str]:
    """The ids of the passages from top to bottom."""
    return [str(row.get_attribute("id")) for row in page.locator("main ol.list > li").all()]


@pytest.mark.parametrize("javascript", [True, False])
def test_an_observer_collects_orders_and_exports(open_browser: OpenBrowser, javascript: bool) -> None:
    page = open_browser(javascript=javascript)
    steps.sign_in(page, "observatory@demo.invalid")
    first, second = two_passages(page)
    title = f"Birth registration {'with' if javascript else 'without'} script"
    add(page, first, title=title, comment="Compare this")
    address = page.url.partition("#")[0]
    add(page, second)
    expect(page.locator(".notice--good")).to_contain_text("The passage is in your dossier now.")
    before = order_of(page)

    page.get_by_role("link", name=re.compile(r"^\s*Comment \(2\)")).click()
    page.get_by_label("Comment").fill("Read this one first")
    steps.press(page, "Save")
    page.get_by_role("button", name=re.compile(r"^\s*Move up \(2\)")).click()
    page.wait_for_url(re.compile(r"#passage-\d+$"))
    assert order_of(page) == before[::-1]

    add(page, first)
    expect(page.locator(".notice--warn")).to_contain_text("This passage is already in the dossier.")
    assert len(order_of(page)) == 2

    file = page.request.get(f"{address}export/docx/")
    assert file.headers["content-disposition"].startswith('attachment; filename="dossier-birth-registration')
    read = [(str(each.style.name), each.text) for each in Document(io.BytesIO(file.body())).paragraphs]
    headings = [text for style, text in read if style == "Heading 1"]
    assert [heading[:3] for heading in headings] == ["1. ", "2. "]
    texts = [text for style, text in read if style == "Normal"]
    assert texts.index("Read this one first") < texts.index("Compare this")
    assert (read[0], len([text for style, text in read if style == "Quote"]) >= 2) == (("Title", title), True)

    page.goto(address)
    page.locator("main ol.list h2 a").first.click()
    expect(page.locator("main mark").first).to_be_visible()


@pytest.mark.parametrize("language", LANGUAGES)
def test_dossier_pages_have_no_violation_and_fit_a_phone(open_browser: OpenBrowser, language: str) -> None:
    page = open_browser(width=360)
    steps.sign_in(page, "observatory@demo.invalid")
    first, second = two_passages(page)
    add(page, first, title=f"Axe {language}", comment="Comment", language=language)
    address = page.url.partition("#")[0]
    add(page, second, language=language)
    page.goto(f"{address}people/")
    page.locator("input[name=email]").fill(f"colleague-{language}@example.org")
    page.locator("main form button").click()
    expect(page.locator("main ul.list > li")).to_have_count(1)
    item = order_of_first(page, address)
    asked = f"document={second['document']}&position={second['position']}"
    problems: list[str] = []
    for path in (
        f"/{language}/desk/dossiers/",
        f"/{language}/desk/dossiers/new/",
        f"/{language}/desk/dossiers/add/?{asked}",
        address,
        f"{address}?all=1",
        f"{address}edit/",
        f"{address}people/",
        f"{address}delete/",
        f"{address}passages/{item}/comment/",
        f"{address}passages/{item}/remove/",
    ):
        page.goto(path)
        problems += violations(page)
        if over := overflow(page):
            problems.append(f"{page.url}: {over} px wider than the window")
    page.goto(f"{address}people/")
    page.locator("main form button[type=submit]").last.click()
    expect(page.locator(".errors")).to_be_visible()
    problems += violations(page)
    assert problems == []


def order_of_first(page: Page, address: str) -> str:
    page.goto(address)
    return order_of(page)[0].removeprefix("passage-")


@pytest.mark.parametrize("language", LANGUAGES)
def test_saved_search_pages_have_no_violation(open_browser: OpenBrowser, language: str) -> None:
    page = open_browser(width=360)
    steps.sign_in(page, "observatory@demo.invalid")
    home = f"/{language}/desk/searches/"
    problems: list[str] = []
    page.goto(f"{home}new/?q={WORD}&kind=document")
    page.locator("input[name=name]").fill("")
    page.locator("main form button[type=submit]").last.click()
    expect(page.locator(".errors")).to_be_visible()
    problems += violations(page)
    page.locator("input[name=name]").fill(f"{WORD} {language}")
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_url(re.compile(r"/desk/searches/[0-9a-f-]{36}/$"))
    kept = page.url
    asked = page.request.get(f"/api/v1/search?q={WORD}&kind=document&language=es").json()
    cited = asked["results"][0]["id"]
    for path in (
        kept,
        f"{kept}change/",
        f"{kept}delete/",
        home,
        f"{home}export/?q={WORD}",
        f"{home}batch/",
        f"/{language}/search/cite/{cited}/es/1/",
    ):
        page.goto(path)
        problems += violations(page)
        if over := overflow(page):
            problems.append(f"{page.url}: {over} px wider than the window")
    assert problems == []
