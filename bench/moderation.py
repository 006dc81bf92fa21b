"""Clears a queue in a browser by keys alone, as two moderators in turn, and prints what a text costs each.

    bin/demo                                                   # in another window
    VAR_DIR=... .venv/bin/python bench/moderation.py --fill 110     # texts that wait, beside the demo's
    .venv/bin/python bench/moderation.py http://127.0.0.1:8000 --texts 110 --password ...

The list is given to the two by its own form. Then each goes from text to text: P and Enter publish, of every
fifth R, a reason and its button return, and the next one comes by itself. Interface time is what passes from
the first key until the next text stands there; nobody reads. Needs Debian's chromium.

    .venv/bin/python bench/moderation.py --queries    # queries of the pages, in a database of its own
"""

import argparse
import json
import os
import random
import statistics
import sys
import tempfile
import time
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"]
LIST = "/en/desk/moderation/?kind=intervention"
REASON = "Please say in which town this was, and in which year."
RETURNED = 5
ARRIVED = "here => location.href !== here && document.readyState === 'complete'"
SIZES = (10, 1000)
RELEASED = 100


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("site", nargs="?")
    parser.add_argument("--texts", type=int, default=110)
    parser.add_argument("--password", default="")
    parser.add_argument(
        "--moderators", nargs=2, default=["moderator@demo.invalid", "moderator2@demo.invalid"]
    )
    parser.add_argument("--queries", action="store_true")
    parser.add_argument("--fill", type=int, default=0)
    asked = parser.parse_args()
    if asked.fill:
        _fill(asked.fill)
        return
    if asked.queries or not asked.site:
        with tempfile.TemporaryDirectory() as folder:
            _queries(Path(folder))
        return
    print(
        json.dumps(_cleared(asked.site.rstrip("/"), asked.texts, asked.moderators, asked.password), indent=1)
    )


def _cleared(site: str, number: int, people: list[str], password: str) -> dict[str, object]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        pages = [browser.new_context(viewport={"width": 1280, "height": 800}).new_page() for _each in people]
        for page, email in zip(pages, people, strict=True):
            _sign_in(page, site, email, password)
        _share(pages, site)
        begun, taken = time.perf_counter(), _clear(pages, site, number)
        seconds = time.perf_counter() - begun
        browser.close()
    return {
        "texts": len(taken),
        "seconds": round(seconds, 1),
        "median_seconds_a_text": round(statistics.median(taken), 3),
        "slowest_of_ten": round(sorted(taken)[int(len(taken) * 0.9)], 3),
        "keys_a_text": "2; 1 and the reason where it is returned",
    }


def _sign_in(page: Any, site: str, email: str, password: str) -> None:
    page.goto(f"{site}/en/desk/")
    page.fill("[name=login]", email)
    page.fill("[name=password]", password)
    page.locator("main form[method=post] button[type=submit]").first.click()
    page.wait_for_url("**/desk/**")


