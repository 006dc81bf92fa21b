"""The follower: one long-lived writer that takes up every change and every new generation."""

import signal
import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from portal.common.actors import system
from portal.library.domain import withdraw_document
from portal.library.models import LibraryDocument
from search.engines.base import Engine, EngineUnavailable
from search.engines.embedded import EmbeddedEngine
from search.index import comparison, consistency, outbox
from search.index.builders import BUILDERS
from search.index.comparison import compare
from search.index.follower import Follower, follow
from search.index.outbox import Subject
from search.index.rebuild import rebuild
from search.models import Comparison, Source

Add = Callable[..., LibraryDocument]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("in_a_file")]


# So long a test waits for a state before it fails; how long it took is no matter.
AT_MOST = 120.0


def until(condition: Callable[[], bool]) -> bool:
    """Wait for a state; False when it never comes."""
    end = time.monotonic() + AT_MOST
    while not (reached := condition()) and time.monotonic() < end:
        time.sleep(0.05)
    return reached


@pytest.fixture
def follower(index: Engine) -> Iterator[threading.Thread]:
    """Follows the index in a thread until the test ends."""
    stop = threading.Event()

    def run() -> None:
        follow(index, None, stop.is_set, pause=0.05)
        connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    yield thread
    stop.set()
    thread.join(AT_MOST)
    assert not thread.is_alive()


def test_the_follower_takes_up_changes(
    follower: threading.Thread, index: Engine, library_document: Add
) -> None:
    library_document("Una nota")
    assert until(lambda: outbox.backlog().waiting == 0)
    assert compare(index).total == 0


@pytest.mark.long
def test_the_follower_goes_on_in_a_new_generation(
    follower: threading.Thread, index: Engine, library_document: Add
) -> None:
    library_document("Primera")
    done = rebuild(index)
    library_document("Segunda")
    assert until(lambda: outbox.backlog().waiting == 0)
    assert (index.generation(), compare(index).total, index.health().documents) == (done.generation, 0, 2)


def test_a_drain_beside_the_follower_ends_when_its_changes_are_in(
    follower: threading.Thread, index: Engine, library_document: Add
) -> None:
    library_document("Una nota")
    call_command("drain_outbox")
    assert compare(index).total == 0


@pytest.mark.long
def test_the_follower_survives_an_engine_that_fails(
    index: Engine, library_document: Add, monkeypatch: pytest.MonkeyPatch
) -> None:
    library_document("Una nota")
    real, failures, stop = index.writer, [], threading.Event()

    def writer(generation: str | None = None) -> Any:
        if len(failures) < 2:
            failures.append(generation)
            raise EngineUnavailable("away")
        return real(generation)

    monkeypatch.setattr(index, "writer", writer)
    follow(index, None, lambda: stop.is_set() or outbox.backlog().waiting == 0, pause=0.01)
    assert (len(failures), compare(index).total) == (2, 0)


def test_the_command_follows_until_it_is_told_to_stop(
    index: Engine, library_document: Add, monkeypatch: pytest.MonkeyPatch
) -> None:
    library_document("Una nota")
    (index._folder.root / "current").unlink()
    handlers: dict[int, Callable[..., None]] = {}
    monkeypatch.setattr(signal, "signal", lambda number, handler: handlers.update({number: handler}))
    command = threading.Thread(target=lambda: (call_command("drain_outbox", "--follow"), connection.close()))
    command.start()
    assert until(lambda: index.generation() is not None and outbox.backlog().waiting == 0)
    handlers[signal.SIGTERM](signal.SIGTERM, None)
    command.join(AT_MOST)
    assert not command.is_alive()
    assert compare(index).total == 0


def follow_until(
    engine: Engine, fallback: Engine | None, done: Callable[[], bool], **options: Any
) -> Follower:
    """Follow in this thread until something is so; fails when it never is."""
    end, reached = time.monotonic() + AT_MOST, False

    def stopped() -> bool:
        nonlocal reached
        reached = reached or done()
        return reached or time.monotonic() > end

    follower = Follower(engine, fallback, stopped, 0.01, **options)
    follower.run()
    assert reached
    return follower


def test_the_follower_compares_and_repairs_and_keeps_the_figures(
    index: Engine, library_document: Add
) -> None:
    document = library_document("Una nota")
    follow_until(index, None, lambda: consistency.last("embedded") is not None)
    LibraryDocument.objects.filter(pk=document.pk).update(title="Otra")
    consistency.ask("embedded", by="Editor", now=timezone.now())
    follow_until(index, None, lambda: not consistency.is_asked_for("embedded"))
    done = consistency.last("embedded")
    assert done is not None
    assert (done.asked_by, done.database, done.stale, done.repaired) == ("Editor", 1, 1, 1)
    assert compare(index).total == 0


