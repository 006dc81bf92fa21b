"""Reads of needs and offers (from the ledger alone) and of offers of help (private, for their two sides)."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Q, QuerySet, When
from django.db.models.fields.json import KeyTextTransform

from portal.common.actors import Actor
from portal.common.collation import alphabetical
from portal.matching.enums import HelpState
from portal.matching.models import HelpOffer
from portal.matching.reasons import Side, needed
from portal.organizations.enums import SUBMITTING_ROLES
from portal.organizations.models import Membership, Organization
from portal.organizations.queries import organization_ids
from portal.pledges.enums import PledgeKind
from portal.pledges.models import Pledge
from portal.pledges.public_facts import places_in
from portal.publication.enums import RecordKind, RecordState, Relation
from portal.publication.figures import counted_once
from portal.publication.models import RecordLink
from portal.publication.queries import published
from portal.taxonomy.enums import MarkFacet
from portal.taxonomy.queries import marks

Links = dict[int, dict[str, set[str]]]


@dataclass(frozen=True, slots=True)
class Market:
    """All that is needed and offered in public, the newest pledge first. Codes and rows, no words."""

    needs: tuple[Side, ...]
    offers: tuple[Side, ...]


@counted_once
def market() -> Market:
    """Four queries, once for each state of the public."""
    support, links, populations = _support(), _links(), _populations()
    needs, offers = [], []
    rows = published(RecordKind.PLEDGE).select_related(None)
    for pk, key, organization, country, facts in rows.values_list(
        "pk", "source_key", "organization_id", "country", "facts"
    ):
        place = (pk, str(key), organization)
        near = _near(country, facts, links.get(pk, {}), populations)
        own, asked = _codes(facts, "needs"), tuple(support.get(str(key), ()))
        if own or asked:
            needs.append(Side(*place, needed(own, asked), *near, frozenset(own), asked))
        if facts.get("pledge_kind") == PledgeKind.MATCHING and (brought := _codes(facts, "contributions")):
            offers.append(Side(*place, frozenset(brought), *near))
    return Market(tuple(needs), tuple(offers))


def _codes(facts: dict[str, Any], name: str) -> list[str]:
    return str(facts.get(name) or "").split()


def _near(
    country: str, facts: dict[str, Any], links: dict[str, set[str]], populations: frozenset[str]
) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Countries, actions of plans, population groups."""
    return (
        frozenset({country, *(place.country for place in places_in(facts))} - {""}),
        frozenset(links.get(Relation.CARRIES_OUT, ())),
        populations & links.get(Relation.MARKED, set()),
    )


def _populations() -> frozenset[str]:
    return frozenset(code for code, mark in marks("en").items() if mark.facet == MarkFacet.POPULATION)


def _links() -> Links:
    """By pledge and relation, what pledges are near to. One query."""
    rows = RecordLink.objects.filter(
        record__kind=RecordKind.PLEDGE,
        record__state=RecordState.PUBLISHED,
        relation__in=(Relation.CARRIES_OUT, Relation.MARKED),
    )
    links: Links = defaultdict(lambda: defaultdict(set))
    for pk, relation, target in rows.order_by().values_list("record_id", "relation", "target"):
        links[pk][relation].add(target)
    return links


def _support() -> dict[str, list[str]]:
    """By key of a pledge, what its newest report asks for. One query."""
    rows = RecordLink.objects.filter(relation=Relation.REPORTS_ON, record__state=RecordState.PUBLISHED)
    newest: dict[str, tuple[str, int, str]] = {}
    told = (KeyTextTransform(name, "record__facts") for name in ("reported_on", "support"))
    for key, pk, day, asked in rows.order_by().values_list("target", "record_id", *told):
        newest[key] = max(newest.get(key, ("", 0, "")), (day or "", pk, asked or ""))
    return {key: asked.split() for key, (_day, _pk, asked) in newest.items()}


def offers_of_help(actor: Actor) -> QuerySet[HelpOffer]:
    """What the actor's organizations offer or are offered, what waits first, then the newest."""
    mine = organization_ids(actor)
    rows = HelpOffer.objects.filter(Q(need__organization_id__in=mine) | Q(offer__organization_id__in=mine))
    joined = rows.select_related("need__organization", "offer__organization")
    return joined.order_by(_first(Q(state=HelpState.OFFERED)), "-offered_at", "-pk")


def spoken_for(actor: Actor) -> QuerySet[Membership, int]:
    """Primary keys of the organizations in whose name the actor speaks, for use inside another query."""
    rows = Membership.objects.filter(user_id=actor.user_id or 0, role__in=SUBMITTING_ROLES)
    return rows.values_list("organization_id", flat=True)


def has_speakers(organization: Organization) -> bool:
    """Whether anybody could accept or decline in its name."""
    rows = Membership.objects.filter(organization=organization, role__in=SUBMITTING_ROLES)
    return rows.filter(user__is_active=True).exists()


def own_pledges(actor: Actor) -> QuerySet[Pledge]:
    """The public pledges with which the actor can offer help, those that are made for it first."""
    public = published(RecordKind.PLEDGE).order_by().values("source_key")
    rows = Pledge.objects.filter(key__in=public, organization_id__in=spoken_for(actor))
    is_matching = _first(Q(pledge_kind=PledgeKind.MATCHING))
    return rows.select_related("organization").order_by(is_matching, alphabetical("title"), "pk")


def _first(condition: Q) -> Any:
    """For an order in which those stand first that it holds for."""
    return Case(When(condition, then=0), default=1).asc()
