"""Turns text into the terms every index and every mark is made of; pure, any module may call it.

Engines receive these terms joined by spaces and split them on whitespace, so all engines see the same
words. What happens to a text, in order:

1. Numbers, dates, symbols of documents (`search.text.written_forms`) and spellings that name all genders
   (`search.text.inclusive`) are read as a whole, however they are written; a date gives three terms.
2. All else is words, runs of letters and digits; hyphens, signs and symbols part words, apostrophes do not.
   One word gives one term.
3. `fold`: case, accents, ligatures and invisible characters go (NIÑEZ, niñez and nin̄ez alike).
4. Elision: `l'apatridie` is `apatridie`, `d'água` is `agua`, `State's` is `state`.
5. Endings of number and safe gender endings go, by the rules of the language (`search.text.stemmers`).

`folded` and its like do only 2 to 4, for phrases in quotation marks: these mean what they say.

There are no stop words: `Estado` is a word of this process, whatever a stock list says.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from portal.common.languages import CODES
from search.text import months
from search.text.stemmers import RULES
from search.text.written_forms import Form, forms

LANGUAGES = CODES
OTHER = "xx"
LONGEST_TERM = 64
_KEPT = 65_536
# Longer words are analysed each time: whoever sends them must not fill the memory.
_LONGEST_KEPT = 256

# Invisible inside a word: combining marks, soft hyphen, joiners, direction marks, byte order mark.
_INVISIBLE = "\u0300-\u036f\u00ad\u200c-\u200f\u202a-\u202e\u2060-\u2069\ufe0f\ufeff"
_APOSTROPHES = "'’ʼ＇"
_WORD = re.compile(rf"[^\W_]+(?:[{_INVISIBLE}]+[^\W_]*|[{_APOSTROPHES}](?=[^\W_])[^\W_]+)*")
_SPACE = re.compile(r"\s+")
_APART = re.compile(f"([{_APOSTROPHES}])")
_UNFOLDABLE = str.maketrans(
    {"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)
_ELIDED = frozenset(
    ("l", "d", "qu", "j", "n", "s", "t", "m", "c", "jusqu", "lorsqu", "puisqu", "quoiqu", "presqu", "quelqu")
)
_NO_MONTHS: dict[str, str] = {}
_CONTRACTED = frozenset(("s", "re", "ve", "ll", "d", "m", "t"))


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a text: its term, and where the word stands in the text."""

    term: str
    start: int
    end: int


def fold(word: str) -> str:
    """The word in lower-case letters and digits without accents; apostrophes become `'`."""
    if word.isascii():
        return word.lower()
    plain = unicodedata.normalize("NFKD", word.casefold().translate(_UNFOLDABLE))
    return "".join(
        "'" if character in _APOSTROPHES else character
        for character in plain
        if character in _APOSTROPHES or (character.isalnum() and not unicodedata.combining(character))
    )


def tokens(text: str, language: str) -> list[Token]:
    """The words of the text with their terms in that language, in the order they stand.

    The terms of a date stand in the order day, month, year, so one may stand before that of an earlier place.
    """
    code = language[:2].lower()
    return [Token(*each) for each in _tokens(text, code)]


def terms(text: str, language: str) -> list[str]:
    """The terms of the text in that language; a language without rules is folded only."""
    code = language[:2].lower()
    return [known for known, _start, _end in _tokens(text, code)]


def tagged_terms(text: str, language: str) -> list[str]:
    """The terms of the text, each under its language's mark."""
    code = language[:2].lower()
    return [tagged(known, code) for known, _start, _end in _tokens(text, code)]


def units(text: str) -> list[tuple[int, int]]:
    """Where the words and the written forms of a text stand: what is asked as one."""
    places: list[tuple[int, int]] = []
    at = 0
    for form in forms(text):
        places += (match.span() for match in _WORD.finditer(text, at, form.start))
        places.append((form.start, form.end))
        at = form.end
    places += (match.span() for match in _WORD.finditer(text, at))
    return [(start, end) for start, end in places if fold(text[start:end]).strip("'")]


