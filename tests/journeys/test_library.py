"""An editor's way: twenty files in, one of them bad; correct one; withdraw it, and it is gone everywhere."""

import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import steps
from tests.journeys.accessibility import overflow, violations

pytestmark = pytest.mark.browser

ROOM = "/en/desk/library/"
# Withdrawn until it is gone from page, API, search and dossiers.
GONE_SECONDS = 10
OpenBrowser = Callable[..., Page]


def files_to_send(folder: Path, word: str) -> list[Path]:
    """Nineteen that can be read, each with a word of its own, and one that only calls itself a PDF."""
    for number in range(19):
        text = f"The book {word}{number:02d} of births is read aloud in the market every spring. " * 12
        (folder / f"{word}_{number:02d}.txt").write_text(text)
    (folder / f"{word}_broken.pdf").write_bytes(b"This is no PDF.")
    return sorted(folder.iterdir())


def add(page: Page, files: list[Path]) -> None:
    page.goto(ROOM)
    page.get_by_role("main").get_by_role("link", name="Add files").click()
    page.get_by_label("Files", exact=True).set_input_files(files)
    page.locator("select[name=language]").select_option("en")
    page.locator("select[name=kind]").select_option(label="Study")
    steps.press(page, "Add the files")
    expect(page.locator("[data-outcomes] li")).to_have_count(20, timeout=60_000)
    expect(page.locator("[data-outcomes] li[data-state=added]")).to_have_count(19)
    refused = page.locator("[data-outcomes] li[data-state=refused]")
    expect(refused).to_contain_text("The content of this file is not what its name says.")


def correct(page: Page, name: str, title: str) -> str:
    """From what became of a file to its corrected page; gives the number."""
    page.locator("[data-outcomes] li", has_text=name).get_by_role("link").click()
    page.get_by_label("Title", exact=True).fill(title)
    page.get_by_label(re.compile("Date of the document")).fill("2024-13")
    steps.press(page, "Save and publish")
    expect(page.get_by_label("Title", exact=True)).to_have_value(title)
    page.get_by_label(re.compile("Date of the document")).fill("2024-05")
    steps.press(page, "Save and publish")
    expect(page.locator("main ins", has_text=title)).to_be_visible()
    number = re.search(r"D-\d{5,}", page.url)
    assert number
    return number[0]


def keep_in_dossier(page: Page, number: str) -> str:
    """A passage of the document in a dossier of its own; gives the dossier's address."""
    page.goto(f"/en/desk/dossiers/add/?document={number}/en&position=1")
    page.locator("input[name=title]").fill(f"About {number}")
    page.locator("main form .row button").click()
    page.wait_for_url(re.compile(r"#passage-\d+$"))
    return page.url.partition("#")[0]


def gone_from(reader: Page, observer: Page, *, number: str, word: str, dossier: str) -> dict[str, bool]:
    def status(path: str) -> int:
        return reader.request.get(path).status

    observer.goto(dossier)
    return {
        "page": status(f"/en/library/{number}/") == 410,
        "file": status(f"/en/library/{number}/original/") == 410,
        "API": status(f"/api/v1/documents/{number}") == 410,
        "search": steps.found_titles(reader, word, "en") == [],
        "dossier": word not in observer.get_by_role("main").inner_text(),
    }


@pytest.mark.parametrize("javascript", [True, False])
def test_files_come_in_are_corrected_and_go(
    open_browser: OpenBrowser, tmp_path: Path, javascript: bool
) -> None:
    word = "zarpule" if javascript else "morluna"
    page, observer, reader = open_browser(javascript=javascript), open_browser(), open_browser()
    steps.sign_in(page, "editor@demo.invalid")
    steps.sign_in(observer, "observatory@demo.invalid")
    add(page, files_to_send(tmp_path, word))
    title, sought = f"The book of {word}", f"{word}07"
    number = correct(page, f"{word}_07.txt", title)
    steps.wait_until_found(reader, sought, {title})
    dossier = keep_in_dossier(observer, number)

    page.goto(f"{ROOM}{number}/withdraw/")
    page.get_by_label("Reason").fill("The town asked for it.")
    steps.press(page, "Withdraw")
    page.wait_for_url(re.compile(r"/desk/library/$"))
    began = time.monotonic()
    where = {"number": number, "word": sought, "dossier": dossier}
    while not all((gone := gone_from(reader, observer, **where)).values()):
        assert time.monotonic() - began < GONE_SECONDS, gone
        time.sleep(0.3)
    reader.goto(f"/en/library/{number}/")
    expect(reader.get_by_role("main")).to_contain_text("The town asked for it.")


@pytest.mark.parametrize("width", [360, 1280])
def test_its_pages_are_accessible(open_browser: OpenBrowser, width: int) -> None:
    page = open_browser(width=width)
    steps.sign_in(page, "editor@demo.invalid")
    number = page.request.get("/api/v1/documents").json()["results"][0]["id"]
    own = [f"{ROOM}{number}/{name}" for name in ("", "replace/", "withdraw/")]
    proposed = "/en/desk/proposed-documents/"
    for path in (ROOM, f"{ROOM}add/", f"{ROOM}official/", *own, proposed, "/en/library/"):
        page.goto(path)
        assert (path, violations(page), overflow(page)) == (path, [], 0)
