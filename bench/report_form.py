"""Reports progress in a browser as wide as a phone, without JavaScript, and prints what a report costs.

    bin/demo                                                   # in another window
    .venv/bin/python bench/report_form.py http://127.0.0.1:8000 --password ...

From the sign-in page to the receipt, by clicks and keys alone: first a report with everything that the page
asks for and a document, then "nothing has changed" by its one press. Each page that is loaded is a step.
Bytes are those that came over the line (as the browser counts them), with an empty cache at the sign-in.
Two reports stay in the site's database. Needs Debian's chromium.
"""

import argparse
import json
import time
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import CDPSession, FilePayload, Page, sync_playwright

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
]
WIDTH, HEIGHT = 360, 740
# One page of writing; what is hidden or has a button's role is no question.
QUESTIONS = (
    "main form:has([name=text]) "
    ":is(input:not([type=hidden]):not([type=radio]):not([type=checkbox]), select, textarea)"
)
GROUPS = "main form:has([name=text]) fieldset"
TEXT = "Two offices opened in March, and four clerks were trained."
PAPER = FilePayload(
    name="march.txt", mimeType="text/plain", buffer=b"Registry of March: two offices, four clerks."
)


@dataclass
class Phone:
    """One person at one narrow window; steps, bytes and requests are counted from now on."""

    page: Page
    site: str
    steps: int = 0
    bytes: int = 0
    requests: int = 0
    started: float = field(default_factory=time.perf_counter)

    def count(self, line: CDPSession) -> None:
        def received(event: dict[str, Any]) -> None:
            self.bytes += int(event["encodedDataLength"])
            self.requests += 1

        line.send("Network.enable")
        line.on("Network.loadingFinished", received)

    def go(self, path: str) -> None:
        self.page.goto(f"{self.site}{path}")
        self.steps += 1

    def press(self, selector: str) -> None:
        self.page.locator(selector).first.click()
        self.page.wait_for_load_state()
        self.steps += 1

    def told(self, **more: object) -> dict[str, object]:
        """What it cost since the last time."""
        told: dict[str, object] = {
            "steps": self.steps,
            "seconds": round(time.perf_counter() - self.started, 2),
            "bytes": self.bytes,
            "requests": self.requests,
        }
        self.steps = self.bytes = self.requests = 0
        self.started = time.perf_counter()
        return told | more


def sign_in(phone: Phone, email: str, password: str) -> None:
    phone.go("/accounts/login/?next=/en/desk/reports/new/")
    phone.page.fill("[name=login]", email)
    phone.page.fill("[name=password]", password)
    phone.press("main form[method=post] button[type=submit]")


def choose_pledge(phone: Phone) -> None:
    phone.press("main .item__title a")


def fill(phone: Phone) -> int:
    """Everything that is asked; the number of questions, a group of boxes being one."""
    page = phone.page
    asked = page.locator(QUESTIONS).count() + page.locator(GROUPS).count()
    page.locator("[name=stage]").nth(1).check()
    for value in page.locator("[name^=figure_]").all():
        value.fill("12")
    page.fill("[name=day]", time.strftime("%Y-%m-%d"))
    page.fill("[name=text]", TEXT)
    page.locator("[name=factors]").first.check()
    page.select_option("[name=tier]", "2")
    page.set_input_files("[name=evidence]", PAPER)
    return asked


def report(phone: Phone) -> dict[str, object]:
    """From the list of pledges to the receipt."""
    choose_pledge(phone)
    phone.press("main form:has([name=draft_key]):not([action]) button[type=submit]")
    asked, overflow = fill(phone), _overflow(phone.page)
    phone.press("main form:has([name=text]) button[type=submit]")
    phone.press("main form:has([name=submit_key]) button[type=submit]")
    return phone.told(questions=asked, pixels_too_wide=overflow, receipt="/receipt/" in phone.page.url)


def press_once(phone: Phone) -> dict[str, object]:
    phone.go("/en/desk/reports/new/")
    choose_pledge(phone)
    phone.press("main form[action$='/unchanged/'] button[type=submit]")
    return phone.told(questions=0, receipt="/receipt/" in phone.page.url)


def _overflow(page: Page) -> int:
    """How much wider the page is than the window."""
    width: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return width


def measure(arguments: argparse.Namespace) -> dict[str, object]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, headless=True, args=FLAGS)
        context = browser.new_context(
            java_script_enabled=False, viewport={"width": WIDTH, "height": HEIGHT}, locale="en"
        )
        page = context.new_page()
        phone = Phone(page, arguments.site.rstrip("/"))
        phone.count(context.new_cdp_session(page))
        phone.started = time.perf_counter()
        sign_in(phone, arguments.email, arguments.password)
        written = report(phone)
        unchanged = press_once(phone)
        with suppress(Exception):
            browser.close()
    return {"width": WIDTH, "from_sign_in_to_receipt": written, "nothing_has_changed": unchanged}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("site")
    parser.add_argument("--email", default="focal-point@demo.invalid")
    parser.add_argument("--password", required=True)
    print(json.dumps(measure(parser.parse_args())))


if __name__ == "__main__":
    main()
