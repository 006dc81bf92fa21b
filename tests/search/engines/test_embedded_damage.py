"""A damaged folder of the embedded index, and a full disk: one kind of error, and nothing else is lost."""

import random
import resource
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from search.engines import retry
from search.engines.base import (
    LAYOUT,
    Deletion,
    Engine,
    EngineUnavailable,
    NoIndex,
    SnapshotGone,
    WriterFailed,
)
from search.engines.embedded import EmbeddedEngine
from tests.search.engines.asking import ask, document, fill, ids, request, request_with_beginnings

DAMAGES: dict[str, Callable[[bytes, random.Random], bytes]] = {
    "nothing left": lambda content, chance: b"",
    "cut off": lambda content, chance: content[: chance.randrange(len(content) + 1)],
    "one byte": lambda content, chance: content[:-1] + bytes([chance.randrange(256)]),
    "noise": lambda content, chance: chance.randbytes(len(content)),
}


def write(engine: Engine) -> None:
    with engine.writer() as writer:
        writer.index([document(1, version=9)])
        writer.delete([Deletion("document:2", 9)])
        writer.refresh()
        assert dict(writer.inventory())


USES: list[Callable[[Engine], object]] = [
    lambda engine: ask(engine, "niños"),
    lambda engine: ask(engine, ""),
    lambda engine: ask(engine, '"niños nacidos" -mar'),
    lambda engine: engine.search(request_with_beginnings("ni*")),
    lambda engine: engine.search(request("niños", scroll=True)),
    lambda engine: engine.suggest("ti", visibility=("public",), shown_in="es"),
    lambda engine: engine.similar("niñxs"),
    lambda engine: list(engine.inventory()),
    lambda engine: engine.health(),
    lambda engine: engine.generations(),
    write,
]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index with documents, deletions, two segments and a snapshot."""
    folder = tmp_path_factory.mktemp("whole") / "index"
    engine = EmbeddedEngine(folder)
    fill(engine, [document(number) for number in range(12)])
    fill(engine, [document(number, version=2) for number in range(6)])
    engine.search(request("niños", scroll=True))
    return folder


@pytest.fixture
def folder(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(whole, tmp_path / "index"))


def surprises(folder: Path) -> list[str]:
    """What using the index raises besides the two errors it may; a panic of tantivy is no `Exception`."""
    unexpected = []
    for use in USES:
        try:
            use(EmbeddedEngine(folder))
        except (EngineUnavailable, SnapshotGone):
            continue
        except BaseException as error:
            unexpected.append(repr(error))
    return unexpected


@pytest.mark.few(1)
@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_file_makes_the_engine_unavailable_at_most(
    folder: Path, tmp_path: Path, damage: str
) -> None:
    chance = random.Random(4)
    files = sorted(path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    for name in chance.sample(files, 12):
        copy = tmp_path / "copy"
        shutil.copytree(folder, copy)
        (copy / name).write_bytes(DAMAGES[damage]((copy / name).read_bytes(), chance))
        assert surprises(copy) == [], name
        shutil.rmtree(copy)


@pytest.mark.few(5)
@pytest.mark.parametrize(
    "suffix", ["current", "meta.json", ".managed.json", ".idx", ".store", ".fast", ".del"]
)
@pytest.mark.parametrize("is_folder", [True, False])
def test_a_missing_file_makes_the_engine_unavailable_at_most(
    folder: Path, suffix: str, is_folder: bool
) -> None:
    for path in [path for path in folder.rglob("*") if path.name.endswith(suffix)]:
        path.unlink()
        if is_folder:
            path.mkdir()
    assert surprises(folder) == []


@pytest.mark.parametrize(
    "current", [b"", b"\xff\xfe", b"a\x00b", b"..", b"/etc", b"x" * 9_000, f"{LAYOUT}-1".encode(), b"1-1"]
)
def test_a_foreign_current_is_no_index(folder: Path, current: bytes) -> None:
    (folder / "current").write_bytes(current)
    engine = EmbeddedEngine(folder)
    assert engine.generation() is None
    with pytest.raises(NoIndex):
        ask(engine, "niños")
    with pytest.raises(NoIndex), engine.writer():
        pass
    assert (surprises(folder), engine.health().is_ready) == ([], False)


def test_foreign_files_do_no_harm(folder: Path) -> None:
    engine = EmbeddedEngine(folder)
    before = engine.generations()
    for place in (folder, folder / "walks", folder / engine.generation()):
        (place / "notes.txt").write_text("x")
        (place / "lost+found").mkdir()
    assert (surprises(folder), engine.generations()) == ([], before)
    assert ask(engine, "niños").documents == 11


def test_a_damaged_index_is_not_ready(folder: Path) -> None:
    engine = EmbeddedEngine(folder)
    assert engine.health().is_ready
    for path in (folder / engine.generation()).glob("*.fast"):
        # Another file: the engine has the old one mapped, and cutting that off would end the process.
        path.unlink()
        path.write_bytes(b"")
    health = EmbeddedEngine(folder).health()
    assert (health.is_ready, health.generation, bool(health.problem)) == (False, engine.generation(), True)


def test_a_folder_that_is_a_file_makes_the_engine_unavailable(tmp_path: Path) -> None:
    (tmp_path / "index").write_text("x")
    assert surprises(tmp_path / "index") == []
    engine = EmbeddedEngine(tmp_path / "index")
    for use in (engine.new_generation, lambda: engine.swap("1-1")):
        with pytest.raises(EngineUnavailable):
            use()


@contextmanager
def full_disk() -> Iterator[None]:
    """No file of this process can grow any more."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_full_disk_loses_nothing_that_was_committed(folder: Path) -> None:
    engine = EmbeddedEngine(folder)
    before = ids(ask(engine, "niños", size=20))
    with engine.writer() as writer:
        writer.index([document(number) for number in range(50, 60)])
        with full_disk(), pytest.raises(EngineUnavailable):
            writer.refresh()
    assert ids(ask(engine, "niños", size=20)) == before
    assert ids(ask(EmbeddedEngine(folder), "niños", size=20)) == before
    fill(engine, [document(number) for number in range(50, 60)])
    assert ask(engine, "niños").documents == 22


def test_a_writer_that_failed_says_so_at_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retry, "sleep", lambda pause: pytest.fail("waits for what cannot come"))
    engine = EmbeddedEngine(folder)
    with engine.writer() as writer:
        writer.index([document(50)])
        with full_disk(), pytest.raises(EngineUnavailable):
            writer.refresh()
        for use in (writer.refresh, lambda: writer.index([document(51)]), lambda: writer.delete([])):
            with pytest.raises(WriterFailed):
                retry.with_retries(use, 60.0)


def test_a_full_disk_makes_a_scroll_unavailable_and_no_search(folder: Path) -> None:
    shutil.rmtree(folder / "walks")
    engine = EmbeddedEngine(folder)
    with full_disk():
        assert ask(engine, "niños").documents == 12
    (folder / "walks").write_text("x")
    with pytest.raises(EngineUnavailable):
        engine.search(request("niños", scroll=True))
    assert engine.search(replace(request("niños"), size=3)).documents == 12
