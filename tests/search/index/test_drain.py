"""From the outbox into the index: nothing lost, nothing too much, whatever fails on the way."""

import threading
import time
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, OperationalError, connection
from django.utils import timezone

from portal.common.actors import system
from portal.library.domain import withdraw_document
from portal.library.models import LibraryDocument
from search.engines.base import Engine, EngineUnavailable, NoIndex, Writer
from search.engines.documents import IndexDocument
from search.engines.embedded import EmbeddedEngine
from search.index import builders, consistency, outbox
from search.index import drain as draining
from search.index.builders.base import Built, Surroundings
from search.index.drain import GenerationChanged, Target, drain, drain_batch
from search.index.signals import documents_indexed
from search.models import OutboxEntry, Source

Add = Callable[..., LibraryDocument]


def ids(engine: Engine) -> set[str]:
    return {document_id for document_id, _ in engine.inventory()}


def waiting() -> int:
    return outbox.backlog().waiting


def test_drain_brings_changes_into_the_index(index: Engine, library_document: Add) -> None:
    document = library_document("Una nota sobre la niñez")
    assert (waiting(), ids(index)) == (1, set())
    assert drain(index)
    assert (waiting(), ids(index)) == (0, {f"{document.public_id}/es"})


def test_drain_takes_out_what_is_gone(index: Engine, library_document: Add) -> None:
    document = library_document("Una nota")
    drain(index)
    withdraw_document(document, actor=system("tests"), now=timezone.now())
    drain(index)
    assert ids(index) == set()


def test_drain_takes_out_the_language_a_thing_has_no_more(index: Engine, library_document: Add) -> None:
    document = library_document("Una nota")
    drain(index)
    LibraryDocument.objects.filter(pk=document.pk).update(language="pt")
    outbox.enqueue(Source.DOCUMENT, [document.public_id], now=timezone.now())
    drain(index)
    assert ids(index) == {f"{document.public_id}/pt"}


def test_drain_reads_the_state_of_now(index: Engine, library_document: Add) -> None:
    document = library_document("Una nota", title="Uno")
    LibraryDocument.objects.filter(pk=document.pk).update(title="Dos")
    drain(index)
    assert [each.title for each in index.suggest("d", visibility=("public",), shown_in="es")] == ["Dos"]


def test_a_broken_engine_leaves_the_entries_waiting(index: Engine, library_document: Add) -> None:
    library_document("Una nota")

    with index.writer() as writer:

        class Broken:
            generation = writer.generation
            index = writer.index
            delete = writer.delete

            def refresh(self, version: int) -> None:
                raise EngineUnavailable("no space")

        with pytest.raises(EngineUnavailable):
            drain_batch([Target(index, Broken())])
    assert (waiting(), OutboxEntry.objects.get().attempts) == (1, 0)
    drain(index)
    assert (waiting(), len(ids(index))) == (0, 1)


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """The drain's time, which stands still: what failed is not due again because the machine is slow."""
    now = timezone.now()
    monkeypatch.setattr(draining, "timezone", SimpleNamespace(now=lambda: now))
    return now


@pytest.fixture
def poisoned(monkeypatch: pytest.MonkeyPatch, now: datetime) -> set[str]:
    """Keys of library documents that cannot be read."""
    keys: set[str] = set()
    real = builders.BUILDERS[Source.DOCUMENT].build

    def build(key: str, version: int, around: Surroundings) -> Built:
        if key in keys:
            raise ValueError("bad content")
        return real(key, version, around)

    monkeypatch.setattr(builders.BUILDERS[Source.DOCUMENT], "build", build, raising=False)
    return keys


def make_due() -> None:
    OutboxEntry.objects.filter(not_before__isnull=False).update(not_before=None)


def test_one_bad_document_does_not_stop_the_others(
    index: Engine, library_document: Add, poisoned: set[str], now: datetime
) -> None:
    bad, good = library_document("Mala"), library_document("Buena")
    poisoned.add(bad.public_id)
    drain(index)
    assert ids(index) == {f"{good.public_id}/es"}
    entry = OutboxEntry.objects.get(key=bad.public_id)
    assert (entry.attempts, entry.problem) == (1, "ValueError: bad content")
    assert entry.not_before == now + timedelta(seconds=2)


