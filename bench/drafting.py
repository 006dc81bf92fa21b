"""Drafts conclusions in a browser, by clicks and keys alone, and prints what a recommendation costs.

    bin/demo                                                   # in another window
    .venv/bin/python bench/drafting.py http://127.0.0.1:8000 --consultation WORDS --password ...

The site's database is not touched but through its pages. The browser starts a draft, or goes on with the
open one. It makes a recommendation of the first sentence of a contribution and attaches sentences of the
next ones to it. Needs Debian's chromium.
"""

import argparse
import json
import re
import time
from collections import Counter
from contextlib import suppress
from urllib.parse import urljoin

from playwright.sync_api import Locator, Page, sync_playwright

CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
# Of how many contributions the passages behind one recommendation come.
VOICES = 3


class Hand:
    """One person at one window, whose clicks and keys are counted."""

    def __init__(self, page: Page, site: str) -> None:
        self.page, self.site, self.done = page, site, Counter[str]()

    def go(self, path: str) -> None:
        self.page.goto(urljoin(self.site, path))

    def click(self, target: Locator) -> None:
        target.click()
        self.done["clicks"] += 1

    def write(self, target: Locator, text: str) -> None:
        target.fill(text)
        self.done["keys"] += len(text)

    def choose(self, target: Locator, value: str) -> None:
        target.select_option(value)
        self.done["clicks"] += 2

    def sign_in(self, email: str, password: str) -> None:
        self.go("/en/desk/")
        self.page.fill("[name=login]", email)
        self.page.fill("[name=password]", password)
        self.page.locator("main form[method=post] button[type=submit]").first.click()
        self.page.wait_for_url("**/desk/**")

    def open_draft(self, title: str) -> str:
        """Of the consultation with these words in its title: a new one, else the draft that is open."""
        self.go("/en/desk/conclusions/new/")
        option = self.page.locator("[name=consultation] option", has_text=title)
        if option.count():
            self.choose(self.page.locator("[name=consultation]"), str(option.first.get_attribute("value")))
            self.click(self.page.locator("main form[method=post] button[type=submit]").last)
            self.page.wait_for_url(re.compile(r"/conclusions/[0-9a-f-]{36}/$"))
            return self.page.url
        self.go("/en/desk/conclusions/")
        self.click(self.page.locator(".item__title a", has_text=title).first)
        return self.page.url

    def segments(self, draft: str) -> list[str]:
        self.go(draft)
        links = self.page.locator('main a[href*="/segments/"]')
        return [urljoin(self.site, str(link.get_attribute("href"))) for link in links.all()]

    def recommend(self, segment: str, number: int) -> bool:
        """One recommendation from a contribution, and passages of the ones behind it."""
        self.go(f"{segment}?only=new")
        if not self.page.locator("main .item__title a").count():
            return False
        self.click(self.page.locator("main .item__title a").first)
        self._mark(new=f"Recommendation {number} of a measured draft.")
        chosen = self.page.locator("[name=recommendation]").input_value()
        for _voice in range(VOICES - 1):
            following = self.page.locator("a[rel=next]")
            if not following.count():
                break
            self.click(following.first)
            self._mark(to=chosen)
        return True

    def _mark(self, *, new: str = "", to: str = "") -> None:
        target = self.page.locator("[name=recommendation]")
        if new:
            values = target.locator("option").evaluate_all("each => each.map(o => o.value)")
            to = next(value for value in values if value.startswith("new:"))
            self.write(self.page.locator("[name=new_words]"), new)
        self.choose(target, to)
        self.click(self.page.locator("[name=sentence]").first)
        self.click(self.page.locator("#attach button[type=submit]"))
        self.page.wait_for_url("**#attach")


def measure(arguments: argparse.Namespace) -> dict[str, object]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        context = browser.new_context(java_script_enabled=not arguments.without_javascript)
        hand = Hand(context.new_page(), arguments.site)
        hand.sign_in(arguments.email, arguments.password)
        draft = hand.open_draft(arguments.consultation)
        segments, made = hand.segments(draft), 0
        started = time.perf_counter()
        while segments and made < arguments.recommendations:
            if hand.recommend(segments[0], made + 1):
                made += 1
            else:
                segments.pop(0)
        seconds = time.perf_counter() - started
        with suppress(Exception):
            browser.close()
    each = max(made, 1)
    return {
        "draft": draft,
        "recommendations": made,
        "clicks_each": round(hand.done["clicks"] / each, 1),
        "keys_each": round(hand.done["keys"] / each, 1),
        "seconds_each": round(seconds / each, 2),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("site")
    parser.add_argument("--email", default="editor@demo.invalid")
    parser.add_argument("--password", required=True)
    parser.add_argument("--consultation", required=True, help="words of its title")
    parser.add_argument("--recommendations", type=int, default=20)
    parser.add_argument("--without-javascript", action="store_true")
    print(json.dumps(measure(parser.parse_args())))


if __name__ == "__main__":
    main()
