"""From what somebody typed to a tree that every engine understands; pure, no engine syntax anywhere.

All words are wanted in one passage (or its title and heading). `"exact phrase"` wants the words as typed,
one after another, whatever their accents and case; `-word` and `-"some words"` leave out passages that
hold them; `word*` wants any word that begins so. `one OR other` wants one of both, `NOT word` is `-word`, AND
adds nothing; in capitals only, and not in a query that is all capitals. `title:word` wants it in a title or
heading, `source:word` in the name of whom it is from. Nothing else is syntax; what people know from elsewhere
and type in vain is told (`Typed.hints`). Any text whatever can be parsed; words beyond the first `MOST_WORDS`
are not searched.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import islice

from portal.common.characters import shown_again
from search.engines.query_tree import AnyOf, Exact, Node, Phrase, Prefix, Query, Sourced, Titled, Word
from search.text import analysis

MOST_WORDS = 32
LONGEST_QUERY = 10_000
SHORTEST_BEGINNING = 2


class Place(StrEnum):
    """Where alone a word is looked for."""

    TITLE = "title"
    SOURCE = "source"


class Hint(StrEnum):
    """What somebody typed that means nothing here and is left out; `page_context.HINTS` says what does."""

    SITE = "site"
    NEAR = "near"
    FIELD = "field"
    BRACKETS = "brackets"
    FUZZY = "fuzzy"


_PLACES = {
    **dict.fromkeys(("title", "titulo", "título", "titre", "intitle"), Place.TITLE),
    **dict.fromkeys(("source", "fuente", "fonte", "author", "autor", "auteur"), Place.SOURCE),
}
_FIELD = re.compile(r"([^\W\d_]+):(?=\S|$)")
_ELSEWHERE = {
    **dict.fromkeys(("site", "url", "inurl"), Hint.SITE),
    **dict.fromkeys(("filetype", "ext", "type", "lang"), Hint.FIELD),
}
_SIGNS = {
    Hint.BRACKETS: re.compile(r"[(\[{][^)\]}]*\b(?:AND|OR|NOT)\b"),
    Hint.FUZZY: re.compile(r"\w~"),
}
_NEAR = re.compile(r"(?:NEAR|ADJ|PROX|W|N)(?:/\d+|\(\d+\))|NEAR")
_AND, _OR, _NOT = frozenset({"AND", "ET", "E", "Y"}), frozenset({"OR", "OU", "O"}), frozenset({"NOT"})
_QUOTES = str.maketrans(dict.fromkeys("“”„«»〝〞＂", '"'))
_MINUS = ("-", "−")
_STAR = "*"
_UNSPEAKABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A word, the beginning of one, or words in quotation marks, as typed but for the signs.

    `is_alternative`: it will do in place of the piece before.
    """

    text: str
    is_exact: bool = False
    is_excluded: bool = False
    is_prefix: bool = False
    is_alternative: bool = False
    place: Place | None = None

    @property
    def is_plain(self) -> bool:
        return not (self.is_exact or self.is_excluded or self.is_prefix or self.is_alternative or self.place)


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed, in pieces; `is_cut` when there was more than can be searched."""

    pieces: tuple[Piece, ...]
    is_cut: bool = False
    hints: tuple[Hint, ...] = ()


def clean(text: str) -> str:
    """The text without what can neither be shown nor stored, no longer than can be searched."""
    return shown_again(_UNSPEAKABLE.sub(" ", text[:LONGEST_QUERY])).strip()


def parse(text: str) -> Typed:
    """The pieces of a query, in order. Never raises."""
    cleaned = clean(text)
    hints = dict.fromkeys(hint for hint, sign in _SIGNS.items() if sign.search(cleaned))
    pieces = tuple(islice(_operated(_pieces(cleaned, hints), cleaned), MOST_WORDS + 1))
    is_cut = len(pieces) > MOST_WORDS or len(text) > LONGEST_QUERY
    return Typed(pieces[:MOST_WORDS], is_cut, tuple(hints))


def word_node(text: str) -> Word | AnyOf | None:
    """The node of one word or written form; None when nothing searchable is in it.

    A form that has several terms in some language, as a date has, is a phrase there.
    """
    sequences = [
        tuple(analysis.tagged_terms(text, language)) for language in (*analysis.LANGUAGES, analysis.OTHER)
    ]
    word = Word(tuple(dict.fromkeys(terms[0] for terms in sequences if len(terms) == 1)))
    phrases = [Phrase(terms) for terms in dict.fromkeys(sequences) if len(terms) > 1]
    if not phrases:
        return word if word.terms else None
    return AnyOf((word, *phrases) if word.terms else tuple(phrases))


def phrase_node(text: str, language: str) -> Phrase | None:
    """The words of a language one after another."""
    terms = tuple(analysis.tagged_terms(text, language))
    return Phrase(terms) if terms else None


def prefix_node(text: str) -> Prefix | None:
    """The node of a word's beginning; None for one so short that half the language begins so."""
    words = analysis.folded(text)
    return Prefix(words[-1]) if words and len(words[-1]) >= SHORTEST_BEGINNING else None


