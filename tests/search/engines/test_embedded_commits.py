"""Many small commits through one writer: what they replace does not stay on the disk."""

from pathlib import Path

from search.engines.embedded import EmbeddedEngine
from tests.search.engines.asking import ask, document, fill

DOCUMENTS = 20


def held(folder: Path) -> tuple[int, int]:
    """Files and bytes."""
    sizes = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
    return len(sizes), sum(sizes)


def rewrite(engine: EmbeddedEngine, versions: range) -> None:
    with engine.writer() as writer:
        for version in versions:
            writer.index([document(version % DOCUMENTS, version=version)])
            writer.refresh(version)


def test_small_commits_do_not_make_the_index_grow(tmp_path: Path) -> None:
    engine = EmbeddedEngine(tmp_path)
    fill(engine, [document(number) for number in range(DOCUMENTS)])
    rewrite(engine, range(2, 25))
    files, size = held(tmp_path)
    rewrite(engine, range(25, 100))
    more_files, more = held(tmp_path)
    # Four times as many commits: between two merges there are some more segments, never four times as many.
    assert more_files < 2 * files
    assert more < 2 * size
    assert ask(engine, "niños").documents == DOCUMENTS
