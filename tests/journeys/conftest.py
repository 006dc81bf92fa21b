"""A served demo, its mailbox and browsers with and without JavaScript, for the journeys beside this file."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.journeys.mailbox import Mailbox

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
START_SECONDS = 300
# Settings of the person's shell that would make it another site than the demo.
FOREIGN = (
    "DATABASE_URL",
    "SEARCH_URL",
    "SEARCH_API_KEY",
    "SEARCH_CA",
    "SEARCH_REPLICAS",
    "CACHE_URL",
    "EMAIL_URL",
    "SITE_URL",
    "DJANGO_SETTINGS_MODULE",
)


@pytest.fixture(scope="session")
def var_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("journeys")


@pytest.fixture(scope="session")
def site(var_dir: Path) -> Iterator[str]:
    """The address of a demo that was started for these tests, as a newcomer starts it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {name: value for name, value in os.environ.items() if name not in FOREIGN}
    environment |= {"VAR_DIR": str(var_dir), "PORT": str(port)}
    log = var_dir / "demo.log"
    with log.open("w") as sink:
        demo = subprocess.Popen(
            [ROOT / "bin" / "demo"], env=environment, stdout=sink, stderr=subprocess.STDOUT, cwd=ROOT
        )
    try:
        _wait_until_ready(demo, log)
        yield f"http://127.0.0.1:{port}"
    finally:
        demo.send_signal(signal.SIGTERM)
        demo.wait(30)


def _wait_until_ready(demo: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while "ready: " not in log.read_text():
        assert demo.poll() is None, f"bin/demo ended:\n{log.read_text()}"
        assert time.monotonic() < deadline, f"bin/demo was not ready in time:\n{log.read_text()}"
        time.sleep(0.2)


@pytest.fixture(scope="session")
def mailbox(var_dir: Path) -> Mailbox:
    return Mailbox(var_dir / "mail")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, headless=True, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def open_browser(site: str, browser: Browser) -> Iterator[Callable[..., Page]]:
    """A new person's browser: nothing shared with the others, English, one page open."""
    contexts = []

    def new(*, javascript: bool = True, locale: str = "en", width: int = 1280) -> Page:
        context = browser.new_context(
            base_url=site,
            java_script_enabled=javascript,
            locale=locale,
            viewport={"width": width, "height": 900},
        )
        context.set_default_timeout(20_000)
        contexts.append(context)
        return context.new_page()

    yield new
    for context in contexts:
        context.close()
