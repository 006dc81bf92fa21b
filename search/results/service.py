"""From what a reader asks to what a reader is shown: the search page and the read API call `find`.

Fewer words than asked are better than an empty page: when no passage has all the words, passages with some
of them are shown, and the reader is told (`Notice.RELAXED`). Where less than a page is found, what has only
some of the words stands below, apart and in no count (`Answer.more`). `scroll` and `scroll_page` give
everything that is found, however much it is, for exports and machines.
"""

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from itertools import islice

from search.engines import fallback
from search.engines.base import Cursor, EngineUnavailable, SearchRequest, SearchResults, Sort
from search.engines.documents import PUBLIC, token
from search.engines.query_tree import Query
from search.index import outbox
from search.index.builders.base import version_id
from search.results.facets import DECLARED
from search.results.glossary_cache import glossary
from search.results.highlighting import AS_TYPED, LOOSE, matcher_of
from search.results.hits import Hit as Hit
from search.results.hits import Opening, hit_of
from search.results.query_expansion import Expansion, as_typed, attempts, expand
from search.results.query_parser import clean, parse
from search.results.visibility import public_ids

logger = logging.getLogger(__name__)
FACETS = tuple(DECLARED)
EMPTY = SearchResults(0, 0, (), {})
PAGE_SIZE = 10
SCROLL_SIZE = 100
LONGEST_MARKED = 300


