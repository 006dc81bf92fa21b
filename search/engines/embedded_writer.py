"""The one writer of an embedded index; for `search.engines.embedded` only."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import tantivy

from search.engines.base import Deletion, Stored, WriterFailed
from search.engines.documents import IndexDocument, order_key
from search.engines.embedded_errors import folder_errors
from search.engines.embedded_notes import note_carried
from search.engines.embedded_query import any_filter, of_documents
from search.engines.embedded_schema import FIRST, GONE, head_of, open_index, rows_of, tombstone

HEAP = 64_000_000


class EmbeddedWriter:
    """The one writer of a generation; knows every version the index holds."""

    def __init__(self, path: Path, threads: int = 1) -> None:
        self.generation = path.name
        self._path = path
        self._has_failed = False
        with folder_errors():
            self._index = open_index(str(path))
            self._writer = self._index.writer(HEAP, threads)
            self._known = _known(self._index.searcher())
        self._next = max((number for _, number in self._known.values()), default=-1) + 1

    def index(self, documents: Sequence[IndexDocument]) -> dict[str, str]:
        with self._writing():
            for document in documents:
                number = self._taken(document.id, document.version)
                if number is not None:
                    for row in rows_of(document, number):
                        self._writer.add_document(row)
        return {}

    def delete(self, deletions: Sequence[Deletion]) -> None:
        with self._writing():
            for deletion in deletions:
                number = self._taken(deletion.id, deletion.version)
                if number is not None:
                    self._writer.add_document(tombstone(deletion.id, deletion.version, number))

    def refresh(self, version: int = 0) -> None:
        with self._writing():
            if version:
                note_carried(self._path, version)
            self._writer.commit()
            self._index.reload()

    def inventory(self) -> Iterator[tuple[str, Stored]]:
        return inventory(self._index.searcher)

    def close(self) -> None:
        """Wait for merges, so that no half-merged files stay behind."""
        with folder_errors():
            self._writer.wait_merging_threads()

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """After a failure nobody knows what the next commit would hold: this writer writes no more."""
        if self._has_failed:
            raise WriterFailed("an earlier write failed; a new writer has to begin again")
        self._has_failed = True
        with folder_errors():
            yield
        self._has_failed = False

    def _taken(self, document_id: str, version: int) -> int | None:
        """The number under which to write this version; None when it is too old to be written."""
        key = order_key(document_id)
        known = self._known.get(key)
        if known is None:
            number, self._next = self._next, self._next + 1
        elif version < known[0]:
            return None
        else:
            number = known[1]
            self._writer.delete_documents_by_query(of_documents([number]))
        self._known[key] = (version, number)
        return number


def inventory(opened: Callable[[], tantivy.Searcher]) -> Iterator[tuple[str, Stored]]:
    """Id, version and fingerprint of every document."""
    with folder_errors():
        searcher = opened()
        result = searcher.search(any_filter([FIRST]), limit=max(1, searcher.num_docs), count=False)
    for _, address in result.hits:
        with folder_errors():
            head = head_of(searcher.doc(address))
            each = head["id"], Stored(head["version"], head["fingerprint"])
        yield each


def _known(searcher: tantivy.Searcher) -> dict[int, tuple[int, int]]:
    """The version and number of every key the index has ever held."""
    result = searcher.search(any_filter([FIRST, GONE]), limit=max(1, searcher.num_docs), count=False)
    addresses = [address for _, address in result.hits]
    columns = [searcher.fast_field_values(name, addresses) for name in ("key", "version", "document")]
    return {int(key): (int(version), int(number)) for key, version, number in zip(*columns, strict=True)}
