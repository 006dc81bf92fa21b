"""A damaged index in use: the follower puts another in its place, and nothing else makes it do so."""

import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from portal.library.models import LibraryDocument
from search.engines.base import Engine, EngineUnavailable
from search.engines.embedded import EmbeddedEngine
from search.index import outbox
from search.index.comparison import compare
from search.index.damaged import FAILURES, replace_damaged
from search.index.drain import drain
from search.index.follower import Follower, follow
from search.index.rebuild import rebuild

Add = Callable[..., LibraryDocument]
pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(index: Engine, settings: Any, library_document: Add, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An index of two notes, in use; the follower keeps the connection of the test."""
    monkeypatch.setattr("search.index.follower.close_old_connections", lambda: None)
    monkeypatch.setattr("search.index.follower.LONGEST_PAUSE", 0.0)
    rebuild(index)
    for title in ("Una", "Dos"):
        library_document(f"La nota {title}", title=title)
    drain(index)
    return Path(settings.SEARCH_DIR)


def damage(folder: Path, suffix: str, content: bytes | None) -> str:
    """Damage every file of the generation in use that ends so; gives its name."""
    name = (folder / "current").read_text()
    files = [path for path in (folder / name).iterdir() if path.name.endswith(suffix)]
    assert files
    for path in files:
        path.unlink()
        if content is not None:
            path.write_bytes(content)
    return name


@pytest.mark.parametrize(
    ("suffix", "content"),
    [
        (".idx", None),
        (".idx", b""),
        (".fast", b"x" * 50),
        (".term", None),
        (".store", b""),
        ("meta.json", b"{"),
        (".managed.json", b"["),
    ],
)
def test_the_follower_makes_a_damaged_index_anew(
    folder: Path, library_document: Add, suffix: str, content: bytes | None
) -> None:
    damaged = damage(folder, suffix, content)
    library_document("La nota que llega", title="Llega")
    engine, looks = EmbeddedEngine(folder), iter(range(200))

    def is_over() -> bool:
        is_repaired = engine.generation() != damaged and outbox.backlog().waiting == 0
        return next(looks, None) is None or is_repaired

    # Files that only a reading needs are missed by the comparison.
    Follower(engine, None, is_over, pause=0.0, compare_every=timedelta(0), look_every=0.0).run()
    assert (engine.generation() != damaged, damaged in engine.generations()) == (True, False)
    assert (outbox.backlog().waiting, compare(engine).total, engine.health().documents) == (0, 0, 3)


def test_a_damaged_fallback_is_made_anew(folder: Path, tmp_path: Path, library_document: Add) -> None:
    fallback = EmbeddedEngine(tmp_path / "fallback")
    shutil.copytree(folder, tmp_path / "fallback")
    damaged = damage(tmp_path / "fallback", ".fast", b"")
    looks = iter(range(200))

    def is_over() -> bool:
        return next(looks, None) is None or fallback.generation() != damaged

    library_document("La nota que llega", title="Llega")
    Follower(EmbeddedEngine(folder), fallback, is_over, pause=0.0, look_every=0.0).run()
    drain(EmbeddedEngine(folder), fallback)
    assert (fallback.generation() != damaged, compare(fallback).total) == (True, 0)


def test_an_index_that_is_well_is_left_alone(folder: Path) -> None:
    engine = EmbeddedEngine(folder)
    before = engine.generation(), engine.generations()
    assert replace_damaged(engine) is False
    assert (engine.generation(), engine.generations()) == before


def test_an_index_that_is_not_there_is_not_damaged(tmp_path: Path) -> None:
    assert EmbeddedEngine(tmp_path / "nowhere").is_damaged() is False


def test_failures_of_an_index_that_is_well_replace_nothing(
    folder: Path, library_document: Add, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As with a full disk: what was committed can be read, only writing fails."""
    engine = EmbeddedEngine(folder)
    failures: list[str | None] = []
    before, real = engine.generations(), engine.writer

    def writer(generation: str | None = None) -> Any:
        if len(failures) < 2 * FAILURES:
            failures.append(generation)
            raise EngineUnavailable("no space left")
        return real(generation)

    monkeypatch.setattr(engine, "writer", writer)
    library_document("La nota que llega", title="Llega")
    follow(engine, None, lambda: outbox.backlog().waiting == 0, pause=0.0)
    assert (len(failures), engine.generations(), compare(engine).total) == (2 * FAILURES, before, 0)
