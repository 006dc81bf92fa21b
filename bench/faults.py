"""What a writer loses in everyday accidents, in Chromium: eleven kinds of faults, twenty runs of each.

    .venv/bin/python bench/faults.py                       # 220 runs, a table
    .venv/bin/python bench/faults.py --runs 4 --only reload,network

Works in a temporary folder with a database and a server of its own. In each run somebody types into a step of
a draft; then the fault comes, and the writer goes on as people do. Counted are the characters that were typed
more than ten seconds before the fault (all of them, where the page lived on) and that stand neither in the
draft nor in the form which the writer then sees, and drafts that are there twice. Exit 1 where there are any.
"""

import argparse
import asyncio
import contextlib
import io
import os
import random
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking")
# Longer than any pause of the page, with a busy machine in mind.
PATIENCE = 60.0


class Server:
    """The portal under gunicorn, to be killed and started again on the same port."""

    def __init__(self, folder: str) -> None:
        self.database = f"{folder}/faults.sqlite3"
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.root = f"http://127.0.0.1:{self.port}"
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "portal.settings.dev",
            "VAR_DIR": folder,
            "DATABASE_URL": f"sqlite:///{self.database}",
            "SITE_URL": self.root,
        }
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = [sys.executable, "-m", "gunicorn", "portal.wsgi:application", "--chdir", str(ROOT)]
        command += ["--bind", f"127.0.0.1:{self.port}", "--worker-class", "gthread", "--threads", "8"]
        command += ["--log-level", "critical", "--no-control-socket"]
        self.process = subprocess.Popen(
            command, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        for _attempt in range(240):
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"{self.root}/healthz", timeout=5)
                return
            time.sleep(0.5)
        raise SystemExit("the server did not start")

    def kill(self) -> None:
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def body(self, key: str) -> str:
        with contextlib.closing(sqlite3.connect(self.database, timeout=60)) as database:
            row = database.execute("SELECT body FROM interventions_intervention WHERE key = ?", [key])
            return str(row.fetchone()[0])

    def drafts(self, organization: int) -> int:
        with contextlib.closing(sqlite3.connect(self.database, timeout=60)) as database:
            asked = "SELECT count(*) FROM interventions_intervention WHERE organization_id = ?"
            return int(database.execute(asked, [organization]).fetchone()[0])


