"""Mails about new matches: once, in the reader's language, only to those who want them, nothing private."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from portal.accounts.models import User
from portal.common.actors import person, system
from portal.library.domain import withdraw_document
from portal.library.models import LibraryDocument
from portal.observatory.saved import digests, domain
from portal.observatory.saved.enums import Telling
from portal.observatory.saved.links import unsubscribe_token
from portal.observatory.saved.models import Digest, Match, SavedSearch
from search.engines.base import Engine
from search.index.drain import drain

Add = Callable[..., LibraryDocument]
Keep = Callable[..., SavedSearch]


@pytest.fixture
def daily(keep: Keep, library_document: Add, index: Engine) -> SavedSearch:
    """A search told every day that has newly found one document."""
    search = keep("niñez", name="Children", telling=Telling.DAILY)
    library_document("La niñez en la frontera", title="Zanahoria")
    drain(index)
    return search


def later(days: int = 0) -> datetime:
    return timezone.now() + timedelta(days=days)


def test_what_is_new_is_mailed_once(daily: SavedSearch, observer: User) -> None:
    assert digests.send_alerts(now=later()) == 1
    (sent,) = mail.outbox
    thing = Match.objects.get().thing
    assert (sent.to, sent.subject) == ([observer.email], "1 new result of your saved searches")
    assert "Children\nhttp://testserver/es/search/?q=ni%C3%B1ez\n" in sent.body
    assert "- Zanahoria (Document, Spanish)\n" in sent.body
    assert f"http://testserver/es/library/{thing}/?q=ni%C3%B1ez&passage=1#p1" in sent.body
    assert "&amp;" not in sent.body
    assert [digests.send_alerts(now=later(days)) for days in (0, 1, 2)] == [0, 0, 0]
    assert len(mail.outbox) == 1


def test_there_is_one_mail_a_day(
    daily: SavedSearch, library_document: Add, index: Engine, keep: Keep
) -> None:
    digests.send_alerts(now=later())
    library_document("Otra vez la niñez", title="Zapallo")
    drain(index)
    assert digests.send_alerts(now=later()) == 0
    assert digests.send_alerts(now=later(1)) == 1
    assert ("Zapallo" in mail.outbox[1].body, "Zanahoria" in mail.outbox[1].body) == (True, False)


@pytest.mark.long
def test_searches_of_one_rhythm_share_a_mail(
    keep: Keep, library_document: Add, index: Engine, observer: User
) -> None:
    keep("niñez", telling=Telling.DAILY, name="One")
    keep("frontera", telling=Telling.DAILY, name="Two")
    keep("frontera", telling=Telling.WEEKLY, name="Three")
    keep("frontera", name="Four")
    library_document("La niñez en la frontera")
    drain(index)
    assert digests.send_alerts(now=later()) == 2
    texts = [sent.body for sent in mail.outbox]
    assert [[name in text for name in ("One", "Two", "Three", "Four")] for text in texts] == [
        [True, True, False, False],
        [False, False, True, False],
    ]


@pytest.mark.parametrize(
    ("telling", "moments", "periods"),
    [
        (Telling.DAILY, ("2026-01-01", "2026-01-02"), ["2026-01-01", "2026-01-02"]),
        (Telling.WEEKLY, ("2026-12-27", "2026-12-28", "2027-01-03"), ["2026-W52", "2026-W53", "2026-W53"]),
    ],
)
def test_a_period_is_a_day_or_a_week(telling: Telling, moments: Any, periods: list[str]) -> None:
    given = [digests.period_of(telling, datetime.fromisoformat(each).replace(tzinfo=UTC)) for each in moments]
    assert given == periods


@pytest.mark.few(1)
@pytest.mark.parametrize(
    ("language", "subject"),
    [("es", "Content-Language: es"), ("fr", "Content-Language: fr"), ("de", "Content-Language: es")],
)
def test_mails_are_in_the_readers_language(
    daily: SavedSearch, observer: User, language: str, subject: str
) -> None:
    User.objects.filter(pk=observer.pk).update(language=language)
    digests.send_alerts(now=later())
    assert subject in mail.outbox[0].message().as_string()
    assert f"/{subject[-2:]}/desk/searches/stop/" in mail.outbox[0].body


def test_what_is_withdrawn_before_the_mail_is_not_told(daily: SavedSearch) -> None:
    document = LibraryDocument.objects.get()
    withdraw_document(document, actor=system("tests"), now=timezone.now())
    assert digests.send_alerts(now=later()) == 0
    assert (mail.outbox, Match.objects.count()) == ([], 0)


def test_a_crash_before_sending_loses_nothing_and_sends_once(daily: SavedSearch, observer: User) -> None:
    digests.make_digest(observer.pk, Telling.DAILY, now=later())
    assert (mail.outbox, Match.objects.get().told_at is None) == ([], False)
    assert digests.make_digest(observer.pk, Telling.DAILY, now=later()) is None
    assert digests.send_alerts(now=later()) == 1
    assert digests.send_alerts(now=later()) == 0


def test_a_digest_in_the_hands_of_another_process_is_left_alone(daily: SavedSearch, observer: User) -> None:
    digest = digests.make_digest(observer.pk, Telling.DAILY, now=later())
    assert digest is not None
    Digest.objects.update(claimed_at=later())
    assert digests.send_digest(digest.pk, now=later()) is False
    assert digests.send_digest(digest.pk, now=later() + digests.CLAIM + timedelta(seconds=1)) is True
    assert digests.send_digest(digest.pk, now=later() + timedelta(days=1)) is False
    assert len(mail.outbox) == 1


class Refusing:
    """A mail server that takes nothing."""

    def __init__(self, **kwargs: object) -> None: ...

    def send_messages(self, messages: object) -> int:
        raise ConnectionRefusedError("no mail server")


def test_a_mail_server_that_is_away_is_tried_again(daily: SavedSearch, settings: Any) -> None:
    before = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"
    assert digests.send_alerts(now=later()) == 0
    settings.EMAIL_BACKEND = before
    assert digests.send_alerts(now=later(1)) == 1
    first, again = mail.outbox[0].extra_headers["Message-ID"], Digest.objects.get()
    assert (first, again.done_at is None) == (
        f"<digest-{again.pk}-daily-{again.period}@testserver>",
        False,
    )


@pytest.mark.long
def test_a_digest_nobody_takes_for_a_week_is_given_up(daily: SavedSearch, settings: Any) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"
    digests.send_alerts(now=later())
    digests.send_alerts(now=later(8))
    assert Digest.objects.filter(done_at__isnull=True).count() == 0
    digests.send_alerts(now=later(8 + 91))
    assert (Digest.objects.count(), Match.objects.get().told_at is None) == (0, False)


@pytest.mark.parametrize("change", [{"is_active": False}, {"email": "new@example.org"}])
def test_nobody_unconfirmed_or_inactive_is_mailed(
    daily: SavedSearch, observer: User, change: dict[str, Any]
) -> None:
    User.objects.filter(pk=observer.pk).update(**change)
    assert (digests.send_alerts(now=later()), mail.outbox) == (0, [])


def test_mails_begin_when_they_are_asked_for(
    keep: Keep, library_document: Add, index: Engine, observer: User
) -> None:
    search = keep("niñez")
    library_document("La niñez", title="Zanahoria")
    drain(index)
    domain.change_search(search, name="A", telling=Telling.DAILY, actor=person(observer), now=timezone.now())
    library_document("Otra niñez", title="Zapallo")
    drain(index)
    digests.send_alerts(now=later())
    assert ("Zapallo" in mail.outbox[0].body, "Zanahoria" in mail.outbox[0].body) == (True, False)


@pytest.mark.long
def test_a_long_list_is_cut_and_says_so(
    daily: SavedSearch, library_document: Add, index: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(digests, "MOST_LISTED", 1)
    library_document("La niñez", title="Zapallo")
    drain(index)
    digests.send_alerts(now=later())
    (sent,) = mail.outbox
    assert (sent.subject, "and 1 more" in sent.body, sent.body.count("\n- ")) == (
        "2 new results of your saved searches",
        True,
        1,
    )
    assert digests.send_alerts(now=later(1)) == 0


def test_the_command_takes_stock_evaluates_and_sends(daily: SavedSearch) -> None:
    SavedSearch.objects.update(is_settled=False)
    call_command("send_alerts", verbosity=0)
    assert (len(mail.outbox), SavedSearch.objects.get().is_settled) == (1, True)


def test_mails_end_without_signing_in(client: Client, daily: SavedSearch, observer: User) -> None:
    digests.send_alerts(now=later())
    sent = mail.outbox[0]
    assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = sent.extra_headers["List-Unsubscribe"].strip("<>").removeprefix("http://testserver")
    shown = client.get(path)
    assert (shown.status_code, shown.cookies, "Stop these mails" in shown.content.decode()) == (200, {}, True)
    assert SavedSearch.objects.get().telling == Telling.DAILY
    done = client.post(path, {"List-Unsubscribe": "One-Click"})
    assert (done.status_code, done.cookies, SavedSearch.objects.get().telling) == (200, {}, Telling.NONE)
    assert client.post(path).status_code == 200


def test_a_forged_end_of_mails_is_not_found(client: Client, daily: SavedSearch, observer: User) -> None:
    token = unsubscribe_token(observer.pk)
    for forged in (token[:-1] + ("a" if token[-1] != "a" else "b"), str(observer.pk), f"1{token}", "x:y"):
        assert client.post(f"/en/desk/searches/stop/{forged}/").status_code == 404
    assert SavedSearch.objects.get().telling == Telling.DAILY


def test_a_mail_that_waits_is_not_sent_after_mails_were_stopped(
    daily: SavedSearch, observer: User, client: Client
) -> None:
    digests.make_digest(observer.pk, Telling.DAILY, now=later())
    client.post(f"/en/desk/searches/stop/{unsubscribe_token(observer.pk)}/")
    assert (digests.send_alerts(now=later()), mail.outbox) == (0, [])
    assert Match.objects.filter(is_current=True).count() == 1
