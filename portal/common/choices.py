"""Lists to choose from, in the order a reader expects; forms of every app use them."""

import unicodedata

from django.utils.translation import gettext as _

from portal.common.countries import COUNTRIES
from portal.common.phrases import LANGUAGE_NAMES

Choices = list[tuple[str, str]]
ELSEWHERE = "XX"


def country_choices() -> Choices:
    """An empty choice, the countries by their names in the reader's language, and last "elsewhere"."""
    named = [(code, str(name)) for code, name in COUNTRIES.items() if code != ELSEWHERE]
    named.sort(key=lambda pair: folded(pair[1]))
    return [("", _("Choose a country")), *named, (ELSEWHERE, str(COUNTRIES[ELSEWHERE]))]


def language_choices() -> Choices:
    return [(code, str(name)) for code, name in LANGUAGE_NAMES.items()]


def folded(text: str) -> str:
    """Without accents and case, for sorting and simple finding."""
    parts = unicodedata.normalize("NFD", text.casefold())
    return "".join(letter for letter in parts if not unicodedata.combining(letter))