def _share(pages: list[Any], site: str) -> None:
    """Each takes every other text of the pages of the list, until nobody looks after none."""
    for at in range(100):
        page = pages[at % 2]
        page.goto(f"{site}{LIST}&owner=nobody")
        boxes = page.locator(".pick input")
        if not boxes.count():
            return
        for box in boxes.all()[: max(1, boxes.count() // 2)]:
            box.check()
        page.locator(".with-chosen button").click()


def _clear(pages: list[Any], site: str, number: int) -> list[float]:
    """Seconds of each text, until so many are done or nothing waits."""
    for page in pages:
        page.goto(f"{site}{LIST}&owner=me")
        page.keyboard.press("j")
        page.keyboard.press("Enter")
        page.wait_for_selector(".decide-bar")
    taken: list[float] = []
    hands = deque(pages)
    while hands and len(taken) < number:
        page = hands.popleft()
        if not page.locator("[data-key=p]").count():
            continue
        hands.append(page)
        begun, here = time.perf_counter(), page.url
        _return(page) if len(taken) % RETURNED == RETURNED - 1 else _publish(page)
        page.wait_for_function(ARRIVED, arg=here)
        taken.append(time.perf_counter() - begun)
    return taken


def _publish(page: Any) -> None:
    page.keyboard.press("p")
    page.keyboard.press("Enter")


def _return(page: Any) -> None:
    page.keyboard.press("r")
    page.keyboard.type(REASON)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")


def _fill(number: int) -> None:
    """Interventions of the demo's organizations in four languages, none like another, that wait."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.dev")
    import django

    django.setup()
    from campaign import SAID, own
    from django.utils import timezone

    from portal.moderation.copies import sign_waiting
    from portal.organizations.models import Organization
    from portal.submissions.states import SubmissionState
    from tests.factories import make_intervention

    draw, now = random.Random(14), timezone.now()
    senders = [*Organization.objects.filter(state="verified", is_protected=False)]
    for at in range(number):
        language = [*SAID][at % len(SAID)]
        sent: dict[str, Any] = {"title": f"Text {at}", "body": own(language, draw), "language": language}
        make_intervention(
            senders[at % len(senders)], state=SubmissionState.SUBMITTED, submitted_at=now, **sent
        )
    print(sign_waiting(), "texts wait")


def _queries(folder: Path) -> None:
    _set_up(folder)
    from django.test import Client

    from portal.common.actors import Group
    from tests.factories import make_user

    client = Client()
    user = make_user(Group.MODERATOR)
    client.force_login(user)
    print(f"{'waiting':>8}{'list':>7}{'ms':>8}{'text':>7}{'ms':>8}")
    made = 0
    for size in SIZES:
        _waiting(size - made)
        made = size
        told = [cost for path in _paths() for cost in _cost(client, path)]
        print(f"{size:8}" + "".join(f"{each:{7 + at % 2}.0f}" for at, each in enumerate(told)))
    _release(user)


def _set_up(folder: Path) -> None:
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "portal.settings.test",
        "DATABASE_URL": f"sqlite:///{folder / 'bench.sqlite3'}",
    }
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.test.utils import setup_test_environment

    from portal.demo import tables

    setup_test_environment()
    connection.ensure_connection()
    tables.lay(connection.connection)
    for name in ("migrate", "load_reference", "ensure_groups"):
        call_command(name, verbosity=0)


def _waiting(number: int) -> None:
    """Interventions of fifty organizations that wait."""
    from django.db import transaction

    from portal.organizations.models import Organization
    from portal.submissions.states import SubmissionState
    from tests.factories import make_intervention

    with transaction.atomic():
        senders = [*Organization.objects.all()] or [_verified() for _each in range(50)]
        for at in range(number):
            make_intervention(senders[at % 50], state=SubmissionState.SUBMITTED)


def _verified() -> Any:
    from portal.organizations.enums import OrganizationState
    from tests.factories import make_organization, make_user, publish_organization

    made = make_organization(state=OrganizationState.VERIFIED, owner=make_user())
    publish_organization(made)
    return made


def _release(user: Any) -> None:
    """So many texts are published in one transaction, as those are that are marked as ready."""
    from django.utils import timezone

    from portal.common.actors import person
    from portal.interventions.models import Intervention
    from portal.moderation.several import Ref, decide_all

    keys = Intervention.objects.order_by("pk").values_list("key", flat=True)[:RELEASED]
    refs, begun = [Ref("intervention", key) for key in keys], time.process_time()
    number = decide_all(refs, "approved", actor=person(user), now=timezone.now())
    print(f"{number} published in one transaction: {time.process_time() - begun:.1f} s of processor time")


def _paths() -> Iterator[str]:
    from portal.interventions.models import Intervention

    middle = Intervention.objects.order_by("submitted_at")[Intervention.objects.count() // 2]
    yield "/en/desk/moderation/"
    yield f"/en/desk/moderation/intervention/{middle.key}/"


def _cost(client: Any, path: str) -> tuple[int, float]:
    """Queries and milliseconds of processor time of a warm page; the middle one of five."""
    from django.db import connection

    asked: list[str] = []

    def count(execute: Any, sql: str, params: Any, many: Any, context: Any) -> Any:
        asked.append(sql)
        return execute(sql, params, many, context)

    client.get(path)
    with connection.execute_wrapper(count):
        assert client.get(path).status_code == 200, path
    times = []
    for _each in range(5):
        begun = time.process_time()
        client.get(path)
        times.append(1000 * (time.process_time() - begun))
    return len(asked), statistics.median(times)


if __name__ == "__main__":
    main()
