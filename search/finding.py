"""From what a reader asks to what a reader is shown: the search page and the read API call `find`.

Fewer words than asked are better than an empty page: when no passage has all the words, passages with some
of them are shown, and the reader is told (`Notice.RELAXED`). `walk` and `walk_page` give everything that is
found, however much it is, for exports and machines.
"""

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from urllib.parse import urlencode

from search import selection
from search.documents import PUBLIC, token
from search.engines.base import (
    Cursor,
    EngineUnavailable,
    FoundDocument,
    FoundPassage,
    SearchRequest,
    SearchResults,
    Sort,
)
from search.expansion import Expansion, as_typed, expand
from search.glossary import glossary
from search.marking import Matcher, Span, matcher_of
from search.queries import Query, Typed, clean, parse
from search.standing import still_public

logger = logging.getLogger(__name__)
FACETS = ("kind", "language", "consultation", "segment", "theme", "organization_type", "country", "year")
EMPTY = SearchResults(0, 0, (), {})
PAGE_SIZE = 10
WALK_SIZE = 100


class Notice(StrEnum):
    """What a reader must know about an answer."""

    RELAXED = "relaxed"  # some of the words instead of all
    CUT = "cut"  # only the first words were searched
    SPARE = "spare"  # the server is away, the embedded index answers
    DOWN = "down"  # nothing can answer


@dataclass(frozen=True, slots=True)
class Question:
    """What a reader asks, already checked. `chosen` maps a facet's name to the chosen values.

    `since` and `until` are days, both inclusive.
    """

    text: str
    ui: str
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    page: int = 1
    expand: bool = True
    visibility: tuple[str, ...] = (PUBLIC,)
    sort: Sort = Sort.RELEVANCE
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class ShownPassage:
    """A passage with the places of the found words, and the path that opens it with them marked."""

    text: str
    position: int
    page: int | None
    heading: str
    marks: tuple[Span, ...]
    url: str


