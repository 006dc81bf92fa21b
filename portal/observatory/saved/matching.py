"""Which questions the documents of one commit answer: a small index in memory, asked as the real one is.

Pure, the glossary is passed in; `alerts` calls it. Words are matched by the terms and queries of the embedded
engine, so a document matches exactly when the search page finds it with all the words as asked, the page's
first attempt. Filters and days are facts of whole documents and are looked up before.
"""

import hashlib
from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import tantivy
from django.http import QueryDict

from search.engines.documents import IndexDocument, token
from search.engines.embedded_query import BRICKS, of_documents
from search.engines.embedded_schema import SCHEMA
from search.engines.query_tree import All, AnyOf, Exact, Node, Phrase, Prefix, Query, Word
from search.engines.translation import text_query
from search.index.builders.base import identity_of
from search.results.query_expansion import Glossary, as_typed, expand
from search.results.query_params import question_of
from search.results.query_parser import parse
from search.results.service import Question, filters_of
from search.text.analysis import LONGEST_TERM

HEAP = 15_000_000
KEPT = 20_000


@dataclass(frozen=True, slots=True, eq=False)
class Wanted:
    """A question ready to be asked of many commits."""

    question: Question
    query: Query
    filters: tuple[tuple[str, ...], ...]
    words: tantivy.Query = field(repr=False)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a thing answers best: the version and its passage."""

    thing: str
    document: str
    position: int
    page: int | None
    anchor: str


def strict_query(question: Question, glossary: Glossary) -> Query | None:
    """The query with all the words, as the page asks it first; None when nothing can be found."""
    typed = parse(question.text)
    query = (expand(typed, question.ui, glossary) if question.expand else as_typed(typed, question.ui)).query
    return None if question.text.strip() and query.is_empty else query


class Questions:
    """Saved questions made ready, each once while the glossary says the same."""

    def __init__(self, glossary: Glossary) -> None:
        self._glossary, self._stamp = glossary, _stamp(glossary)

    def wanted(self, address: str, language: str) -> Wanted | None:
        return _wanted(address, language, _Terms(self._stamp, self._glossary))


class Commit:
    """The changed documents of one commit, numbered; sets of them are bits of a number."""

    def __init__(self, documents: Sequence[IndexDocument]) -> None:
        self._documents = documents
        self._things = [identity_of(document.id) for document in documents]
        self._having: dict[str, int] = {}
        for number, document in enumerate(documents):
            for name in document.filter_tokens:
                self._having[name] = self._having.get(name, 0) | 1 << number
        self._searcher = _searcher(documents)
        self._terms = {name: _vocabulary(self._searcher, name) for name in ("body", "context", "exact")}
        self._sorted = sorted(self._terms["exact"])

    def answering(self, wanted: Wanted) -> frozenset[str]:
        """The things of which a version answers."""
        return frozenset(self._things[number] for number in self._numbers(wanted))

    def spots(self, wanted: Wanted, things: Collection[str]) -> dict[str, Spot]:
        """Of these things the best passage; what does not answer is left out."""
        numbers = [number for number in self._numbers(wanted) if self._things[number] in things]
        if not numbers:
            return {}
        hits = self._hits(BRICKS.both(must=[wanted.words, of_documents(numbers)]))
        addresses = [address for _, address in hits]
        owners = self._searcher.fast_field_values("document", addresses)
        places = self._searcher.fast_field_values("position", addresses)
        best_first = sorted(
            (-score, int(place or 0), int(owner or 0))
            for (score, _), place, owner in zip(hits, places, owners, strict=True)
        )
        spots: dict[str, Spot] = {}
        for _score, place, number in best_first:
            if self._things[number] not in spots:
                spots[self._things[number]] = _spot(self._documents[number], place)
        return spots

    def _numbers(self, wanted: Wanted) -> list[int]:
        left = self._left(wanted)
        if not left or not all(self._may_hold(node) for node in wanted.query.required):
            return []
        if wanted.query.is_empty:
            return [number for number in range(len(self._documents)) if left >> number & 1]
        hits = self._hits(BRICKS.silent(wanted.words))
        owners = self._searcher.fast_field_values("document", [address for _, address in hits])
        return [number for number in {int(owner or 0) for owner in owners} if left >> number & 1]

    def _hits(self, query: tantivy.Query) -> list[Any]:
        """All of them: of so few rows that takes a tenth of the time of counting by document."""
        return list(self._searcher.search(query, limit=max(1, self._searcher.num_docs), count=False).hits)

    def _left(self, wanted: Wanted) -> int:
        """The documents that the filters and days let through."""
        left = (1 << len(self._documents)) - 1
        for choice in wanted.filters:
            having = 0
            for name in choice:
                having |= self._having.get(name, 0)
            left &= having
        question = wanted.question
        if left and (question.since or question.until):
            for number, document in enumerate(self._documents):
                if not _is_within(document, question):
                    left &= ~(1 << number)
        return left

    def _may_hold(self, node: Node) -> bool:
        """Whether any passage could answer: a look at words alone, so that few questions are asked."""
        match node:
            case All(nodes):
                return all(self._may_hold(part) for part in nodes)
            case AnyOf(nodes):
                return any(self._may_hold(part) for part in nodes)
            case Word(terms):
                return any(self._is_known(term) for term in terms)
            case Phrase(terms):
                return all(self._is_known(term) for term in terms)
            case Exact(words):
                return self._terms["exact"].issuperset(words)
            case Prefix(beginning):
                start = beginning[:LONGEST_TERM]
                place = bisect_left(self._sorted, start)
                return place < len(self._sorted) and self._sorted[place].startswith(start)

    def _is_known(self, term: str) -> bool:
        return term in self._terms["body"] or term in self._terms["context"]


@dataclass(frozen=True, slots=True)
class _Terms:
    """A glossary that equals another with the same terms."""

    stamp: str
    glossary: Glossary = field(compare=False, hash=False)


@lru_cache(maxsize=KEPT)
def _wanted(address: str, language: str, terms: _Terms) -> Wanted | None:
    question = question_of(QueryDict(address), language)
    query = strict_query(question, terms.glossary)
    if query is None:
        return None
    visible = tuple(token("visibility", each) for each in question.visibility)
    filters = (visible, *(tokens for tokens in filters_of(question).values() if tokens))
    return Wanted(question, query, filters, text_query(query, BRICKS))


def _stamp(glossary: Glossary) -> str:
    said = repr([(concept.key, concept.terms) for concept in glossary.concepts])
    return hashlib.blake2b(said.encode(), digest_size=16).hexdigest()


def _searcher(documents: Iterable[IndexDocument]) -> tantivy.Searcher:
    """An index in memory with what questions ask of a passage: its words, its document, its place there."""
    index = tantivy.Index(SCHEMA)
    analyzer = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    index.register_tokenizer("whitespace", analyzer)
    writer = index.writer(HEAP, 1)
    for number, document in enumerate(documents):
        for place, (_passage, terms) in enumerate(document.rows()):
            row = tantivy.Document()
            row.add_text("body", terms.body)
            row.add_text("context", terms.context)
            row.add_text("exact", terms.exact)
            row.add_unsigned("document", number)
            row.add_unsigned("position", place)
            writer.add_document(row)
    writer.commit()
    index.reload()
    writer.wait_merging_threads()
    return index.searcher()


def _vocabulary(searcher: tantivy.Searcher, field_name: str) -> frozenset[str]:
    return frozenset(term for term, _count in searcher.terms_with_prefix(field_name, ""))


def _is_within(document: IndexDocument, question: Question) -> bool:
    day = document.dated
    if day is None:
        return False
    return (question.since or day) <= day <= (question.until or day)


def _spot(document: IndexDocument, place: int) -> Spot:
    passage = document.readable_passages()[place]
    position = max(0, passage.position)
    return Spot(identity_of(document.id), document.id, position, passage.page, passage.anchor)
