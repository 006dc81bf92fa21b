"""The follower: one long-lived writer that takes up every change and every new generation."""

import signal
import threading
import time
from collections.abc import Callable, Iterator
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from portal.library.models import LibraryDocument
from search import comparison, outbox
from search.builders import BUILDERS
from search.comparison import compare
from search.drain import follow
from search.engines.base import Engine, EngineUnavailable
from search.management.commands import drain_outbox
from search.models import Source
from search.outbox import Subject
from search.rebuild import rebuild

Add = Callable[..., LibraryDocument]
pytestmark = pytest.mark.django_db(transaction=True)


def until(condition: Callable[[], bool]) -> bool:
    end = time.monotonic() + 15
    while not condition() and time.monotonic() < end:
        time.sleep(0.05)
    return condition()


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
    thread.join(15)
    assert not thread.is_alive()


def test_the_follower_takes_up_changes(
    follower: threading.Thread, index: Engine, library_document: Add
) -> None:
    library_document("Una nota")
    assert until(lambda: outbox.backlog().waiting == 0)
    assert compare(index).total == 0


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

    def followed(engine: Engine, spare: Engine | None, stopped: Callable[[], bool], pause: float) -> None:
        assert not stopped()
        handlers[signal.SIGTERM](signal.SIGTERM, None)
        assert stopped()

    monkeypatch.setattr(drain_outbox, "follow", followed)
    call_command("drain_outbox", "--follow")
    assert compare(index).total == 0


def test_commands_say_when_the_server_is_away(index: Engine, settings: Any) -> None:
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

    def broken(key: str, version: int) -> None:
        raise ValueError("bad content")

    monkeypatch.setattr(BUILDERS[Source.DOCUMENT], "build", broken, raising=False)
    errors = StringIO()
    call_command("rebuild_index", stderr=errors)
    assert errors.getvalue() == f"document {document.public_id}: ValueError: bad content\n"
    assert comparison.compare(index).database == 0
    assert set(outbox.take(now=timezone.now(), limit=9)) == {Subject(Source.DOCUMENT, document.public_id)}
