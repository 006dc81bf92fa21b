"""What a person does in the portal, one function for each task; the journeys beside this file call them."""

import hashlib
import re
import time

from playwright.sync_api import Page, expect

from tests.journeys.mailbox import Mailbox

QUESTION = "/en/consultations/brasilia-2024/segment-1/area-4/question-4/"
FOLLOW_SECONDS = 20
DEMO_PASSWORD = "camino-de-cartagena-40"


def press(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("button", name=name, exact=True).click()


def sign_up(page: Page, mailbox: Mailbox, *, name: str, address: str) -> None:
    """From the sign-in page to a confirmed account, by the code that came by mail."""
    page.get_by_role("link", name="Make an account with your e-mail address").click()
    page.get_by_label("Your name").fill(name)
    page.get_by_label("E-mail address").fill(address)
    press(page, "Send me the code")
    expect(page.get_by_role("heading", level=1)).to_contain_text("code")
    page.locator("input[name=code]").fill(mailbox.code_for(address))
    press(page, "Go on")


def sign_in(page: Page, address: str) -> None:
    """With the demo's password."""
    page.goto("/accounts/login/?lang=en")
    page.get_by_label("E-mail address").fill(address)
    page.get_by_label(re.compile(r"^\s*Password")).fill(DEMO_PASSWORD)
    press(page, "Go on")
    page.wait_for_url(re.compile(r"/desk/"))


def register_organization(page: Page, name: str) -> None:
    """Send the profile once with a gap, correct it, submit it again."""
    page.get_by_label("Name of the organization").fill(name)
    page.get_by_label("Kind of organization").select_option(label="Refugee-led organization")
    page.get_by_label("Country", exact=True).select_option(label="Guatemala")
    page.get_by_label("Language you mostly write in").select_option(label="English")
    page.get_by_label("What it does").fill("We run three classrooms beside the bus station.")
    press(page, "Save and submit to the secretariat")
    expect(page.locator(".errors")).to_be_visible()
    expect(page.get_by_label("What it does")).to_have_value("We run three classrooms beside the bus station.")
    page.get_by_label("How can the secretariat check that it exists?").fill(
        "Register of associations, no. 77."
    )
    press(page, "Save and submit to the secretariat")


def write_intervention(page: Page, *, title: str, text: str) -> None:
    """From the chosen question to the page that submits; too short a text is refused and kept."""
    expect(page.get_by_text(re.compile("How does a child keep learning"))).to_be_visible()
    press(page, "Start writing")
    page.get_by_label("Title").fill(title)
    page.get_by_label("Intervention", exact=True).check()
    page.get_by_label("Country", exact=True).select_option(label="Guatemala")
    page.get_by_label("Your intervention").fill("Too short.")
    press(page, "Save and continue")
    expect(page.locator(".errors")).to_be_visible()
    expect(page.get_by_label("Title")).to_have_value(title)
    page.get_by_label("Your intervention").fill(text)
    press(page, "Save and continue")
    page.get_by_role("link", name="Key recommendations").first.click()
    page.get_by_label("Recommendation 1").fill("Let schools enrol a child without papers on the same day.")
    press(page, "Save and continue")
    page.get_by_role("link", name="Cross-cutting marks").first.click()
    page.get_by_label("Children and adolescents", exact=True).check()
    press(page, "Save and continue")
    expect(page.get_by_role("heading", level=2, name=title)).to_be_visible()


def submit(page: Page) -> str:
    """The number on the receipt; the file that can be downloaded has the fingerprint that stands there."""
    press(page, "Submit")
    page.wait_for_url("**/receipt/")
    shown = page.get_by_role("main").inner_text()
    number = re.search(r"\b[0-9A-Z]{5}-[0-9A-Z]{5}\b", shown)
    fingerprint = re.search(r"\b[0-9a-f]{64}\b", shown)
    assert number, shown
    assert fingerprint, shown
    address = page.get_by_role("link", name="Download what you submitted").get_attribute("href")
    sent = page.request.get(str(address)).body()
    assert hashlib.sha256(sent).hexdigest() == fingerprint.group(0)
    return number.group(0)


def register_pledge(page: Page, *, title: str, number: str) -> None:
    """From the receipt of an intervention to the page that submits the pledge that follows from it."""
    page.get_by_role("link", name="Link a pledge to it").click()
    press(page, "Start")
    page.get_by_label(re.compile("number", re.IGNORECASE)).fill(number)
    page.get_by_label("Forum").select_option(label="2023")
    page.get_by_label("Title").fill(title)
    page.get_by_label("What was pledged").fill("Forty mobile classrooms with a teacher each, until 2027.")
    page.get_by_label("In progress").check()
    page.get_by_label("Country", exact=True).select_option(label="Guatemala")
    press(page, "Save and continue")
    page.get_by_label("Integration", exact=True).check()
    press(page, "Save and continue")
    expect(page.get_by_role("heading", level=2, name=title)).to_be_visible()


def decide(page: Page, title: str, button: str) -> None:
    """A moderator opens what waits in the queue and presses one button."""
    page.goto("/en/desk/moderation/")
    page.get_by_role("link", name=title, exact=True).click()
    press(page, button)
    expect(page.locator(".notice--good[role=status]")).to_contain_text(title)


def public_number(page: Page, title: str) -> str:
    """The permanent number that the desk shows for what has become public."""
    page.goto("/en/desk/")
    # What is due stands above the lists and names the same record, with its address in the query.
    record = page.get_by_role("main").locator("a:not([href*='?'])")
    page.get_by_role("link", name=title, exact=True).and_(record).click()
    number = re.search(r"[IP]-\d{5}", page.get_by_role("link", name="Read it in public as").inner_text())
    assert number
    return number.group(0)


def expect_nothing_public(visitor: Page, *, title: str, word: str) -> None:
    """A reader without an account finds neither the title at the question nor the word in search."""
    visitor.goto(QUESTION)
    expect(visitor.get_by_role("main").get_by_role("link", name=title)).to_have_count(0)
    assert found_titles(visitor, word, "en") == []


def found_titles(page: Page, word: str, language: str) -> list[str]:
    answer = page.request.get(f"/api/v1/search?ui={language}&q={word}").json()
    return [row["title"] for row in answer["results"]]


def wait_until_found(page: Page, word: str, titles: set[str]) -> None:
    """The index follows within seconds."""
    deadline = time.monotonic() + FOLLOW_SECONDS
    while set(listed := found_titles(page, word, "en")) != titles:
        assert time.monotonic() < deadline, listed
        time.sleep(0.5)


def read(visitor: Page, number: str, *, language: str, title: str, path: str) -> None:
    """The permanent address leads to the reader's language; the text stands there marked as English."""
    visitor.goto(f"/r/{number}/?lang={language}")
    assert visitor.url.endswith(f"/{language}/{path}/{number}/"), visitor.url
    assert visitor.locator("html").get_attribute("lang") == language
    heading = visitor.get_by_role("heading", level=1, name=title)
    expect(heading).to_be_visible()
    spoken = heading.evaluate("node => node.closest('[lang]').lang")
    assert spoken == "en"


def search_and_open(visitor: Page, word: str, title: str) -> None:
    """From the search box in the header to the marked word."""
    visitor.goto("/en/")
    box = visitor.get_by_role("banner").get_by_role("searchbox")
    box.fill(word)
    box.press("Enter")
    visitor.wait_for_url("**/search/**")
    visitor.get_by_role("main").get_by_role("link", name=title).first.click()
    expect(visitor.locator("main mark").first).to_have_text(word)
