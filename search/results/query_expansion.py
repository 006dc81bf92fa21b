"""Widens a query by the glossary: a concept named in one language is searched in all four.

A concept is named when its terms stand one after another in what was typed, in the reader's language first
and then in any; the longest term wins. What is asked is then the concept, not the words: the phrases of
all its terms in all languages, the same whichever of them was typed, so that the same passages are found.
Where nothing has these phrases, `attempts` says how to ask more loosely. Broader and narrower concepts are
no part of it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from search.engines.query_tree import All, AnyOf, Node, Phrase, Query, Word
from search.results.query_parser import Piece, Typed, phrase_node, piece_node
from search.text import analysis
from search.text.language_detection import is_small, language_of, may_be


class Concept(Protocol):
    """`portal.taxonomy.queries.Concept`: terms by language, the preferred one first."""

    @property
    def key(self) -> str: ...
    @property
    def terms(self) -> Mapping[str, tuple[str, ...]]: ...


@dataclass(frozen=True, slots=True)
class Named:
    """A concept that was named, with the phrases that are searched for it."""

    key: str
    phrases: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """Pieces that are asked as one: the words that name concepts, or one piece by itself."""

    pieces: tuple[Piece, ...]
    node: Node
    concepts: tuple[Named, ...] = ()

    @property
    def typed(self) -> str:
        return " ".join(f"{piece.text}{'*' * piece.is_prefix}" for piece in self.pieces)

    @property
    def is_excluded(self) -> bool:
        return self.pieces[0].is_excluded


@dataclass(frozen=True, slots=True)
class Expansion:
    """What to ask, run by run as typed, and the terms searched beside what was typed."""

    runs: tuple[Run, ...]
    terms: tuple[str, ...] = ()
    relaxed: bool = False

    @property
    def query(self) -> Query:
        return Query(
            required=tuple(run.node for run in self.runs if not run.is_excluded),
            excluded=tuple(run.node for run in self.runs if run.is_excluded),
            relaxed=self.relaxed,
        )

    @property
    def concepts(self) -> tuple[str, ...]:
        """The keys of the concepts that were named, in the order they were typed."""
        return tuple(dict.fromkeys(named.key for run in self.runs for named in run.concepts))


@dataclass(slots=True, eq=False)
class Glossary:
    """Concepts by their analysed terms in each language."""

    concepts: tuple[Concept, ...] = ()
    longest: int = 0
    _by_terms: dict[str, dict[tuple[str, ...], list[Concept]]] = field(default_factory=dict)
    _phrases: dict[str, tuple[Phrase, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for concept in self.concepts:
            phrases = (
                self._add(concept, language, text)
                for language, texts in sorted(concept.terms.items())
                for text in texts
            )
            self._phrases[concept.key] = tuple(dict.fromkeys(phrase for phrase in phrases if phrase))

    def _add(self, concept: Concept, language: str, text: str) -> Phrase | None:
        terms = tuple(analysis.terms(text, language))
        if terms:
            same = self._by_terms.setdefault(language, {}).setdefault(terms, [])
            if concept not in same:
                same.append(concept)
            self.longest = max(self.longest, len(terms))
        return phrase_node(text, language)

    def named_by(self, words: Sequence[str], ui: str) -> tuple[str, list[Concept]]:
        """The concepts these words name, and in which language: the reader's or failing that any."""
        for language in (ui, *(code for code in analysis.LANGUAGES if code != ui)):
            terms = tuple(analysis.term(word, language) for word in words)
            if concepts := self._by_terms.get(language, {}).get(terms):
                return language, concepts
        return "", []

    def named(self, concept: Concept) -> Named:
        return Named(concept.key, self._phrases[concept.key])


def as_typed(typed: Typed, ui: str = "") -> Expansion:
    """The query without the glossary."""
    return Expansion(_wanted(_plain(typed.pieces), typed, ui))


