"""Webhooks: who is told what, signed and once, tried again, not into a private network, not for ever."""

import hmac
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.test import Client
from django.utils import timezone
from wagtail.models import PageViewRestriction

from portal.common.actors import Group, system
from portal.library.domain import withdraw_document
from portal.opendata import hook_calls, hook_receivers
from portal.opendata.hook_calls import Failed, Refused, post
from portal.opendata.hooks import MOST_EVENTS, event_of, tell_of
from portal.opendata.models import Webhook
from portal.organizations.models import Organization
from portal.publication import domain
from portal.work.models import Job
from tests.factories import make_pledge, make_user, publish_pledge
from tests.factories.pages import ConsultationTree
from tests.search.conftest import library_adder
from tests.work.conftest import do_all

CANARY = "kanarienvogel"


class Heard:
    """A site elsewhere: what it was told, and what it answers in turn (200 at last)."""

    def __init__(self) -> None:
        self.calls: list[tuple[dict[str, str], bytes]] = []
        self.answers: list[int] = []
        self.url = ""


@pytest.fixture
def site(settings: Any) -> Iterator[Heard]:
    """On this machine, which is called only while DEBUG is on."""
    settings.DEBUG = True
    heard = Heard()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            heard.calls.append((dict(self.headers.items()), body))
            status = heard.answers.pop(0) if heard.answers else 200
            self.send_response(status)
            self.send_header("Location", "/elsewhere")
            self.end_headers()

        def log_message(self, *told: object) -> None:
            """Says nothing."""

    with serving(Handler) as url:
        heard.url = f"{url}/hook?from=portal"
        yield heard


@contextmanager
def serving(handler: type[BaseHTTPRequestHandler]) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def events(heard: Heard) -> list[tuple[str, str, str, str]]:
    rows = [row for _headers, body in heard.calls for row in json.loads(body)["events"]]
    return [(row["event"], row["kind"], row["number"], row["path"]) for row in rows]


def test_what_is_published_changed_and_withdrawn_is_told_signed_and_once(
    site: Heard, organization: Organization
) -> None:
    webhook = Webhook.objects.create(url=site.url)
    pledge = make_pledge(organization, title=CANARY)
    record = publish_pledge(pledge)
    pledge.title = f"{CANARY} again"
    publish_pledge(pledge)
    domain.withdraw("pledge", record.source_key, actor=system("tests"), now=timezone.now())
    before = timezone.now()
    assert do_all("webhook") == 3
    number = record.public_id
    assert events(site)[-3:] == [
        (event, "pledge", number, f"/r/{number}/") for event in ("published", "changed", "withdrawn")
    ]
    for headers, body in site.calls:
        told = dict(part.split("=") for part in headers["X-Portal-Signature"].split(","))
        signed = hmac.new(webhook.secret.encode(), f"{told['t']}.".encode() + body, sha256).hexdigest()
        assert told["v1"] == signed
        assert abs(int(told["t"]) - before.timestamp()) < 60
        assert headers["X-Portal-Delivery"] == json.loads(body)["id"]
        assert CANARY not in body.decode()
        assert {name for row in json.loads(body)["events"] for name in row} == {
            "event",
            "kind",
            "number",
            "path",
            "at",
        }
    assert do_all("webhook") == 0
    assert len({headers["X-Portal-Delivery"] for headers, _body in site.calls}) == 3


def test_a_site_that_fails_is_told_again_after_growing_waits(site: Heard, organization: Organization) -> None:
    Webhook.objects.create(url=site.url)
    now = timezone.now()
    tell_of([event_of("published", "pledge", "P-00001", now=now)], now=now)
    site.answers = [500, 302, 200]
    waits: list[bool] = []
    for _try in range(3):
        job = Job.objects.get(kind="tell_webhook")
        assert do_all("webhook", at=job.run_after) == 1
        job.refresh_from_db()
        waits.append(job.run_after - timezone.now() > timedelta(seconds=2 * len(waits) + 1))
    assert (job.state, (job.result or {})["status"]) == ("done", 200)
    assert waits[:2] == [True, True]
    assert len(site.calls) == 3
    assert len({headers["X-Portal-Delivery"] for headers, _body in site.calls}) == 1
    assert len({body for _headers, body in site.calls}) == 1


@pytest.mark.parametrize("change", [{"is_active": False}, None])
def test_who_is_told_no_more_hears_nothing(site: Heard, db: None, change: dict[str, Any] | None) -> None:
    webhook = Webhook.objects.create(url=site.url)
    now = timezone.now()
    tell_of([event_of("published", "pledge", "P-00001", now=now)], now=now)
    if change:
        Webhook.objects.update(**change)
    else:
        webhook.delete()
    assert (do_all("webhook"), site.calls) == (1, [])
    tell_of([event_of("published", "pledge", "P-00002", now=now)], now=now)
    assert do_all("webhook") == 0


