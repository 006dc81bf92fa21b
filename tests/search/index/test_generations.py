"""One rebuild at a time, dead ones cleaned up after, and the way back to the generation before."""

import json
from collections.abc import Callable
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from portal.library.models import LibraryDocument
from search.engines.base import Engine, EngineUnavailable
from search.index import consistency, generations, outbox
from search.index import rebuild as rebuilding
from search.index.comparison import compare
from search.index.drain import drain
from search.index.generations import DEAD_AFTER, NothingBefore, RebuildRunning
from search.index.rebuild import rebuild, roll_back
from search.models import Generation, OutboxEntry, Source

Add = Callable[..., LibraryDocument]
# No system counts its processes so far: nobody takes the number over while the test runs.
NO_PROCESS = 2**31 - 1


class Killed(BaseException):
    """The end of a process: nothing that follows is done."""


def titles(engine: Engine) -> set[str]:
    return {each.title for each in engine.suggest("n", visibility=("public",), shown_in="es")}


def kill(monkeypatch: pytest.MonkeyPatch, place: object, name: str, engine: Engine) -> str:
    """A rebuild that dies where `place.name` is called. The generation it has made."""

    def die(*args: object, **kwargs: object) -> None:
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(place, name, die)
        # A killed process does not even give up its claim.
        patched.setattr(generations, "give_up", lambda row: None)
        with pytest.raises(Killed):
            rebuild(engine)
    row = Generation.objects.get(used_since=None)
    Generation.objects.filter(pk=row.pk).update(process=f"{row.process.partition(':')[0]}:{NO_PROCESS}")
    return row.name


def test_a_second_rebuild_at_the_same_time_is_refused(
    index: Engine, library_document: Add, monkeypatch: pytest.MonkeyPatch
) -> None:
    library_document("Una nota")
    refused: list[str | None] = []
    real = rebuilding.subjects

    def meanwhile():  # type: ignore[no-untyped-def]
        with pytest.raises(CommandError, match="another process rebuilds"):
            call_command("rebuild_index")
        with pytest.raises(RebuildRunning):
            roll_back(index)
        refused.append(index.generation())
        yield from real()

    rebuild(index)
    before = index.generation()
    monkeypatch.setattr(rebuilding, "subjects", meanwhile)
    done = rebuild(index)
    assert (refused, index.generation()) == ([before], done.generation)
    assert (compare(index).total, Generation.objects.filter(used_since=None).count()) == (0, 0)


def test_what_a_killed_rebuild_left_is_cleaned_by_the_next(
    index: Engine, library_document: Add, monkeypatch: pytest.MonkeyPatch
) -> None:
    library_document("Una nota")
    before = index.generation()
    left = kill(monkeypatch, index, "swap", index)
    assert (index.generation(), left in index.generations()) == (before, True)
    done = rebuild(index)
    assert set(index.generations()) == {before, done.generation}
    assert compare(index).total == 0


