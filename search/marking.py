"""Which words of a text a search has found; results, reading pages and pages of the portal mark with it.

`settings.LIBRARY_MARKER` names `marks`. A matcher knows a query's words in every language, so a text is
marked by the rules of its own language. Pure but for the glossary.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from search import analysis
from search.expansion import Glossary, as_typed, expand
from search.queries import All, AnyOf, Exact, Node, Phrase, Query, Word, parse

Span = tuple[int, int]


@dataclass(slots=True)
class Matcher:
    """The wanted words of a query as sequences by their first one."""

    _terms: dict[str, list[tuple[str, ...]]] = field(default_factory=dict)
    _exact: dict[str, list[tuple[str, ...]]] = field(default_factory=dict)

    def spans(self, text: str, language: str) -> list[Span]:
        """Where the wanted words stand, in order, none over another."""
        found: list[Span] = []
        if self._terms:
            tokens = analysis.tokens(text, language)
            tagged = [analysis.Token(analysis.tagged(t.term, language), t.start, t.end) for t in tokens]
            found += _sequences(tagged, self._terms)
        if self._exact:
            found += _sequences(analysis.folded_tokens(text), self._exact)
        return _merged(found)

    def add(self, node: Node) -> None:
        match node:
            case Word(terms):
                for term in terms:
                    self._terms.setdefault(term, []).append((term,))
            case Phrase(terms):
                self._terms.setdefault(terms[0], []).append(terms)
            case Exact(words):
                self._exact.setdefault(words[0], []).append(words)
            case All(nodes) | AnyOf(nodes):
                for part in nodes:
                    self.add(part)


def matcher_of(query: Query) -> Matcher:
    matcher = Matcher()
    for node in query.required:
        matcher.add(node)
    return matcher


def marks(text: str, query: str, ui_language: str = "", language: str = "") -> list[Span]:
    """Spans of `text` (in `language`) that a reader of `ui_language` who typed `query` is shown as found."""
    from search.glossary import glossary  # slow: pure callers of this module need no database

    return matcher_for(query, ui_language, glossary()).spans(text, language or ui_language)


@lru_cache(maxsize=64)
def matcher_for(query: str, ui: str, glossary: Glossary | None) -> Matcher:
    """The matcher of what somebody typed, with the glossary's terms or without."""
    typed = parse(query)
    return matcher_of((as_typed(typed) if glossary is None else expand(typed, ui, glossary)).query)


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
