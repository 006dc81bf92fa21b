"""One search on one commit of the embedded index; for `search.engines.embedded` only."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import nsmallest

import tantivy

from search.documents import token
from search.engines.base import (
    WINDOW,
    FoundDocument,
    FoundPassage,
    SearchRequest,
    SearchResults,
    SnapshotGone,
    Sort,
)
from search.engines.embedded_query import BRICKS, any_filter, of_documents, span
from search.engines.embedded_schema import passage_of
from search.engines.embedded_table import DocumentTable
from search.engines.translation import has_score, text_query

MOST_DOCUMENTS, MOST_RANKINGS = 65_000, 4


@dataclass(frozen=True, slots=True)
class Ranked:
    """A document and the score it is ordered by; none where the order is by date."""

    key: int
    score: float


@dataclass(frozen=True, slots=True)
class View:
    """A commit: its searcher, its table, and the orders that walks on it have asked for."""

    searcher: tantivy.Searcher
    table: DocumentTable
    rankings: dict[object, "Ranking"] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ranking:
    """All documents of a walk in order, and the place of each."""

    documents: list[Ranked]
    places: dict[int, int]


@dataclass(frozen=True, slots=True)
class Answering:
    """What answers a request: the query of its passages, and its documents."""

    rows: tantivy.Query
    bits: int
    counts: Mapping[int, int]
    facets: Mapping[str, tuple[tuple[str, int], ...]]


def answer(view: View, request: SearchRequest) -> tuple[SearchResults, Ranked | None]:
    """The results, and the last document of a walk's page where there are more."""
    answering = _answering(view, request)
    ranked, more = _page(view, answering, request)
    results = SearchResults(
        total=view.searcher.search(answering.rows, limit=1).count,
        documents=answering.bits.bit_count(),
        found=_found(view, answering, ranked, request),
        facets=answering.facets,
    )
    return results, ranked[-1] if more else None


def visible(visibility: Sequence[str]) -> tantivy.Query:
    return any_filter([token("visibility", value) for value in visibility])


def _answering(view: View, request: SearchRequest) -> Answering:
    days = span(request.since, request.until)
    base = BRICKS.both(must=[text_query(request.query, BRICKS), visible(request.visibility), *days])
    chosen = {name: tokens for name, tokens in request.filters.items() if tokens}
    counts = _passages_by_document(view.searcher, base)
    bits = view.table.bits_of(counts)
    choices = {name: view.table.having_any(tokens) for name, tokens in chosen.items()}
    wanted = [any_filter(tokens) for tokens in chosen.values()]
    return Answering(
        rows=BRICKS.both(must=[base, *wanted]) if wanted else base,
        bits=_met(bits, choices.values()),
        counts=counts,
        facets=_facets(view.table, bits, choices),
    )


def _passages_by_document(searcher: tantivy.Searcher, query: tantivy.Query) -> dict[int, int]:
    """The key of every document that answers, with the number of its passages that do."""
    wanted = {"documents": {"terms": {"field": "document", "size": MOST_DOCUMENTS}}}
    buckets = searcher.aggregate(query, wanted)["documents"]["buckets"]
    return {bucket["key"]: bucket["doc_count"] for bucket in buckets}


def _met(bits: int, choices: Iterable[int]) -> int:
    for choice in choices:
        bits &= choice
    return bits


def _facets(
    table: DocumentTable, bits: int, choices: Mapping[str, int]
) -> dict[str, tuple[tuple[str, int], ...]]:
    """Counts by document; for a facet with a choice, as if that choice had not been made."""
    facets = table.counts(_met(bits, choices.values()))
    for name in choices:
        others = (choice for other, choice in choices.items() if other != name)
        facets[name] = table.counts(_met(bits, others), only=name).get(name, ())
    return {name: values for name, values in facets.items() if values}


def _page(view: View, answering: Answering, request: SearchRequest) -> tuple[list[Ranked], bool]:
    """The documents of the page, and whether a walk has more."""
    if request.walk or request.cursor:
        return _page_of_walk(view, answering, request)
    documents = answering.bits.bit_count()
    first, last = (request.page - 1) * request.size, min(request.page * request.size, documents, WINDOW)
    if first >= last:
        return [], False
    return _ranking(view, answering, request, last)[first:last], False


