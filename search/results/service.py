"""From what a reader asks to what a reader is shown: the search page and the read API call `find`.

What is found has every part of what was asked. Where that is less than a page, what has only some of the
parts stands below, apart and in no count (`Answer.more`), that with more of them first; each says what it
lacks. `scroll` and `scroll_page` give everything that is found, however much it is, for exports and machines.
"""

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

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
from search.results.query_expansion import Expansion, as_typed, expand, looser
from search.results.query_parser import Hint, Typed, clean, parse
from search.results.visibility import public_ids, settled_ids

logger = logging.getLogger(__name__)
FACETS = tuple(DECLARED)
EMPTY = SearchResults(0, 0, (), {})
PAGE_SIZE = 10
# So many documents in all, with those that have only some of the parts.
MOST_MORE = 20
SCROLL_SIZE = 100
LONGEST_MARKED = 300


class Notice(StrEnum):
    """What a reader must know about an answer."""

    RELAXED = "relaxed"  # nothing has all the words, something has some of them
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
class Answer:
    """`asked` is what found the hits. `place` leads to the next page of a scroll; None at its end.

    `more` are documents that have some of the parts, where few have them all. `typed` are the pieces of the
    question's text, so that nobody parses it again.
    """

    question: Question
    typed: Typed
    asked: Expansion
    total: int
    documents: int
    expansions: tuple[str, ...]
    hits: tuple[Hit, ...]
    facets: Mapping[str, tuple[tuple[str, int], ...]]
    notices: frozenset[Notice]
    can_expand: bool = False
    place: Cursor | None = None
    more: tuple[Hit, ...] = ()

    @property
    def hints(self) -> tuple[Hint, ...]:
        return self.typed.hints


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question with its words, parsed and expanded once; `terms` are what the glossary would add."""

    question: Question
    typed: Typed
    expansion: Expansion
    terms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Response:
    """What the engine has found, and whether the fallback did."""

    results: SearchResults = EMPTY
    is_fallback: bool = False


def find(question: Question) -> Answer:
    """The answer to a question, without what is public no more. Without an engine it is empty and says so.

    While a change waits for the index, the words of before are in the index still: so where anything waits,
    or a fallback answers, each hit is looked up, and one that has changed is left out until it is read anew.
    Asked before the search, because the drain may finish meanwhile.
    """
    is_behind = outbox.is_behind()
    answer = _answered(_asked(question), with_more=True)
    if not is_behind and Notice.FALLBACK not in answer.notices:
        return answer
    left = _public if Notice.FALLBACK in answer.notices else _settled
    hits = left(answer.hits)
    gone = [hit for hit in answer.hits if hit not in hits]
    return replace(
        answer,
        hits=hits,
        more=left(answer.more),
        # Numbers of values would tell what the words of before have.
        facets={} if gone else answer.facets,
        total=answer.total - sum(hit.matched for hit in gone),
        documents=answer.documents - len(gone),
    )


def preview(question: Question, typed: Typed | None = None) -> Answer:
    """The answer as the index has it, for numbers and spellings; what is shown comes from `find`.

    `typed` are the pieces of the text where they are known. Whether the glossary would add to a question
    that is asked without it is not looked up.
    """
    typed = typed or parse(question.text)
    asked = _widened(question, typed) if question.expand else _plain(question, typed)
    return _answered(asked, with_more=False)


def _answered(asked: _Asked, *, with_more: bool) -> Answer:
    try:
        response = _ask(asked, _request(asked.question))
        answer = _answer(asked, response)
        if not with_more or not (more := _more(asked, answer)):
            return answer
    except EngineUnavailable as error:
        logger.warning("event=search_unavailable reason=%s", error)
        answer = _answer(asked, _Response())
        return replace(answer, notices=answer.notices | {Notice.DOWN})
    notices = answer.notices if answer.documents else answer.notices | {Notice.RELAXED}
    return replace(answer, more=more, notices=notices)


def scroll(question: Question) -> Iterator[Hit]:
    """Everything a question finds, of one moment; what is withdrawn meanwhile is left out.

    Raises `EngineUnavailable`, and `SnapshotGone` when whoever takes the hits is too slow.
    """
    answer = scroll_page(question, size=SCROLL_SIZE)
    yield from answer.hits
    while answer.place is not None:
        answer = scroll_on(answer, size=SCROLL_SIZE)
        yield from answer.hits


def scroll_page(question: Question, place: Cursor | None = None, *, size: int = PAGE_SIZE) -> Answer:
    """The first page of a scroll, or the one at a place. Raises like `scroll`."""
    return _scroll_page(_asked(question), place, size)


def scroll_on(answer: Answer, *, size: int = PAGE_SIZE) -> Answer:
    """The page of a scroll after this one, whose words are not parsed again. Raises like `scroll`."""
    asked = _Asked(answer.question, answer.typed, answer.asked)
    return replace(_scroll_page(asked, answer.place, size), can_expand=answer.can_expand)


def _scroll_page(asked: _Asked, place: Cursor | None, size: int) -> Answer:
    request = replace(_request(asked.question), page=1, size=size, scroll=place is None, cursor=place)
    response = _ask(asked, request)
    answer = _answer(asked, response)
    return replace(answer, hits=_settled(answer.hits), place=response.results.cursor)


def _public(hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
    public = public_ids({version_id(hit.id, hit.language) for hit in hits})
    return tuple(hit for hit in hits if version_id(hit.id, hit.language) in public)


def _settled(hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
    settled = settled_ids({version_id(hit.id, hit.language) for hit in hits})
    return tuple(hit for hit in hits if version_id(hit.id, hit.language) in settled)


def _asked(question: Question) -> _Asked:
    widened = _widened(question, parse(question.text))
    if question.expand:
        return widened
    return replace(_plain(question, widened.typed), terms=widened.terms)


def _widened(question: Question, typed: Typed) -> _Asked:
    expansion = expand(typed, question.ui, glossary())
    return _Asked(question, typed, expansion, expansion.terms)


def _plain(question: Question, typed: Typed) -> _Asked:
    return _Asked(question, typed, as_typed(typed, question.ui))


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


def _ask(asked: _Asked, request: SearchRequest) -> _Response:
    """Words that cannot be searched find nothing."""
    query = asked.expansion.query
    if asked.question.text.strip() and query.is_empty:
        return _Response()
    return _Response(*fallback.search(replace(request, query=query)))


def _more(asked: _Asked, answer: Answer) -> tuple[Hit, ...]:
    """What has only some of the parts, so that the page is full; that with more of them first.

    What has fewer than half of them is shown where there is nothing else.
    """
    question, wanted = asked.question, MOST_MORE - answer.documents
    if question.page > 1 or question.sort != Sort.RELEVANCE or answer.documents >= PAGE_SIZE:
        return ()
    shown, hits = {hit.id for hit in answer.hits}, list[Hit]()
    half = -(-len(asked.expansion.parts) // 2)
    for looser_asked in looser(asked.expansion):
        if len(hits) >= wanted or (0 < looser_asked.least < half and (hits or shown)):
            break
        request = replace(_request(question), query=looser_asked.query, size=MOST_MORE + len(shown))
        results, _is_fallback = fallback.search(request)
        opening = _opening(asked, looser_asked)
        met = [hit_of(each, opening) for each in results.hits]
        hits += [_lacking(hit, looser_asked) for hit in met if hit.id not in shown]
        shown |= {hit.id for hit in met}
    return tuple(hits[:wanted])


def _lacking(hit: Hit, asked: Expansion) -> Hit:
    """With the parts that neither the passage that opens it nor its title and heading have."""
    texts = [hit.title, *(text for each in hit.passages[:1] for text in (each.heading, each.text))]
    lacks = (
        run.typed
        for run in asked.parts
        if not any(matcher_of(Query((run.node,))).spans(text, hit.language) for text in texts)
    )
    return replace(hit, lacks=tuple(lacks))


def _opening(of: _Asked, asked: Expansion) -> Opening:
    return Opening(of.question.ui, _marked_by(of, asked), matcher_of(asked.query))


def _answer(of: _Asked, response: _Response) -> Answer:
    question, asked, results = of.question, of.expansion, response.results
    opening = _opening(of, asked)
    said = {Notice.CUT: of.typed.is_cut, Notice.FALLBACK: response.is_fallback}
    return Answer(
        question=question,
        typed=of.typed,
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