def expand(typed: Typed, ui: str, glossary: Glossary) -> Expansion:
    """The query with every concept it names asked by its terms in all languages."""
    runs: list[Run] = []
    terms: list[str] = []
    start = 0
    while start < len(typed.pieces):
        length, language, concepts = _longest_run(
            typed.pieces[start : start + max(1, glossary.longest)], ui, glossary
        )
        pieces = typed.pieces[start : start + length]
        if concepts:
            named = tuple(glossary.named(concept) for concept in concepts)
            runs.append(Run(pieces, _meaning(pieces, named, language, ui), named))
            terms += _other_terms(pieces, concepts)
        else:
            runs += _plain(pieces)
        start += length
    return Expansion(_wanted(runs, typed, ui), tuple(dict.fromkeys(terms)))


def attempts(asked: Expansion) -> Iterator[Expansion]:
    """What to ask one after another until something is found: as asked, loosened, any part of it."""
    yield asked
    looser = loosened(asked)
    if looser != asked:
        yield looser
    if len(looser.query.required) > 1:
        yield replace(looser, relaxed=True)


def loosened(asked: Expansion) -> Expansion:
    """The same with the words of a term anywhere in the passage, alike for every term and language."""
    runs = (replace(run, node=_loose(run.node)) if run.concepts else run for run in asked.runs)
    return replace(asked, runs=tuple(runs))


def _plain(pieces: Iterable[Piece]) -> Iterator[Run]:
    return (Run((piece,), node) for piece in pieces if (node := piece_node(piece)) is not None)


def _wanted(runs: Iterable[Run], typed: Typed, ui: str) -> tuple[Run, ...]:
    """The runs without the small words of the reader's or the query's language, unless there are no others.

    `the right to asylum` wants *right* and *asylum*: a passage that has no *to* answers it as well. Quoted
    words, exclusions and concepts keep their small words.
    """
    every = tuple(runs)
    languages = {ui, language_of(" ".join(piece.text for piece in typed.pieces))}
    kept = tuple(run for run in every if not _is_small(run, languages))
    return kept if any(not run.is_excluded for run in kept) else every


def _is_small(run: Run, languages: Iterable[str]) -> bool:
    plain = not run.concepts and run.pieces[0].is_plain
    return plain and any(is_small(run.typed, language) for language in languages)


def _longest_run(pieces: Sequence[Piece], ui: str, glossary: Glossary) -> tuple[int, str, list[Concept]]:
    plain = next((at for at, piece in enumerate(pieces) if not piece.is_plain), len(pieces))
    for length in range(plain, 0, -1):
        language, concepts = glossary.named_by([piece.text for piece in pieces[:length]], ui)
        if concepts:
            return length, language, concepts
    return 1, "", []


def _meaning(pieces: Sequence[Piece], named: Sequence[Named], language: str, ui: str) -> Node:
    """The concepts' phrases; and the words as the reader's language has them where they may be of it.

    An English reader's `engagement` names a concept only in French: the English word stays searched.
    """
    phrases = [phrase for each in named for phrase in each.phrases]
    if language != ui and ui in analysis.LANGUAGES:
        typed = " ".join(piece.text for piece in pieces)
        own = phrase_node(typed, ui)
        if own is not None and may_be(typed, ui):
            phrases.append(own)
    return AnyOf(tuple(dict.fromkeys(phrases)))


def _loose(node: Node) -> Node:
    if isinstance(node, AnyOf):
        return AnyOf(tuple(_loose(part) for part in node.nodes))
    words = tuple(Word((term,)) for term in node.terms) if isinstance(node, Phrase) else (node,)
    return words[0] if len(words) == 1 else All(words)


def _other_terms(pieces: Sequence[Piece], concepts: Sequence[Concept]) -> list[str]:
    """Preferred terms first, then variants; not what was typed, nothing twice, however it is spelled."""
    given = [
        (rank, language, text)
        for concept in concepts
        for language, texts in concept.terms.items()
        for rank, text in enumerate(texts)
    ]
    kept: dict[tuple[str, ...], str] = {}
    for _rank, language, text in sorted(given, key=lambda each: min(each[0], 1)):
        typed = tuple(analysis.term(piece.text, language) for piece in pieces)
        if tuple(analysis.terms(text, language)) != typed:
            kept.setdefault(tuple(analysis.folded(text)), text)
    return list(kept.values())
