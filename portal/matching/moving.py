"""Offers of help go along when one of their pledges is merged into another; the app declares it."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Q, QuerySet

from portal.common.actors import Actor
from portal.matching.domain import publish_links
from portal.matching.models import HelpOffer
from portal.pledges.duplicates.followers import Follower, Moving
from portal.pledges.models import Pledge


def rows(pledges: Collection[int]) -> QuerySet[HelpOffer]:
    return HelpOffer.objects.filter(Q(need_id__in=pledges) | Q(offer_id__in=pledges))


def beside(pledges: Collection[int]) -> QuerySet[Pledge]:
    """The pledges at the other end."""
    helping, helped = Q(help_given__need_id__in=pledges), Q(help_offered__offer_id__in=pledges)
    return Pledge.objects.filter(helping | helped)


def move(moving: Moving) -> None:
    """An offer between the two, or one that the other pledge has too, stays with the merged one, unseen."""
    for help_ in rows([moving.old.pk]).select_related("need", "offer"):
        need = moving.new if help_.need_id == moving.old.pk else help_.need
        offer = moving.new if help_.offer_id == moving.old.pk else help_.offer
        if need.pk != offer.pk and not HelpOffer.objects.filter(need=need, offer=offer).exists():
            help_.need, help_.offer = need, offer
            help_.save(update_fields=["need", "offer"])
    tell(rows([moving.new.pk]), moving.actor, moving.now)


def tell(offers: QuerySet[HelpOffer], actor: Actor, now: datetime) -> None:
    for help_ in offers.select_related("need", "offer"):
        publish_links(help_, actor, now)


HELP = Follower(kind="help", rows=rows, move=move, tell=tell, beside=beside)
