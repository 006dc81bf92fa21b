"""Elasticsearch's queries as bricks, and the whole search request; for `search.engines.elastic` only.

Everything here is plain `elasticsearch.dsl` and can be looked at as a dictionary without a server.
"""

from collections.abc import Sequence
from string import ascii_lowercase
from typing import Any

from elasticsearch.dsl import A, Q, Search
from elasticsearch.dsl.query import Query as ElasticQuery

from search.engines.base import WINDOW, SearchRequest, Sort
from search.engines.documents import PASSAGE_FIELDS, token
from search.engines.translation import text_query

_MOST_TOKENS = 10_000
INNER = "best"
SIMILAR = ("similar", "other_beginnings")
# Spellings looked at before the nearest are chosen.
_CANDIDATES = 100


class ElasticBricks:
    """See `search.engines.translation.Bricks`; fields are those of a passage."""

    def term(self, field: str, term: str) -> ElasticQuery:
        return Q("term", **{f"passages.{field}": {"value": term}})

    def phrase(self, field: str, terms: Sequence[str]) -> ElasticQuery:
        wanted = {"query": " ".join(terms), "analyzer": "whitespace"}
        return Q("match_phrase", **{f"passages.{field}": wanted})

    def beginning(self, field: str, beginning: str) -> ElasticQuery:
        return Q("prefix", **{f"passages.{field}": {"value": beginning, "rewrite": "constant_score"}})

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
    chosen = {name: _any_filter(tokens) for name, tokens in request.filters.items() if tokens}
    search = (
        Search()
        .query(
            "bool",
            must=[_passages(text, asked, request.passages)],
            filter=[visible(request.visibility), *_days(request)],
        )
        .post_filter("bool", filter=list(chosen.values()))
        .sort(*_order(request.sort, asked))
        .source(["head"])
        .extra(**_page(request), track_total_hits=True, track_scores=asked)
    )
    _add_counts(search, chosen, text)
    return search


def _passages(text: ElasticQuery, asked: bool, size: int) -> ElasticQuery:
    """Documents by their best passage, with the best ones."""
    inner = {
        "name": INNER,
        "size": size,
        "sort": [*([{"_score": "desc"}] if asked else []), {"passages.position": "asc"}],
        "track_scores": asked,
        "_source": [f"passages.{name}" for name in PASSAGE_FIELDS],
    }
    return Q("nested", path="passages", query=text, score_mode="max" if asked else "none", inner_hits=inner)


def _days(request: SearchRequest) -> list[ElasticQuery]:
    ends = {name: day.toordinal() for name, day in (("gte", request.since), ("lte", request.until)) if day}
    return [Q("range", day=ends)] if ends else []


def _order(sort: Sort, asked: bool) -> list[str | dict[str, Any]]:
    """Every order is strict, so that a scroll can go on after any document."""
    if sort is Sort.OLDEST:
        return [{"day": {"order": "asc", "missing": "_last"}}, "recency"]
    if sort is Sort.RELEVANCE and asked:
        return ["_score", "order"]
    return ["-recency"]


def _page(request: SearchRequest) -> dict[str, Any]:
    """A scroll reads one document ahead, to know whether there is more."""
    if request.scroll or request.cursor:
        after = {"search_after": list(request.cursor.after)} if request.cursor else {}
        return {"size": request.size + 1, **after}
    start = (request.page - 1) * request.size
    rows = max(0, min(request.size, WINDOW - start))
    return {"from_": start if rows else 0, "size": rows}


def suggestions_of(words: Sequence[str], visibility: Sequence[str], shown_in: str, limit: int) -> Search:
    """Documents whose title has a word beginning with each of the words."""
    begins = [Q("term", prefixes={"value": word}) for word in words]
    filters = [*begins, visible(visibility), _any_filter([token("shown", shown_in)])]
    return Search().query("bool", filter=filters).sort("-recency").source(["head"]).extra(size=limit)


def similar_to(word: str) -> Search:
    """Words of the index at most two letters away, as the term suggester finds them.

    It keeps the first letter when it changes two. So what becomes of the word by a change at its beginning
    is asked for too, with one more change.
    """
    beginnings = {word[1:], word[1] + word[0] + word[2:]}
    beginnings |= {letter + rest for letter in ascii_lowercase for rest in (word, word[1:])}
    search = Search().extra(size=0)
    for name, text, edits in ((SIMILAR[0], word, 2), (SIMILAR[1], " ".join(sorted(beginnings)), 1)):
        wanted = {
            "field": "passages.exact",
            "size": _CANDIDATES,
            "suggest_mode": "always",
            "max_edits": edits,
            "prefix_length": 0,
            "min_word_length": 1,
            "max_term_freq": 2**31 - 1,
            "accuracy": 0.0,
            "string_distance": "damerau_levenshtein",
        }
        search = search.suggest(name, text, term=wanted)
    return search


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