@pytest.mark.few(1)
@pytest.mark.parametrize("place", ["settling", "putting in use"])
def test_a_rebuild_killed_after_the_swap_loses_nothing(
    index: Engine, library_document: Add, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    drain(index)
    real = index.swap

    def swap(generation: str) -> None:
        library_document("Tarde", title="Nota tardía")
        drain(index)
        real(generation)

    with monkeypatch.context() as patched:
        patched.setattr(index, "swap", swap)
        where = (rebuilding, "_settle") if place == "settling" else (generations, "put_in_use")
        name = kill(monkeypatch, *where, index)
    assert (index.generation(), titles(index), outbox.backlog().waiting) == (name, set(), 0)
    drain(index)
    assert (titles(index), compare(index).total) == ({"Nota tardía"}, 0)
    assert Generation.objects.get(name=name).used_since is not None


def test_a_hung_rebuild_is_taken_for_dead_and_notices(
    index: Engine, library_document: Add, monkeypatch: pytest.MonkeyPatch
) -> None:
    library_document("Una nota")
    real, done = rebuilding.subjects, []

    def hangs():  # type: ignore[no-untyped-def]
        if not done:
            done.append(1)
            Generation.objects.filter(used_since=None).update(
                heartbeat_at=timezone.now() - DEAD_AFTER - timedelta(seconds=1)
            )
            rebuild(index)
        yield from real()

    monkeypatch.setattr(rebuilding, "subjects", hangs)
    with pytest.raises(RebuildRunning):
        rebuild(index)
    assert (compare(index).total, Generation.objects.filter(used_since=None).count()) == (0, 0)


def test_a_rebuild_of_another_machine_lives_while_its_heartbeat_lasts(index: Engine) -> None:
    row = generations.begin(index, now=timezone.now())
    Generation.objects.filter(pk=row.pk).update(process="elsewhere:1")
    with pytest.raises(RebuildRunning):
        generations.begin(index, now=timezone.now())
    generations.begin(index, now=timezone.now() + DEAD_AFTER + timedelta(seconds=1))


def test_a_failed_rebuild_gives_up_its_claim(index: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(generation: str) -> None:
        raise EngineUnavailable("away")

    before = index.generation()
    with monkeypatch.context() as patched:
        patched.setattr(index, "swap", away)
        with pytest.raises(EngineUnavailable):
            rebuild(index, patience=0.05)
    assert index.generation() == before
    done = rebuild(index)
    assert set(index.generations()) == {before, done.generation}


def test_going_back_is_at_once_and_catches_up(index: Engine, library_document: Add) -> None:
    first = library_document("Una", title="Nota uno")
    drain(index)
    before = index.generation()
    after = rebuild(index).generation
    LibraryDocument.objects.filter(pk=first.pk).update(title="Nota nueva")
    outbox.enqueue(Source.DOCUMENT, [first.public_id], now=timezone.now())
    library_document("Dos", title="Nota dos")
    drain(index)
    assert titles(index) == {"Nota nueva", "Nota dos"}
    out = StringIO()
    call_command("rollback_index", "--json", stdout=out)
    assert json.loads(out.getvalue()) == {"generation": before, "left": after, "again": 2}
    assert (index.generation(), titles(index)) == (before, {"Nota uno"})
    drain(index)
    assert (compare(index).total, titles(index)) == (0, {"Nota nueva", "Nota dos"})


@pytest.mark.long
def test_going_back_after_days_compares(index: Engine, library_document: Add) -> None:
    rebuild(index)
    document = library_document("Una", title="Nota uno")
    drain(index)
    OutboxEntry.objects.all().delete()
    Generation.objects.update(started_at=timezone.now() - timedelta(days=3))
    Generation.objects.filter(name=index.generation()).update(started_at=timezone.now() - timedelta(days=2))
    assert roll_back(index).again == 1
    assert [each.key for each in outbox.take(now=timezone.now(), limit=9)] == [document.public_id]
    assert consistency.is_asked_for("embedded")
    drain(index)
    assert compare(index).total == 0


def test_going_back_killed_after_the_swap_is_caught_up(
    index: Engine, library_document: Add, monkeypatch: pytest.MonkeyPatch
) -> None:
    rebuild(index)
    library_document("Una", title="Nota uno")
    drain(index)

    def die(*args: object, **kwargs: object) -> None:
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(generations, "catch_up", die)
        with pytest.raises(Killed):
            roll_back(index)
    assert titles(index) == set()
    Generation.objects.filter(used_since=None).update(heartbeat_at=timezone.now() - DEAD_AFTER * 2)
    drain(index)
    assert (titles(index), compare(index).total) == ({"Nota uno"}, 0)


def test_there_is_no_way_back_from_the_first_nor_twice(index: Engine) -> None:
    with pytest.raises(CommandError, match="no generation to go back to"):
        call_command("rollback_index")
    rebuild(index)
    call_command("rollback_index")
    with pytest.raises(NothingBefore):
        roll_back(index)


def test_what_was_never_in_use_is_no_way_back(index: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    kill(monkeypatch, index, "swap", index)
    with pytest.raises(NothingBefore):
        roll_back(index)
