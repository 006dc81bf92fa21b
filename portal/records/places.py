"""The country of a record as a row of facts, linked to its page; pages of records call it."""

from typing import Any

from django.utils.translation import gettext as _

from portal.charts.region import PLACES, path_of_country
from portal.common.countries import country_name
from portal.publication.enums import RecordKind
from portal.publication.models import Record

# What makes a country have a page, in the region or not.
COUNTED = (RecordKind.ORGANIZATION, RecordKind.PLEDGE, RecordKind.INTERVENTION, RecordKind.PRACTICE)


def country_row(record: Record, language: str, *, is_about: bool = False) -> dict[str, Any]:
    """Inputs of a row of `components/summary_table.html`; `is_about`: not the author's own. No query."""
    return {
        "term": _("Country that it is about") if is_about else _("Country"),
        "value": country_name(record.country),
        "url": country_link(record.country, record, language),
    }


def country_link(code: str, record: Record, language: str) -> str:
    """The page of a country that a public record names; empty where there may be none."""
    is_sure = code in PLACES or (code == record.country and record.kind in COUNTED)
    return path_of_country(code, language) if is_sure else ""
