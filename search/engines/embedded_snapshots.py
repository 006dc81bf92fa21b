"""Snapshots of the embedded index for scrolls; for `search.engines.embedded` only.

A snapshot is a folder of its own with links to the files of one commit, so that every process can read it
while the writer merges and deletes. It is kept for some minutes after its last use; whoever makes the next
one clears away the old ones.
"""

import json
import os
import re
import shutil
import time
import uuid
from contextlib import suppress
from pathlib import Path

from search.engines.base import EngineUnavailable, SnapshotGone

KEPT_SECONDS, MOST_SNAPSHOTS = 600.0, 20
_FOLDER, _ATTEMPTS = "walks", 8
_NAME = re.compile(r"\d+-\d+\.\d+-\d+")


class Snapshots:
    """The snapshots of one index."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._folder = root / _FOLDER

    def make(self, generation: str) -> str:
        """The name of a snapshot of the latest commit. Walks that begin on the same commit share it."""
        self._folder.mkdir(exist_ok=True)
        self._clear()
        draft = self._folder / f"draft.{uuid.uuid4().hex}"
        try:
            commit = _linked(self._root / generation, draft)
            path = self._folder / f"{generation}.{commit}"
            with suppress(OSError):
                draft.rename(path)
            os.utime(path)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
        return path.name

    def path(self, name: str) -> Path:
        """The folder of a snapshot, kept for longer by being asked for."""
        path = self._folder / name
        try:
            if not _NAME.fullmatch(name) or path.stat().st_mtime < time.time() - KEPT_SECONDS:
                raise SnapshotGone(name)
            os.utime(path)
        except OSError as error:
            raise SnapshotGone(name) from error
        return path

    def _clear(self) -> None:
        ages = {path: _changed(path) for path in self._folder.iterdir()}
        newest = sorted(ages, key=lambda path: -ages[path])
        for number, path in enumerate(newest):
            if number >= MOST_SNAPSHOTS - 1 or ages[path] < time.time() - KEPT_SECONDS:
                shutil.rmtree(path, ignore_errors=True)


def _changed(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return 0.0


def _linked(source: Path, target: Path) -> str:
    """Link the files of the latest commit; gives its name. Begins again when the writer was faster."""
    for _ in range(_ATTEMPTS):
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir()
        os.link(source / "meta.json", target / "meta.json")
        status = (target / "meta.json").stat()
        try:
            for name in _files(target / "meta.json"):
                os.link(source / name, target / name)
        except FileNotFoundError:
            continue
        return f"{status.st_ino}-{status.st_mtime_ns}"
    raise EngineUnavailable("the index changes too fast for a snapshot")


def _files(meta: Path) -> list[str]:
    """The files of the segments of a commit."""
    names = []
    for segment in json.loads(meta.read_text())["segments"]:
        stem, deletes = segment["segment_id"].replace("-", ""), segment["deletes"]
        names += [f"{stem}.{ending}" for ending in ("fast", "fieldnorm", "idx", "pos", "store", "term")]
        if deletes:
            names.append(f"{stem}.{deletes['opstamp']}.del")
    return names
