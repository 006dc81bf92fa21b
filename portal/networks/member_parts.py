"""Where the members of a network are from and what they have published; the page of a network calls it."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.common.collation import in_order
from portal.common.countries import country_name
from portal.common.formatting import number
from portal.networks.queries import PublicMember, records_of_members, said_by_members
from portal.publication.enums import RecordKind
from portal.publication.models import Record
from portal.publication.queries import in_language, published
from portal.records.listing import list_item
from portal.records.types import record_type

SHOWN = 5
# What a network is asked for first, with what is said where there is none.
KINDS = (
    # The figures of pledges say that there is none.
    (RecordKind.PLEDGE, _("Newest pledges of its members"), ""),
    (RecordKind.PRACTICE, _("Good practices of its members"), _("None of its members has told one yet.")),
    (RecordKind.INTERVENTION, _("Interventions of its members"), _("None of its members has spoken yet.")),
)


def countries(members: Sequence[PublicMember], slug: str, language: str) -> list[dict[str, Any]]:
    """How many members there are in each country, by its name, each member once; with the way to them."""
    counted = Counter({row.record.pk: row.record.country for row in members}.values())
    return [
        {
            "label": country_name(code),
            "url": f"/{language}/organizations/?{urlencode({'network': slug, 'country': code})}",
            "badge": number(counted[code]),
        }
        for code in in_order(filter(None, counted), country_name, language)
    ]


def said(slug: str, language: str, type_names: Mapping[str, str], today: date) -> Iterator[dict[str, Any]]:
    """The newest of each kind, and the way to all of them.

    One query, and two for each kind of which there is any.
    """
    numbers, now = said_by_members(slug, today), timezone.now()
    for kind, title, nothing in KINDS:
        declared, total = record_type(kind), numbers.get(kind, 0)
        rows = newest(slug, kind, language, today) if total else ()
        yield {
            "anchor": f"members-{kind}",
            "title": title,
            "nothing": nothing,
            "items": [list_item(row, language, type_names=type_names, badges_at=now) for row in rows],
            "all": f"{declared.address(language)}?{urlencode({'network': slug})}" if total > SHOWN else "",
            "counted": declared.counted(total) % {"number": number(total)},
        }


def newest(slug: str, kind: str, language: str, today: date) -> QuerySet[Record]:
    """The last that members of today have published of a kind. Two queries."""
    rows = published(kind).filter(organization__in=records_of_members(slug, today).order_by().values("pk"))
    return in_language(rows, language)[:SHOWN]
