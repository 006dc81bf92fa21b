"""Which words of a text a search has found, and why; results and pages of the portal mark with it.

`marks` answers the library's `words_sought`. A matcher knows a query's words in every language, so a text is
marked by the rules of its own language. Pure but for the glossary.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from search.engines.query_tree import All, AnyOf, Exact, Node, Phrase, Prefix, Query, Word
from search.results.query_expansion import Expansion, Glossary, Run, as_typed, expand, loosened
from search.results.query_parser import parse
from search.text import analysis

Span = tuple[int, int]
Place = Literal["text", "heading", "title"]
# How a search was asked, when not as it stands: without the glossary, or with its terms loosened.
AS_TYPED, LOOSE = "0", "loose"


@dataclass(frozen=True, slots=True)
class Reason:
    """Words that were found for something typed. `concept` is the key of the glossary's concept that led
    from the one to the other, empty where the typed words themselves were found."""

    typed: str
    found: str
    where: Place
    concept: str = ""


@dataclass(slots=True)
class Matcher:
    """The wanted words of a query as sequences by their first one, and the wanted beginnings of words."""

    _terms: dict[str, list[tuple[str, ...]]] = field(default_factory=dict)
    _exact: dict[str, list[tuple[str, ...]]] = field(default_factory=dict)
    _beginnings: tuple[str, ...] = ()

    def spans(self, text: str, language: str) -> list[Span]:
        """Where the wanted words stand, in order, none over another."""
        spans: list[Span] = []
        if self._terms:
            tokens = analysis.tokens(text, language)
            tagged = [analysis.Token(analysis.tagged(t.term, language), t.start, t.end) for t in tokens]
            spans += _sequences(tagged, self._terms)
        if self._exact or self._beginnings:
            folded = analysis.folded_tokens(text)
            spans += _sequences(folded, self._exact)
            spans += [(t.start, t.end) for t in folded if t.term.startswith(self._beginnings)]
        return _merged(spans)

    def add(self, node: Node) -> None:
        match node:
            case Word(terms):
                for term in terms:
                    self._terms.setdefault(term, []).append((term,))
            case Phrase(terms):
                self._terms.setdefault(terms[0], []).append(terms)
            case Exact(words):
                self._exact.setdefault(words[0], []).append(words)
            case Prefix(beginning):
                self._beginnings += (beginning,)
            case All(nodes) | AnyOf(nodes):
                for part in nodes:
                    self.add(part)


def matcher_of(query: Query) -> Matcher:
    matcher = Matcher()
    for node in query.required:
        matcher.add(node)
    return matcher


def marks(
    text: str, query: str, ui_language: str = "", language: str = "", how: str = "", **kwargs: object
) -> list[Span]:
    """Spans of `text` (in `language`) that a reader of `ui_language` who typed `query` is shown as found.

    `how` is what a result's address says of its search: `AS_TYPED`, `LOOSE` or nothing.
    """
    from search.results.glossary_cache import glossary  # slow: pure callers of this module need no database

    known = None if how == AS_TYPED else glossary()
    return matcher_for(query, ui_language, known, how == LOOSE).spans(text, language or ui_language)


@lru_cache(maxsize=64)
def matcher_for(query: str, ui: str, glossary: Glossary | None, is_loose: bool = False) -> Matcher:
    """The matcher of what somebody typed, with the glossary's terms or without, loosened or not."""
    typed = parse(query)
    asked = as_typed(typed, ui) if glossary is None else expand(typed, ui, glossary)
    return matcher_of((loosened(asked) if is_loose else asked).query)


def reasons(asked: Expansion, text: str, heading: str, title: str, language: str) -> tuple[Reason, ...]:
    """Why a passage is an answer: per typed word or phrase what was found for it, each words once.

    They are looked for in the passage first, then in its heading, then in the title of its document.
    """
    places: tuple[tuple[Place, str], ...] = (("text", text), ("heading", heading), ("title", title))
    kept: dict[tuple[str, ...], Reason] = {}
    for run in asked.runs:
        if run.is_excluded:
            continue
        matcher = _matcher_of_node(run.node)
        for where, content in places:
            for start, end in matcher.spans(content, language):
                marked = content[start:end]
                reason = Reason(run.typed, marked, where, _concept(run, marked, language))
                kept.setdefault((run.typed, *analysis.folded(marked)), reason)
    return tuple(kept.values())


@lru_cache(maxsize=256)
def _matcher_of_node(node: Node) -> Matcher:
    return matcher_of(Query((node,)))


def _concept(run: Run, marked: str, language: str) -> str:
    """The concept by which these words were found, empty when they are (some of) the typed ones."""
    if not run.concepts:
        return ""
    words = tuple(analysis.tagged_terms(marked, language))
    typed = tuple(term for piece in run.pieces for term in analysis.tagged_terms(piece.text, language))
    if words == typed or (len(words) == 1 and words[0] in typed):
        return ""
    of_words = (named.key for named in run.concepts if any(p.terms == words for p in named.phrases))
    return next(of_words, run.concepts[0].key)


def _sequences(tokens: list[analysis.Token], wanted: dict[str, list[tuple[str, ...]]]) -> Iterator[Span]:
    for at, token in enumerate(tokens):
        for sequence in wanted.get(token.term, ()):
            part = tokens[at : at + len(sequence)]
            if tuple(each.term for each in part) == sequence:
                yield token.start, part[-1].end


def _merged(spans: Iterable[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
