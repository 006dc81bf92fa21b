"""One search on one commit of the embedded index; for `search.engines.embedded` only.

The first rows that answer are read together with how many there are. When these are all, everything is
worked out from them. Else one aggregation tells the documents, and the passages of the few documents on
the page are read by themselves.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

import tantivy

from search.engines.base import (
    WINDOW,
    FoundDocument,
    FoundPassage,
    SearchRequest,
    SearchResults,
    SnapshotGone,
    Sort,
)
from search.engines.documents import token
from search.engines.embedded_query import BRICKS, any_filter, of_documents, span
from search.engines.embedded_schema import GONE, passage_of
from search.engines.embedded_table import DocumentTable
from search.engines.translation import has_score, text_query

FEW_ROWS = 1_000
MOST_RANKINGS = 4

Hit = tuple[float, tantivy.DocAddress]


@dataclass(frozen=True, slots=True)
class Ranking:
    """All documents of a scroll in order, and the place of each key."""

    documents: list[int]
    places: dict[int, int]


@dataclass(frozen=True, slots=True)
class View:
    """A commit: its searcher, its table, and the orders that scrolls on it have asked for."""

    searcher: tantivy.Searcher
    table: DocumentTable
    rankings: dict[object, Ranking] = field(default_factory=dict)


@dataclass(slots=True)
class Matches:
    """What answers a request: the query of its rows, how many there are, and their documents.

    `best` are the first rows by score, `documents` theirs; `is_whole` says that these are all.
    """

    rows: tantivy.Query
    total: int = 0
    bits: int = 0
    best: Sequence[Hit] = ()
    documents: Sequence[int] = ()

    @property
    def is_whole(self) -> bool:
        return len(self.best) == self.total


def answer(view: View, request: SearchRequest) -> tuple[SearchResults, tuple[float, int] | None]:
    """The results, and the sort values of the last document of a scroll's page where there are more."""
    barred = [each for each in view.table.visibilities if each not in _tokens(request.visibility)]
    if len(barred) == len(view.table.visibilities):
        return SearchResults(0, 0, (), {}), None
    choices = {name: view.table.having_any(tokens) for name, tokens in request.filters.items() if tokens}
    matches = _listed(view, request, barred) if request.query.is_empty else _matched(view, request, barred)
    everything = matches.bits
    _restrict(view, request, matches, choices)
    documents, more = _page(view, matches, request)
    results = SearchResults(
        total=matches.total,
        documents=matches.bits.bit_count(),
        hits=_found(view, matches, documents, request),
        facets=_facets(view.table, everything, matches.bits, choices),
    )
    return results, (results.hits[-1].score, view.table.keys[documents[-1]]) if more else None


def visible(visibility: Sequence[str]) -> tantivy.Query:
    return any_filter(_tokens(visibility))


def _tokens(visibility: Sequence[str]) -> list[str]:
    return [token("visibility", value) for value in visibility]


def _listed(view: View, request: SearchRequest, barred: Sequence[str]) -> Matches:
    """Everything there is, without a search."""
    table = view.table
    bits = table.having_any(_tokens(request.visibility)) & table.within(request.since, request.until)
    return Matches(BRICKS.everything(), table.number_of_passages(bits), bits)


def _matched(view: View, request: SearchRequest, barred: Sequence[str]) -> Matches:
    """What the question finds, whatever facets are chosen."""
    without = [*barred, *([] if request.query.required else [GONE])]
    rows = BRICKS.both(
        must=[text_query(request.query, BRICKS), *span(request.since, request.until)],
        without=[any_filter(without)] if without else [],
    )
    matches = Matches(rows)
    _read(view.searcher, matches, FEW_ROWS)
    all_documents = matches.documents
    if not matches.is_whole:
        all_documents = _documents(view.searcher, rows, view.table.size)
    matches.bits = view.table.bits_of(all_documents)
    return matches


def _read(searcher: tantivy.Searcher, matches: Matches, limit: int) -> None:
    """Read the best rows and how many there are."""
    result = searcher.search(matches.rows, limit=limit)
    matches.total, matches.best = result.count, result.hits
    matches.documents = searcher.fast_field_values("document", [row for _, row in matches.best])  # type: ignore[assignment]


def _documents(searcher: tantivy.Searcher, query: tantivy.Query, most: int) -> list[int]:
    """The documents of all rows that answer."""
    wanted = {"documents": {"terms": {"field": "document", "size": most, "segment_size": most}}}
    return [bucket["key"] for bucket in searcher.aggregate(query, wanted)["documents"]["buckets"]]


def _restrict(view: View, request: SearchRequest, matches: Matches, choices: Mapping[str, int]) -> None:
    """Leave only documents with one of the chosen values of each facet."""
    telling = [name for name, choice in choices.items() if matches.bits & ~choice]
    if not telling:
        return
    matches.bits = _met(matches.bits, choices.values())
    if request.query.is_empty:
        matches.total = view.table.number_of_passages(matches.bits)
    elif matches.is_whole:
        left = view.table.marks(matches.bits)
        kept = [place for place, document in enumerate(matches.documents) if left[document] == "1"]
        matches.best = [matches.best[place] for place in kept]
        matches.documents = [matches.documents[place] for place in kept]
        matches.total = len(kept)
    else:
        matches.rows = BRICKS.both(
            must=[matches.rows, *(any_filter(request.filters[name]) for name in telling)]
        )
        _read(view.searcher, matches, FEW_ROWS)


def _met(bits: int, choices: Iterable[int]) -> int:
    for choice in choices:
        bits &= choice
    return bits


