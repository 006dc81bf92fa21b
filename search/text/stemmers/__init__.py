"""The endings that number and gender put on a word, in each language; pure, for `search.text.analysis` only.

Each function takes a folded word and gives its term. Rules are few and safe rather than complete: a word
keeps its own term when in doubt, because a wrong match (`casa` for `caso`) is worse than a missed one.
A term is a key that forms of one word share; it need not be a word.
"""

from collections.abc import Callable

from portal.common.languages import LANGUAGES
from search.text.stemmers.english import english
from search.text.stemmers.french import french
from search.text.stemmers.iberian import portuguese, spanish

Rule = Callable[[str], str]
_NAMED: dict[str, Rule] = {
    "spanish": spanish,
    "english": english,
    "portuguese": portuguese,
    "french": french,
}
# By the code of the language; one without rules is missing here.
RULES: dict[str, Rule] = {row.code: _NAMED[row.analysis] for row in LANGUAGES if row.analysis}
