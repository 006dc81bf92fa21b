"""Widens a query by the glossary: a concept named in one language is searched in all four.

A concept is named when its terms stand one after another in what was typed, in the reader's language first
and then in any; the longest term wins. What is asked is then the concept, not the words: the phrases of
all its terms in all languages, the same whichever of them was typed, so that the same passages are found.
Broader and narrower concepts are no part of it.

A query has parts: a concept, words in quotation marks, a date, or a word. What answers it has them all; what
has some of them is asked for by `looser`, those with more parts first.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import pairwise
from typing import Protocol

from search.engines.query_tree import All, AnyOf, Node, Phrase, Query, Word
from search.results.dates import date_at
from search.results.query_parser import Piece, Typed, phrase_node, piece_node
from search.text import analysis
from search.text.language_detection import is_small, language_of, may_be

# Words of questions, which no answer has: the small words are those of `search.text.language_detection`.
_ASKING = {
    "es": "hay puedo puedes puede pueden podemos debo debe deben dime quiero saber cuales existe existen",
    "en": "do does is are can may tell me find there please s get i want know",
    "pt": "posso pode podem devo deve devem diga quero saber quais existe existem qual",
    "fr": "est ce puis peut peuvent dois doit doivent faut dites veux savoir existe existent",
}
ASKING = {language: frozenset(words.split()) for language, words in _ASKING.items()}
# So many small words may stand between two that belong together.
MOST_BETWEEN = 4
_LONGEST_KEPT = 64


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
    """A part of a query, pieces that are asked as one: words that name concepts, a date, or one piece.

    `at` is the place of the first of them.
    """

    pieces: tuple[Piece, ...]
    node: Node
    concepts: tuple[Named, ...] = ()
    at: int = 0

    @property
    def typed(self) -> str:
        return " ".join(
            f"{'OR ' * piece.is_alternative}{piece.text}{'*' * piece.is_prefix}" for piece in self.pieces
        )

    @property
    def is_excluded(self) -> bool:
        return self.pieces[0].is_excluded

    @property
    def is_word(self) -> bool:
        return len(self.pieces) == 1 and self.pieces[0].is_plain and not self.concepts


@dataclass(frozen=True, slots=True)
class Expansion:
    """What to ask, run by run as typed, and the terms searched beside what was typed.

    `least`: so many parts are enough; 0 wants all. `near` are neighbouring words as phrases.
    """

    runs: tuple[Run, ...]
    terms: tuple[str, ...] = ()
    least: int = 0
    near: tuple[Node, ...] = ()

    @property
    def parts(self) -> tuple[Run, ...]:
        return tuple(run for run in self.runs if not run.is_excluded)

    @property
    def query(self) -> Query:
        return Query(
            required=tuple(run.node for run in self.parts),
            excluded=tuple(run.node for run in self.runs if run.is_excluded),
            least=self.least,
            near=self.near,
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
            terms = tuple(term for word in words for term in _terms(word, language))
            if concepts := self._by_terms.get(language, {}).get(terms):
                return language, concepts
        return "", []

    def named(self, concept: Concept) -> Named:
        return Named(concept.key, self._phrases[concept.key])


def _terms(word: str, language: str) -> tuple[str, ...]:
    """The terms of a typed word or written form; the same words are looked up many times a search."""
    return (
        _kept_terms(word, language) if len(word) <= _LONGEST_KEPT else tuple(analysis.terms(word, language))
    )


@lru_cache(maxsize=4_096)
def _kept_terms(word: str, language: str) -> tuple[str, ...]:
    return tuple(analysis.terms(word, language))


def as_typed(typed: Typed, ui: str = "") -> Expansion:
    """The query without the glossary."""
    runs: list[Run] = []
    at = 0
    while at < len(typed.pieces):
        runs += _part(typed.pieces, at)
        at += len(runs[-1].pieces) if runs and runs[-1].at == at else 1
    return _asked(runs, typed, ui)


def expand(typed: Typed, ui: str, glossary: Glossary) -> Expansion:
    """The query with every concept it names asked by its terms in all languages."""
    runs: list[Run] = []
    terms: list[str] = []
    at = 0
    while at < len(typed.pieces):
        # What stands in place of the piece before may be a concept, too.
        first = replace(typed.pieces[at], is_alternative=False)
        ahead = (first, *typed.pieces[at + 1 : at + max(1, glossary.longest)])
        length, language, concepts = _longest_run(ahead, ui, glossary)
        pieces = typed.pieces[at : at + length]
        if concepts:
            named = tuple(glossary.named(concept) for concept in concepts)
            runs.append(Run(pieces, _meaning(pieces, named, language, ui), named, at))
            terms += _other_terms(pieces, concepts)
        else:
            part = _part(typed.pieces, at)
            runs += part
            length = len(part[0].pieces) if part else 1
        at += length
    return replace(_asked(runs, typed, ui), terms=tuple(dict.fromkeys(terms)))


def looser(asked: Expansion) -> Iterator[Expansion]:
    """How to ask for what has not every part as it was typed, one after another.

    First with the words of a concept anywhere in the passage; then with a part less each time, down to half
    of them; then with any, which a caller asks only where nothing was found.
    """
    scattered, number = loosened(asked), len(asked.parts)
    if scattered != asked:
        yield scattered
    half = -(-number // 2)
    for least in [*range(number - 1, half - 1, -1), *([1] if half > 1 else [])]:
        yield replace(scattered, least=least)


def loosened(asked: Expansion) -> Expansion:
    """The same with the words of a term anywhere in the passage, alike for every term and language."""
    runs = tuple(replace(run, node=_loose(run.node)) if run.concepts else run for run in asked.runs)
    together = tuple(run.node for run in asked.parts if run.concepts and _loose(run.node) != run.node)
    return replace(asked, runs=runs, near=(*asked.near, *together)) if together else asked


def _part(pieces: Sequence[Piece], at: int) -> list[Run]:
    """The date that begins here, or the piece by itself; nothing where it cannot be searched."""
    plain = next((n for n, piece in enumerate(pieces[at:]) if not piece.is_plain), len(pieces) - at)
    if dated := date_at([piece.text for piece in pieces[at : at + plain]]):
        length, node = dated
        return [Run(tuple(pieces[at : at + length]), node, at=at)]
    only = piece_node(pieces[at])
    return [Run((pieces[at],), only, at=at)] if only is not None else []


def _asked(runs: Sequence[Run], typed: Typed, ui: str) -> Expansion:
    """The runs without the small words of the reader's or the query's language, unless there are no others.

    `the right to asylum` wants *right* and *asylum*: a passage that has no *to* answers it as well. Quoted
    words, exclusions and concepts keep their small words.
    """
    languages = {ui, language_of(" ".join(piece.text for piece in typed.pieces))}
    kept = tuple(run for run in _joined(runs) if not _is_small(run, languages))
    wanted = kept if any(not run.is_excluded for run in kept) else tuple(_joined(runs))
    return Expansion(wanted, near=tuple(_near(wanted, typed, languages)))


def _joined(runs: Iterable[Run]) -> list[Run]:
    """One part where a piece will do in place of the one before."""
    joined: list[Run] = []
    for run in runs:
        if run.pieces[0].is_alternative and joined:
            last = joined.pop()
            nodes = (*last.node.nodes, run.node) if isinstance(last.node, AnyOf) else (last.node, run.node)
            joined.append(
                Run((*last.pieces, *run.pieces), AnyOf(nodes), (*last.concepts, *run.concepts), last.at)
            )
        else:
            joined.append(run)
    return joined


def _near(runs: Sequence[Run], typed: Typed, languages: Iterable[str]) -> Iterator[Node]:
    """Each two words that were typed one after another, with the small words between them."""
    known = [language for language in analysis.LANGUAGES if language in languages]
    for one, two in pairwise(runs):
        if not (one.is_word and two.is_word) or two.at - one.at > MOST_BETWEEN:
            continue
        text = " ".join(piece.text for piece in typed.pieces[one.at : two.at + 1])
        phrases = dict.fromkeys(phrase for code in known if (phrase := phrase_node(text, code)))
        if phrases:
            yield AnyOf(tuple(phrases)) if len(phrases) > 1 else next(iter(phrases))


def _is_small(run: Run, languages: Iterable[str]) -> bool:
    return run.is_word and any(
        is_small(run.typed, language) or analysis.term(run.typed, "") in ASKING.get(language, ())
        for language in languages
    )


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
        typed = tuple(term for piece in pieces for term in _terms(piece.text, language))
        if tuple(analysis.terms(text, language)) != typed:
            kept.setdefault(tuple(analysis.folded(text)), text)
    return list(kept.values())
