"""Organizations that are here under a name like the one somebody types, and how to come in."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.common.actors import Actor
from portal.common.countries import country_name
from portal.common.languages import DEFAULT
from portal.organizations.directory import named_like
from portal.organizations.enums import OrganizationState
from portal.organizations.lookalikes.comparing import Named
from portal.organizations.lookalikes.queries import public_lookalikes
from portal.organizations.models import Organization
from portal.organizations.queries import organizations_of
from portal.organizations.rules import can_claim
from portal.organizations.states import IN_LEDGER, STATES
from portal.publication.enums import RecordKind
from portal.publication.models import Record
from portal.publication.queries import published
from portal.taxonomy.queries import organization_type_names

MOST = 50


def public_named(words: str, actor: Actor) -> list[dict[str, Any]]:
    """Public organizations with these words in a name, then those of a name like it; at most 50.

    row, record, meta, state label, and what one can do: url and text. Five queries.
    """
    rows = _by_words(words)
    records = {record.source_key: record for record in _records(rows)}
    own = set(organizations_of(actor).values_list("key", flat=True))
    kinds = organization_type_names(get_language() or DEFAULT)
    return [
        {
            "row": row,
            "meta": [row.acronym, kinds.get(row.type_code, ""), country_name(row.country)],
            "state": STATES.label(row.state),
            **_way(row, records[row.key], actor, is_own=row.key in own),
        }
        for row in rows
        if row.key in records
    ]


def _by_words(words: str) -> list[Organization]:
    every = Organization.objects.filter(state__in=IN_LEDGER)
    alike = (row.organization for row in public_lookalikes(Named(words)))
    return list(_distinct([*named_like(every, words), *alike]))[:MOST]


def _distinct(rows: Iterable[Organization]) -> Iterator[Organization]:
    seen: set[int] = set()
    for row in rows:
        if row.pk not in seen:
            seen.add(row.pk)
            yield row


def _records(rows: Iterable[Organization]) -> Iterable[Record]:
    """Those whose page says the name that was looked for."""
    names = {row.key: row.name for row in rows}
    records = published(RecordKind.ORGANIZATION).filter(source_key__in=names)
    return [record for record in records if record.title == names[record.source_key]]


def _way(row: Organization, record: Record, actor: Actor, *, is_own: bool) -> dict[str, str]:
    if is_own:
        url = reverse("organizations:detail", args=[row.key])
        return {"url": url, "way": _("Yours: see where it stands")}
    if can_claim(actor, row):
        return {"url": reverse("organizations:claim", args=[record.public_id]), "way": _("Claim it")}
    if row.state == OrganizationState.VERIFIED:
        url = reverse("organizations:join", args=[record.public_id])
        return {"url": url, "way": _("Ask its owners to let you in")}
    return {"url": record.path(get_language() or DEFAULT), "way": _("See its public page")}