@dataclass
class Writer:
    """One person with one draft and a browser of their own; `typed` is all, `old` what must be there."""

    server: Server
    context: Any
    user: int
    organization: int
    key: str
    chance: random.Random
    page: Any = None
    typed: list[str] = field(default_factory=list)
    old: list[str] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"{self.server.root}/en/desk/interventions/{UUID(hex=self.key)}/answer/"

    async def open(self) -> None:
        self.page = await self.context.new_page()
        await self.page.goto(self.address)

    async def type(self, words: int = 4) -> None:
        for _number in range(words):
            word = f"w{self.chance.randrange(10**9)} "
            area = self.page.locator("[name=body]")
            await area.focus()
            await self.page.keyboard.press("Control+End")
            await self.page.keyboard.type(word)
            self.typed.append(word.strip())

    async def until_saved(self) -> None:
        """Until the draft holds all that was typed, or patience ends."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            body = await asyncio.to_thread(self.server.body, self.key)
            if all(word in body for word in self.typed):
                return
            await asyncio.sleep(0.5)

    async def lost(self) -> int:
        body = await asyncio.to_thread(self.server.body, self.key)
        shown = ""
        with contextlib.suppress(Exception):
            shown = await self.page.input_value("[name=body]", timeout=5000)
        return sum(len(word) for word in (self.old or self.typed) if word not in body and word not in shown)

    async def sign_in(self) -> None:
        """Another session of the same person, as a sign-in in another tab makes it."""
        await self.context.add_cookies(await asyncio.to_thread(cookies_of, self.user, self.server.root))


def cookies_of(user: int, root: str) -> list[dict[str, str]]:
    from django.contrib.auth import get_user_model
    from django.test import Client

    client = Client()
    client.force_login(get_user_model().objects.get(pk=user))
    client.get("/accounts/login/", headers={"host": root.partition("//")[2]})
    return [{"name": each.key, "value": each.value, "url": root} for each in client.cookies.values()]


Fault = Callable[[list[Writer]], Awaitable[None]]


def each(fault: Callable[[Writer], Awaitable[None]]) -> Fault:
    async def all_of(writers: list[Writer]) -> None:
        await asyncio.gather(*(fault(writer) for writer in writers))

    return all_of


async def network(writer: Writer) -> None:
    await writer.type()
    await writer.context.set_offline(True)
    await writer.type()
    await asyncio.sleep(writer.chance.uniform(1, 12))
    await writer.context.set_offline(False)
    await writer.until_saved()


async def tab_killed(writer: Writer) -> None:
    """What was typed in the last ten seconds may go with the tab."""
    for _number in range(8):
        await writer.type(1)
        await asyncio.sleep(writer.chance.uniform(0.5, 2.5))
    writer.old = list(writer.typed)
    for _number in range(10):
        await writer.type(1)
        await asyncio.sleep(1)
    session = await writer.context.new_cdp_session(writer.page)
    with contextlib.suppress(Exception):
        await asyncio.wait_for(session.send("Page.crash"), 3)
    await writer.open()


async def session_expired(writer: Writer) -> None:
    await writer.type()
    await writer.until_saved()
    await writer.context.clear_cookies(name="sessionid")
    await writer.type()
    await asyncio.sleep(writer.chance.uniform(6, 12))
    await writer.sign_in()
    await writer.page.reload()
    await writer.until_saved()


async def cookie_gone(writer: Writer) -> None:
    await writer.type()
    await writer.context.clear_cookies(name="csrftoken")
    await writer.type()
    await writer.until_saved()


async def signed_in_again(writer: Writer) -> None:
    await writer.type()
    await writer.sign_in()
    await writer.type()
    await writer.until_saved()


async def back_and_resubmit(writer: Writer) -> None:
    await writer.type()
    for _twice in range(2):
        await writer.page.get_by_role("button", name="Save and continue").click()
        await writer.page.wait_for_load_state()
        await writer.page.go_back()
        await writer.page.wait_for_load_state()
        if "/answer/" not in writer.page.url:
            await writer.page.goto(writer.address)
        await writer.type(2)
    await writer.page.get_by_role("button", name="Save and continue").click()
    await writer.page.wait_for_load_state()
    await writer.until_saved()


async def reload(writer: Writer) -> None:
    await writer.type()
    await asyncio.sleep(writer.chance.uniform(0, 6))
    await writer.page.reload()
    await writer.type(1)
    await writer.page.reload()
    await writer.until_saved()


async def language(writer: Writer) -> None:
    await writer.type()
    await asyncio.sleep(writer.chance.uniform(0, 6))
    for name in ("Español", "Français"):
        await writer.page.get_by_role("link", name=name, exact=True).first.click()
        await writer.page.wait_for_load_state()
        await writer.type(1)
    await writer.until_saved()


async def save_failed(writer: Writer) -> None:
    """The save is answered with an error, and an address that leads on to another one leads back."""

    async def fail(route: Any) -> None:
        await (
            route.fulfill(status=500, body="Error") if route.request.method == "POST" else route.continue_()
        )

    await writer.type()
    await writer.page.route("**/answer/", fail)
    await writer.page.get_by_role("button", name="Save and continue").click()
    await writer.page.wait_for_load_state()
    await writer.page.unroute("**/answer/")
    await writer.page.goto(writer.address.rstrip("/"))
    await writer.type(1)
    await writer.until_saved()


async def server_killed(writers: list[Writer]) -> None:
    """Each page is at another point of its own time when the server dies under all of them."""
    server = writers[0].server

    async def write(writer: Writer) -> None:
        await asyncio.sleep(writer.chance.uniform(0, 6))
        await writer.type()

    async def die() -> None:
        for _time in range(3):
            await asyncio.sleep(4)
            await asyncio.to_thread(server.kill)
            await asyncio.to_thread(server.start)

    await asyncio.gather(die(), *(write(writer) for writer in writers))
    await asyncio.gather(*(writer.until_saved() for writer in writers))


async def database_locked(writers: list[Writer]) -> None:
    """Somebody else writes for half a minute, which is longer than the portal waits."""

    def hold() -> None:
        with contextlib.closing(sqlite3.connect(writers[0].server.database, timeout=60)) as database:
            database.execute("BEGIN IMMEDIATE")
            time.sleep(30)
            database.rollback()

    await asyncio.gather(asyncio.to_thread(hold), *(writer.type() for writer in writers))
    await asyncio.gather(*(writer.until_saved() for writer in writers))


FAULTS: dict[str, tuple[str, Fault]] = {
    "network": ("network cut", each(network)),
    "tab": ("tab killed", each(tab_killed)),
    "session": ("session expired", each(session_expired)),
    "cookie": ("cookie gone", each(cookie_gone)),
    "again": ("second tab signed in again", each(signed_in_again)),
    "killed": ("server killed with -9 three times", server_killed),
    "back": ("back and resubmit, twice", each(back_and_resubmit)),
    "failed": ("save failed, back by an old link", each(save_failed)),
    "reload": ("reload, twice", each(reload)),
    "language": ("language switched, twice", each(language)),
    "locked": ("database locked for 30 s", database_locked),
}


def set_up() -> Any:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from portal.demo import tables
    from tests.factories.pages import make_consultation

    connection.ensure_connection()
    tables.lay(connection.connection)
    call_command("migrate", verbosity=0)
    call_command("load_reference", stdout=io.StringIO())
    return make_consultation()


def person_with_draft(pages: Any, number: str) -> tuple[int, int, str]:
    from portal.organizations.enums import OrganizationState
    from tests.factories import make_intervention, make_organization, make_user

    owner = make_user(email=f"writer{number}@example.org", language="en")
    organization = make_organization(name=f"Network {number}", state=OrganizationState.VERIFIED, owner=owner)
    draft = make_intervention(organization, questions=pages.questions[:1], author=owner, language="en")
    return owner.pk, organization.pk, draft.key.hex


async def run(server: Server, pages: Any, names: list[str], runs: int, seed: int) -> int:
    from playwright.async_api import async_playwright

    print("| fault | runs | characters lost | drafts twice | characters typed |\n|---|---|---|---|---|")
    wrong = 0
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        for name in names:
            told, fault = FAULTS[name]
            writers = []
            for number in range(runs):
                user, organization, key = await asyncio.to_thread(person_with_draft, pages, f"{name}{number}")
                context = await browser.new_context()
                chance = random.Random(f"{seed} {name} {number}")
                writer = Writer(server, context, user, organization, key, chance)
                await writer.sign_in()
                await writer.open()
                writers.append(writer)
            began = time.monotonic()
            await fault(writers)
            print(f"{told}: {time.monotonic() - began:.0f} s", file=sys.stderr)
            lost = sum([await writer.lost() for writer in writers])
            twice = sum([server.drafts(writer.organization) - 1 for writer in writers])
            typed = sum(len(word) for writer in writers for word in writer.typed)
            print(f"| {told} | {runs} | {lost} | {twice} | {typed} |", flush=True)
            wrong += lost + twice
            for writer in writers:
                await writer.context.close()
        await browser.close()
    return 1 if wrong else 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--only", default=",".join(FAULTS))
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        server = Server(folder)
        pages = set_up()
        server.start()
        try:
            return asyncio.run(run(server, pages, asked.only.split(","), asked.runs, asked.seed))
        finally:
            server.kill()


if __name__ == "__main__":
    sys.exit(main())
