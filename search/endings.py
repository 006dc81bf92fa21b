"""The endings that number and gender put on a word, in each language; pure, for `search.analysis` only.

Each function takes a folded word and gives its term. Rules are few and safe rather than complete: a word
keeps its own term when in doubt, because a wrong match (`casa` for `caso`) is worse than a missed one.
A term is a key that forms of one word share; it need not be a word.
"""

from collections.abc import Callable

from search.endings_english import english
from search.endings_french import french
from search.endings_iberian import portuguese, spanish

RULES: dict[str, Callable[[str], str]] = {
    "es": spanish,
    "en": english,
    "pt": portuguese,
    "fr": french,
}
