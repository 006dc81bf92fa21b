"""Widens a query by the glossary: a concept named in one language is searched in all four.

A concept's term is met when its terms stand one after another in what was typed, in the reader's language
first and then in any; the longest term wins. The words stay as typed; beside them the concept's terms in
every language are searched as phrases, and the reader is told which.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from search import analysis
from search.queries import All, AnyOf, Node, Piece, Query, Typed, phrase_node, piece_node, word_node


class Concept(Protocol):
    """`portal.taxonomy.queries.Concept`: terms by language, the preferred one first."""

    @property
    def key(self) -> str: ...
    @property
    def terms(self) -> dict[str, tuple[str, ...]]: ...


@dataclass(frozen=True, slots=True)
class Expansion:
    """The query to ask, and the terms searched beside what was typed."""

    query: Query
    terms: tuple[str, ...] = ()


@dataclass(slots=True, eq=False)
class Glossary:
    """Concepts by their analysed terms in each language."""

    concepts: tuple[Concept, ...] = ()
    longest: int = 0
    _by_terms: dict[str, dict[tuple[str, ...], list[Concept]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for concept in self.concepts:
            for language, texts in concept.terms.items():
                for text in texts:
                    self._add(concept, language, tuple(analysis.terms(text, language)))

    def _add(self, concept: Concept, language: str, terms: tuple[str, ...]) -> None:
        if terms:
            found = self._by_terms.setdefault(language, {}).setdefault(terms, [])
            if concept not in found:
                found.append(concept)
            self.longest = max(self.longest, len(terms))

    def named_by(self, words: Sequence[str], ui: str) -> list[Concept]:
        """The concepts these words name, by the reader's language or failing that by any."""
        for language in (ui, *(code for code in analysis.LANGUAGES if code != ui)):
            terms = tuple(analysis.term(word, language) for word in words)
            if found := self._by_terms.get(language, {}).get(terms):
                return found
        return []


def as_typed(typed: Typed) -> Expansion:
    """The query without the glossary."""
    return _expansion(([piece], []) for piece in typed.pieces)


def expand(typed: Typed, ui: str, glossary: Glossary) -> Expansion:
    """The query with every concept it names widened to its terms in all languages."""
    return _expansion(_runs(typed.pieces, ui, glossary))


def _runs(
    pieces: Sequence[Piece], ui: str, glossary: Glossary
) -> Iterator[tuple[Sequence[Piece], list[Concept]]]:
    """The pieces in order, those that name a concept together with it."""
    start = 0
    while start < len(pieces):
        length, concepts = _longest_run(pieces[start : start + glossary.longest], ui, glossary)
        yield pieces[start : start + length], concepts
        start += length


def _longest_run(pieces: Sequence[Piece], ui: str, glossary: Glossary) -> tuple[int, list[Concept]]:
    plain = next((at for at, piece in enumerate(pieces) if piece.is_exact or piece.is_excluded), len(pieces))
    for length in range(plain, 0, -1):
        if concepts := glossary.named_by([piece.text for piece in pieces[:length]], ui):
            return length, concepts
    return 1, []


def _expansion(runs: Iterable[tuple[Sequence[Piece], list[Concept]]]) -> Expansion:
    required: list[Node] = []
    excluded: list[Node] = []
    terms: list[str] = []
    for pieces, concepts in runs:
        if concepts:
            required.append(_widened(pieces, concepts))
            terms += _other_terms(pieces, concepts)
            continue
        for piece in pieces:
            if (node := piece_node(piece)) is not None:
                (excluded if piece.is_excluded else required).append(node)
    return Expansion(Query(tuple(required), tuple(excluded)), tuple(dict.fromkeys(terms)))


def _widened(pieces: Sequence[Piece], concepts: Sequence[Concept]) -> Node:
    words = tuple(node for piece in pieces if (node := word_node(piece.text)))
    typed: Node = words[0] if len(words) == 1 else All(words)
    phrases = [
        phrase
        for concept in concepts
        for language, texts in concept.terms.items()
        for text in texts
        if (phrase := phrase_node(text, language))
    ]
    return AnyOf((typed, *dict.fromkeys(phrases)))


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
