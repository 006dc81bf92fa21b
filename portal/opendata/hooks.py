"""Webhooks: notes what became public or was withdrawn as a job for each address, and tells it.

Told are number, kind, permanent path, what happened and when; no word of what is published. One delivery
keeps its name through all tries, so that who hears it twice can tell.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from time import time
from uuid import uuid4

from django.utils import timezone

from portal.opendata.hook_calls import Failed, Refused, post, signature
from portal.opendata.models import Webhook
from portal.work.declarations import WEBHOOK, JobKind, Payload, PermanentFailure, Task
from portal.work.domain import enqueue

NAME = "tell_webhook"
PUBLISHED, CHANGED, WITHDRAWN = "published", "changed", "withdrawn"
# Many at once, such as those of an import, go in few calls.
MOST_EVENTS = 100
GONE = 410


@dataclass(frozen=True, slots=True)
class Event:
    """`path` leads to it for good, in the reader's language; `at` is ISO 8601."""

    event: str
    kind: str
    number: str
    path: str
    at: str


def event_of(event: str, kind: str, number: str, *, now: datetime) -> Event:
    return Event(event, kind, number, f"/r/{number}/", now.isoformat(timespec="seconds"))


def is_anybody_told() -> bool:
    """One query."""
    return Webhook.objects.filter(is_active=True).exists()


def tell_of(events: Sequence[Event], *, now: datetime) -> None:
    """Note the deliveries in the transaction of the change."""
    parts = [events[start : start + MOST_EVENTS] for start in range(0, len(events), MOST_EVENTS)]
    for webhook in Webhook.objects.filter(is_active=True):
        for part in parts:
            name, rows = str(uuid4()), [asdict(each) for each in part]
            told = {"id": name, "webhook": str(webhook.key), "events": rows}
            enqueue(NAME, told, now=now, key=name)


def deliver(task: Task) -> Payload | None:
    """Tell one address. Nothing comes of it where nobody wants it any more."""
    webhook = Webhook.objects.filter(key=task.payload["webhook"], is_active=True).first()
    if webhook is None:
        return None
    body = body_of(task.payload)
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "portal-webhook/1",
        "X-Portal-Delivery": task.payload["id"],
        "X-Portal-Signature": signature(webhook.secret, body, at=int(time())),
    }
    try:
        status = post(webhook.url, body, headers)
    except Refused as reason:
        raise PermanentFailure(str(reason)) from reason
    except Failed as reason:
        if reason.status == GONE:
            raise PermanentFailure("It wants to be told no more.") from reason
        raise
    return {"status": status, "told_at": timezone.now().isoformat()}


def body_of(payload: Mapping[str, object]) -> bytes:
    """What is sent: the same bytes at each try."""
    told = {"id": payload["id"], "events": payload["events"]}
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


TELL = JobKind(name=NAME, queue=WEBHOOK, run=deliver, max_attempts=14, max_backoff=timedelta(hours=2))
