"""What the index holds: documents with their passages, as plain data; pure, any module of search may call it.

An engine stores a document as its passages. The terms of each are made here, once for all engines:
`body` (heading where it changes, and text; before the first passage the title too), `context` (title and
heading) and `exact` (folded words of the body, for phrases in quotation marks).

What weighs how much is partly in these terms, because that is the same on every engine and costs nothing
when searching: the title stands several times before the first passage and in the context, the heading
once; and a listing is made long with gaps nobody can ask for, so that a word in it counts little.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Any

from search.text import analysis

PUBLIC = "public"
GAP = "¶"
TITLE_TIMES, LISTING_TIMES = 3, 8
LONGEST_PREFIX = 15
MOST_KEPT, LONGEST_KEPT = 65_536, 64
PASSAGE_FIELDS = ("text", "position", "page", "heading", "anchor", "is_listing")


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of text to find and to open at.

    `is_listing` marks what only names other passages, as a table of contents does: it is found like any
    other, but weighs less.
    """

    text: str
    position: int
    page: int | None = None
    heading: str = ""
    anchor: str = ""
    is_listing: bool = False

    def as_dict(self) -> dict[str, Any]:
        """Like `asdict`, which copies deeply and takes ten times as long."""
        return {name: getattr(self, name) for name in PASSAGE_FIELDS}


@dataclass(frozen=True, slots=True)
class IndexDocument:
    """A public thing in one language, as it is found.

    `path` is a path in which `{ui}` stands for the reader's language. `shown_in` names the readers'
    languages whose page shows this version; a thing without translations is shown in all of them.
    `facets` maps a facet's name to its values; kind, language and year join them by themselves. `dated`
    orders documents when nothing is asked. `details` are facts a result shows.
    """

    id: str
    kind: str
    language: str
    title: str
    path: str
    version: int = 0
    year: int | None = None
    dated: date | None = None
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    details: Mapping[str, str] = field(default_factory=dict)
    shown_in: tuple[str, ...] = analysis.LANGUAGES
    visibility: str = PUBLIC
    passages: tuple[Passage, ...] = ()

    @property
    def all_facets(self) -> dict[str, tuple[str, ...]]:
        """The facets every document has, and its own."""
        year = (str(self.year),) if self.year else ()
        return {"kind": (self.kind,), "language": (self.language,), "year": year, **self.facets}

    @property
    def facet_tokens(self) -> list[str]:
        return [
            token(name, value) for name, values in self.all_facets.items() for value in sorted(set(values))
        ]

    @property
    def filter_tokens(self) -> list[str]:
        """What a search may restrict by: facets, the readers it is shown to, visibility."""
        shown = [token("shown", language) for language in self.shown_in]
        return [*self.facet_tokens, *shown, token("visibility", self.visibility)]

    @property
    def day(self) -> int | None:
        """The date as a number, for spans of days."""
        return self.dated.toordinal() if self.dated else None

    @property
    def recency(self) -> int:
        """The newest has the largest, a document without date one of the smallest; by key within a day."""
        return (self.day or 0) << 40 | order_key(self.id) & (1 << 40) - 1

    @property
    def fingerprint(self) -> str:
        """Changes when anything readers can see changes; the version is no part of it."""
        content = {
            **{each.name: getattr(self, each.name) for each in fields(self)},
            "facets": {name: list(values) for name, values in self.facets.items()},
            "details": dict(self.details),
            "passages": [passage.as_dict() for passage in self.passages],
            "dated": str(self.dated),
            "version": 0,
        }
        canonical = json.dumps(content, ensure_ascii=False, sort_keys=True)
        return hashlib.blake2b(canonical.encode("utf-8", "replace"), digest_size=12).hexdigest()

    def readable_passages(self) -> tuple[Passage, ...]:
        """The passages; a document without text has its title as its one passage."""
        return self.passages or (Passage(self.title, 1),)

    def rows(self) -> Iterator[tuple[Passage, "Terms"]]:
        """Each passage with its terms, in order."""
        heading = ""
        for number, passage in enumerate(self.readable_passages()):
            parts = [passage.text]
            if passage.heading and passage.heading != heading and passage.heading not in passage.text[:400]:
                parts.insert(0, passage.heading)
            heading = passage.heading
            title = [self.title] * TITLE_TIMES
            if number == 0:
                parts = [*(title if self.passages else title[1:]), *parts]
            context = [*title, *([passage.heading] if passage.heading else [])]
            yield passage, _terms(parts, context, self.language, is_listing=passage.is_listing)


@dataclass(frozen=True, slots=True)
class Terms:
    """A passage as an engine takes it: terms joined by spaces."""

    body: str
    context: str
    exact: str


def token(name: str, value: str) -> str:
    """A facet and its value as one word of the index."""
    return f"{name}={value}"


def order_key(document_id: str) -> int:
    """The number that stands for a document in an engine, and orders documents of equal score."""
    return int.from_bytes(hashlib.blake2b(document_id.encode(), digest_size=8).digest(), "big") >> 1


def prefixes(text: str) -> str:
    """Beginnings of the text's words, for suggestions while typing."""
    beginnings = {
        word[:length]
        for word in analysis.folded(text)
        for length in range(1, min(len(word), LONGEST_PREFIX) + 1)
    }
    return " ".join(sorted(beginnings))


class _Memory(dict[str, str]):
    """What analysis makes of a run of characters without a space, kept for the next time.

    No word has a space in it, so that a text's terms are those of its runs. Reading them here takes a
    tenth of the time.
    """

    def __init__(self, analyse: Callable[[str], list[str]]) -> None:
        self._analyse = analyse

    def __missing__(self, run: str) -> str:
        if len(self) >= MOST_KEPT:
            self.clear()
        made = " ".join(self._analyse(run))
        if len(run) <= LONGEST_KEPT:
            self[run] = made
        return made

    def terms(self, text: str) -> str:
        return " ".join(filter(None, map(self.__getitem__, text.split())))


class _Memories(dict[str, _Memory]):
    """One memory per language; `cache_clear` forgets them all, as after a change of the rules."""

    def __missing__(self, language: str) -> _Memory:
        self[language] = _Memory(lambda run: analysis.tagged_terms(run, language))
        return self[language]

    def cache_clear(self) -> None:
        self.clear()
        _FOLDED.clear()


_TAGGED, _FOLDED = _Memories(), _Memory(lambda run: analysis.folded(run))


def _terms(parts: list[str], context: list[str], language: str, *, is_listing: bool) -> Terms:
    terms = Terms(
        body=f" {GAP} ".join(map(_TAGGED[language].terms, parts)),
        context=f" {GAP} ".join(map(_TAGGED[language].terms, context)),
        exact=f" {GAP} ".join(map(_FOLDED.terms, parts)),
    )
    if not is_listing:
        return terms
    return replace(terms, body=_lengthened(terms.body), exact=_lengthened(terms.exact))


def _lengthened(terms: str) -> str:
    """The same terms in a field several times as long."""
    return terms + f" {GAP}" * ((LISTING_TIMES - 1) * (terms.count(" ") + 1))