def test_a_site_that_is_gone_is_not_asked_again(site: Heard, db: None) -> None:
    Webhook.objects.create(url=site.url)
    now = timezone.now()
    tell_of([event_of("published", "pledge", "P-00001", now=now)], now=now)
    site.answers = [410]
    do_all("webhook")
    assert Job.objects.get(kind="tell_webhook").state == "failed"


def test_nothing_is_told_of_what_was_rolled_back(site: Heard, organization: Organization) -> None:
    Webhook.objects.create(url=site.url)
    with transaction.atomic():
        publish_pledge(make_pledge(organization))
        assert Job.objects.filter(kind="tell_webhook").exists()
        transaction.set_rollback(True)
    assert not Job.objects.filter(kind="tell_webhook").exists()


def test_many_go_in_few_calls(site: Heard, db: None) -> None:
    Webhook.objects.create(url=site.url)
    now = timezone.now()
    tell_of(
        [event_of("published", "pledge", f"P-{n:05d}", now=now) for n in range(MOST_EVENTS * 2 + 1)], now=now
    )
    assert do_all("webhook") == 3
    assert len(events(site)) == MOST_EVENTS * 2 + 1


def test_without_webhooks_a_change_costs_one_query(
    organization: Organization, django_assert_num_queries: Any
) -> None:
    record = publish_pledge(make_pledge(organization))
    with django_assert_num_queries(1):
        hook_receivers.tell_of_record(key=record.source_key, kind="pledge", state="published", is_new=True)


def test_documents_are_told_of_too(site: Heard, db: None, tmp_path: Path) -> None:
    Webhook.objects.create(url=site.url)
    document = library_adder(tmp_path)("Los niños", title=CANARY)
    withdraw_document(document, reason="x", actor=system("tests"), now=timezone.now())
    do_all("webhook")
    number = document.public_id
    assert events(site) == [
        ("changed", "document", number, f"/r/{number}/"),
        ("withdrawn", "document", number, f"/r/{number}/"),
    ]


def test_public_pages_are_told_of_and_no_other(site: Heard, consultation_pages: ConsultationTree) -> None:
    Webhook.objects.create(url=site.url)
    page = consultation_pages.segment["es"]
    key = str(page.translation_key)
    page.save_revision().publish()
    page.unpublish()
    told = [(event, "page", key, f"/r/{key}/") for event in ("published", "withdrawn")]
    do_all("webhook")
    assert events(site) == told
    PageViewRestriction.objects.create(page=page.get_parent(), restriction_type="login")
    page.save_revision().publish()
    do_all("webhook")
    assert events(site) == told


PRIVATE = [
    "https://127.0.0.1/x",
    "https://10.1.2.3/x",
    "https://192.168.1.1/x",
    "https://169.254.169.254/latest/meta-data/",
    "https://[::1]/x",
    "https://[::ffff:127.0.0.1]/x",
    "https://[64:ff9b::7f00:1]/x",
    "https://localhost/x",
    "https://0/x",
    "http://example.org/x",
    "ftp://example.org/x",
]


@pytest.mark.parametrize("url", PRIVATE)
def test_nothing_private_is_called(url: str, settings: Any) -> None:
    assert settings.DEBUG is False
    with pytest.raises(Refused):
        post(url, b"{}", {})


def test_an_address_that_is_refused_is_given_up_at_once(db: None, settings: Any) -> None:
    Webhook.objects.create(url="https://127.0.0.1/x")
    now = timezone.now()
    tell_of([event_of("published", "pledge", "P-00001", now=now)], now=now)
    do_all("webhook")
    job = Job.objects.get(kind="tell_webhook")
    assert (job.state, job.attempts) == ("failed", 1)
    with pytest.raises(ValidationError):
        Webhook(url="http://example.org/x").full_clean()


def test_a_site_that_drips_is_left(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.DEBUG = True
    monkeypatch.setattr(hook_calls, "WHOLE_SECONDS", 0.5)

    class Dripping(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            try:
                for _byte in range(100):
                    self.wfile.write(b"H")
                    time.sleep(0.1)
            except OSError:
                pass

        def log_message(self, *told: object) -> None:
            """Says nothing."""

    with serving(Dripping) as url:
        began = time.monotonic()
        with pytest.raises(Failed):
            post(url, b"{}", {})
        assert time.monotonic() - began < 5


@pytest.mark.parametrize(
    ("group", "status"), [(Group.ADMINISTRATOR, 200), (Group.EDITOR, 302), (Group.MODERATOR, 403)]
)
def test_only_administrators_set_them_up(client: Client, db: None, group: Group, status: int) -> None:
    webhook = Webhook.objects.create(url="https://example.org/hook")
    client.force_login(make_user(group))
    answer = client.get(f"/admin/snippets/opendata/webhook/edit/{webhook.pk}/")
    assert answer.status_code == status
    assert (webhook.secret in answer.content.decode()) is (status == 200)
