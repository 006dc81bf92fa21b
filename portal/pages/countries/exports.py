"""The list of countries as rows of the read API and as a file; the API and the views call it."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from portal.charts.region import path_of_country
from portal.common.countries import country_name
from portal.pages.countries.counting import Country
from portal.tables.codebook import Columns, Holds, Meaning
from portal.tables.writing import table_response

COLUMNS: Columns = (
    Meaning("id", _("The country"), Holds.CODE, "ISO 3166-1"),
    Meaning("title", _("Its name in the reader’s language")),
    Meaning("pledges", _("Public pledges of its organizations"), Holds.WHOLE, _("pledges")),
    Meaning(
        "contributions", _("Interventions and good practices from there"), Holds.WHOLE, _("contributions")
    ),
    Meaning("organizations", _("Public organizations from there"), Holds.WHOLE, _("organizations")),
    Meaning("url", _("Its page"), Holds.ADDRESS),
)


def row_of(country: Country, language: str) -> dict[str, Any]:
    return {
        "id": country.code,
        "title": country_name(country.code),
        "pledges": country.pledges,
        "contributions": country.contributions,
        "organizations": country.organizations,
        "url": path_of_country(country.code, language),
    }


def export(rows: Iterable[Country], form: str, language: str) -> HttpResponse:
    """Raises `Http404` for a form that is none of ours."""
    told = [row_of(row, language) | {"url": _full(row, language)} for row in rows]
    return table_response(
        form, "countries", COLUMNS, [[row[each.column] for each in COLUMNS] for row in told]
    )


def _full(country: Country, language: str) -> str:
    return f"{settings.SITE_URL}{path_of_country(country.code, language)}"
