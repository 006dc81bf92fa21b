"""How long what is taken down is still read: in one process, on the database that the environment names.

`DATABASE_URL=... bench/take_down.py [NUMBER]` takes so many published interventions down, asks each place
until it tells nothing of them, has the index follow, and puts them back. Prints seconds: of the decision,
then how long after it each place is silent, one asked after the other. Nothing is asserted.
"""

import os
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.dev")

import django

django.setup()

from django.core.management import call_command  # noqa: E402  # reason: after the setup
from django.test import Client  # noqa: E402  # reason: after the setup
from django.utils import timezone  # noqa: E402  # reason: after the setup

from portal.accounts.models import User  # noqa: E402  # reason: after the setup
from portal.common.actors import person  # noqa: E402  # reason: after the setup
from portal.moderation.domain import decide  # noqa: E402  # reason: after the setup
from portal.publication.models import Record  # noqa: E402  # reason: after the setup
from portal.publication.queries import published  # noqa: E402  # reason: after the setup
from portal.submissions.models import Measure  # noqa: E402  # reason: after the setup

NUMBER = 20
WHY = {"ground": "other", "reason": "Measured."}


def places(record: Record) -> Iterator[tuple[str, str]]:
    number = record.public_id
    yield "page", f"/en/interventions/{number}/"
    yield "list", "/en/interventions/"
    yield "feed", "/en/interventions/feed/"
    yield "CSV", "/en/interventions/?format=csv"
    yield "JSON", "/en/interventions/?format=json"
    yield "API", f"/api/v1/interventions/{number}"
    yield "search", f"/api/v1/search?q={record.title.split()[0]}&kind=intervention"


def is_told(client: Client, path: str, record: Record) -> bool:
    response = client.get(path, headers={"host": "127.0.0.1"})
    body = response.getvalue() if response.streaming else response.content
    return response.status_code == 200 and record.public_id in body.decode("utf-8", "replace")


def main(number: int) -> None:
    client, spent = Client(), defaultdict(list)
    first, second = User.objects.filter(groups__name="moderator").order_by("pk")[:2]
    for record in list(published("intervention").filter(organization__isnull=False)[:number]):
        title = record.title
        began = time.monotonic()
        decide(
            "intervention", record.source_key, "taken_down", **WHY, actor=person(first), now=timezone.now()
        )
        done = time.monotonic()
        spent["decision"].append(done - began)
        record.title = title
        for name, path in places(record):
            while is_told(client, path, record):
                call_command("drain_outbox", verbosity=0)
            spent[name].append(time.monotonic() - done)
        measure = Measure.objects.filter(submission_key=record.source_key).latest("pk")
        decide(
            "take_down", measure.key, "undone", reason="Measured.", actor=person(second), now=timezone.now()
        )
    call_command("drain_outbox", verbosity=0)
    for name, seconds in spent.items():
        print(f"{name:10} median {statistics.median(seconds):.3f} s, longest {max(seconds):.3f} s")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else NUMBER)
