"""A process killed while it writes: what it had committed stays, and the next writer begins at once."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from search.engines.base import WriterBusy
from search.engines.embedded import EmbeddedEngine
from tests.search.engines.asking import ask, document, fill

ROOT = Path(__file__).parents[3]
WRITES = """
import sys, time
from pathlib import Path
from search.engines.embedded import EmbeddedEngine
from tests.search.engines.asking import document

generation = sys.argv[2] if len(sys.argv) > 2 else None
with EmbeddedEngine(Path(sys.argv[1])).writer(generation) as writer:
    for number in range(100, 3_100):
        writer.index([document(number, title=f"Nota {number} " + "larga " * 40)])
    print("written", flush=True)
    time.sleep(600)
"""


def killed_writer(folder: Path, *generation: str) -> None:
    """Another process writes, holds the lock, and is killed before it commits."""
    command = [sys.executable, "-c", WRITES, str(folder), *generation]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "written\n"
        if not generation:
            with pytest.raises(WriterBusy), EmbeddedEngine(folder).writer():
                pass
        process.send_signal(signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    fill(EmbeddedEngine(tmp_path / "index"), [document(number) for number in range(5)])
    return tmp_path / "index"


def test_the_next_writer_begins_at_once_and_nothing_half_done_is_found(folder: Path) -> None:
    killed_writer(folder)
    engine = EmbeddedEngine(folder)
    assert (ask(engine, "niños").documents, ask(engine, "larga").documents) == (5, 0)
    fill(engine, [document(6)])
    assert (ask(engine, "niños").documents, engine.health().documents) == (6, 6)


def test_killed_writers_leave_no_files_that_pile_up(folder: Path) -> None:
    engine = EmbeddedEngine(folder)
    generation = folder / str(engine.generation())
    before = len(list(generation.iterdir()))
    killed_writer(folder)
    killed_writer(folder)
    fill(engine, [document(0, version=2)])
    # One more segment, of what was written last.
    assert len(list(generation.iterdir())) <= before + 8


def test_a_generation_whose_filling_was_killed_can_be_filled_again(folder: Path) -> None:
    engine = EmbeddedEngine(folder)
    half = engine.new_generation()
    killed_writer(folder, half)
    with engine.writer(half) as writer:
        writer.index([document(7)])
        writer.refresh()
    engine.swap(half)
    assert (ask(engine, "niños").documents, engine.health().documents) == (1, 1)


def test_locks_that_are_left_behind_are_nobodys(folder: Path) -> None:
    engine = EmbeddedEngine(folder)
    for name in ("writer.lock", f"{engine.generation()}/.tantivy-writer.lock"):
        (folder / name).write_text("4711")
    fill(engine, [document(6)])
    assert ask(engine, "niños").documents == 6
