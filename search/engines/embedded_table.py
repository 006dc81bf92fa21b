"""Which documents have which tokens, in memory, as bits of large numbers; for `search.engines.embedded` only.

A search gives the keys of the documents that answer; as one number with a bit for each, it meets the number
of every facet value by `&`, and counting bits counts documents: exact, and some microseconds a value.
Made once for each commit a process sees.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import tantivy

from search.engines.base import grouped_facets
from search.engines.embedded_query import BRICKS, any_filter
from search.engines.embedded_schema import FIRST

MOST_DOCUMENTS, MOST_TOKENS = 65_000, 10_000


@dataclass(slots=True)
class DocumentTable:
    """`facets` names the tokens that are facet values; `bits` holds every token's documents."""

    facets: tuple[str, ...] = ()
    _places: dict[int, int] = field(default_factory=dict)
    _bits: dict[str, int] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self._places)

    def bits_of(self, keys: Iterable[int]) -> int:
        """The documents with these keys."""
        places = self._places
        marks = bytearray(len(places) // 8 + 1)
        for key in keys:
            place = places[key]
            marks[place >> 3] |= 1 << (place & 7)
        return int.from_bytes(marks, "little")

    def having_any(self, tokens: Sequence[str]) -> int:
        """The documents with one of the tokens."""
        bits = 0
        for token in tokens:
            bits |= self._bits.get(token, 0)
        return bits

    def inside(self, keys: Mapping[int, int], bits: int) -> dict[int, int]:
        """Of documents with their numbers of passages, those whose bit is set."""
        places = self._places
        marks = bits.to_bytes(len(places) // 8 + 1, "little")
        return {
            key: number for key, number in keys.items() if marks[places[key] >> 3] >> (places[key] & 7) & 1
        }

    def counts(self, bits: int, only: str = "") -> dict[str, tuple[tuple[str, int], ...]]:
        """Facet values of these documents with how many of them have each, of one facet on request."""
        prefix = f"{only}=" if only else ""
        pairs = [
            (token, number)
            for token in self.facets
            if token.startswith(prefix) and (number := (self._bits[token] & bits).bit_count())
        ]
        return {name: tuple(values) for name, values in grouped_facets(pairs).items()}


def table_of(searcher: tantivy.Searcher) -> DocumentTable:
    """The table of one commit."""
    keys = _keys(searcher, any_filter([FIRST]))
    table = DocumentTable(_places={key: place for place, key in enumerate(keys)})
    wanted = {"tokens": {"terms": {"field": "facets", "size": MOST_TOKENS}}}
    buckets = searcher.aggregate(any_filter([FIRST]), wanted)["tokens"]["buckets"]
    table.facets = tuple(sorted(str(bucket["key"]) for bucket in buckets))
    shown = [token for token, _count in searcher.terms_with_prefix("filters", "shown=")]
    for token in (*table.facets, *shown):
        having = BRICKS.both(must=[any_filter([token]), any_filter([FIRST])])
        table._bits[token] = table.bits_of(_keys(searcher, having))
    return table


def _keys(searcher: tantivy.Searcher, query: tantivy.Query) -> list[int]:
    hits = searcher.search(query, limit=max(1, searcher.num_docs), count=False).hits
    return [int(key or 0) for key in searcher.fast_field_values("document", [row for _, row in hits])]
