"""From what a reader asks to what a reader is shown: the search page and the read API call `find`.

Fewer words than asked are better than an empty page: when no passage has all the words, passages with some
of them are shown, and the reader is told (`Notice.RELAXED`).
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import urlencode

from search import selection
from search.documents import PUBLIC, token
from search.engines.base import (
    EngineUnavailable,
    FoundDocument,
    FoundPassage,
    SearchRequest,
    SearchResults,
)
from search.expansion import Expansion, as_typed, expand
from search.glossary import glossary
from search.marking import Matcher, Span, matcher_of
from search.queries import Query, clean, parse

logger = logging.getLogger(__name__)
FACETS = ("kind", "language", "consultation", "segment", "theme", "organization_type", "country", "year")
EMPTY = SearchResults(0, 0, (), {})
PAGE_SIZE = 10


class Notice(StrEnum):
    """What a reader must know about an answer."""

    RELAXED = "relaxed"  # some of the words instead of all
    CUT = "cut"  # only the first words were searched
    SPARE = "spare"  # the server is away, the embedded index answers
    DOWN = "down"  # nothing can answer


@dataclass(frozen=True, slots=True)
class Question:
    """What a reader asks, already checked. `chosen` maps a facet's name to the chosen values."""

    text: str
    ui: str
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    page: int = 1
    expand: bool = True
    visibility: tuple[str, ...] = (PUBLIC,)


@dataclass(frozen=True, slots=True)
class ShownPassage:
    """A passage with the places of the found words, and the path that opens it with them marked."""

    text: str
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
class Answer:
    question: Question
    total: int
    documents: int
    expansions: tuple[str, ...]
    hits: tuple[Hit, ...]
    facets: Mapping[str, tuple[tuple[str, int], ...]]
    notices: frozenset[Notice]
    can_expand: bool = False


def find(question: Question) -> Answer:
    """The answer to a question. Never raises: without an engine it is empty and says so."""
    typed = parse(question.text)
    widened = expand(typed, question.ui, glossary())
    asked = widened if question.expand else as_typed(typed)
    notices = {Notice.CUT} if typed.is_cut else set()
    results = _results(question, asked, len(typed.pieces), notices)
    matcher = matcher_of(asked.query)
    return Answer(
        question=question,
        total=results.total,
        documents=results.documents,
        expansions=asked.terms,
        hits=tuple(_hit(found, question, matcher) for found in results.found),
        facets={name: results.facets[name] for name in FACETS if name in results.facets},
        notices=frozenset(notices),
        can_expand=bool(widened.terms),
    )


def _results(question: Question, asked: Expansion, pieces: int, notices: set[Notice]) -> SearchResults:
    if question.text.strip() and asked.query.is_empty:
        return EMPTY
    try:
        results = _ask(question, asked.query, notices)
        if not results.total and pieces > 1 and asked.query.required:
            relaxed = Query(asked.query.required, asked.query.excluded, relaxed=True)
            some = _ask(question, relaxed, notices)
            if some.total:
                notices.add(Notice.RELAXED)
                return some
    except EngineUnavailable as error:
        logger.warning("event=search_unavailable reason=%s", error)
        notices.add(Notice.DOWN)
        return EMPTY
    return results


def _ask(question: Question, query: Query, notices: set[Notice]) -> SearchResults:
    request = SearchRequest(query, question.visibility, filters_of(question), question.page, PAGE_SIZE)
    results, is_spare = selection.search(request)
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