def test_a_bad_document_fails_and_can_be_taken_up_again(
    index: Engine, library_document: Add, poisoned: set[str]
) -> None:
    bad = library_document("Mala")
    poisoned.add(bad.public_id)
    for _ in range(outbox.MOST_ATTEMPTS + 1):
        make_due()
        drain(index)
    entry = OutboxEntry.objects.get(key=bad.public_id)
    assert (entry.attempts, entry.failed_at is not None) == (outbox.MOST_ATTEMPTS, True)
    assert (outbox.backlog().waiting, outbox.backlog().failed) == (0, 1)
    poisoned.clear()
    outbox.enqueue(Source.DOCUMENT, [bad.public_id], now=timezone.now())
    drain(index)
    assert ids(index) == {f"{bad.public_id}/es"}
    assert (outbox.backlog().waiting, outbox.backlog().failed) == (0, 0)


def test_versions_tick_before_each_reading(index: Engine, library_document: Add) -> None:
    document = library_document("Una nota")
    drain(index)
    first = dict(index.inventory())[f"{document.public_id}/es"].version
    outbox.enqueue(Source.DOCUMENT, [document.public_id], now=timezone.now())
    drain(index)
    assert dict(index.inventory())[f"{document.public_id}/es"].version > first


def test_a_batch_stops_at_another_generation(index: Engine, library_document: Add) -> None:
    library_document("Una nota")
    with index.writer() as writer:
        other = index.new_generation()
        index.swap(other)
        with pytest.raises(GenerationChanged):
            drain_batch([Target(index, writer)])
    assert waiting() == 1
    drain(index)
    assert (waiting(), len(ids(index)), index.generation()) == (0, 1, other)


def test_drain_without_an_index_says_so(index: Engine, library_document: Add) -> None:
    library_document("Una nota")
    (index._folder.root / "current").unlink()
    with pytest.raises(NoIndex):
        drain(index)
    assert waiting() == 1


def test_drain_waits_while_another_drains_and_gives_up_in_time(index: Engine, library_document: Add) -> None:
    library_document("Una nota")
    with index.writer():
        assert not drain(index, patience=0.5)
    assert drain(index)


@pytest.mark.django_db(transaction=True)
def test_drain_ends_when_the_other_has_done_its_entries(
    in_a_file: None, index: Engine, library_document: Add, monkeypatch: pytest.MonkeyPatch
) -> None:
    library_document("Una nota")
    held, refused, finished = threading.Event(), threading.Event(), []

    def sleep(seconds: float) -> None:
        """The drain has found the other at work, and waits."""
        refused.set()
        time.sleep(seconds)

    def other() -> None:
        with index.writer() as writer:
            held.set()
            if refused.wait(120):
                finished.append(drain_batch([Target(index, writer)]))
        connection.close()

    monkeypatch.setattr(draining, "time", SimpleNamespace(monotonic=time.monotonic, sleep=sleep))
    thread = threading.Thread(target=other)
    thread.start()
    assert held.wait(120)
    assert drain(index, patience=120)
    thread.join()
    assert (finished, waiting(), len(ids(index))) == ([1], 0, 1)


def test_done_entries_are_kept_a_day(index: Engine, library_document: Add) -> None:
    library_document("Una nota")
    drain(index)
    assert OutboxEntry.objects.count() == 1
    outbox.clear_away(now=timezone.now() + outbox.KEPT - timedelta(minutes=1))
    assert OutboxEntry.objects.count() == 1
    outbox.clear_away(now=timezone.now() + outbox.KEPT + timedelta(minutes=1))
    assert OutboxEntry.objects.count() == 0


