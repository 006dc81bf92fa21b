"""A rebuild loses nothing that happens while it runs; a comparison finds and repairs every difference."""

import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command
from django.utils import timezone

from portal.common.languages import CODES
from portal.library.models import LibraryDocument
from search.engines import selection
from search.engines.base import Deletion, Engine
from search.engines.documents import IndexDocument
from search.index import outbox, rebuild
from search.index.comparison import compare
from search.index.drain import drain
from search.index.health import report
from search.index.rebuild import rebuild as rebuild_index
from search.models import OutboxEntry, Source

Add = Callable[..., LibraryDocument]


def ids(engine: Engine) -> set[str]:
    return {document_id for document_id, _ in engine.inventory()}


def gone(document: LibraryDocument) -> list[str]:
    """The other languages' ids, which a document must not have."""
    return [f"-{document.public_id}/{code}" for code in CODES if code != document.language]


def verify() -> dict[str, int]:
    out = StringIO()
    call_command("verify_index", "--json", stdout=out)
    return json.loads(out.getvalue().splitlines()[-1])


def test_rebuild_fills_a_new_generation(index: Engine, library_document: Add) -> None:
    document, before = library_document("Una nota"), index.generation()
    done = rebuild_index(index)
    assert (done.documents, done.problems) == (1, {})
    assert (index.generation(), ids(index)) == (done.generation, {f"{document.public_id}/es"})
    assert index.generations() == (before, done.generation)


def test_rebuild_leaves_what_waits_to_the_drain_which_tells_of_it(
    index: Engine, library_document: Add, told: list[str]
) -> None:
    document = library_document("Una nota")
    rebuild_index(index)
    assert (outbox.backlog().waiting, told) == (1, [])
    drain(index)
    assert (outbox.backlog().waiting, told) == (0, [f"{document.public_id}/es", *gone(document)])
    assert compare(index).total == 0


def test_without_an_index_what_waits_is_read_once(
    index: Engine, library_document: Add, settings: LazySettings, tmp_path: Path
) -> None:
    document = library_document("Una nota")
    settings.SEARCH_DIR = tmp_path / "none"
    before = outbox.tick()
    call_command("drain_outbox")
    assert outbox.tick() - before == 1 + 1
    assert (ids(selection.engine()), outbox.backlog().waiting) == ({f"{document.public_id}/es"}, 0)


def test_without_an_index_what_waits_no_more_is_read_too(
    index: Engine, library_document: Add, settings: LazySettings, tmp_path: Path
) -> None:
    library_document("Primera")
    OutboxEntry.objects.all().delete()
    library_document("Segunda")
    settings.SEARCH_DIR = tmp_path / "none"
    call_command("drain_outbox")
    assert (len(ids(selection.engine())), compare(selection.engine()).total) == (2, 0)


def test_rebuild_gives_what_had_failed_its_chance_again(index: Engine, library_document: Add) -> None:
    library_document("Una nota")
    entry = OutboxEntry.objects.get()
    for _ in range(outbox.MOST_ATTEMPTS):
        outbox.fail([entry.pk], "ValueError", now=timezone.now())
    assert (outbox.backlog().waiting, outbox.backlog().failed) == (0, 1)
    rebuild_index(index)
    assert (outbox.backlog().waiting, outbox.backlog().failed) == (1, 0)


def test_rebuild_keeps_one_generation_to_go_back_to(index: Engine) -> None:
    for _ in range(3):
        rebuild_index(index)
    assert len(index.generations()) == 2


def test_rebuild_catches_up_what_changes_meanwhile(
    index: Engine, library_document: Add, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = library_document("Primera")
    drain(index)
    added: list[LibraryDocument] = []
    real = rebuild.subjects

    def while_reading():  # type: ignore[no-untyped-def]
        yield from list(real())
        if not added:
            added.append(library_document("Segunda"))
            LibraryDocument.objects.filter(pk=first.pk).update(title="Otra")
            outbox.enqueue(Source.DOCUMENT, [first.public_id], now=timezone.now())
            drain(index)

    monkeypatch.setattr(rebuild, "subjects", while_reading)
    rebuild_index(index)
    assert (compare(index).total, len(ids(index))) == (0, 2)


def test_rebuild_notes_again_what_comes_just_before_the_swap(
    index: Engine, library_document: Add, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = index.swap

    def swap(generation: str) -> None:
        library_document("Tardía")
        drain(index)
        real(generation)

    monkeypatch.setattr(index, "swap", swap)
    rebuild_index(index)
    assert (len(ids(index)), outbox.backlog().waiting) == (0, 1)
    drain(index)
    assert compare(index).total == 0


def test_verify_of_an_index_in_order_repairs_nothing(index: Engine, library_document: Add) -> None:
    library_document("Una nota")
    drain(index)
    assert verify() == {
        "database": 1,
        "index": 1,
        "missing": 0,
        "ghosts": 0,
        "stale": 0,
        "repaired": 0,
    }


def test_verify_finds_and_repairs_every_difference(index: Engine, library_document: Add) -> None:
    missing, stale, _same = (library_document(text) for text in ("Una", "Dos", "Tres"))
    drain(index)
    version = outbox.tick()
    orphan = IndexDocument("D-09999/es", "document", "es", "Fantasma", "/{ui}/", version)
    odd = IndexDocument("no such id", "document", "es", "Fantasma", "/{ui}/", version)
    with index.writer() as writer:
        writer.delete([Deletion(f"{missing.public_id}/es", version)])
        writer.index([orphan, odd])
        writer.refresh()
    LibraryDocument.objects.filter(pk=stale.pk).update(title="Otro título")
    assert verify() == {
        "database": 3,
        "index": 4,
        "missing": 1,
        "ghosts": 2,
        "stale": 1,
        "repaired": 4,
    }
    told = report().as_dict()
    assert (told["search_drift"], told["search_unrepaired"], told["search_spare"]) == (4, 0, "none")
    assert verify()["repaired"] == 0
    assert compare(index).total == 0
    assert report().as_dict()["search_drift"] == 0


@pytest.mark.long
def test_verify_fails_when_something_cannot_be_repaired(index: Engine, library_document: Add) -> None:
    document = library_document("Una")
    drain(index)
    ahead = IndexDocument(f"{document.public_id}/es", "document", "es", "Otro", "/{ui}/", 10**12)
    with index.writer() as writer:
        writer.index([ahead])
        writer.refresh()
    with pytest.raises(CommandError, match="rebuild_index"):
        verify()
    rebuild_index(index)
    assert verify()["stale"] == 0


def test_commands_fill_an_index_that_is_not_there(index: Engine, library_document: Add) -> None:
    library_document("Una nota")
    (index._folder.root / "current").unlink()
    call_command("drain_outbox")
    assert len(ids(index)) == 1


def test_analyse_prints_a_line_of_terms_per_line(monkeypatch: pytest.MonkeyPatch) -> None:
    out = StringIO()
    monkeypatch.setattr("sys.stdin", StringIO("niño\n\nLos Estados\n"))
    call_command("analyse", "--language", "es", stdout=out)
    assert out.getvalue() == "nino\n\nlos estado\n"
    out = StringIO()
    call_command("analyse", "--language", "fr", "l'apatridie", stdout=out)
    assert out.getvalue() == "apatridie\n"