def test_the_follower_compares_when_it_is_time(index: Engine) -> None:
    times: list[int] = []

    def number() -> bool:
        times.append(Comparison.objects.count())
        return times[-1] >= 2

    follow_until(index, None, number, compare_every=timedelta(0), look_every=0.0)
    assert times[-1] == 2
    follow_until(index, None, lambda: consistency.last("embedded") is not None)
    assert Comparison.objects.count() == 2


@pytest.fixture
def fallback(tmp_path: Any) -> EmbeddedEngine:
    return EmbeddedEngine(tmp_path / "fallback")


@pytest.mark.long
def test_the_follower_makes_the_fallbacks_index_and_repairs_it(
    index: Engine, fallback: EmbeddedEngine, library_document: Add
) -> None:
    library_document("Una nota")
    follow_until(index, fallback, lambda: outbox.backlog().waiting == 0)
    assert (compare(index).total, compare(fallback).total, fallback.health().documents) == (0, 0, 1)


def test_the_fallback_does_not_show_what_is_withdrawn_while_the_engine_is_away(
    index: Engine, fallback: EmbeddedEngine, library_document: Add, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = library_document("Una nota")
    follow_until(index, fallback, lambda: outbox.backlog().waiting == 0)

    def away(generation: str | None = None) -> Any:
        raise EngineUnavailable("away")

    with monkeypatch.context() as patched:
        patched.setattr(index, "writer", away)
        withdraw_document(document, actor=system("tests"), now=timezone.now())
        follower = follow_until(index, fallback, lambda: fallback.health().documents == 0)
    assert (len(follower.fed), outbox.backlog().waiting, index.health().documents) == (1, 1, 1)
    follow_until(index, fallback, lambda: outbox.backlog().waiting == 0)
    assert (index.health().documents, fallback.health().documents) == (0, 0)


@pytest.mark.long
def test_a_fallback_that_cannot_be_written_does_not_stop_the_follower(
    index: Engine, fallback: EmbeddedEngine, library_document: Add, monkeypatch: pytest.MonkeyPatch
) -> None:
    library_document("Una nota")

    def full() -> str:
        raise EngineUnavailable("disk full")

    with monkeypatch.context() as patched:
        patched.setattr(fallback, "new_generation", full)
        patched.setattr("search.index.rebuild.PATIENCE", 0.1)
        follow_until(index, fallback, lambda: outbox.backlog().waiting == 0)
    assert (compare(index).total, fallback.generation()) == (0, None)
    follow_until(index, fallback, lambda: fallback.generation() is not None)
    assert compare(fallback).total == 0


@pytest.mark.long
def test_the_follower_survives_what_nobody_thought_of(
    index: Engine, library_document: Add, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    library_document("Una nota")
    real, failures = index.generation, []

    def generation() -> str | None:
        if len(failures) < 2:
            failures.append(1)
            raise RuntimeError("surprise")
        return real()

    monkeypatch.setattr(index, "generation", generation)
    follow_until(index, None, lambda: outbox.backlog().waiting == 0)
    assert (len(failures), caplog.text.count("event=drain_failed")) == (2, 2)


def test_commands_say_when_the_server_is_away(
    index: Engine, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.index.rebuild.PATIENCE", 0.1)
    settings.SEARCH_URL = "http://127.0.0.1:9"
    for command in ("rebuild_index", "drain_outbox", "verify_index"):
        with pytest.raises(CommandError, match=r"^elasticsearch: "):
            call_command(command)


def test_a_drain_that_is_kept_waiting_fails(index: Engine, library_document: Add) -> None:
    library_document("Una nota")
    with index.writer(), pytest.raises(CommandError, match="Another process drains"):
        call_command("drain_outbox", "--patience", "0.3")


def test_verify_prints_its_figures(index: Engine) -> None:
    out = StringIO()
    call_command("verify_index", stdout=out)
    assert out.getvalue() == "database 0, index 0, missing 0, ghosts 0, stale 0, repaired 0\n"


def test_rebuild_and_verify_name_what_cannot_be_read(
    index: Engine, library_document: Add, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = library_document("Mala")

    def broken(*args: object) -> None:
        raise ValueError("bad content")

    monkeypatch.setattr(BUILDERS[Source.DOCUMENT], "build", broken, raising=False)
    errors = StringIO()
    call_command("rebuild_index", stderr=errors)
    assert errors.getvalue() == f"document {document.public_id}: ValueError: bad content\n"
    assert comparison.compare(index).database == 0
    assert set(outbox.take(now=timezone.now(), limit=9)) == {Subject(Source.DOCUMENT, document.public_id)}
