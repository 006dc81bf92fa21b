"""Names of months in our languages; pure, for `search.text` only.

A month's term is its English name in every language, so that a date is found however it is written. Standing
alone a name is a month only where it is no other word: English readers' `may` and `mars`, anybody's `Julio`.
"""

import re

from portal.common.languages import CODES
from search.text.stemmers.tables import table, words

_ENGLISH = "january february march april may june july august september october november december"
_NAMES = {
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "en": _ENGLISH,
}
# By language, in the order of the year.
NAMES = {language: tuple(names.split()) for language, names in _NAMES.items()}
ENGLISH = tuple(_ENGLISH.split())
_SHORT = """ene:1 jan:1 janv:1 feb:2 fev:2 fév:2 févr:2 mar:3 abr:4 apr:4 avr:4 jun:6 jul:7 juil:7 ago:8 aug:8
    sep:9 sept:9 set:9 oct:10 out:10 nov:11 dic:12 dec:12 dez:12 déc:12"""
_ALSO = {"setiembre": 9, "marco": 3, "fevrier": 2, "aout": 8, "decembre": 12}
# Not months outside their language unless a day or a year stands beside them.
_OWN_ONLY = words("janeiro julio marzo marco mars mayo maio mai may march")


def _numbers() -> dict[str, int]:
    named = {name: at for names in _NAMES.values() for at, name in enumerate(names.split(), start=1)}
    return named | _ALSO


# In a date with its year a month may be shortened.
SHORT = {name: int(number) for name, number in table(_SHORT).items()}
NUMBERS = _numbers()
SHORT_PATTERN = "|".join(sorted(SHORT, key=len, reverse=True))
PATTERN = "|".join(sorted(map(re.escape, NUMBERS), key=len, reverse=True))
ENGLISH_PATTERN = "|".join(ENGLISH)


def term_of(name: str) -> str:
    """The term of a month as it is written in a date."""
    return ENGLISH[number_of(name) - 1]


def number_of(name: str) -> int:
    """1 for January. Raises `KeyError` for what is no month."""
    name = name.lower()
    return NUMBERS.get(name) or SHORT[name]


def _alone() -> dict[str, dict[str, str]]:
    plain = str.maketrans("éûç", "euc")
    everywhere = {name for name in NUMBERS if name not in _OWN_ONLY}
    return {
        code: {
            name.translate(plain): term_of(name)
            for name in (everywhere | set(_NAMES.get(code, "").split())) - {"marco"}
        }
        for code in CODES
    }


# By language: folded names that are months even without a day or a year, with their terms.
ALONE = _alone()
