"""Snapshots of the embedded index: how long they are kept, and what may happen beside them."""

import os
import shutil
import time
from dataclasses import replace
from pathlib import Path

import pytest

from search.engines.base import Engine, SnapshotGone
from search.engines.embedded import EmbeddedEngine
from search.engines.embedded_snapshots import KEPT_SECONDS, MOST_SNAPSHOTS
from tests.search.engines.asking import document, fill, ids, request

ASKED = request("niños", size=2)


def snapshots(folder: Path) -> list[Path]:
    return sorted((folder / "index" / "walks").iterdir())


def age(path: Path, seconds: float) -> None:
    os.utime(path, (time.time() - seconds, time.time() - seconds))


def test_a_scroll_goes_on_in_another_process(embedded: Engine, tmp_path: Path) -> None:
    fill(embedded, [document(number) for number in range(5)])
    expected = ids(embedded.search(replace(ASKED, size=5)))
    cursor = embedded.search(replace(ASKED, scroll=True)).cursor
    fill(embedded, [document(number, version=2, title="Niños") for number in range(5)])
    other = EmbeddedEngine(tmp_path / "index")
    assert ids(other.search(replace(ASKED, cursor=cursor, size=3))) == expected[2:]


def test_a_scroll_survives_the_end_of_its_generation(embedded: Engine) -> None:
    fill(embedded, [document(number) for number in range(5)])
    old = embedded.generation()
    cursor = embedded.search(replace(ASKED, scroll=True)).cursor
    embedded.swap(embedded.new_generation())
    embedded.drop(old)
    assert len(embedded.search(replace(ASKED, cursor=cursor)).hits) == 2
    assert embedded.search(ASKED).hits == ()


def test_scrolls_that_begin_on_one_commit_share_a_snapshot(embedded: Engine, tmp_path: Path) -> None:
    fill(embedded, [document(number) for number in range(5)])
    first, second = (embedded.search(replace(ASKED, scroll=True)).cursor for _ in range(2))
    assert (first, [each.name for each in snapshots(tmp_path)]) == (second, [first.snapshot])


@pytest.mark.parametrize("is_dropped", [True, False])
def test_a_scroll_ends_with_its_snapshot(embedded: Engine, tmp_path: Path, is_dropped: bool) -> None:
    fill(embedded, [document(number) for number in range(5)])
    cursor = embedded.search(replace(ASKED, scroll=True)).cursor
    for path in snapshots(tmp_path):
        if is_dropped:
            shutil.rmtree(path)
        else:
            age(path, KEPT_SECONDS + 1)
    with pytest.raises(SnapshotGone):
        embedded.search(replace(ASKED, cursor=cursor))


def test_a_snapshot_is_kept_by_being_used(embedded: Engine, tmp_path: Path) -> None:
    fill(embedded, [document(number) for number in range(5)])
    cursor = embedded.search(replace(ASKED, scroll=True)).cursor
    (snapshot,) = snapshots(tmp_path)
    age(snapshot, KEPT_SECONDS / 2)
    before = snapshot.stat().st_mtime
    embedded.search(replace(ASKED, cursor=cursor))
    assert snapshot.stat().st_mtime >= before + KEPT_SECONDS / 2


@pytest.mark.long
def test_old_and_too_many_snapshots_are_cleared_away(embedded: Engine, tmp_path: Path) -> None:
    for number in range(MOST_SNAPSHOTS + 5):
        fill(embedded, [document(number)])
        embedded.search(replace(ASKED, scroll=True))
        for place, path in enumerate(snapshots(tmp_path)):
            age(path, 100 - place)
    assert len(snapshots(tmp_path)) == MOST_SNAPSHOTS
    for path in snapshots(tmp_path):
        age(path, KEPT_SECONDS + 1)
    embedded.search(replace(ASKED, scroll=True))
    assert len(snapshots(tmp_path)) == 1


def test_a_cursor_of_another_scroll_is_refused(embedded: Engine) -> None:
    fill(embedded, [document(number) for number in range(5)])
    cursor = embedded.search(replace(ASKED, scroll=True)).cursor
    for after in ((), (1.0, 7)):
        with pytest.raises(SnapshotGone):
            embedded.search(replace(ASKED, cursor=replace(cursor, after=after)))


def test_snapshots_are_no_generations(embedded: Engine) -> None:
    fill(embedded, [document(1)])
    embedded.search(replace(ASKED, scroll=True))
    assert embedded.generations() == (embedded.generation(),)
