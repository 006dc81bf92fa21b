"""Who speaks in a public record: the organization's name, or the category of one whose name is withheld.

A category is written `refugee_led:CR` (type and country), `refugee_led` (type), `non_state` (a group of
types) or `organization`. Its words need no query, so that every list can say them.
"""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, gettext_lazy, override

from portal.common.countries import country_name
from portal.publication.kinds import WITHHELD

ANY = "organization"
# What one organization of the type is called; a type that is not here is never named alone.
TYPES: Mapping[str, Promise] = {
    "refugee_led": gettext_lazy("Refugee-led organization"),
    "civil_society": gettext_lazy("Civil-society organization"),
    "municipality": gettext_lazy("Municipality or local government"),
    "private_sector": gettext_lazy("Organization of the private sector"),
    "academia": gettext_lazy("Academic institution"),
    "state": gettext_lazy("State body"),
    "un_agency": gettext_lazy("UN agency, fund or programme"),
    "international_organization": gettext_lazy("International or intergovernmental organization"),
    "financial_institution": gettext_lazy("International financial institution"),
    "regional_organization": gettext_lazy("Regional organization"),
}
GROUPS: Mapping[str, tuple[Promise, frozenset[str]]] = {
    "non_state": (
        gettext_lazy("Organization of civil society, academia or the private sector"),
        frozenset({"refugee_led", "civil_society", "private_sector", "academia"}),
    ),
    "public_body": (gettext_lazy("Public body"), frozenset({"municipality", "state"})),
    "international": (
        gettext_lazy("International or regional organization"),
        frozenset(
            {
                "un_agency",
                "international_organization",
                "financial_institution",
                "regional_organization",
            }
        ),
    ),
}


def category_type(category: str) -> str:
    """The code of the type that a category tells; empty where it tells none."""
    code = category.partition(":")[0]
    return code if code in TYPES else ""


def category_country(category: str) -> str:
    """The country that a category tells; empty where it tells none."""
    return category.partition(":")[2]


def category_words(category: str) -> str:
    """For the reader, such as "Refugee-led organization, Costa Rica; name withheld"."""
    code, _colon, country = category.partition(":")
    group = GROUPS[code][0] if code in GROUPS else gettext_lazy("An organization")
    told = str(TYPES.get(code, group))
    if country:
        told = f"{told}, {country_name(country)}"
    return gettext("%(category)s; name withheld") % {"category": told}


def withheld_words(facts: Mapping[str, object], language: str = "") -> str:
    """Who speaks where the name is withheld; empty where it is not."""
    category = str(facts.get(WITHHELD) or "")
    if not category:
        return ""
    with override(language or get_language()):
        return category_words(category)


def speaker(details: Mapping[str, str]) -> str:
    """Who speaks in a document of the search, for the reader."""
    return details.get("organization", "") or withheld_words(details)
