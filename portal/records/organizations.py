"""Organizations as public records: their list, and a page of each with what it has published."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portal.common.choices import country_choices
from portal.common.phrases import LANGUAGE_NAMES
from portal.publication.enums import RecordKind
from portal.publication.figures import counted_once
from portal.publication.models import Record
from portal.publication.queries import published
from portal.records.filters import Choice, RecordFilters, by_type, has_code
from portal.records.places import country_row
from portal.records.types import RecordType, Shown
from portal.tables.codebook import Holds, Meaning

# By the fact `standing`; its reasons stay with the secretariat.
STANDING = {
    "suspended": gettext_lazy("Verification suspended"),
    "lapsed": gettext_lazy("Verification not confirmed this year"),
}
IN_WORDS = {
    "": gettext_lazy("Verified: the secretariat has seen proof of who it is."),
    "suspended": gettext_lazy(
        "Verified once, now suspended by the secretariat: it submits nothing meanwhile."
    ),
    "lapsed": gettext_lazy("Verified once. It has not confirmed this year that its data are still true."),
}
LED = (
    ("yes", gettext_lazy("they say so")),
    ("confirmed", gettext_lazy("confirmed by the secretariat")),
)


def in_country(rows: QuerySet[Record], name: str, code: str) -> QuerySet[Record]:
    """Those of the country, and those that work in it."""
    return rows.filter(Q(country=code) | has_code("countries", code))


def in_their_language(rows: QuerySet[Record], name: str, code: str) -> QuerySet[Record]:
    """Those that write in it or work in it."""
    return rows.filter(Q(language=code) | has_code("languages", code))


def led_by_refugees(rows: QuerySet[Record], name: str, wanted: str) -> QuerySet[Record]:
    """Those that say so themselves, or of which the secretariat has confirmed it."""
    states = ["confirmed"] if wanted == "confirmed" else ["declared", "confirmed"]
    return rows.filter(facts__refugee_led__in=states)


@counted_once
def countries_of_organizations() -> frozenset[str]:
    """Where public organizations are from or work. One query."""
    rows = published(RecordKind.ORGANIZATION).order_by().values_list("country", "facts__countries")
    return frozenset(code for country, others in rows for code in (country, *str(others or "").split()))


class OrganizationFilters(RecordFilters):
    type = by_type()
    country = Choice(
        gettext_lazy("Country"),
        offered=lambda reader: country_choices()[1:],
        method=in_country,
        kept=countries_of_organizations,
        pattern="[A-Z]{2}",
        description="ISO 3166 code, such as MX: those of the country and those that work in it.",
    )
    language = Choice(
        gettext_lazy("Language"),
        choices=LANGUAGE_NAMES.items(),
        method=in_their_language,
        description="A language they write or work in.",
    )
    refugee_led = Choice(
        gettext_lazy("Led by refugees"),
        choices=LED,
        method=led_by_refugees,
        description="Those that say that refugees lead them, or of which it has been confirmed.",
    )


def rows(shown: Shown) -> list[dict[str, Any]]:
    record = shown.record
    website = str(record.facts.get("website", ""))
    return [
        {"term": _("Short name"), "value": record.facts.get("acronym"), "lang": record.language},
        {"term": _("Other names"), "value": record.facts.get("aliases")},
        {"term": _("Type"), "value": shown.type_names.get(record.type_code, "")},
        country_row(record, shown.language),
        {"term": _("Website"), "value": website, "url": website},
        {"term": _("Standing"), "value": standing_in_words(record.facts)},
    ]


def is_listed(facts: Mapping[str, Any]) -> bool:
    """Whether it has not signed up: the secretariat wrote it down."""
    return facts.get("listed") == "yes"


def standing(facts: Mapping[str, Any]) -> str:
    """What readers are to know of who speaks: that it has not signed up, or that its verification rests."""
    if is_listed(facts):
        return _("Listed by the secretariat")
    return str(STANDING.get(str(facts.get("standing", "")), ""))


def standing_in_words(facts: Mapping[str, Any]) -> str:
    """What its page says of it in a sentence, also where nothing is amiss."""
    if is_listed(facts):
        return _("Listed by the secretariat: it has not signed up itself.")
    return str(IN_WORDS.get(str(facts.get("standing", "")), IN_WORDS[""]))


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
