"""Tantivy's queries as bricks for `search.engines.translation`; for `search.engines.embedded` only."""

import re
from collections.abc import Iterable, Sequence
from datetime import date

import tantivy
from tantivy import Occur

from search.engines.embedded_schema import SCHEMA


class TantivyBricks:
    """See `search.engines.translation.Bricks`."""

    def term(self, field: str, term: str) -> tantivy.Query:
        return tantivy.Query.term_query(SCHEMA, field, term)

    def phrase(self, field: str, terms: Sequence[str]) -> tantivy.Query:
        return tantivy.Query.phrase_query(SCHEMA, field, list(terms))

    def beginning(self, field: str, beginning: str) -> tantivy.Query:
        return tantivy.Query.regex_query(SCHEMA, field, f"{re.escape(beginning)}.*")

    def both(
        self,
        must: Sequence[tantivy.Query] = (),
        should: Sequence[tantivy.Query] = (),
        without: Sequence[tantivy.Query] = (),
    ) -> tantivy.Query:
        return tantivy.Query.boolean_query(
            [
                *((Occur.Must, query) for query in must),
                *((Occur.Should, query) for query in should),
                *((Occur.MustNot, query) for query in without),
            ]
        )

    def best(self, queries: Sequence[tantivy.Query]) -> tantivy.Query:
        return tantivy.Query.disjunction_max_query(list(queries))

    def scaled(self, query: tantivy.Query, weight: float) -> tantivy.Query:
        return tantivy.Query.boost_query(query, weight)

    def silent(self, query: tantivy.Query) -> tantivy.Query:
        return tantivy.Query.const_score_query(query, 0.0)

    def everything(self) -> tantivy.Query:
        return tantivy.Query.all_query()


BRICKS = TantivyBricks()


def any_filter(tokens: Iterable[str]) -> tantivy.Query:
    """Rows with one of the tokens; without score."""
    return BRICKS.silent(
        BRICKS.both(should=[tantivy.Query.term_query(SCHEMA, "filters", token, "basic") for token in tokens])
    )


def span(since: date | None, until: date | None) -> list[tantivy.Query]:
    """Rows of documents dated within these days; nothing when any day will do."""
    if since is None and until is None:
        return []
    first, last = (day.toordinal() if day else None for day in (since, until))
    rows = tantivy.Query.range_query(SCHEMA, "day", tantivy.FieldType.Unsigned, first, last)
    return [BRICKS.silent(rows)]


def of_documents(numbers: Iterable[int]) -> tantivy.Query:
    """Rows of these documents; a union of terms takes a tenth of the time of a set of them."""
    return BRICKS.silent(
        BRICKS.both(
            should=[tantivy.Query.term_query(SCHEMA, "document", number, "basic") for number in numbers]
        )
    )


def begins(words: Iterable[str]) -> tantivy.Query:
    """First rows whose title has a word beginning with each of the words."""
    return BRICKS.both(must=[tantivy.Query.term_query(SCHEMA, "prefixes", word, "basic") for word in words])
