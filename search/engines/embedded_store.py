"""Generations of the embedded index on disk, and its reader; for `search.engines.embedded` only.

A folder holds one sub-folder per generation and the file `current` with the name of the one in use,
replaced in one step. One process at a time writes, told by a lock on the file `writer.lock`, which the
system releases when that process ends, however it ends.
"""

import fcntl
import re
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import tantivy

from search.engines.base import LAYOUT, NoIndex, WriterBusy
from search.engines.embedded_errors import folder_errors
from search.engines.embedded_notes import carried, replace_file
from search.engines.embedded_schema import open_index
from search.engines.embedded_search import View
from search.engines.embedded_table import table_of

MOST_OPEN = 3


class Folder:
    """The generations of one index."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def current(self) -> str | None:
        """The generation in use; None when there is none that this layout can read."""
        try:
            name = (self.root / "current").read_text().strip()
        except (OSError, ValueError):
            return None
        readable = re.fullmatch(rf"{LAYOUT}-\d+", name) and (self.root / name / "meta.json").is_file()
        return name if readable else None

    def names(self) -> tuple[str, ...]:
        return tuple(sorted(path.parent.name for path in self.root.glob("*/meta.json")))

    def create(self) -> str:
        name = f"{LAYOUT}-{time.time_ns():020d}"
        path = self.root / name
        path.mkdir(parents=True)
        open_index(str(path))
        return name

    def swap(self, name: str) -> None:
        if not (self.root / name / "meta.json").exists():
            raise NoIndex(name)
        replace_file(self.root / "current", name)

    def carried(self) -> int:
        """The version noted with the generation in use; 0 without one."""
        name = self.current()
        return carried(self.root / name) if name else 0

    def drop(self, name: str) -> None:
        if name != self.current():
            shutil.rmtree(self.root / name, ignore_errors=True)

    @contextmanager
    def locked(self, name: str) -> Iterator[None]:
        """Hold a lock of this folder. Raises `WriterBusy` when another process does."""
        with folder_errors():
            self.root.mkdir(parents=True, exist_ok=True)
            file = (self.root / f"{name}.lock").open("a")
        with file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                raise WriterBusy(str(self.root)) from error
            yield


class Reader:
    """Gives a view of the latest commit of the generation in use; many processes read at once."""

    def __init__(self, folder: Folder) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._generation: str | None = None
        self._index: tantivy.Index | None = None
        self._seen: tuple[int, int] | None = None
        self._view: View | None = None
        self._snapshots: dict[str, View] = {}

    def generation(self) -> str:
        generation = self._folder.current()
        if generation is None:
            raise NoIndex(str(self._folder.root))
        return generation

    def searcher(self) -> tantivy.Searcher:
        with self._lock:
            return self._searcher()

    def view(self) -> View:
        """A searcher and the table of the same commit."""
        with self._lock:
            searcher = self._searcher()
            if self._view is None:
                self._view = View(searcher, table_of(searcher))
            return self._view

    def snapshot(self, path: Path) -> View:
        """The commit in a folder of its own, which never changes."""
        with self._lock:
            view = self._snapshots.pop(path.name, None)
            if view is None:
                searcher = open_index(str(path)).searcher()
                view = View(searcher, table_of(searcher))
            while len(self._snapshots) >= MOST_OPEN:
                self._snapshots.pop(next(iter(self._snapshots)))
            self._snapshots[path.name] = view
            return view

    def _searcher(self) -> tantivy.Searcher:
        generation = self.generation()
        path = self._folder.root / generation
        status = (path / "meta.json").stat()
        if generation != self._generation or self._index is None:
            self._index, self._generation, self._seen = open_index(str(path)), generation, None
        if self._seen != (status.st_ino, status.st_mtime_ns):
            self._index.reload()
            self._seen, self._view = (status.st_ino, status.st_mtime_ns), None
        return self._index.searcher()
