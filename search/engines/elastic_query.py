"""Elasticsearch's queries as bricks, and the whole search request; for `search.engines.elastic` only.

Everything here is plain `elasticsearch.dsl` and can be looked at as a dictionary without a server.
"""

from collections.abc import Sequence

from elasticsearch.dsl import A, Q, Search
from elasticsearch.dsl.query import Query as ElasticQuery

from search.documents import PASSAGE_FIELDS, token
from search.engines.base import WINDOW, SearchRequest
from search.engines.translation import text_query

_MOST_TOKENS = 10_000
INNER = "best"


class ElasticBricks:
    """See `search.engines.translation.Bricks`; fields are those of a passage."""

    def term(self, field: str, term: str) -> ElasticQuery:
        return Q("term", **{f"passages.{field}": {"value": term}})

    def phrase(self, field: str, terms: Sequence[str]) -> ElasticQuery:
        wanted = {"query": " ".join(terms), "analyzer": "whitespace"}
        return Q("match_phrase", **{f"passages.{field}": wanted})

    def both(
        self,
        must: Sequence[ElasticQuery] = (),
        should: Sequence[ElasticQuery] = (),
        without: Sequence[ElasticQuery] = (),
    ) -> ElasticQuery:
        needed = 1 if should and not must else 0
        return Q(
            "bool",
            must=list(must),
            should=list(should),
            must_not=list(without),
            minimum_should_match=needed,
        )

    def best(self, queries: Sequence[ElasticQuery]) -> ElasticQuery:
        return Q("dis_max", queries=list(queries))

    def scaled(self, query: ElasticQuery, weight: float) -> ElasticQuery:
        return Q("bool", must=[query], boost=weight)

    def silent(self, query: ElasticQuery) -> ElasticQuery:
        return Q("bool", filter=[query])

    def everything(self) -> ElasticQuery:
        return Q("match_all")


BRICKS = ElasticBricks()


def search_of(request: SearchRequest) -> Search:
    """The request as one search: hits with their passages, exact facets, number of passages."""
    text = text_query(request.query, BRICKS)
    asked = bool(request.query.required)
    nested = Q(
        "nested",
        path="passages",
        query=text,
        score_mode="max" if asked else "none",
        inner_hits={
            "name": INNER,
            "size": request.passages,
            "sort": [*([{"_score": "desc"}] if asked else []), {"passages.position": "asc"}],
            "track_scores": asked,
            "_source": [f"passages.{name}" for name in PASSAGE_FIELDS],
        },
    )
    chosen = {name: _any_filter(tokens) for name, tokens in request.filters.items() if tokens}
    start = (request.page - 1) * request.size
    rows = max(0, min(request.size, WINDOW - start))
    search = (
        Search()
        .query("bool", must=[nested], filter=[visible(request.visibility)])
        .post_filter("bool", filter=list(chosen.values()))
        .sort(*(["_score", "order"] if asked else ["-recency"]))
        .source(["head"])
        .extra(from_=start if rows else 0, size=rows, track_total_hits=True)
    )
    _add_counts(search, chosen, text)
    return search


def suggestions_of(words: Sequence[str], visibility: Sequence[str], shown_in: str, limit: int) -> Search:
    """Documents whose title has a word beginning with each of the words."""
    begins = [Q("term", prefixes={"value": word}) for word in words]
    filters = [*begins, visible(visibility), _any_filter([token("shown", shown_in)])]
    return Search().query("bool", filter=filters).sort("-recency").source(["head"]).extra(size=limit)


def visible(visibility: Sequence[str]) -> ElasticQuery:
    return _any_filter([token("visibility", value) for value in visibility])


def _any_filter(tokens: Sequence[str]) -> ElasticQuery:
    return Q("terms", filters=list(tokens))


def _add_counts(search: Search, chosen: dict[str, ElasticQuery], text: ElasticQuery) -> None:
    """Facets see every choice but their own; `passages` sees them all."""
    matched = A("filter", filter=text)
    inside = A("nested", path="passages", aggs={"matched": matched})
    tokens = A("terms", field="facets", size=_MOST_TOKENS)
    search.aggs.bucket("all", A("filter", filter=Q("bool", filter=list(chosen.values())))).metric(
        "tokens", tokens
    )
    search.aggs["all"].bucket("passages", inside)
    for name in chosen:
        others = [query for other, query in chosen.items() if other != name]
        own = A("terms", field="facets", size=_MOST_TOKENS, include=f"{name}=.*")
        search.aggs.bucket(f"but_{name}", A("filter", filter=Q("bool", filter=others))).metric("tokens", own)
