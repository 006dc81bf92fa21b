"""What every engine can do, and the data that goes in and comes out.

Rules all engines share, kept by one contract suite:
- a document is replaced as a whole; a write or delete older than what the index holds is ignored;
- documents come by the score of their best passage, equal scores by `documents.order_key`; without a
  question by date, newest first. Within a document passages come by score, then by position;
- `total` counts passages, `documents` and every facet count documents. A facet's own choice does not
  change its own counts;
- nothing is found whose visibility the reader was not given: the argument has no default;
- a scroll reads one snapshot from its first page to its last: what is written meanwhile neither repeats nor
  hides a document. A snapshot lasts some minutes, then the engine raises `SnapshotGone`. A scroll still lists
  what was withdrawn since its first page: where that matters, its caller asks the database.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Protocol

from search.engines.documents import IndexDocument, Passage
from search.engines.query_tree import Query

# Part of every generation's name, raised with the layout and with the analyser's rules: an index made by
# other rules is never opened, and the follower makes a new one.
LAYOUT = 3
WINDOW = 10_000
# What a word in the title and heading counts beside one in the passage itself. The title counts more than
# the heading and a listing less than other passages by the terms they have: `search.engines.documents`.
CONTEXT_WEIGHT = 0.6


class EngineUnavailable(Exception):
    """The engine cannot answer now: down, too slow, or without an index."""


class Refused(EngineUnavailable):
    """The server is well and does not take this one request."""


class NoIndex(EngineUnavailable):
    """There is no index yet; `rebuild_index` makes one."""


class WriterFailed(EngineUnavailable):
    """A writer whose earlier write failed refuses all others; only a new writer can go on."""


class SnapshotGone(Exception):
    """The snapshot of a scroll has been let go: begin again."""


class WriterBusy(Exception):
    """Another process holds the one writer of this index."""


class Sort(StrEnum):
    """The order of documents. Without a question there is no relevance: then it is the newest first."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a scroll stands: the snapshot it reads and the sort values of the last document given.

    Whole numbers among them are longer than a float can hold: pass them on as they are.
    """

    snapshot: str
    after: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """What is asked of an engine.

    `filters`: per facet the tokens of which a document must have one (`documents.token`). `since` and
    `until` are days, both inclusive; a document without a date is in no span of days. `scroll` asks for the
    first page of a scroll, `cursor` for the next one; `page` is 1 then.
    """

    query: Query
    visibility: tuple[str, ...]
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    page: int = 1
    size: int = 10
    passages: int = 3
    sort: Sort = Sort.RELEVANCE
    since: date | None = None
    until: date | None = None
    scroll: bool = False
    cursor: Cursor | None = None


@dataclass(frozen=True, slots=True)
class FoundPassage:
    passage: Passage
    score: float


@dataclass(frozen=True, slots=True)
class FoundDocument:
    """A document with its best passages; `matched` counts all of its passages that match."""

    id: str
    kind: str
    language: str
    title: str
    path: str
    year: int | None
    facets: Mapping[str, tuple[str, ...]]
    details: Mapping[str, str]
    matched: int
    score: float
    passages: tuple[FoundPassage, ...]


@dataclass(frozen=True, slots=True)
class SearchResults:
    """`facets` maps a facet's name to its values with their counts, the largest first.

    `cursor` leads to the next page of a scroll; None at its end.
    """

    total: int
    documents: int
    hits: tuple[FoundDocument, ...]
    facets: Mapping[str, tuple[tuple[str, int], ...]]
    cursor: Cursor | None = None


@dataclass(frozen=True, slots=True)
class Suggestion:
    id: str
    kind: str
    language: str
    title: str
    path: str


@dataclass(frozen=True, slots=True)
class Stored:
    """What the index holds of a document, for comparison with the database."""

    version: int
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Deletion:
    id: str
    version: int


@dataclass(frozen=True, slots=True)
class Health:
    """`carried`: see `Engine.carried`."""

    engine: str
    is_ready: bool
    generation: str | None
    documents: int = 0
    carried: int = 0
    problem: str = ""


class Writer(Protocol):
    """Writes to one generation. What was written can be found after `refresh`."""

    @property
    def generation(self) -> str: ...

    def index(self, documents: Sequence[IndexDocument]) -> dict[str, str]:
        """Store the documents; returns the reason per id for those the engine refused for good."""

    def delete(self, deletions: Sequence[Deletion]) -> None: ...

    def refresh(self, version: int = 0) -> None:
        """Make visible what was written, and note that all versions up to this one have been carried here."""

    def inventory(self) -> Iterator[tuple[str, Stored]]: ...


class Engine(Protocol):
    """All methods raise `EngineUnavailable` when the engine cannot answer."""

    @property
    def name(self) -> str: ...

    def search(self, request: SearchRequest) -> SearchResults: ...

    def suggest(
        self, text: str, *, visibility: tuple[str, ...], shown_in: str, limit: int = 8
    ) -> tuple[Suggestion, ...]: ...

    def similar(self, word: str, *, limit: int = 5) -> tuple[str, ...]:
        """Folded words of the index at most two letters away from the word, the nearest and then most
        frequent first, never the word itself. They may come from texts the reader may not see: show one
        only when a search with the reader's visibility finds it.
        """

    def inventory(self) -> Iterator[tuple[str, Stored]]:
        """Every document of the generation in use, in no order."""

    def generation(self) -> str | None:
        """The generation in use; None when there is no index."""

    def carried(self) -> int:
        """The version up to which the generation in use was carried; 0 without one.

        It is above the database's clock only where an older database was put in the place of this one.
        """

    def generations(self) -> tuple[str, ...]: ...

    def new_generation(self) -> str: ...

    def swap(self, generation: str) -> None:
        """Readers see this generation from now on; at no moment do they see none or two."""

    def drop(self, generation: str) -> None: ...

    def writer(self, generation: str | None = None) -> AbstractContextManager[Writer]:
        """A writer for a generation, by default the one in use. Raises `WriterBusy`, `NoIndex`."""

    def health(self) -> Health: ...


def grouped_facets(buckets: Sequence[tuple[str, int]]) -> dict[str, list[tuple[str, int]]]:
    """Counts of facet tokens as counts of values by facet, the largest first, equal ones by value."""
    facets: dict[str, list[tuple[str, int]]] = {}
    for token, count in sorted(buckets, key=lambda bucket: (-bucket[1], bucket[0])):
        name, _, value = token.partition("=")
        facets.setdefault(name, []).append((value, count))
    return facets
