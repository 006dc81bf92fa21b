"""Turns text into the terms every index and every mark is made of; pure, any module may call it.

Engines receive these terms joined by spaces and split them on whitespace, so all engines see the same
words. One word gives one term. What happens to a word, in order:

1. It is a run of letters and digits; hyphens, signs and symbols part words, apostrophes do not.
2. `fold`: case, accents, ligatures and invisible characters go (NIÑEZ, niñez and nin̄ez alike).
3. Elision: `l'apatridie` is `apatridie`, `d'água` is `agua`, `State's` is `state`.
4. Endings of number and safe gender endings go, by the rules of the language (`search.text.stemmers`).

There are no stop words: `Estado` is a word of this process, whatever a stock list says.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from portal.common.languages import CODES
from search.text.stemmers import RULES

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
_APART = re.compile(f"([{_APOSTROPHES}])")
_UNFOLDABLE = str.maketrans(
    {"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)
_ELIDED = frozenset(
    ("l", "d", "qu", "j", "n", "s", "t", "m", "c", "jusqu", "lorsqu", "puisqu", "quoiqu", "presqu", "quelqu")
)
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
    """The words of the text with their terms in that language, in the order they stand."""
    code = language[:2].lower()
    pairs = ((term(match.group(), code), match) for match in _WORD.finditer(text))
    return [Token(word, match.start(), match.end()) for word, match in pairs if word]


def terms(text: str, language: str) -> list[str]:
    """The terms of the text in that language; a language without rules is folded only."""
    code = language[:2].lower()
    return [known for word in _WORD.findall(text) if (known := term(word, code))]


def tagged_terms(text: str, language: str) -> list[str]:
    """The terms of the text, each under its language's mark."""
    code = language[:2].lower()
    return [tagged for word in _WORD.findall(text) if (tagged := _tagged_term(word, code))]


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


def _tagged_term(word: str, code: str) -> str:
    return _kept_tagged_term(word, code) if len(word) <= _LONGEST_KEPT else _marked(_term(word, code), code)


@lru_cache(maxsize=_KEPT)
def _kept_tagged_term(word: str, code: str) -> str:
    return _marked(_kept_term(word, code), code)


def _marked(term: str, code: str) -> str:
    return tagged(term, code) if term else ""


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
