"""Every country of ISO 3166 by its code, named by CLDR in the reader's language; every app calls it.

Names are lazy. Two places are no countries: the European Union (`EU`), which speaks for itself, and
"Regional (several countries) or elsewhere" (`XX`), which is ours: a record may stand for no single country.
"""

import re
from functools import lru_cache

from babel import Locale
from django.utils.functional import lazy
from django.utils.translation import pgettext

from portal.common.collation import in_order
from portal.common.formatting import reader_locale

ELSEWHERE, UNION = "XX", "EU"
# Two letters in CLDR that are no country of ISO 3166: unions, made-up regions, reserved codes of islands.
_NO_COUNTRY = frozenset(
    ["AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "XK", "ZZ"]
)


def _name(code: str) -> str:
    if code == ELSEWHERE:
        return pgettext("country", "Regional (several countries) or elsewhere")
    return _in_full(reader_locale().territories[code])


def _in_full(name: str) -> str:
    """CLDR abbreviates in English: `St Kitts & Nevis`."""
    return re.sub(r"^St\b", "Saint", name.replace(" & ", " and "))


_lazy_name = lazy(_name, str)
COUNTRIES = {
    code: _lazy_name(code)
    for code in sorted(Locale("en").territories)
    if len(code) == 2 and code.isalpha() and code not in _NO_COUNTRY
} | {UNION: _lazy_name(UNION), ELSEWHERE: _lazy_name(ELSEWHERE)}


def country_name(code: str) -> str:
    """The name for the reader; a code that is no country as it is."""
    return str(COUNTRIES.get(code, code))


def countries_by_name() -> tuple[tuple[str, str], ...]:
    """Codes with names in the order a reader expects; without the places that are no countries."""
    return _by_name(reader_locale())


@lru_cache(maxsize=16)
def _by_name(locale: Locale) -> tuple[tuple[str, str], ...]:
    named = (
        (code, _in_full(locale.territories[code])) for code in COUNTRIES if code not in (UNION, ELSEWHERE)
    )
    return tuple(in_order(named, lambda pair: pair[1], locale.language))
