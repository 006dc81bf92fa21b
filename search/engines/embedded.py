"""The embedded engine on tantivy: no server, one writing process, any number of reading ones."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from search.engines.base import (
    Cursor,
    EngineUnavailable,
    Health,
    NoIndex,
    SearchRequest,
    SearchResults,
    Stored,
    Suggestion,
)
from search.engines.documents import token
from search.engines.embedded_errors import folder_errors
from search.engines.embedded_query import BRICKS, any_filter, begins
from search.engines.embedded_schema import head_of
from search.engines.embedded_search import answer, visible
from search.engines.embedded_similar import similar
from search.engines.embedded_snapshots import Snapshots
from search.engines.embedded_store import Folder, Reader
from search.engines.embedded_writer import EmbeddedWriter, inventory
from search.text import analysis

# A generation is filled faster by two; small commits of the one in use would only make more segments.
FILLING_THREADS = 2


class EmbeddedEngine:
    """See `search.engines.base.Engine`."""

    name = "embedded"

    def __init__(self, root: Path) -> None:
        self._folder = Folder(root)
        self._snapshots = Snapshots(root)
        self._reader = Reader(self._folder)

    def search(self, request: SearchRequest) -> SearchResults:
        with folder_errors():
            return self._search(request)

    def _search(self, request: SearchRequest) -> SearchResults:
        if not request.scroll and not request.cursor:
            return answer(self._reader.view(), request)[0]
        begun = request.cursor and request.cursor.snapshot
        name = begun or self._snapshots.make(self._reader.generation())
        results, last = answer(self._reader.snapshot(self._snapshots.path(name)), request)
        cursor = Cursor(name, last) if last else None
        return replace(results, cursor=cursor)

    def suggest(
        self, text: str, *, visibility: tuple[str, ...], shown_in: str, limit: int = 8
    ) -> tuple[Suggestion, ...]:
        words = analysis.folded(text)
        if not words:
            return ()
        query = BRICKS.both(must=[begins(words), visible(visibility), any_filter([token("shown", shown_in)])])
        with folder_errors():
            searcher = self._reader.searcher()
            result = searcher.search(BRICKS.silent(query), limit=limit, order_by_field="recency")
            heads = [head_of(searcher.doc(address)) for _, address in result.hits]
        return tuple(
            Suggestion(**{name: head[name] for name in ("id", "kind", "language", "title", "path")})
            for head in heads
        )

    def similar(self, word: str, *, limit: int = 5) -> tuple[str, ...]:
        with folder_errors():
            return similar(self._reader.searcher(), word, limit)

    def inventory(self) -> Iterator[tuple[str, Stored]]:
        return inventory(self._reader.searcher)

    def generation(self) -> str | None:
        return self._folder.current()

    def carried(self) -> int:
        with folder_errors():
            return self._folder.carried()

    def generations(self) -> tuple[str, ...]:
        with folder_errors():
            return self._folder.names()

    def new_generation(self) -> str:
        with folder_errors():
            return self._folder.create()

    def swap(self, generation: str) -> None:
        with folder_errors():
            self._folder.swap(generation)

    def drop(self, generation: str) -> None:
        self._folder.drop(generation)

    @contextmanager
    def writer(self, generation: str | None = None) -> Iterator[EmbeddedWriter]:
        """The drain's writer has the lock of the folder; a new generation has only its maker."""
        with self._folder.locked("writer" if generation is None else generation):
            name = generation or self._folder.current()
            if name is None:
                raise NoIndex(str(self._folder.root))
            threads = 1 if generation is None else FILLING_THREADS
            writer = EmbeddedWriter(self._folder.root / name, threads)
            try:
                yield writer
            finally:
                writer.close()

    def health(self) -> Health:
        """Ready is an index that can be searched, not one that can be opened."""
        try:
            with folder_errors():
                documents, carried = len(self._reader.view().table.by_date), self._folder.carried()
        except NoIndex:
            return Health(self.name, False, None, problem="NoIndex")
        except EngineUnavailable as error:
            return Health(self.name, False, self.generation(), problem=str(error))
        return Health(self.name, True, self.generation(), documents, carried)
