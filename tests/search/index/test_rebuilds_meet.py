"""Two rebuilds or two followers of one index that start at the same moment, and a claim nobody gave up."""

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import OperationalError, connection

from portal.library.models import LibraryDocument
from search.engines.base import Engine
from search.index import follower as following
from search.index import generations, outbox
from search.index import rebuild as rebuilding
from search.index.comparison import compare
from search.index.follower import follow
from search.index.generations import RebuildRunning
from search.index.rebuild import Rebuilt, rebuild
from search.models import Generation

Add = Callable[..., LibraryDocument]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("in_a_file")]
# So long a test waits for a state before it fails; how long it took is no matter.
AT_MOST = 120.0


def side_by_side(*works: Callable[[], object]) -> None:
    """Each in a thread with a connection of its own, until all have ended."""

    def run(work: Callable[[], object]) -> None:
        try:
            work()
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[work]) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(AT_MOST)
    assert [thread for thread in threads if thread.is_alive()] == []


@pytest.fixture
def meet(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both have seen that no rebuild is under way before either claims the engine."""
    both, here = threading.Barrier(2), threading.local()
    real = generations.finish_dead

    def finish_dead(*args: Any, **kwargs: Any) -> None:
        real(*args, **kwargs)
        if not hasattr(here, "met"):
            here.met = True
            both.wait(AT_MOST)

    monkeypatch.setattr(generations, "finish_dead", finish_dead)


@pytest.fixture
def refused(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Set when a rebuild is refused; the one at work goes on for as long as none has been."""
    refused, real = threading.Event(), rebuilding.subjects

    def subjects() -> Iterator[outbox.Subject]:
        assert refused.wait(AT_MOST)
        return real()

    monkeypatch.setattr(rebuilding, "subjects", subjects)
    return refused


def test_of_two_rebuilds_that_start_at_once_the_second_is_refused(
    index: Engine, library_document: Add, meet: None, refused: threading.Event
) -> None:
    library_document("Una nota")
    outcomes: list[str] = []

    def one() -> None:
        try:
            outcomes.append(rebuild(index).generation)
        except RebuildRunning:
            outcomes.append("refused")
            refused.set()

    side_by_side(one, one)
    assert outcomes == ["refused", index.generation()]
    assert (compare(index).total, Generation.objects.filter(used_since=None).count()) == (0, 0)


@pytest.mark.long
def test_two_followers_that_start_without_an_index_make_one(
    index: Engine,
    library_document: Add,
    meet: None,
    refused: threading.Event,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    library_document("Una nota")
    (index._folder.root / "current").unlink()  # type: ignore[attr-defined]
    Generation.objects.all().delete()
    over = threading.Event()

    def rebuild_or_say(engine: Engine) -> Rebuilt:
        try:
            return rebuild(engine)
        except RebuildRunning:
            refused.set()
            raise

    def stopped() -> bool:
        if index.generation() is not None and outbox.backlog().waiting == 0:
            over.set()
        return over.is_set()

    monkeypatch.setattr(following, "rebuild", rebuild_or_say)
    side_by_side(*[lambda: follow(index, None, stopped, pause=0.01)] * 2)
    assert refused.is_set()
    assert [row.name for row in Generation.objects.all()] == [index.generation()]
    assert (compare(index).total, index.health().documents) == (0, 1)


def test_a_claim_that_could_not_be_given_up_does_not_stop_the_next_rebuild(
    index: Engine, library_document: Add
) -> None:
    """The database is away when a rebuild writes its last notes and when it would give up its claim."""
    library_document("Una nota")
    is_away: list[str] = []

    def away(proceed: Callable[..., Any], sql: str, *arguments: Any) -> Any:
        if is_away or (sql.startswith('UPDATE "search_generation"') and "used_since" in sql):
            is_away.append(sql)
            raise OperationalError("the database is away")
        return proceed(sql, *arguments)

    with connection.execute_wrapper(away), pytest.raises(OperationalError, match="is away"):
        rebuild(index)
    assert Generation.objects.filter(used_since=None).count() == 1
    done = rebuild(index)
    assert (index.generation(), compare(index).total) == (done.generation, 0)
    assert Generation.objects.filter(used_since=None).count() == 0
