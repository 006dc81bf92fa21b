"""Pledges without what would tell a name that is withheld: a party, or an own text that they follow from."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from portal.common.actors import Actor, system
from portal.interventions.models import Intervention
from portal.organizations.models import Organization
from portal.pledges.joining import say_again
from portal.pledges.models import PledgeParty
from portal.pledges.public_facts import parties_as_fact, parties_in
from portal.publication.domain import publish
from portal.publication.enums import RecordKind, Relation
from portal.publication.models import RecordLink
from portal.publication.projections import Link, Projection
from portal.publication.queries import as_published, published

FOLLOWING = system("pledges")


def without_party(face: Projection, key: UUID) -> Projection:
    """The same without the organization with this key among its parties."""
    if "parties" not in face.facts:
        return face
    parties = parties_as_fact(row for row in parties_in(face.facts) if row.organization != key)
    links = tuple(link for link in face.links if link != Link(Relation.PARTY, str(key)))
    facts = {name: value for name, value in face.facts.items() if name != "parties"}
    return replace(face, facts=facts | ({"parties": parties} if parties else {}), links=links)


def name_parties_again(organization: Organization, actor: Actor, now: datetime) -> None:
    """What it has confirmed stands again once its name is no longer withheld."""
    if organization.is_protected:
        return
    rows = PledgeParty.objects.filter(organization=organization, is_named=True)
    for row in rows.select_related("pledge__organization", "organization").order_by("pk"):
        say_again(row, actor=actor, now=now)


def without_sources(keys: Sequence[UUID], now: datetime) -> None:
    """Own pledges, which bear the name, no longer say that they follow from texts that withhold it now.

    Their dates stay: they would tell it by the moment. One query where there are none.
    """
    own = Intervention.objects.filter(key__in=keys, is_name_withheld=True)
    linked = RecordLink.objects.filter(relation=Relation.FOLLOWS, target__in=map(str, keys)).values("record")
    authors = own.values("organization__key")
    for record in published(RecordKind.PLEDGE).filter(pk__in=linked, organization__source_key__in=authors):
        author = record.organization
        withheld = (
            own.filter(organization__key=author.source_key).values_list("key", flat=True) if author else ()
        )
        gone = {Link(Relation.FOLLOWS, str(key)) for key in withheld}
        said = as_published(record)
        said = replace(said, links=tuple(link for link in said.links if link not in gone))
        publish(said, actor=FOLLOWING, now=now, forget=True, dated=record.updated_at)