def _facets(
    table: DocumentTable, everything: int, left: int, choices: Mapping[str, int]
) -> dict[str, tuple[tuple[str, int], ...]]:
    """Counts by document; for a facet with a choice, as if that choice had not been made."""
    facets = table.counts(left)
    for name in choices:
        others = (choice for other, choice in choices.items() if other != name)
        facets[name] = table.counts(_met(everything, others), only=name).get(name, ())
    return {name: values for name, values in facets.items() if values}


def _page(view: View, matches: Matches, request: SearchRequest) -> tuple[list[int], bool]:
    """The documents of the page, and whether a scroll has more."""
    if request.scroll or request.cursor:
        return _page_of_scroll(view, matches, request)
    first = (request.page - 1) * request.size
    last = min(request.page * request.size, matches.bits.bit_count(), WINDOW)
    return (_ordered(view, matches, request, last)[first:] if first < last else []), False


def _page_of_scroll(view: View, matches: Matches, request: SearchRequest) -> tuple[list[int], bool]:
    filters = tuple(sorted((name, tuple(tokens)) for name, tokens in request.filters.items()))
    asked = (request.query, request.visibility, filters, request.sort, request.since, request.until)
    ranking = view.rankings.get(asked)
    if ranking is None:
        ordered = _ordered(view, matches, request, matches.bits.bit_count())
        ranking = Ranking(ordered, {view.table.keys[each]: place for place, each in enumerate(ordered)})
        while len(view.rankings) >= MOST_RANKINGS:
            view.rankings.pop(next(iter(view.rankings)), None)
        view.rankings[asked] = ranking
    start = _place_after(ranking, request.cursor.after) if request.cursor else 0
    last = start + request.size
    return ranking.documents[start:last], last < len(ranking.documents)


def _place_after(ranking: Ranking, after: tuple[float, ...]) -> int:
    place = ranking.places.get(int(after[-1])) if after else None
    if place is None:
        raise SnapshotGone("the cursor is of another scroll")
    return place + 1


def _ordered(view: View, matches: Matches, request: SearchRequest, last: int) -> list[int]:
    """The first documents in the order wanted."""
    if request.sort is Sort.RELEVANCE and request.query.required:
        if has_score(request.query):
            return _by_score(view, matches, last)
        return sorted(view.table.newest_first(matches.bits), key=view.table.keys.__getitem__)[:last]
    by_date = view.table.oldest_first if request.sort is Sort.OLDEST else view.table.newest_first
    return list(islice(by_date(matches.bits), last))


def _by_score(view: View, matches: Matches, last: int) -> list[int]:
    """By the best passage. Reads on until no tie can change the documents wanted."""
    while True:
        scores, is_settled = _first(matches, last)
        if is_settled or matches.is_whole:
            keys = view.table.keys
            return sorted(scores, key=lambda document: (-scores[document], keys[document]))[:last]
        _read(view.searcher, matches, max(len(matches.best), last) * 4)


def _first(matches: Matches, last: int) -> tuple[dict[int, float], bool]:
    """The best score of the first documents and of all that are equal to the last of them.

    Also whether the rows that were read go beyond these.
    """
    scores: dict[int, float] = {}
    least = 0.0
    for document, (score, _) in zip(matches.documents, matches.best, strict=True):
        if len(scores) >= last and score < least:
            return scores, True
        if document not in scores:
            scores[document] = least = score
    return scores, False


def _found(
    view: View, matches: Matches, documents: Sequence[int], request: SearchRequest
) -> tuple[FoundDocument, ...]:
    """The documents of the page with their best passages."""
    asked = bool(request.query.required)
    if asked and documents:
        hits = _hits_of(view, matches, documents)
        most = request.passages
        return tuple(
            _shown(view, each, len(hits[each]), _best(view, hits[each], most), most) for each in documents
        )
    return tuple(_first_shown(view, matches.rows, each, request) for each in documents)


def _hits_of(view: View, matches: Matches, documents: Sequence[int]) -> dict[int, list[Hit]]:
    """All rows of these documents that answer, the best first."""
    if not matches.is_whole:
        query = BRICKS.both(must=[matches.rows, of_documents(documents)])
        matches = Matches(query)
        _read(view.searcher, matches, sum(view.table.passages[each] for each in documents))
    hits: dict[int, list[Hit]] = {each: [] for each in documents}
    for document, hit in zip(matches.documents, matches.best, strict=True):
        if document in hits:
            hits[document].append(hit)
    return hits


def _best(view: View, hits: Sequence[Hit], most: int) -> list[FoundPassage]:
    """The best passages, at least one; of one score all are read, then put in order."""
    wanted = max(1, most)
    if len(hits) > wanted:
        least = hits[wanted - 1][0]
        hits = [hit for hit in hits if hit[0] >= least]
    kept = [passage_of(view.searcher.doc(row), score) for score, row in hits]
    return sorted(kept, key=lambda each: (-each.score, each.passage.position))


def _first_shown(view: View, rows: tantivy.Query, document: int, request: SearchRequest) -> FoundDocument:
    """A document with its first passages, where nothing was asked for."""
    query = BRICKS.both(must=[rows, of_documents([document])])
    result = view.searcher.search(
        query, limit=max(1, request.passages), order_by_field="position", order=tantivy.Order.Asc
    )
    passages = [passage_of(view.searcher.doc(row), 0.0) for _, row in result.hits]
    return _shown(view, document, result.count, passages, request.passages)


def _shown(
    view: View, document: int, matched: int, passages: Sequence[FoundPassage], most: int
) -> FoundDocument:
    return FoundDocument(
        **view.table.head(view.searcher, document),
        matched=matched,
        score=passages[0].score,
        passages=tuple(passages[:most]),
    )
