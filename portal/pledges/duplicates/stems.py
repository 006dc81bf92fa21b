"""What a text is about, in a form that Spanish, Portuguese, English and French have in common. Pure.

The search's analysis stands above this app and keeps languages apart; here words of one origin fall together:
`refugiados`, `refugees` and `réfugiés` are `refug`. Figures are the same in every spelling.
"""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal

from portal.common.folding import folded

# Concept keys by the words of a term, as `terms_of` makes them.
Terms = Mapping[tuple[str, ...], str]
_LENGTH, _SHORTEST, _LONGEST_TERM = 5, 4, 4
_WORD = re.compile(r"[a-z]+")
_ORIGIN = (
    *(("ph", "f"), ("th", "t"), ("qu", "c"), ("ck", "c"), ("k", "c"), ("y", "i"), ("nh", "n"), ("lh", "l")),
    *(("ct", "t"), ("pt", "t"), ("mm", "m"), ("nn", "n"), ("ll", "l"), ("ss", "s"), ("ff", "f"), ("cc", "c")),
    *(("ie", "e"), ("ue", "o"), ("ou", "o"), ("z", "c"), ("v", "b"), ("x", "s"), ("h", "")),
)
_FIGURE = re.compile(r"(?<![\w.,-])\d{1,3}(?:[.,\s]\d{3})+(?![\d])|(?<![\w.,-])\d+(?:[.,]\d{1,2})?(?![\d])")
_TIMES = re.compile(r"\s*(millones|milhoes|million|mil|thousand|mille|k)s?\b")
_FACTOR = {"mil": 1_000, "thousand": 1_000, "mille": 1_000, "k": 1_000}
_YEARS = range(1980, 2051)
_SMALLEST = 10


def words_of(text: str) -> list[str]:
    return _WORD.findall(folded(text))


def stem(word: str) -> str:
    """The beginning of a word in one spelling for the four languages."""
    for old, new in _ORIGIN:
        word = word.replace(old, new)
    if word.startswith("es") and word[2:3] not in "aeiou":
        word = word[1:]
    return word[:_LENGTH]


def stems(text: str, terms: Terms | None = None) -> frozenset[str]:
    """Stems of the longer words, and `=key` for each concept of the glossary that is named."""
    words = words_of(text)
    plain = {stem(word) for word in words if len(word) >= _SHORTEST}
    return frozenset(plain | {f"={key}" for key in _named(words, terms or {})})


def terms_of(concepts: Iterable[tuple[str, Iterable[str]]]) -> dict[tuple[str, ...], str]:
    """Key and terms of each concept, in whatever languages, as `stems` looks them up."""
    return {tuple(map(stem, words_of(term))): key for key, terms in concepts for term in terms if term}


def figures(text: str) -> frozenset[Decimal]:
    """Numbers of a text from ten upwards, but years: `1.200`, `1,200` and `1 200` are one."""
    plain = folded(text).replace("\u00a0", " ").replace("\u202f", " ")
    read = (_figure(match, plain) for match in _FIGURE.finditer(plain))
    return frozenset(number for number in read if number >= _SMALLEST and number not in _YEARS)


def _figure(match: re.Match[str], text: str) -> Decimal:
    times = _TIMES.match(text, match.end())
    factor = _FACTOR.get(times[1], 1_000_000) if times else 1
    return _plain(match[0]) * factor


def _plain(written: str) -> Decimal:
    """Three digits behind a mark are thousands, one or two are a part."""
    whole = re.sub(r"[.,\s](?=\d{3}(?:\D|$))", "", written)
    return Decimal(whole.replace(",", "."))


def _named(words: list[str], terms: Terms) -> set[str]:
    parts = [stem(word) for word in words]
    spans = (
        tuple(parts[start : start + length])
        for length in range(1, _LONGEST_TERM + 1)
        for start in range(len(parts) - length + 1)
    )
    return {terms[span] for span in spans if span in terms}