class Notice(StrEnum):
    """What a reader must know about an answer."""

    RELAXED = "relaxed"  # some of the words instead of all
    CUT = "cut"  # only the first words were searched
    FALLBACK = "spare"  # the server is away, the embedded index answers
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
class Place:
    """Where a scroll stands; `attempt` is the way of asking that found something (`expansion.attempts`)."""

    cursor: Cursor
    attempt: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """`asked` is what found the hits. `place` leads to the next page of a scroll; None at its end.

    `more` holds documents that have some of the words, where few have them all.
    """

    question: Question
    asked: Expansion
    total: int
    documents: int
    expansions: tuple[str, ...]
    hits: tuple[Hit, ...]
    facets: Mapping[str, tuple[tuple[str, int], ...]]
    notices: frozenset[Notice]
    can_expand: bool = False
    place: Place | None = None
    more: "Answer | None" = None


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question with its words, parsed and expanded once; `terms` are what the glossary would add."""

    question: Question
    is_cut: bool
    expansion: Expansion
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Response:
    """What an attempt has found, and which one it was."""

    results: SearchResults
    asked: Expansion
    attempt: int = 0
    is_fallback: bool = False


def find(question: Question) -> Answer:
    """The answer to a question, without what is public no more. Without an engine it is empty and says so.

    While a withdrawal waits for the index, its text is in the index still: so where anything waits, or a
    fallback answers, each hit is looked up. Asked before the search, because the drain may finish meanwhile.
    """
    is_behind = outbox.is_behind()
    answer = preview(question)
    if not is_behind and Notice.FALLBACK not in answer.notices:
        return answer
    more = replace(answer.more, hits=_public(answer.more.hits)) if answer.more else None
    hits = _public(answer.hits)
    gone = [hit for hit in answer.hits if hit not in hits]
    return replace(
        answer,
        hits=hits,
        more=more,
        total=answer.total - sum(hit.matched for hit in gone),
        documents=answer.documents - len(gone),
    )


def preview(question: Question) -> Answer:
    """The answer as the index has it, for numbers and spellings; what is shown comes from `find`."""
    asked = _asked(question)
    try:
        response = _first_with_results(asked, _request(question))
        return replace(_answer(asked, response), more=_more(asked, response))
    except EngineUnavailable as error:
        logger.warning("event=search_unavailable reason=%s", error)
        answer = _answer(asked, _Response(EMPTY, asked.expansion))
        return replace(answer, notices=answer.notices | {Notice.DOWN})


def scroll(question: Question) -> Iterator[Hit]:
    """Everything a question finds, of one moment; what is withdrawn meanwhile is left out.

    Raises `EngineUnavailable`, and `SnapshotGone` when whoever takes the hits is too slow.
    """
    answer = scroll_page(question, size=SCROLL_SIZE)
    yield from answer.hits
    while answer.place is not None:
        answer = scroll_page(question, answer.place, size=SCROLL_SIZE)
        yield from answer.hits


def scroll_page(question: Question, place: Place | None = None, *, size: int = PAGE_SIZE) -> Answer:
    """The first page of a scroll, or the one at a place. Raises like `scroll`."""
    asked = _asked(question)
    request = replace(_request(question), page=1, size=size, scroll=place is None)
    if place is None:
        response = _first_with_results(asked, request)
    else:
        attempt = next(islice(attempts(asked.expansion), place.attempt, None), asked.expansion)
        response = _ask(replace(request, cursor=place.cursor), attempt, place.attempt)
    answer = _answer(asked, response)
    cursor = response.results.cursor
    return replace(
        answer, hits=_public(answer.hits), place=Place(cursor, response.attempt) if cursor else None
    )


def _public(hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
    public = public_ids({version_id(hit.id, hit.language) for hit in hits})
    return tuple(hit for hit in hits if version_id(hit.id, hit.language) in public)


def _asked(question: Question) -> _Asked:
    typed = parse(question.text)
    widened = expand(typed, question.ui, glossary())
    expansion = widened if question.expand else as_typed(typed, question.ui)
    return _Asked(question, typed.is_cut, expansion, widened.terms)


def _request(question: Question) -> SearchRequest:
    return SearchRequest(
        query=Query(),
        visibility=question.visibility,
        filters=filters_of(question),
        page=question.page,
        size=PAGE_SIZE,
        sort=question.sort,
        since=question.since,
        until=question.until,
    )


def _first_with_results(asked: _Asked, request: SearchRequest) -> _Response:
    """What the first attempt finds that finds something. Words that cannot be searched find nothing."""
    nothing = _Response(EMPTY, asked.expansion)
    if asked.question.text.strip() and asked.expansion.query.is_empty:
        return nothing
    for number, attempt in enumerate(attempts(asked.expansion)):
        response = _ask(request, attempt, number)
        if response.results.total:
            return response
        nothing = nothing if number else response
    return nothing


def _more(asked: _Asked, response: _Response) -> Answer | None:
    """Asked most loosely, without what has been found, so that the page is full."""
    question, number = asked.question, response.results.documents
    if question.page > 1 or question.sort != Sort.RELEVANCE or not 0 < number < PAGE_SIZE:
        return None
    *_, (last, loosest) = enumerate(attempts(asked.expansion))
    if last <= response.attempt:
        return None
    looser = _ask(replace(_request(question), size=PAGE_SIZE + number), loosest, last)
    shown = {each.id for each in response.results.hits}
    left = tuple(each for each in looser.results.hits if each.id not in shown)[: PAGE_SIZE - number]
    if not left:
        return None
    return _answer(asked, replace(looser, results=replace(looser.results, hits=left)))


def _ask(request: SearchRequest, asked: Expansion, attempt: int) -> _Response:
    results, is_fallback = fallback.search(replace(request, query=asked.query))
    return _Response(results, asked, attempt, is_fallback)


def _answer(of: _Asked, response: _Response) -> Answer:
    question, asked, results = of.question, response.asked, response.results
    opening = Opening(question.ui, _marked_by(of, asked), matcher_of(asked.query))
    said = {
        Notice.RELAXED: asked.relaxed,
        Notice.CUT: of.is_cut,
        Notice.FALLBACK: response.is_fallback,
    }
    return Answer(
        question=question,
        asked=asked,
        total=results.total,
        documents=results.documents,
        expansions=asked.terms,
        hits=tuple(hit_of(each, opening) for each in results.hits),
        facets={name: results.facets[name] for name in FACETS if name in results.facets},
        notices=frozenset(notice for notice, holds in said.items() if holds),
        can_expand=bool(asked.terms if question.expand else of.terms),
    )


def _marked_by(of: _Asked, asked: Expansion) -> dict[str, str]:
    """The part of an address that has a page mark the words by which it was found."""
    question = of.question
    if not question.text.strip():
        return {}
    how = AS_TYPED if not question.expand else LOOSE if asked.runs != of.expansion.runs else ""
    return {"q": clean(question.text)[:LONGEST_MARKED], **({"expand": how} if how else {})}


def filters_of(question: Question) -> dict[str, tuple[str, ...]]:
    """The choices as tokens. Without a choice of language each thing is found in the version shown here."""
    filters = {
        name: tuple(token(name, value) for value in values)
        for name, values in question.chosen.items()
        if name in FACETS and values
    }
    filters.setdefault("language", (token("shown", question.ui),))
    return filters