@dataclass(frozen=True, slots=True)
class Hit:
    """`id` is the thing's own, the same in every language."""

    id: str
    kind: str
    language: str
    title: str
    title_marks: tuple[Span, ...]
    url: str
    year: int | None
    facets: Mapping[str, tuple[str, ...]]
    details: Mapping[str, str]
    matched: int
    passages: tuple[ShownPassage, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a walk stands; `relaxed` when it goes through passages with some of the words."""

    cursor: Cursor
    relaxed: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """`place` leads to the next page of a walk; None at its end and on a page of any other search."""

    question: Question
    total: int
    documents: int
    expansions: tuple[str, ...]
    hits: tuple[Hit, ...]
    facets: Mapping[str, tuple[tuple[str, int], ...]]
    notices: frozenset[Notice]
    can_expand: bool = False
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class _Understood:
    """A question with what its words mean."""

    question: Question
    typed: Typed
    asked: Expansion
    can_expand: bool

    @property
    def is_unsearchable(self) -> bool:
        """Something was typed, and no word is in it."""
        return bool(self.question.text.strip()) and self.asked.query.is_empty


def find(question: Question) -> Answer:
    """The answer to a question. Never raises: without an engine it is empty and says so."""
    understood, notices = _understood(question), set[Notice]()
    try:
        results = _results(understood, _request(understood), notices)
    except EngineUnavailable as error:
        logger.warning("event=search_unavailable reason=%s", error)
        notices.add(Notice.DOWN)
        results = EMPTY
    return _answer(understood, results, notices)


def walk(question: Question) -> Iterator[Hit]:
    """Everything a question finds, of one moment; what is withdrawn meanwhile is left out.

    Raises `EngineUnavailable`, and `SnapshotGone` when whoever takes the hits is too slow.
    """
    answer = walk_page(question, size=WALK_SIZE)
    yield from answer.hits
    while answer.place is not None:
        answer = walk_page(question, answer.place, size=WALK_SIZE)
        yield from answer.hits


def walk_page(question: Question, place: Place | None = None, *, size: int = PAGE_SIZE) -> Answer:
    """The first page of a walk, or the one at a place. Raises like `walk`."""
    understood, notices = _understood(question), set[Notice]()
    request = replace(_request(understood), page=1, size=size)
    if place is None:
        results = _results(understood, replace(request, walk=True), notices)
    else:
        results = _ask(_relaxed(request) if place.relaxed else request, notices, place.cursor)
        notices |= {Notice.RELAXED} if place.relaxed else set()
    answer = _answer(understood, results, notices)
    public = still_public({hit.id for hit in answer.hits}, question.ui)
    return replace(
        answer,
        hits=tuple(hit for hit in answer.hits if hit.id in public),
        place=Place(results.cursor, Notice.RELAXED in notices) if results.cursor else None,
    )


def _understood(question: Question) -> _Understood:
    typed = parse(question.text)
    widened = expand(typed, question.ui, glossary())
    asked = widened if question.expand else as_typed(typed)
    return _Understood(question, typed, asked, bool(widened.terms))


def _answer(understood: _Understood, results: SearchResults, notices: set[Notice]) -> Answer:
    question, asked = understood.question, understood.asked
    matcher = matcher_of(asked.query)
    return Answer(
        question=question,
        total=results.total,
        documents=results.documents,
        expansions=asked.terms,
        hits=tuple(_hit(found, question, matcher) for found in results.found),
        facets={name: results.facets[name] for name in FACETS if name in results.facets},
        notices=frozenset(notices | ({Notice.CUT} if understood.typed.is_cut else set())),
        can_expand=understood.can_expand,
    )


def _request(understood: _Understood) -> SearchRequest:
    question = understood.question
    return SearchRequest(
        query=understood.asked.query,
        visibility=question.visibility,
        filters=filters_of(question),
        page=question.page,
        size=PAGE_SIZE,
        sort=question.sort,
        since=question.since,
        until=question.until,
    )


def _results(understood: _Understood, request: SearchRequest, notices: set[Notice]) -> SearchResults:
    """What the words find, or some of them when all together find nothing."""
    if understood.is_unsearchable:
        return EMPTY
    results = _ask(request, notices)
    if results.total or len(understood.typed.pieces) < 2 or not request.query.required:
        return results
    some = _ask(_relaxed(request), notices)
    if some.total:
        notices.add(Notice.RELAXED)
    return some


def _relaxed(request: SearchRequest) -> SearchRequest:
    query = request.query
    return replace(request, query=Query(query.required, query.excluded, relaxed=True))


def _ask(request: SearchRequest, notices: set[Notice], cursor: Cursor | None = None) -> SearchResults:
    results, is_spare = selection.search(replace(request, cursor=cursor))
    if is_spare:
        notices.add(Notice.SPARE)
    return results


def filters_of(question: Question) -> dict[str, tuple[str, ...]]:
    """The choices as tokens. Without a choice of language each thing is found in the version shown here."""
    filters = {
        name: tuple(token(name, value) for value in values)
        for name, values in question.chosen.items()
        if name in FACETS and values
    }
    filters.setdefault("language", (token("shown", question.ui),))
    return filters


def _hit(found: FoundDocument, question: Question, matcher: Matcher) -> Hit:
    passages = tuple(_shown(found, passage, question, matcher) for passage in found.passages)
    return Hit(
        id=found.id.partition("/")[0],
        kind=found.kind,
        language=found.language,
        title=found.title,
        title_marks=tuple(matcher.spans(found.title, found.language)),
        url=passages[0].url if passages else found.path.replace("{ui}", question.ui),
        year=found.year,
        facets=found.facets,
        details=found.details,
        matched=found.matched,
        passages=passages,
    )


def _shown(
    document: FoundDocument, found: FoundPassage, question: Question, matcher: Matcher
) -> ShownPassage:
    passage = found.passage
    return ShownPassage(
        text=passage.text,
        position=passage.position,
        page=passage.page,
        heading=passage.heading,
        marks=tuple(matcher.spans(passage.text, document.language)),
        url=_url(document.path.replace("{ui}", question.ui), question.text, passage.anchor, passage.position),
    )


def _url(path: str, text: str, anchor: str, position: int) -> str:
    """Opens the document at the passage with the same words marked."""
    query = {"q": clean(text)[:300]} if text.strip() else {}
    if anchor:
        query["passage"] = str(position)
    return f"{path}{'?' if query else ''}{urlencode(query)}{f'#{anchor}' if anchor else ''}"
