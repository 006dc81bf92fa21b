"""Organizations as public records: their list, and a page of each with what it has published."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portal.publication.enums import RecordKind
from portal.publication.models import Record
from portal.records.filters import RecordFilters, by_country, by_type
from portal.records.places import country_row
from portal.records.types import RecordType, Shown
from portal.tables.codebook import Holds, Meaning

# By the fact `standing`; its reasons stay with the secretariat.
STANDING = {
    "suspended": gettext_lazy("Verification suspended"),
    "lapsed": gettext_lazy("Verification not confirmed this year"),
}


class OrganizationFilters(RecordFilters):
    type = by_type()
    country = by_country()


def rows(shown: Shown) -> list[dict[str, Any]]:
    record = shown.record
    website = str(record.facts.get("website", ""))
    return [
        {"term": _("Short name"), "value": record.facts.get("acronym"), "lang": record.language},
        {"term": _("Other names"), "value": record.facts.get("aliases")},
        {"term": _("Type"), "value": shown.type_names.get(record.type_code, "")},
        country_row(record, shown.language),
        {"term": _("Website"), "value": website, "url": website},
    ]


def is_listed(facts: Mapping[str, Any]) -> bool:
    """Whether it has not signed up: the secretariat wrote it down."""
    return facts.get("listed") == "yes"


def standing(facts: Mapping[str, Any]) -> str:
    """What readers are to know of who speaks: that it has not signed up, or that its verification rests."""
    if is_listed(facts):
        return _("Listed by the secretariat")
    return str(STANDING.get(str(facts.get("standing", "")), ""))


def _facts_now(record: Record, _now: datetime) -> dict[str, Any]:
    return {
        "aliases": record.facts.get("aliases", ""),
        "listed": is_listed(record.facts),
        "standing": str(record.facts.get("standing", "")),
    }


ORGANIZATION = RecordType(
    kind=RecordKind.ORGANIZATION,
    letter="O",
    path="organizations",
    texts=("description",),
    facts=frozenset({"acronym", "website", "aliases", "listed", "standing"}),
    columns=(
        Meaning("acronym", gettext_lazy("Short name"), empty=gettext_lazy("none is known")),
        Meaning(
            "aliases",
            gettext_lazy("Other names, parted by semicolons"),
            empty=gettext_lazy("none is known"),
        ),
        Meaning(
            "listed",
            gettext_lazy("Whether the secretariat listed it and it has not signed up itself"),
            Holds.TRUE_FALSE,
        ),
        Meaning(
            "standing",
            gettext_lazy("Whether its verification rests: suspended, or lapsed for want of confirmation"),
            empty=gettext_lazy("it stands"),
        ),
        Meaning("website", gettext_lazy("Its website"), Holds.ADDRESS, empty=gettext_lazy("none is known")),
    ),
    label=gettext_lazy("Organization"),
    plural=gettext_lazy("Organizations"),
    lead=gettext_lazy(
        "Organizations that the secretariat has verified, and those that it has listed itself. Each page "
        "shows what they say and what they pledge."
    ),
    nothing=gettext_lazy("No organization matches."),
    counted=lambda n: ngettext("%(number)s organization", "%(number)s organizations", n),
    filters=OrganizationFilters,
    is_by_name=True,
    found_by=("acronym", "aliases"),
    facts_now=_facts_now,
    caveat=standing,
    eyebrow=lambda record: [_("Organization %(number)s") % {"number": record.public_id}],
    rows=rows,
    gathers=True,
    template="records/organization.html",
)
