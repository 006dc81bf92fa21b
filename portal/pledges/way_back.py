"""What of a pledge is kept while it is written anew; what others say of it meanwhile stays as they say it."""

from collections.abc import Collection
from typing import Any

from portal.common.journal import image_of
from portal.organizations.merging.queries import kept_instead
from portal.organizations.models import Organization
from portal.pledges.enums import Voice
from portal.pledges.models import Pledge, PledgeLink
from portal.pledges.parts import Party
from portal.pledges.queries import umbrellas
from portal.pledges.storing import replace_parties
from portal.publication.enums import RecordKind, Relation
from portal.publication.models import RecordLink
from portal.submissions.types import WayBack


def _reported(pledge: Pledge) -> Collection[str]:
    """What reports and the register say."""
    stage = ("stage",) if pledge.reported_on else ()
    return ("reported_on", "reported_by", "last_public", *stage)


def _keep(pledge: Pledge) -> dict[str, Any]:
    named = pledge.parties.filter(is_named=True)
    return {
        "parties": list(named.values_list("organization", "name", "role", "is_from_source")),
        "links": list(image_of([pledge.links.all()]).values()),
    }


def _put_back(pledge: Pledge, kept: dict[str, Any]) -> None:
    replace_parties(pledge, _parties(kept["parties"]))
    _put_back_links(pledge, {(row["relation"], row["target"]): row for row in kept["links"]})
    if pledge.part_of_id is None:
        pledge.part_of = umbrellas().filter(key__in=_said_umbrellas(pledge)).exclude(pk=pledge.pk).first()


def _parties(rows: list[list[Any]]) -> list[Party]:
    """Of those that became one with another the other."""
    known = Organization.objects.in_bulk([row[0] for row in rows if row[0]])
    parties = []
    for pk, name, role, is_from_source in rows:
        organization = kept_instead(known[pk]) if pk in known else None
        if organization is not None or name:
            key = organization.key if organization else None
            parties.append(Party(role, name, key, is_from_source=is_from_source))
    return parties


def _put_back_links(pledge: Pledge, kept: dict[tuple[str, str], dict[str, Any]]) -> None:
    """What the parties alone have said since goes; of what others said too only their yes to it."""
    stored = {(row.relation, row.target): row for row in pledge.links.all()}
    for place, row in stored.items():
        if row.asserted_by == Voice.PARTIES and place not in kept:
            row.delete()
        elif row.confirmed_by == Voice.PARTIES and not kept.get(place, {}).get("confirmed_by"):
            row.confirmed_by, row.confirmed_at = "", None
            row.save(update_fields=["confirmed_by", "confirmed_at"])
    for place, told in kept.items():
        if place not in stored:
            said = {name: value for name, value in told.items() if name != "pledge"}
            PledgeLink.objects.create(pledge=pledge, **said)


def _said_umbrellas(pledge: Pledge) -> list[str]:
    """What the register says since, by the secretariat's word."""
    links = RecordLink.objects.filter(record__kind=RecordKind.PLEDGE, record__source_key=pledge.key)
    return list(links.filter(relation=Relation.PART_OF).values_list("target", flat=True))


WAY_BACK = WayBack(
    parts=lambda row: (
        *(row.outcomes.all(), row.sources.all(), row.numbers.all(), row.places.all(), row.goals.all()),
    ),
    not_said=_reported,
    keep=_keep,
    put_back=_put_back,
)
