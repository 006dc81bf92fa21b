"""An older database than the one the index was carried from: noticed, repaired, told by `/readyz`."""

from collections.abc import Callable
from contextlib import ExitStack
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from portal.common.actors import system
from portal.library.domain import withdraw_document
from portal.library.models import LibraryDocument
from search.engines.base import Engine, SearchRequest
from search.index import consistency, outbox
from search.index.comparison import compare
from search.index.drain import GenerationChanged, drain, drain_batch, open_targets
from search.index.follower import Follower
from search.index.health import report
from search.index.rebuild import rebuild
from search.results.query_parser import parse, query_of

Add = Callable[..., LibraryDocument]
pytestmark = pytest.mark.django_db


@pytest.fixture
def in_use(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """Either engine, as the one that the portal uses; the follower keeps the connection of the test."""
    monkeypatch.setattr("search.index.follower.close_old_connections", lambda: None)
    monkeypatch.setattr("search.engines.selection.engine", lambda: engine)
    monkeypatch.setattr("search.engines.selection.fallback", lambda: None)
    rebuild(engine)
    return engine


def titles(engine: Engine, word: str) -> list[str]:
    request = SearchRequest(query_of(parse(word)), ("public",))
    return sorted(hit.title for hit in engine.search(request).hits)


def follow_to_the_end(engine: Engine) -> None:
    """The worker, from its start until nothing is left to do; it gives up after 200 looks."""
    looks = iter(range(200))

    def is_over() -> bool:
        waits = outbox.backlog().waiting or report().is_repairing
        return next(looks, None) is None or not waits

    Follower(engine, None, is_over, pause=0.0, compare_every=timedelta(days=1), look_every=0.0).run()


def backed_up_and_restored(engine: Engine, add: Add) -> None:
    """A backup holds two documents; then one goes, one is described anew and a third comes: restored."""
    kept, gone = add("La nota que queda", title="Queda"), add("La nota que se retira", title="Retirada")
    drain(engine)
    consistency.keep(engine, compare(engine), 0, now=timezone.now())
    backup = transaction.savepoint()
    add("La nota que llega", title="Llega")
    LibraryDocument.objects.filter(pk=kept.pk).update(title="Otro nombre")
    outbox.enqueue_all([outbox.Subject("document", kept.public_id)], now=timezone.now())
    drain(engine)
    # The last thing carried is a deletion, which leaves no document with its version behind.
    withdraw_document(gone, actor=system("tests"), now=timezone.now())
    drain(engine)
    assert titles(engine, "nota") == ["Llega", "Otro nombre"]
    transaction.savepoint_rollback(backup)


def test_what_was_public_in_the_backup_is_searched_again_and_nothing_else(
    in_use: Engine, library_document: Add
) -> None:
    backed_up_and_restored(in_use, library_document)
    assert report().as_dict()["search_database"] == "restored"
    follow_to_the_end(in_use)
    assert titles(in_use, "nota") == ["Queda", "Retirada"]
    assert compare(in_use).total == 0
    told = report().as_dict()
    assert (told["search_database"], told["outbox_waiting"]) == ("ok", 0)


def test_what_changes_after_a_restore_is_not_taken_for_old(in_use: Engine, library_document: Add) -> None:
    backed_up_and_restored(in_use, library_document)
    kept = LibraryDocument.objects.get(title="Queda")
    LibraryDocument.objects.filter(pk=kept.pk).update(title="Después")
    outbox.enqueue_all([outbox.Subject("document", kept.public_id)], now=timezone.now())
    drain(in_use)
    assert "Después" in titles(in_use, "nota")
    assert report().as_dict()["search_database"] == "restored"


def test_a_restore_under_an_open_writer_is_noticed(in_use: Engine, library_document: Add) -> None:
    backup = transaction.savepoint()
    with ExitStack() as stack:
        targets = open_targets(stack, in_use, None)
        for title in ("Uno", "Dos"):
            library_document(f"La nota {title}", title=title)
            drain_batch(targets)
        transaction.savepoint_rollback(backup)
        library_document("La nota de hoy", title="Hoy")
        with pytest.raises(GenerationChanged):
            drain_batch(targets)
    follow_to_the_end(in_use)
    assert titles(in_use, "nota") == ["Hoy"]


def test_a_database_that_goes_on_is_not_taken_for_restored(in_use: Engine, library_document: Add) -> None:
    library_document("Una nota")
    drain(in_use)
    rebuild(in_use)
    drain(in_use)
    assert (report().as_dict()["search_database"], consistency.is_asked_for(in_use.name)) == ("ok", False)