def runs(text: str) -> list[str]:
    """The text parted at spaces, but not at those within a written form: each run has its terms by itself."""
    spaced = [(form.start, form.end) for form in forms(text) if _SPACE.search(text, form.start, form.end)]
    if not spaced:
        return text.split()
    parted, at, whole = [], 0, iter(spaced)
    start, end = next(whole)
    for space in _SPACE.finditer(text):
        while end < space.start():
            start, end = next(whole, (len(text), len(text)))
        if not start < space.start() < end:
            parted.append(text[at : space.start()])
            at = space.end()
    return [*filter(None, parted), *filter(None, [text[at:]])]


def folded(text: str) -> list[str]:
    """The folded words without any language's rules, for exact phrases; apostrophes part words here."""
    return [part for word in _WORD.findall(text) for part in _folded_parts(word)]


def folded_tokens(text: str) -> list[Token]:
    """The folded words with the places where they stand."""
    return list(_folded(text))


def words(text: str) -> list[str]:
    """The words of the text as they were typed."""
    return [match.group() for match in _WORD.finditer(text)]


def term(word: str, language: str) -> str:
    """The term of one word; empty when nothing searchable is left of it."""
    return _kept_term(word, language) if len(word) <= _LONGEST_KEPT else _term(word, language)


def _term(word: str, language: str) -> str:
    plain = fold(word)
    if "'" in plain:
        plain = _without_elision(plain)
    if month := months.ALONE.get(language, _NO_MONTHS).get(plain):
        return month
    rules = RULES.get(language)
    if rules is None or len(plain) > LONGEST_TERM or any(character.isdigit() for character in plain):
        return plain[:LONGEST_TERM]
    return rules(plain)


_kept_term = lru_cache(maxsize=_KEPT)(_term)


def tagged(word: str, language: str) -> str:
    """A term under its language's mark, so that one field holds every language and none is confused."""
    code = language[:2].lower()
    return f"{code if code in LANGUAGES else OTHER}:{word}"


def _without_elision(plain: str) -> str:
    head, _, rest = plain.partition("'")
    if head in _ELIDED and rest:
        return rest.replace("'", "")
    if plain.rpartition("'")[2] in _CONTRACTED:
        plain = plain.rpartition("'")[0]
    return plain.replace("'", "")


def _tokens(text: str, code: str) -> Iterator[tuple[str, int, int]]:
    at = 0
    for form in forms(text):
        yield from _words_of(text, at, form.start, code)
        yield from _parts_of(form, code)
        at = form.end
    yield from _words_of(text, at, len(text), code)


def _words_of(text: str, at: int, end: int, code: str) -> Iterator[tuple[str, int, int]]:
    for match in _WORD.finditer(text, at, end):
        if word := term(match.group(), code):
            yield word, match.start(), match.end()


def _parts_of(form: Form, code: str) -> Iterator[tuple[str, int, int]]:
    for part in form.parts:
        if word := part.word if part.is_term else term(part.word, code):
            yield word[:LONGEST_TERM], part.start, part.end


def _folded_parts(word: str) -> tuple[str, ...]:
    return _kept_folded_parts(word) if len(word) <= _LONGEST_KEPT else _parts(word)


@lru_cache(maxsize=_KEPT)
def _kept_folded_parts(word: str) -> tuple[str, ...]:
    return _parts(word)


def _parts(word: str) -> tuple[str, ...]:
    return tuple(token.term for token in _folded(word))


def _folded(text: str) -> Iterator[Token]:
    for match in _WORD.finditer(text):
        start = match.start()
        for part in _APART.split(match.group()):
            plain = fold(part).strip("'")
            if plain:
                yield Token(plain[:LONGEST_TERM], start, start + len(part))
            start += len(part)
