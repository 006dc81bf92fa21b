"""Which documents have which tokens, in memory, as bits of large numbers; for `search.engines.embedded` only.

A search gives the numbers of the documents that answer; as one large number with a bit for each, they meet
the documents of every facet value by `&`, and counting bits counts documents: exact, and some microseconds
a value. Made once for each commit a process sees.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import compress
from typing import Any

import tantivy

from search.engines.base import grouped_facets
from search.engines.embedded_query import BRICKS, any_filter
from search.engines.embedded_schema import FIRST, SCHEMA, head_of

MOST_HEADS = 5_000
_KEY_BITS = 40
_NO, _YES = b"0", ord("1")


@dataclass(slots=True)
class DocumentTable:
    """`by_date` are the documents from the newest to the oldest, with `recencies` beside them."""

    size: int
    by_date: list[int]
    recencies: list[int]
    keys: list[int]
    passages: list[int]
    first_rows: list[tantivy.DocAddress | None]
    facets: tuple[str, ...] = ()
    visibilities: tuple[str, ...] = ()
    _bits: dict[str, int] = field(default_factory=dict)
    _heads: dict[int, dict[str, Any]] = field(default_factory=dict)

    def bits_of(self, documents: Iterable[int]) -> int:
        marks = bytearray(_NO * (self.size + 1))
        for document in documents:
            marks[document] = _YES
        marks.reverse()
        return int(marks, 2)

    def newest_first(self, bits: int) -> Iterator[int]:
        """These documents by date; those without one last."""
        return self._those(self.by_date, bits)

    def oldest_first(self, bits: int) -> Iterator[int]:
        """The other way round, those without a date last all the same."""
        dated = self._dated()
        yield from self._those(reversed(self.by_date[:dated]), bits)
        yield from self._those(reversed(self.by_date[dated:]), bits)

    def within(self, since: date | None, until: date | None) -> int:
        """The documents of a span of days; all of them without any."""
        if since is None and until is None:
            return self.bits_of(self.by_date)
        first = self._later_than(until) if until else 0
        last = self._from(since) if since else self._dated()
        return self.bits_of(self.by_date[first:last])

    def number_of_passages(self, bits: int) -> int:
        return sum(compress(self.passages, map(int, self.marks(bits))))

    def having_any(self, tokens: Sequence[str]) -> int:
        """The documents with one of the tokens."""
        bits = 0
        for token in tokens:
            bits |= self._bits.get(token, 0)
        return bits

    def counts(self, bits: int, only: str = "") -> dict[str, tuple[tuple[str, int], ...]]:
        """Facet values of these documents with how many of them have each, of one facet on request."""
        prefix = f"{only}=" if only else ""
        pairs = [
            (token, number)
            for token in self.facets
            if token.startswith(prefix) and (number := (self._bits[token] & bits).bit_count())
        ]
        return {name: tuple(values) for name, values in grouped_facets(pairs).items()}

    def head(self, searcher: tantivy.Searcher, document: int) -> dict[str, Any]:
        """What a `FoundDocument` says of the whole of it; the searcher is that of the table's commit."""
        head = self._heads.get(document)
        if head is None:
            row = self.first_rows[document]
            full = head_of(searcher.doc(row))
            names = ("id", "kind", "language", "title", "path", "year", "details")
            head = {name: full[name] for name in names}
            head["facets"] = {name: tuple(values) for name, values in full["facets"].items()}
            if len(self._heads) >= MOST_HEADS:
                self._heads.clear()
            self._heads[document] = head
        return head

    def marks(self, bits: int) -> str:
        """A `1` for each of these documents, a `0` for every other."""
        return bin(bits)[:1:-1].ljust(self.size, "0")

    def _those(self, documents: Iterable[int], bits: int) -> Iterator[int]:
        marks = self.marks(bits)
        return (document for document in documents if marks[document] == "1")

    def _dated(self) -> int:
        """How many documents have a date."""
        return self._from(date.min)

    def _from(self, day: date) -> int:
        """The place in `by_date` behind all documents of that day and later ones."""
        return bisect_left(self.recencies, 1 - (day.toordinal() << _KEY_BITS), key=lambda each: -each)

    def _later_than(self, day: date) -> int:
        """The place in `by_date` behind all documents of later days."""
        return bisect_left(self.recencies, 1 - (day.toordinal() + 1 << _KEY_BITS), key=lambda each: -each)


def table_of(searcher: tantivy.Searcher) -> DocumentTable:
    """The table of one commit."""
    everything = max(1, searcher.num_docs)
    hits = searcher.search(any_filter([FIRST]), limit=everything, order_by_field="recency", count=False).hits
    rows = [row for _, row in hits]
    by_date = _values(searcher, "document", rows)
    size = max(by_date, default=-1) + 1
    table = DocumentTable(
        size=size,
        by_date=by_date,
        recencies=[recency for recency, _ in hits],
        keys=_by_number(size, by_date, _values(searcher, "key", rows), 0),
        passages=_by_number(size, by_date, _values(searcher, "passages", rows), 0),
        first_rows=_by_number(size, by_date, rows, None),
    )
    _add_tokens(searcher, table)
    return table


def _add_tokens(searcher: tantivy.Searcher, table: DocumentTable) -> None:
    """Most documents are public and shown in every language: there it is quicker to ask who is not."""
    table.facets = tuple(sorted(token for token, _count in searcher.terms_with_prefix("facets", "")))
    for token in table.facets:
        having = tantivy.Query.term_query(SCHEMA, "facets", token, "basic")
        table._bits[token] = table.bits_of(_documents(searcher, having))
    everything = table.within(None, None)
    for name in ("shown=", "visibility="):
        for token, _count in searcher.terms_with_prefix("filters", name):
            lacking = BRICKS.both(must=[any_filter([FIRST])], without=[any_filter([token])])
            table._bits[token] = everything & ~table.bits_of(_documents(searcher, lacking))
    table.visibilities = tuple(token for token in table._bits if token.startswith("visibility="))


def _by_number(size: int, documents: Sequence[int], values: Sequence[Any], nothing: Any) -> list[Any]:
    column = [nothing] * size
    for document, value in zip(documents, values, strict=True):
        column[document] = value
    return column


def _documents(searcher: tantivy.Searcher, query: tantivy.Query) -> list[int]:
    hits = searcher.search(query, limit=max(1, searcher.num_docs), count=False).hits
    return _values(searcher, "document", [row for _, row in hits])


def _values(searcher: tantivy.Searcher, name: str, rows: list[tantivy.DocAddress]) -> list[int]:
    return searcher.fast_field_values(name, rows)  # type: ignore[return-value]
