"""Which documents have which tokens, in memory, as bits of large numbers; for `search.engines.embedded` only.

A document's place is its rank by date, the newest first. A search gives the keys of the documents that
answer; as one number with a bit for each place, it meets the number of every facet value by `&`, and
counting bits counts documents: exact, and some microseconds a value. The order by date is the order of
the bits. Made once for each commit a process sees.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import tantivy

from search.engines.base import grouped_facets
from search.engines.embedded_query import BRICKS, any_filter
from search.engines.embedded_schema import FIRST, SCHEMA, head_of

MOST_HEADS = 5_000
_UNDATED = 1 << 40


@dataclass(slots=True)
class DocumentTable:
    """`facets` names the tokens that are facet values; `dated` counts the documents that have a date."""

    keys: Sequence[int] = ()
    dated: int = 0
    facets: tuple[str, ...] = ()
    _first_rows: Sequence[tantivy.DocAddress] = ()
    _places: dict[int, int] = field(default_factory=dict)
    _bits: dict[str, int] = field(default_factory=dict)
    _heads: dict[int, dict[str, Any]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.keys)

    def place_of(self, key: int) -> int | None:
        return self._places.get(key)

    def bits_of(self, keys: Iterable[int]) -> int:
        """The documents with these keys."""
        places = self._places
        marks = bytearray(len(places) // 8 + 1)
        for key in keys:
            place = places[key]
            marks[place >> 3] |= 1 << (place & 7)
        return int.from_bytes(marks, "little")

    def newest_first(self, bits: int) -> list[int]:
        """The places of these documents, by date; those without one last."""
        text = bin(bits)[:1:-1]
        places, place = [], text.find("1")
        while place >= 0:
            places.append(place)
            place = text.find("1", place + 1)
        return places

    def oldest_first(self, bits: int) -> list[int]:
        """The other way round, those without a date last all the same."""
        dated = bits & (1 << self.dated) - 1
        return [*reversed(self.newest_first(dated)), *reversed(self.newest_first(bits ^ dated))]

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

    def head(self, searcher: tantivy.Searcher, key: int) -> dict[str, Any]:
        """What the first row says of a document; the searcher is that of the table's commit."""
        head = self._heads.get(key)
        if head is None:
            head = head_of(searcher.doc(self._first_rows[self._places[key]]))
            if len(self._heads) >= MOST_HEADS:
                self._heads.clear()
            self._heads[key] = head
        return head


def table_of(searcher: tantivy.Searcher) -> DocumentTable:
    """The table of one commit."""
    everything = max(1, searcher.num_docs)
    hits = searcher.search(any_filter([FIRST]), limit=everything, order_by_field="recency", count=False).hits
    rows = [row for _, row in hits]
    keys = [int(key or 0) for key in searcher.fast_field_values("document", rows)]
    table = DocumentTable(
        keys=keys,
        dated=sum(recency >= _UNDATED for recency, _ in hits),
        _first_rows=rows,
        _places={key: place for place, key in enumerate(keys)},
    )
    table.facets = tuple(sorted(token for token, _count in searcher.terms_with_prefix("facets", "")))
    for token in table.facets:
        table._bits[token] = table.bits_of(
            _keys(searcher, tantivy.Query.term_query(SCHEMA, "facets", token, "basic"))
        )
    for token, _count in searcher.terms_with_prefix("filters", "shown="):
        lacking = BRICKS.both(must=[any_filter([FIRST])], without=[any_filter([token])])
        table._bits[token] = (1 << len(keys)) - 1 ^ table.bits_of(_keys(searcher, lacking))
    return table


def _keys(searcher: tantivy.Searcher, query: tantivy.Query) -> list[int]:
    hits = searcher.search(query, limit=max(1, searcher.num_docs), count=False).hits
    return [int(key or 0) for key in searcher.fast_field_values("document", [row for _, row in hits])]
