"""Finds words that a file writes together by mistake, such as "mechanismswas". Pure; the parser uses it."""

import re
from collections import Counter
from collections.abc import Iterable

_WORD = re.compile(r"[^\W\d_]+")
_CASE = re.compile(r"[a-zà-ÿ]{2,}[A-ZÀ-Ý][a-zà-ÿ]+")
_SHORTEST, _SHORTEST_HALF, _LONGER_HALF = 7, 3, 5
# Words that begin or end compounds, which are no mistake.
_COMPOUND = frozenset(
    """
    with through out how there where here up over under in inter non after before every any some self back
    high low sub socio health sobre para por bien bem sin mal contra entre aun tam también sur sous vice ante
    auto mente ever selves
    """.split()  # noqa: SIM905 a list of words reads better as words
)


def glued_words(texts: Iterable[str]) -> list[str]:
    """In the order of the text, each once. A report for a person: some may be right as they are."""
    tokens = [word for text in texts for word in _WORD.findall(text)]
    counts = Counter(word.lower() for word in tokens)
    return list(dict.fromkeys(word for word in tokens if _is_glued(word, counts)))


def _is_glued(word: str, counts: Counter[str]) -> bool:
    if _CASE.fullmatch(word):
        return counts[word.lower()] == 1
    lower = word.lower()
    if len(lower) < _SHORTEST or counts[lower] > 1:
        return False
    return any(_parts(lower[:at], lower[at:], counts) for at in range(_SHORTEST_HALF, len(lower) - 1))


def _parts(first: str, second: str, counts: Counter[str]) -> bool:
    if len(second) < _SHORTEST_HALF or max(len(first), len(second)) < _LONGER_HALF:
        return False
    if first in _COMPOUND or second in _COMPOUND:
        return False
    return counts[first] > 1 and counts[second] > 1
