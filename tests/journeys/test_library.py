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
READ_SECONDS = 120
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


def until_read(page: Page, name: str) -> None:
    """Looks at the page again and again, as somebody without a script does."""
    row = page.get_by_role("main").locator("li", has=page.get_by_role("heading", name=name, exact=True))
    deadline = time.monotonic() + READ_SECONDS
    while not row.first.get_by_text("In the library").count():
        assert time.monotonic() < deadline, row.first.inner_text()
        page.get_by_role("main").get_by_role("link", name="Look again").click()


def test_large_files_are_read_by_the_worker_and_followed(open_browser: OpenBrowser, tmp_path: Path) -> None:
    page = open_browser(javascript=False)
    steps.sign_in(page, "editor@demo.invalid")
    text = "The book of births at tirvane is read aloud in the market every spring, and so is the law. "
    first, second = tmp_path / "tirvane_one.txt", tmp_path / "tirvane_two.txt"
    first.write_text(text * 6_000)
    second.write_text(f"It was written anew. {text * 6_000}")
    page.goto(f"{ROOM}add/")
    page.get_by_label("Files", exact=True).set_input_files([first])
    page.locator("select[name=language]").select_option("en")
    steps.press(page, "Add the files")
    expect(page.locator("[data-outcomes] li")).to_contain_text("It is being read.")
    page.locator("[data-outcomes] li").get_by_role("link").click()
    until_read(page, first.name)
    page.get_by_role("main").get_by_role("link", name="tirvane one", exact=True).click()
    own = page.url
    page.get_by_role("link", name="Replace the file").click()
    page.get_by_label("File", exact=True).set_input_files([second])
    steps.press(page, "Replace the file")
    expect(page.get_by_role("main").get_by_text(second.name)).to_be_visible()
    page.goto(ROOM)
    until_read(page, second.name)
    page.goto(own)
    expect(page.get_by_role("main")).to_contain_text("(version 2)")


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
