"""Organizations as public records: their list, and a page of each with what it has published."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portal.charts.region import PLACES, path_of_country
from portal.common.choices import country_choices
from portal.common.collation import in_order
from portal.common.countries import country_name
from portal.common.languages import CODES, DEFAULT
from portal.common.spoken import SPOKEN, spoken_name
from portal.publication.enums import RecordKind
from portal.publication.figures import counted_once
from portal.publication.models import Record
from portal.publication.queries import NAME, published
from portal.records.columns import COUNTRIES
from portal.records.filters import Choice, Reader, RecordFilters, by_type, has_code
from portal.records.logos import logo_of
from portal.records.places import country_row
from portal.records.types import RecordType, Shown
from portal.tables.codebook import Holds, Meaning, labelled

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


def in_directory(rows: QuerySet[Record]) -> QuerySet[Record]:
    """Those that do not ask to be left out of the list."""
    return rows.filter(facts__out_of_directory__isnull=True)


@counted_once
def countries_of_organizations() -> frozenset[str]:
    """Where those of the list are from or work. One query."""
    return _codes_of("country", "facts__countries")


# By the fact `refugee_led`.
REFUGEE_LED = {
    "declared": gettext_lazy("By its own account"),
    "confirmed": gettext_lazy("By its own account, confirmed by the secretariat"),
}
NAMES = tuple(f"{NAME}{code}" for code in CODES)
FACTS = frozenset(
    {
        *NAMES,
        "acronym",
        "aliases",
        "countries",
        "dated_aliases",
        "languages",
        "listed",
        "logo",
        "logo_text",
        "out_of_directory",
        "place",
        "refugee_led",
        "standing",
        "website",
    }
)
NO_NAME = gettext_lazy("it has no name of its own in that language")


@counted_once
def languages_of_organizations() -> frozenset[str]:
    """In which those of the list write or work. One query."""
    return _codes_of("language", "facts__languages")


def _codes_of(own: str, more: str) -> frozenset[str]:
    rows = in_directory(published(RecordKind.ORGANIZATION)).order_by().values_list(own, more)
    return frozenset(code for first, others in rows for code in (first, *str(others or "").split()))


def languages(reader: Reader) -> list[tuple[str, str]]:
    """All that are spoken, by name."""
    return in_order(((code, str(name)) for code, name in SPOKEN.items()), lambda row: row[1], reader.language)


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
        offered=languages,
        method=in_their_language,
        kept=languages_of_organizations,
        pattern="[a-z]{2,3}",
        description="Code of a language they write or work in, such as pt or quc.",
    )
    refugee_led = Choice(
        gettext_lazy("Led by refugees"),
        choices=LED,
        method=led_by_refugees,
        description="Those that say that refugees lead them, or of which it has been confirmed.",
    )


def rows(shown: Shown) -> list[dict[str, Any]]:
    record, facts = shown.record, shown.record.facts
    website = str(facts.get("website", ""))
    return [
        {"term": _("Name in the language of its own"), "value": _own_name(shown), "lang": record.language},
        {"term": _("Short name"), "value": facts.get("acronym"), "lang": record.language},
        {"term": _("Other names"), "value": facts.get("dated_aliases") or facts.get("aliases")},
        {"term": _("Type"), "value": shown.type_names.get(record.type_code, "")},
        {"term": _("Led by refugees"), "value": refugee_led(facts)},
        country_row(record, shown.language),
        {"term": _("Municipality or region"), "value": facts.get("place"), "lang": record.language},
        {"term": _("Countries it works in"), "links": _countries(record, shown.language)},
        {"term": _("Languages it works in"), "value": ", ".join(map(spoken_name, codes(facts, "languages")))},
        {"term": _("Website"), "value": website, "url": website},
        {"term": _("Standing"), "value": standing_in_words(record.facts)},
    ]


def codes(facts: Mapping[str, Any], name: str) -> list[str]:
    """Of a fact that holds several."""
    return str(facts.get(name, "")).split()


def refugee_led(facts: Mapping[str, Any]) -> str:
    """Who says so: it does, or the secretariat too."""
    return str(REFUGEE_LED.get(str(facts.get("refugee_led", "")), ""))


def _own_name(shown: Shown) -> str:
    return shown.record.title if shown.reading.called_in else ""


def _countries(record: Record, language: str) -> list[dict[str, str]]:
    return [
        {"label": str(country_name(code)), "url": path_of_country(code, language) if code in PLACES else ""}
        for code in codes(record.facts, "countries")
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
    logo = logo_of(record, DEFAULT)
    return {
        **{f"{NAME}{code}": record.facts.get(f"{NAME}{code}", "") for code in CODES},
        "place": record.facts.get("place", ""),
        "countries": codes(record.facts, "countries"),
        "languages": codes(record.facts, "languages"),
        "refugee_led": record.facts.get("refugee_led", ""),
        "dated_aliases": record.facts.get("dated_aliases", ""),
        "logo": f"{settings.SITE_URL}{logo['url']}" if logo else "",
        "logo_text": logo.get("text", ""),
        "aliases": record.facts.get("aliases", ""),
        "listed": is_listed(record.facts),
        "standing": str(record.facts.get("standing", "")),
    }


ORGANIZATION = RecordType(
    kind=RecordKind.ORGANIZATION,
    letter="O",
    path="organizations",
    texts=("description",),
    facts=FACTS,
    columns=(
        *(
            Meaning(f"{NAME}{code}", gettext_lazy("Its name in that language"), empty=NO_NAME)
            for code in CODES
        ),
        Meaning(
            "countries",
            gettext_lazy("Countries it works in"),
            Holds.CODES,
            COUNTRIES,
            empty=gettext_lazy("it does not say"),
        ),
        Meaning(
            "dated_aliases",
            gettext_lazy("Other names with the years in which they were used"),
            empty=gettext_lazy("no year is known"),
        ),
        Meaning(
            "languages",
            gettext_lazy("Languages it works in"),
            Holds.CODES,
            "ISO 639",
            labelled(SPOKEN),
            empty=gettext_lazy("it does not say"),
        ),
        Meaning("logo", gettext_lazy("Its logo"), Holds.ADDRESS, empty=gettext_lazy("it has none")),
        Meaning("logo_text", gettext_lazy("What the logo shows"), empty=gettext_lazy("it has none")),
        Meaning("place", gettext_lazy("Municipality or region"), empty=gettext_lazy("it does not say")),
        Meaning(
            "refugee_led",
            gettext_lazy("Whether it is led by refugees: as it says, or as the secretariat confirmed"),
            Holds.CODE,
            codes=labelled(REFUGEE_LED),
            empty=gettext_lazy("it does not say so"),
        ),
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
    in_list=in_directory,
    kept=frozenset({"out_of_directory"}),
    found_by=("acronym", "aliases", *NAMES),
    facts_now=_facts_now,
    caveat=standing,
    eyebrow=lambda record: [_("Organization %(number)s") % {"number": record.public_id}],
    rows=rows,
    gathers=True,
    template="records/organization.html",
)
