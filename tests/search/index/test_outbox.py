"""The outbox where a lower number becomes visible after a higher one, as on PostgreSQL."""

import threading
from collections.abc import Callable, Iterator

import pytest
from django.db import connection, transaction
from django.utils import timezone

from search.index import outbox
from search.index.outbox import Subject
from search.models import OutboxEntry, Source

pytestmark = pytest.mark.django_db(transaction=True)
LATE, EARLY = Subject(Source.DOCUMENT, "D-00001"), Subject(Source.DOCUMENT, "D-00002")


@pytest.fixture
def commit_late() -> Iterator[Callable[[], None]]:
    """A row with a lower number that commits when called, after `EARLY` with a higher one has.

    PostgreSQL does it with two connections; SQLite lets nobody write meanwhile, so its row is put in later
    under the number it would have had.
    """
    if connection.vendor != "postgresql":
        put(EARLY, 41)
        yield lambda: put(LATE, 40)
        return
    noted, go_on = threading.Event(), threading.Event()

    def other() -> None:
        with transaction.atomic():
            outbox.enqueue_all([LATE], now=timezone.now())
            noted.set()
            go_on.wait(120)
        connection.close()

    thread = threading.Thread(target=other)
    thread.start()
    assert noted.wait(120)
    outbox.enqueue_all([EARLY], now=timezone.now())

    def commit() -> None:
        go_on.set()
        thread.join()

    yield commit
    commit()


def put(subject: Subject, pk: int) -> None:
    OutboxEntry.objects.create(pk=pk, source=subject.source, key=subject.key, created_at=timezone.now())


def test_the_drain_takes_what_becomes_visible_late(commit_late: Callable[[], None]) -> None:
    first = outbox.take(now=timezone.now(), limit=10)
    outbox.finish(first, now=timezone.now())
    commit_late()
    second = outbox.take(now=timezone.now(), limit=10)
    assert (list(first), list(second)) == ([EARLY], [LATE])
    assert second[LATE][0] < first[EARLY][0]


def test_a_rebuild_catches_up_what_becomes_visible_late(commit_late: Callable[[], None]) -> None:
    known = outbox.known_ids()
    commit_late()
    assert list(outbox.changes_since(known)) == [LATE]


def test_the_fallback_is_fed_what_becomes_visible_late(commit_late: Callable[[], None]) -> None:
    fed = {pk for pks in outbox.due_but((), now=timezone.now()).values() for pk in pks}
    commit_late()
    assert list(outbox.due_but(fed, now=timezone.now())) == [LATE]
