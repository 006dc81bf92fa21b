"""Whom one can invite to sign, by words in a name or by a number; the step of writing calls it."""

from collections.abc import Collection
from dataclasses import dataclass

from portal.common.collation import in_order
from portal.common.countries import country_name
from portal.organizations.directory import spelling
from portal.organizations.enums import OrganizationState
from portal.organizations.models import Organization
from portal.organizations.public_bodies import other_names
from portal.publication.enums import RecordKind
from portal.publication.models import Record
from portal.publication.queries import published
from portal.submissions.models import Submission

MOST = 20


@dataclass(frozen=True, slots=True)
class Offer:
    """A verified organization as readers know it; `lang` of the name."""

    number: str
    name: str
    lang: str
    country: str


@dataclass(frozen=True, slots=True)
class Offers:
    """At most `MOST` of them by name; `more`: how many others there are."""

    rows: list[Offer]
    more: int = 0


def invitable(row: Submission, words: str, without: Collection[str]) -> Offers:
    """Verified organizations but its own, and those whose numbers are there already. One query."""
    sought = spelling(words)
    if not sought:
        return Offers([])
    verified = Organization.objects.filter(state=OrganizationState.VERIFIED).exclude(pk=row.organization_id)
    records = published(RecordKind.ORGANIZATION).filter(source_key__in=verified.values("key"))
    matching = [each for each in records if each.public_id not in without and _is_called(each, sought)]
    ordered = in_order(matching, lambda each: each.title)
    return Offers([_offer(each) for each in ordered[:MOST]], max(len(matching) - MOST, 0))


def _is_called(record: Record, sought: str) -> bool:
    names = (record.public_id, record.title, *other_names(record.facts))
    return any(sought in spelling(name) for name in names)


def _offer(record: Record) -> Offer:
    return Offer(record.public_id, record.title, record.language, country_name(record.country))
