"""Who is a party of a pledge, and so writes, reads over and decides no assessment of it."""

from django.db.models import Q, QuerySet

from portal.common.actors import Actor
from portal.organizations.models import Membership, Organization
from portal.pledges.enums import PUBLIC_PARTY
from portal.pledges.models import Pledge, PledgeParty


def parties(pledge: Pledge) -> QuerySet[Organization]:
    """The organization that keeps it and every party that is named, confirmed or not."""
    named = PledgeParty.objects.filter(pledge=pledge, state__in=PUBLIC_PARTY)
    own = Q(pk=pledge.organization_id) | Q(pk__in=named.values("organization_id"))
    return Organization.objects.filter(own)


def is_party(pledge: Pledge, organization_id: int) -> bool:
    return parties(pledge).filter(pk=organization_id).exists()


def belongs_to_a_party(actor: Actor, pledge: Pledge) -> bool:
    """Whether the person is a member of any party, in any role."""
    rows = Membership.objects.filter(user_id=actor.user_id or 0, organization__in=parties(pledge))
    return rows.exists()
