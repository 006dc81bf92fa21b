"""The category told where an organization's name is withheld: the narrowest that enough others share."""

from collections import Counter
from collections.abc import Mapping

from django.db.models import Count

from portal.common.countries import ELSEWHERE
from portal.organizations.enums import OrganizationState
from portal.organizations.models import Organization
from portal.publication.authors import ANY, GROUPS, TYPES

# So many verified organizations share a category, this one among them, before it is told.
LEAST = 5
Counts = Mapping[tuple[str, str], int]


def categories_of(type_code: str, country: str) -> list[str]:
    """From the narrowest to the widest; each holds the one before."""
    narrow = [type_code] if type_code in TYPES else []
    if narrow and country not in ("", ELSEWHERE):
        narrow.insert(0, f"{type_code}:{country}")
    groups = [code for code, (_words, types) in GROUPS.items() if type_code in types]
    return [*narrow, *groups, ANY]


def narrowest(type_code: str, country: str, counts: Counts, told: str = "") -> str:
    """The first that enough share; never narrower than what its authors were told could stand."""
    rows = categories_of(type_code, country)
    shared = (place for place, category in enumerate(rows) if _number(category, counts) >= LEAST)
    place = next(shared, len(rows) - 1)
    return rows[max(place, rows.index(told) if told in rows else 0)]


def category_of(organization: Organization, told: str = "") -> str:
    """As of now. One query."""
    return narrowest(organization.type_code, organization.country, verified_counts(), told)


def verified_counts() -> Counts:
    """How many organizations are verified, by type and country, protected ones too. One query."""
    rows = Organization.objects.filter(state=OrganizationState.VERIFIED).order_by()
    counted = rows.values_list("type_code", "country").annotate(number=Count("pk"))
    return Counter({(code, country): number for code, country, number in counted})


def _number(category: str, counts: Counts) -> int:
    code, _colon, country = category.partition(":")
    types = GROUPS[code][1] if code in GROUPS else {code}
    return sum(
        number
        for (type_code, where), number in counts.items()
        if type_code in types and country in ("", where)
    )