def test_take_gives_each_subject_once_in_order(db: None) -> None:
    now = timezone.now()
    for keys in (["b"], ["a", "b"], ["a"]):
        outbox.enqueue(Source.DOCUMENT, keys, now=now)
    taken: Sequence[outbox.Subject] = list(outbox.take(now=now, limit=10))
    assert [subject.key for subject in taken] == ["b", "a"]
    assert [len(pks) for pks in outbox.take(now=now, limit=10).values()] == [2, 2]


def test_a_thing_changed_many_times_is_read_once(
    index: Engine, library_document: Add, told: list[str]
) -> None:
    document, other = library_document("Una"), library_document("Otra")
    for _ in range(300):
        outbox.enqueue(Source.DOCUMENT, [document.public_id], now=timezone.now())
    with index.writer() as writer:
        assert drain_batch([Target(index, writer)]) == 302
    assert [each for each in told if not each.startswith("-")] == [
        f"{document.public_id}/es",
        f"{other.public_id}/es",
    ]
    assert waiting() == 0


@pytest.mark.parametrize("error", [ValueError("no"), IntegrityError("no")])
def test_a_receiver_that_fails_does_not_stop_the_drain(
    index: Engine,
    library_document: Add,
    error: Exception,
    told: list[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fails(**kwargs: object) -> None:
        OutboxEntry.objects.create(source=Source.INDEX, key="by the receiver", created_at=timezone.now())
        raise error

    document = library_document("Una nota")
    documents_indexed.connect(fails)
    try:
        with index.writer() as writer:
            assert drain_batch([Target(index, writer)]) == 1
    finally:
        documents_indexed.disconnect(fails)
    assert "event=receiver_failed" in caplog.text
    assert OutboxEntry.objects.get(key=document.public_id).done_at is not None
    assert not OutboxEntry.objects.filter(key="by the receiver").exists()
    assert told[:1] == [f"{document.public_id}/es"]


def test_a_database_out_of_reach_while_telling_leaves_the_entries_waiting(
    index: Engine, library_document: Add, told: list[str]
) -> None:
    def fails(**kwargs: object) -> None:
        raise OperationalError("database is locked")

    document = library_document("Una nota")
    documents_indexed.connect(fails)
    try:
        with index.writer() as writer, pytest.raises(OperationalError):
            drain_batch([Target(index, writer)])
    finally:
        documents_indexed.disconnect(fails)
    assert waiting() == 1
    drain(index)
    assert (waiting(), told.count(f"{document.public_id}/es")) == (0, 2)


def test_what_is_gone_is_told_too(index: Engine, library_document: Add, told: list[str]) -> None:
    document = library_document("Una nota")
    drain(index)
    told.clear()
    withdraw_document(document, actor=system("tests"), now=timezone.now())
    drain(index)
    assert told == [f"-{document.public_id}/{code}" for code in ("es", "en", "pt", "fr")]


class Refusing:
    """The engine's writer, which refuses everything, or what holds a word in its title."""

    def __init__(self, writer: Writer, error: Exception, word: str = "") -> None:
        self.generation, self._writer, self._error, self._word = writer.generation, writer, error, word
        self.delete, self.refresh, self.inventory = writer.delete, writer.refresh, writer.inventory

    def index(self, documents: Sequence[IndexDocument]) -> dict[str, str]:
        if any(self._word in document.title for document in documents):
            raise self._error
        return self._writer.index(documents)


def attempts() -> list[int]:
    return list(OutboxEntry.objects.order_by("pk").values_list("attempts", flat=True))


@pytest.mark.few(1)
@pytest.mark.parametrize("error", [EngineUnavailable("away"), RuntimeError("broken")])
def test_an_outage_counts_no_attempt_and_fails_nothing(
    index: Engine, library_document: Add, error: Exception, pauses: list[float]
) -> None:
    for text in ("Una", "Dos"):
        library_document(text)
    for _ in range(outbox.MOST_ATTEMPTS + 2):
        with index.writer() as writer, pytest.raises(EngineUnavailable):
            drain_batch([Target(index, Refusing(writer, error))])
    assert (attempts(), waiting(), outbox.backlog().failed) == ([0, 0], 2, 0)
    drain(index)
    assert (waiting(), len(ids(index))) == (0, 2)


def test_what_breaks_the_engine_is_found_and_does_not_hold_up_the_rest(
    index: Engine, library_document: Add
) -> None:
    good, bad, other = (library_document(title, title=title) for title in ("Una", "Veneno", "Otra"))
    with index.writer() as writer:
        drain_batch([Target(index, Refusing(writer, RuntimeError("poison"), "Veneno"))])
    assert ids(index) == {f"{document.public_id}/es" for document in (good, other)}
    entry = OutboxEntry.objects.get(key=bad.public_id)
    assert (entry.attempts, entry.problem, entry.done_at) == (1, "RuntimeError: poison", None)


def test_what_an_engine_refuses_in_a_bulk_is_tried_again_alone(
    index: Engine, library_document: Add, told: list[str]
) -> None:
    good, bad = library_document("Una"), library_document("Dos")

    with index.writer() as writer:

        class Partial(Refusing):
            def index(self, documents: Sequence[IndexDocument]) -> dict[str, str]:
                writer.index([document for document in documents if document.id[:7] == good.public_id])
                return {f"{bad.public_id}/es": "too long"}

        drain_batch([Target(index, Partial(writer, ValueError()))])
    entry = OutboxEntry.objects.get(key=bad.public_id)
    assert (entry.attempts, entry.problem, waiting()) == (1, "too long", 1)
    assert [each for each in told if not each.startswith("-")] == [f"{good.public_id}/es"]


def test_a_passing_refusal_is_waited_for(index: Engine, library_document: Add, pauses: list[float]) -> None:
    library_document("Una")
    calls: list[int] = []

    with index.writer() as writer:

        class Passing(Refusing):
            def index(self, documents: Sequence[IndexDocument]) -> dict[str, str]:
                calls.append(len(documents))
                if len(calls) < 3:
                    raise EngineUnavailable("busy")
                return writer.index(documents)

        assert drain_batch([Target(index, Passing(writer, ValueError()))]) == 1
    assert (calls, waiting(), len(ids(index))) == ([1, 1, 1], 0, 1)
    assert pauses == [0.02, 0.04]


@pytest.fixture
def fallback(tmp_path: Path) -> Engine:
    engine = EmbeddedEngine(tmp_path / "fallback")
    engine.swap(engine.new_generation())
    return engine


def test_the_fallback_gets_every_change_too(index: Engine, fallback: Engine, library_document: Add) -> None:
    library_document("Una")
    drain(index, fallback)
    assert (ids(index), waiting()) == (ids(fallback), 0)


def test_a_fallback_that_another_writes_makes_the_drain_wait(
    index: Engine, fallback: Engine, library_document: Add
) -> None:
    library_document("Una")
    with fallback.writer():
        assert not drain(index, fallback, patience=0.3)
    assert waiting() == 1
    assert drain(index, fallback)
    assert len(ids(fallback)) == 1


def test_a_fallback_in_a_new_generation_is_noticed(
    index: Engine, fallback: Engine, library_document: Add
) -> None:
    library_document("Una")
    with index.writer() as writer, fallback.writer() as old:
        fallback.swap(fallback.new_generation())
        with pytest.raises(GenerationChanged):
            drain_batch([Target(index, writer), Target(fallback, old)])
    drain(index, fallback)
    assert (len(ids(fallback)), waiting()) == (1, 0)


def test_a_fallback_that_fails_holds_nobody_up_and_is_compared_later(
    index: Engine, fallback: Engine, library_document: Add
) -> None:
    library_document("Una")
    with index.writer() as writer, fallback.writer() as other:
        broken = Refusing(other, EngineUnavailable("disk full"))
        drain_batch([Target(index, writer), Target(fallback, broken)])
    assert (waiting(), len(ids(index)), ids(fallback)) == (0, 1, set())
    assert consistency.is_asked_for(fallback.name)