def piece_node(piece: Piece) -> Node | None:
    if piece.place is Place.SOURCE:
        words = tuple(dict.fromkeys(analysis.folded(piece.text)))
        return Sourced(words) if words else None
    if piece.place is Place.TITLE:
        inner = _titled(piece.text)
        return Titled(inner) if inner is not None else None
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


def _titled(text: str) -> Node | None:
    """A word, or words one after another in one of the languages."""
    words = analysis.words(text)
    if len(words) == 1:
        return word_node(words[0])
    phrases = dict.fromkeys(phrase for code in analysis.LANGUAGES if (phrase := phrase_node(text, code)))
    return AnyOf(tuple(phrases)) if phrases else None


def _operated(pieces: Iterator[Piece], text: str) -> Iterator[Piece]:
    """The pieces with AND, OR and NOT taken as what they do to the next one."""
    if not any(character.islower() for character in text):
        yield from pieces
        return
    before: Piece | None = None
    operator = ""
    for piece in pieces:
        is_sign = piece.is_plain and not operator
        if is_sign and piece.text in _NOT | (_OR | _AND if before else frozenset()):
            operator = piece.text
            continue
        yield (before := _changed(piece, operator, before))
        operator = ""
    if operator:
        yield Piece(operator)


def _changed(piece: Piece, operator: str, before: Piece | None) -> Piece:
    if operator in _NOT:
        return replace(piece, is_excluded=True)
    joins = operator in _OR and before is not None and not (before.is_excluded or piece.is_excluded)
    return replace(piece, is_alternative=True) if joins else piece


def _pieces(text: str, hints: dict[Hint, None]) -> Iterator[Piece]:
    parts = text.translate(_QUOTES).split('"')
    for number, part in enumerate(parts):
        quoted = number % 2 == 1 and number < len(parts) - 1
        before = parts[number - 1] if number else ""
        if quoted:
            yield from _quoted(part, before)
        else:
            is_before_quoted = number < len(parts) - 2
            minus_is_next = _ends_in_minus(part) and is_before_quoted
            yield from _words(_without_field(part) if is_before_quoted else part, minus_is_next, hints)


def _ends_in_minus(text: str) -> bool:
    return text.endswith(_MINUS) and (len(text) == 1 or text[-2].isspace())


def _without_field(text: str) -> str:
    """The text before a quotation mark without the place that it ends in: `title:`."""
    return text[: text.rfind(text.split()[-1])] if _place_at_end(text) else text


def _place_at_end(text: str) -> Place | None:
    last = text.split()[-1] if text.strip() and not text[-1].isspace() else ""
    return _PLACES.get(last[:-1].casefold()) if last.endswith(":") else None


def _quoted(part: str, before: str) -> Iterator[Piece]:
    words = analysis.words(part)
    if not words:
        return
    text = " ".join(words[:MOST_WORDS])
    if place := _place_at_end(before):
        yield Piece(text, place=place)
    else:
        yield Piece(text, is_exact=True, is_excluded=_ends_in_minus(before))


def _words(text: str, minus_is_next: bool, hints: dict[Hint, None]) -> Iterator[Piece]:
    for chunk in analysis.runs(text[:-1] if minus_is_next else text):
        if hint := _hint_of(chunk):
            hints[hint] = None
            continue
        if field_match := _FIELD.match(chunk):
            place = _PLACES.get(field_match[1].casefold())
            if place and (words := analysis.words(chunk[field_match.end() :])):
                yield Piece(" ".join(words[:MOST_WORDS]), place=place)
                continue
        places = analysis.units(chunk)
        words = [chunk[start:end] for start, end in places]
        if chunk.startswith(_MINUS) and words:
            is_prefix = len(words) == 1 and _is_beginning(chunk, *places[0])
            yield Piece(" ".join(words[:MOST_WORDS]), len(words) > 1, True, is_prefix)
        else:
            for word, (start, end) in zip(words, places, strict=True):
                yield Piece(word, is_prefix=_is_beginning(chunk, start, end))


def _hint_of(chunk: str) -> Hint | None:
    """What the chunk would do elsewhere and does not here."""
    named = _FIELD.match(chunk)
    if named and (hint := _ELSEWHERE.get(named[1].casefold())):
        return hint
    if _NEAR.fullmatch(chunk):
        return Hint.NEAR
    return None


def _is_beginning(chunk: str, start: int, end: int) -> bool:
    """Whether a star stands behind the word and nothing of a word behind the star."""
    rest = chunk[end:]
    after = rest.lstrip(_STAR)[:1]
    is_starred = rest.startswith(_STAR) and not after.isalnum()
    return is_starred and prefix_node(chunk[start:end]) is not None
