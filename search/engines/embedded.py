"""The embedded engine on tantivy: no server, one writing process, any number of reading ones."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import tantivy

from search import analysis
from search.documents import token
from search.engines.base import (
    WINDOW,
    EngineUnavailable,
    FoundDocument,
    FoundPassage,
    Health,
    NoIndex,
    SearchRequest,
    SearchResults,
    Stored,
    Suggestion,
)
from search.engines.embedded_query import BRICKS, any_filter, begins, of_documents
from search.engines.embedded_schema import FIRST, head_of, passage_of
from search.engines.embedded_store import EmbeddedWriter, Folder, Reader, inventory
from search.engines.embedded_table import MOST_DOCUMENTS, DocumentTable
from search.engines.translation import text_query

Read = TypeVar("Read")


@dataclass(frozen=True, slots=True)
class _Ranked:
    """A document on the page and its best score."""

    key: int
    score: float


class EmbeddedEngine:
    """See `search.engines.base.Engine`."""

    name = "embedded"

    def __init__(self, root: Path) -> None:
        self._folder = Folder(root)
        self._reader = Reader(self._folder)

    def search(self, request: SearchRequest) -> SearchResults:
        return _reading(lambda: self._search(request))

    def _search(self, request: SearchRequest) -> SearchResults:
        searcher, table = self._reader.snapshot()
        base = BRICKS.both(must=[text_query(request.query, BRICKS), _visible(request.visibility)])
        chosen = {name: tokens for name, tokens in request.filters.items() if tokens}
        wanted = BRICKS.both(must=[base, *(any_filter(tokens) for tokens in chosen.values())])
        answering = _passages_by_document(searcher, base)
        bits = table.bits_of(answering)
        choices = {name: table.having_any(tokens) for name, tokens in chosen.items()}
        left = _met(bits, choices.values())
        counts = table.inside(answering, left) if choices else answering
        return SearchResults(
            total=sum(counts.values()),
            documents=len(counts),
            found=_found(searcher, wanted, counts, request),
            facets=_facets(table, bits, left, choices),
        )

    def suggest(
        self, text: str, *, visibility: tuple[str, ...], shown_in: str, limit: int = 8
    ) -> tuple[Suggestion, ...]:
        words = analysis.folded(text)
        if not words:
            return ()
        searcher = self._searcher()
        query = BRICKS.both(
            must=[begins(words), _visible(visibility), any_filter([token("shown", shown_in)])]
        )
        found = searcher.search(BRICKS.silent(query), limit=limit, order_by_field="recency")
        heads = [head_of(searcher.doc(address)) for _, address in found.hits]
        return tuple(
            Suggestion(**{name: head[name] for name in ("id", "kind", "language", "title", "path")})
            for head in heads
        )

    def inventory(self) -> Iterator[tuple[str, Stored]]:
        return inventory(self._searcher())

    def generation(self) -> str | None:
        return self._folder.current()

    def generations(self) -> tuple[str, ...]:
        return self._folder.names()

    def new_generation(self) -> str:
        return self._folder.create()

    def swap(self, generation: str) -> None:
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
            writer = EmbeddedWriter(self._folder.root / name)
            try:
                yield writer
            finally:
                writer.close()

    def health(self) -> Health:
        try:
            searcher = self._searcher()
        except EngineUnavailable as error:
            return Health(self.name, False, None, problem=type(error).__name__)
        documents = searcher.search(any_filter([FIRST]), limit=1).count
        return Health(self.name, True, self.generation(), documents)

    def _searcher(self) -> tantivy.Searcher:
        return _reading(self._reader.searcher)


def _reading(read: Callable[[], Read]) -> Read:
    """Whatever is wrong with the folder, callers see one kind of error."""
    try:
        return read()
    except (OSError, ValueError) as error:
        raise EngineUnavailable(str(error)) from error


def _visible(visibility: Sequence[str]) -> tantivy.Query:
    return any_filter([token("visibility", value) for value in visibility])


def _passages_by_document(searcher: tantivy.Searcher, query: tantivy.Query) -> dict[int, int]:
    """The key of every document that answers, with the number of its passages that do."""
    wanted = {"documents": {"terms": {"field": "document", "size": MOST_DOCUMENTS}}}
    buckets = searcher.aggregate(query, wanted)["documents"]["buckets"]
    return {int(bucket["key"]): int(bucket["doc_count"]) for bucket in buckets}


def _by_score(
    searcher: tantivy.Searcher, query: tantivy.Query, request: SearchRequest, total: int, documents: int
) -> list[_Ranked]:
    """The documents of the page, best passage first. Reads on until no tie can change them."""
    last = min(request.page * request.size, documents, WINDOW)
    limit = max(50, last * 4)
    while True:
        hits = searcher.search(query, limit=min(limit, max(1, total)), count=False).hits
        keys = searcher.fast_field_values("document", [address for _, address in hits])
        best: dict[int, float] = {}
        for key, (score, _) in zip(keys, hits, strict=True):
            best.setdefault(int(key or 0), score)
        ranked = sorted((_Ranked(key, score) for key, score in best.items()), key=lambda r: (-r.score, r.key))
        settled = len(ranked) >= last and (last == 0 or hits[-1][0] < ranked[last - 1].score)
        if limit >= total or settled:
            return ranked[(request.page - 1) * request.size : last]
        limit *= 4


def _by_date(
    searcher: tantivy.Searcher, query: tantivy.Query, counts: Mapping[int, int], request: SearchRequest
) -> list[_Ranked]:
    """Newest first. A document whose first passage is left out by the question is there all the same."""
    last = min(request.page * request.size, len(counts), WINDOW)
    if last == 0:
        return []
    first_rows = any_filter([FIRST])
    of_all = of_documents(list(counts)) if request.query.excluded else query
    rows = BRICKS.both(must=[first_rows, of_all])
    hits = searcher.search(rows, limit=last, order_by_field="recency", count=False).hits
    found = searcher.fast_field_values("document", [address for _, address in hits])
    return [_Ranked(int(key or 0), 0.0) for key in found[(request.page - 1) * request.size :]]


def _met(bits: int, choices: Iterable[int]) -> int:
    for choice in choices:
        bits &= choice
    return bits


def _found(
    searcher: tantivy.Searcher, query: tantivy.Query, counts: Mapping[int, int], request: SearchRequest
) -> tuple[FoundDocument, ...]:
    """The documents of the page."""
    if request.query.required:
        ranked = _by_score(searcher, query, request, sum(counts.values()), len(counts))
    else:
        ranked = _by_date(searcher, query, counts, request)
    if not ranked:
        return ()
    keys = [document.key for document in ranked]
    heads = _heads(searcher, keys)
    best = _best_passages(searcher, query, keys, counts, request)
    return tuple(
        FoundDocument(
            **{name: heads[one.key][name] for name in ("id", "kind", "language", "title", "path", "year")},
            facets={name: tuple(values) for name, values in heads[one.key]["facets"].items()},
            details=heads[one.key]["details"],
            matched=counts[one.key],
            score=one.score,
            passages=tuple(best[one.key]),
        )
        for one in ranked
    )


def _heads(searcher: tantivy.Searcher, keys: Sequence[int]) -> dict[int, dict[str, Any]]:
    query = BRICKS.both(must=[any_filter([FIRST]), of_documents(keys)])
    addresses = [address for _, address in searcher.search(query, limit=len(keys), count=False).hits]
    found = searcher.fast_field_values("document", addresses)
    return {
        int(key or 0): head_of(searcher.doc(address)) for key, address in zip(found, addresses, strict=True)
    }


def _best_passages(
    searcher: tantivy.Searcher,
    query: tantivy.Query,
    keys: Sequence[int],
    counts: Mapping[int, int],
    request: SearchRequest,
) -> dict[int, list[FoundPassage]]:
    """Of each document the best passages; rows of one score are read to the end, then put in order."""
    if not request.query.required:
        return {key: _first_passages(searcher, query, key, request.passages) for key in keys}
    limit = sum(counts[key] for key in keys)
    hits = searcher.search(BRICKS.both(must=[query, of_documents(keys)]), limit=limit, count=False).hits
    owners = searcher.fast_field_values("document", [address for _, address in hits])
    rows: dict[int, list[FoundPassage]] = {key: [] for key in keys}
    for owner, (score, address) in zip(owners, hits, strict=True):
        kept = rows[int(owner or 0)]
        if len(kept) < request.passages or kept[-1].score == score:
            kept.append(passage_of(searcher.doc(address), score))
    return {
        key: sorted(kept, key=lambda found: (-found.score, found.passage.position))[: request.passages]
        for key, kept in rows.items()
    }


def _first_passages(
    searcher: tantivy.Searcher, query: tantivy.Query, key: int, limit: int
) -> list[FoundPassage]:
    rows = BRICKS.both(must=[query, of_documents([key])])
    hits = searcher.search(
        rows, limit=limit, order_by_field="position", order=tantivy.Order.Asc, count=False
    ).hits
    return [passage_of(searcher.doc(address), 0.0) for _, address in hits]


def _facets(
    table: DocumentTable, bits: int, left: int, choices: Mapping[str, int]
) -> dict[str, tuple[tuple[str, int], ...]]:
    """Counts by document; for a facet with a choice, as if that choice had not been made."""
    facets = table.counts(left)
    for name in choices:
        others = (choice for other, choice in choices.items() if other != name)
        facets[name] = table.counts(_met(bits, others), only=name).get(name, ())
    return {name: values for name, values in facets.items() if values}
