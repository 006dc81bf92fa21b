"""Lists to choose from, in the order a reader expects; models and forms of every app name these functions.

Models name the function, not its result: a new language or country then changes no migration.
"""

from django.utils.translation import gettext as _

from portal.common.countries import COUNTRIES, ELSEWHERE, UNION, countries_by_name
from portal.common.languages import OWN_NAMES
from portal.common.phrases import LANGUAGE_NAMES

Choices = list[tuple[str, str]]


def country_choices() -> Choices:
    """An empty choice, the countries in the order of the reader's language, last the places that are none."""
    return [("", _("Choose a country")), *country_codes()]


def country_codes() -> Choices:
    """The countries, the European Union and "elsewhere", without an empty choice: for models."""
    return [*countries_by_name(), *((code, str(COUNTRIES[code])) for code in (UNION, ELSEWHERE))]


def language_choices() -> Choices:
    return [(code, str(name)) for code, name in LANGUAGE_NAMES.items()]


def own_language_choices() -> Choices:
    """Each in its own words, for somebody else who reads none of the others."""
    return list(OWN_NAMES.items())
