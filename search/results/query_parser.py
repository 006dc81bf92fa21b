"""From what somebody typed to a tree that every engine understands; pure, no engine syntax anywhere.

All words are wanted in one passage (or its title and heading). `"exact phrase"` wants the words as typed,
one after another, whatever their accents and case; `-word` and `-"some words"` leave out passages that
hold them; `word*` wants any word that begins so. Nothing else is syntax: AND, OR, NOT, brackets, colons
and tildes are words or signs like any others. Any text whatever can be parsed; words beyond the first
`MOST_WORDS` are not searched.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from portal.common.characters import shown_again
from search.engines.query_tree import Exact, Node, Phrase, Prefix, Query, Word
from search.text import analysis

MOST_WORDS = 32
LONGEST_QUERY = 10_000
SHORTEST_BEGINNING = 2

_QUOTES = str.maketrans(dict.fromkeys("“”„«»〝〞＂", '"'))
_MINUS = ("-", "−")
_CHUNK = re.compile(r"\S+")
_STAR = "*"
_UNSPEAKABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A word, the beginning of one, or words in quotation marks, as typed but for the signs."""

    text: str
    is_exact: bool = False
    is_excluded: bool = False
    is_prefix: bool = False

    @property
    def is_plain(self) -> bool:
        return not (self.is_exact or self.is_excluded or self.is_prefix)


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed, in pieces; `is_cut` when there was more than can be searched."""

    pieces: tuple[Piece, ...]
    is_cut: bool = False


def clean(text: str) -> str:
    """The text without what can neither be shown nor stored, no longer than can be searched."""
    return shown_again(_UNSPEAKABLE.sub(" ", text[:LONGEST_QUERY])).strip()


def parse(text: str) -> Typed:
    """The pieces of a query, in order. Never raises."""
    pieces = tuple(islice(_pieces(clean(text)), MOST_WORDS + 1))
    return Typed(pieces[:MOST_WORDS], len(pieces) > MOST_WORDS or len(text) > LONGEST_QUERY)


def word_node(text: str) -> Word | None:
    """The node of one word; None when nothing searchable is in it."""
    terms = dict.fromkeys(
        analysis.tagged(term, language)
        for language in (*analysis.LANGUAGES, analysis.OTHER)
        if (term := analysis.term(text, language))
    )
    return Word(tuple(terms)) if terms else None


def phrase_node(text: str, language: str) -> Phrase | None:
    """The words of a language one after another."""
    terms = tuple(analysis.tagged_terms(text, language))
    return Phrase(terms) if terms else None


def prefix_node(text: str) -> Prefix | None:
    """The node of a word's beginning; None for one so short that half the language begins so."""
    words = analysis.folded(text)
    return Prefix(words[-1]) if words and len(words[-1]) >= SHORTEST_BEGINNING else None


def piece_node(piece: Piece) -> Node | None:
    if piece.is_prefix:
        return prefix_node(piece.text)
    if not piece.is_exact:
        return word_node(piece.text)
    words = tuple(analysis.folded(piece.text))
    return Exact(words) if words else None


def query_of(typed: Typed) -> Query:
    """The query as typed, with nothing added."""
    nodes = [(piece, piece_node(piece)) for piece in typed.pieces]
    return Query(
        required=tuple(node for piece, node in nodes if node and not piece.is_excluded),
        excluded=tuple(node for piece, node in nodes if node and piece.is_excluded),
    )


def _pieces(text: str) -> Iterator[Piece]:
    parts = text.translate(_QUOTES).split('"')
    for number, part in enumerate(parts):
        quoted = number % 2 == 1 and number < len(parts) - 1
        before = parts[number - 1] if number else ""
        if quoted:
            yield from _quoted(part, excluded=_ends_in_minus(before))
        else:
            yield from _words(part, minus_is_next=_ends_in_minus(part) and number < len(parts) - 2)


def _ends_in_minus(text: str) -> bool:
    return text.endswith(_MINUS) and (len(text) == 1 or text[-2].isspace())


def _quoted(text: str, *, excluded: bool) -> Iterator[Piece]:
    words = analysis.words(text)
    if words:
        yield Piece(" ".join(words[:MOST_WORDS]), is_exact=True, is_excluded=excluded)


def _words(text: str, *, minus_is_next: bool) -> Iterator[Piece]:
    for match in _CHUNK.finditer(text[:-1] if minus_is_next else text):
        chunk = match.group()
        tokens = analysis.tokens(chunk, analysis.OTHER)
        words = [chunk[token.start : token.end] for token in tokens]
        if chunk.startswith(_MINUS) and words:
            is_prefix = len(words) == 1 and _is_beginning(chunk, tokens[0])
            yield Piece(" ".join(words[:MOST_WORDS]), len(words) > 1, True, is_prefix)
        else:
            for word, token in zip(words, tokens, strict=True):
                yield Piece(word, is_prefix=_is_beginning(chunk, token))


def _is_beginning(chunk: str, token: analysis.Token) -> bool:
    """Whether a star stands behind the word and nothing of a word behind the star."""
    rest = chunk[token.end :]
    after = rest.lstrip(_STAR)[:1]
    is_starred = rest.startswith(_STAR) and not after.isalnum()
    return is_starred and prefix_node(chunk[token.start : token.end]) is not None
