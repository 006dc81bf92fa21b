"""Pledges of others without a party whose name is withheld; the app's configuration names both functions."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from portal.common.actors import Actor
from portal.organizations.models import Organization
from portal.pledges.joining import say_again
from portal.pledges.models import PledgeParty
from portal.pledges.public_facts import parties_as_fact, parties_in
from portal.publication.enums import Relation
from portal.publication.projections import Link, Projection


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