def _page_of_walk(view: View, answering: Answering, request: SearchRequest) -> tuple[list[Ranked], bool]:
    filters = tuple(sorted((name, tuple(tokens)) for name, tokens in request.filters.items()))
    asked = (request.query, request.visibility, filters, request.sort, request.since, request.until)
    ranking = view.rankings.get(asked)
    if ranking is None:
        ordered = _ranking(view, answering, request, answering.bits.bit_count())
        ranking = Ranking(ordered, {one.key: place for place, one in enumerate(ordered)})
        while len(view.rankings) >= MOST_RANKINGS:
            view.rankings.pop(next(iter(view.rankings)), None)
        view.rankings[asked] = ranking
    start = _place_after(ranking, request.cursor.after) if request.cursor else 0
    last = start + request.size
    return ranking.documents[start:last], last < len(ranking.documents)


def _place_after(ranking: Ranking, after: tuple[float, ...]) -> int:
    place = ranking.places.get(int(after[-1])) if after else None
    if place is None:
        raise SnapshotGone("the cursor is of another walk")
    return place + 1


def _ranking(view: View, answering: Answering, request: SearchRequest, last: int) -> list[Ranked]:
    """The first documents in the order wanted."""
    if request.sort is Sort.RELEVANCE and request.query.required:
        if has_score(request.query):
            return _by_score(view.searcher, answering, last)
        keys = (view.table.keys[place] for place in view.table.newest_first(answering.bits))
        return [Ranked(key, 0.0) for key in nsmallest(last, keys)]
    ordered = view.table.oldest_first if request.sort is Sort.OLDEST else view.table.newest_first
    return [Ranked(view.table.keys[place], 0.0) for place in ordered(answering.bits)[:last]]


def _by_score(searcher: tantivy.Searcher, answering: Answering, last: int) -> list[Ranked]:
    """By the best passage. Reads on until no tie can change the documents wanted."""
    limit = max(50, last * 4)
    while True:
        hits = searcher.search(answering.rows, limit=limit, count=False).hits
        keys = searcher.fast_field_values("document", [address for _, address in hits])
        best: dict[int, float] = {}
        for key, (score, _) in zip(keys, hits, strict=True):
            best.setdefault(key, score)  # type: ignore[arg-type]
        ranked = sorted((Ranked(key, score) for key, score in best.items()), key=lambda r: (-r.score, r.key))
        settled = len(ranked) >= last and (last == 0 or hits[-1][0] < ranked[last - 1].score)
        if len(hits) < limit or settled:
            return ranked[:last]
        limit *= 4


def _found(
    view: View, answering: Answering, ranked: Sequence[Ranked], request: SearchRequest
) -> tuple[FoundDocument, ...]:
    """The documents of the page."""
    if not ranked:
        return ()
    keys = [document.key for document in ranked]
    best = _best_passages(view.searcher, answering, keys, request)
    found = []
    for key in keys:
        head, passages = view.table.head(view.searcher, key), best[key]
        found.append(
            FoundDocument(
                **{name: head[name] for name in ("id", "kind", "language", "title", "path", "year")},
                facets={name: tuple(values) for name, values in head["facets"].items()},
                details=head["details"],
                matched=answering.counts[key],
                score=passages[0].score if passages else 0.0,
                passages=tuple(passages[: request.passages]),
            )
        )
    return tuple(found)


def _best_passages(
    searcher: tantivy.Searcher, answering: Answering, keys: Sequence[int], request: SearchRequest
) -> dict[int, list[FoundPassage]]:
    """Of each document the best passages, at least one; of one score all are read, then put in order."""
    wanted = max(1, request.passages)
    if not request.query.required:
        return {key: _first_passages(searcher, answering.rows, key, wanted) for key in keys}
    limit = sum(answering.counts[key] for key in keys)
    query = BRICKS.both(must=[answering.rows, of_documents(keys)])
    hits = searcher.search(query, limit=limit, count=False).hits
    owners = searcher.fast_field_values("document", [address for _, address in hits])
    rows: dict[int, list[FoundPassage]] = {key: [] for key in keys}
    for owner, (score, address) in zip(owners, hits, strict=True):
        kept = rows[int(owner or 0)]
        if len(kept) < wanted or kept[-1].score == score:
            kept.append(passage_of(searcher.doc(address), score))
    return {
        key: sorted(kept, key=lambda found: (-found.score, found.passage.position))
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
