"""Who is a party, and so writes, reads over and decides no assessment.

Of a pledge and its goals: who keeps it and every party that is named. Of an action: these of every public
pledge that carries it out.
"""

from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from portal.common.actors import Actor
from portal.followup.assessing.subjects import Subject, pledges_carrying_out
from portal.followup.enums import AssessedKind
from portal.followup.models.assessments import Assessment
from portal.organizations.models import Organization
from portal.organizations.queries import has_member, organization_ids
from portal.plan.queries import keys_above
from portal.pledges.enums import PUBLIC_PARTY, PartyState
from portal.pledges.models import Pledge, PledgeParty
from portal.publication.enums import RecordKind, RecordState, Relation
from portal.publication.models import RecordLink

PARTY = _(
    "Your organization is a party of this pledge. Whoever is a party does not assess it; another holder of "
    "a seat can."
)
PARTY_OF_ACTION = _(
    "Your organization is a party of a pledge that carries out this action. Whoever is a party does not "
    "assess it; another holder of a seat can."
)
OWN_PARTY = _(
    "You belong to an organization that is a party here. Whoever is a party does not assess, for whichever "
    "organization; another person can."
)


def party_words(subject: Subject) -> object:
    return PARTY_OF_ACTION if subject.kind == AssessedKind.ACTION else PARTY


def parties(subject: Subject) -> QuerySet[Organization]:
    """Organizations that keep or are named in the pledges behind it, confirmed or not."""
    return _in_states(subject, PUBLIC_PARTY)


def confirmed(subject: Subject) -> QuerySet[Organization]:
    """Those of them that keep a pledge or have confirmed: who may reply."""
    return _in_states(subject, (PartyState.CONFIRMED,))


def closed_to(actor: Actor) -> QuerySet[Assessment]:
    """Those of which the person belongs to a party, as `belongs_to_a_party` says it of one.

    The queries of `actions_of` are made at once.
    """
    return Assessment.objects.filter(of_pledges(pledges_of(actor))).order_by()


def of_pledges(pledges: QuerySet[Pledge]) -> Q:
    """The assessments of these, of their goals, and of the actions that they carry out."""
    return Q(pledge__in=pledges.order_by().values("pk")) | Q(action__in=actions_of(pledges))


def actions_of(pledges: QuerySet[Pledge]) -> set[str]:
    """Keys of the actions that these carry out, the public ones of them, also by a part below an action.

    As `pledges_carrying_out` says it of one action. A query, and two more where there are any.
    """
    links = RecordLink.objects.filter(
        relation=Relation.CARRIES_OUT,
        record__kind=RecordKind.PLEDGE,
        record__state=RecordState.PUBLISHED,
        record__source_key__in=pledges.order_by().values("key"),
    )
    return keys_above(set(links.order_by().values_list("target", flat=True)))


def pledges_of(actor: Actor) -> QuerySet[Pledge]:
    """Those that an organization of the person keeps, or in which it is named, confirmed or not."""
    places = organization_ids(actor)
    named = PledgeParty.objects.filter(organization__in=places, state__in=PUBLIC_PARTY).values("pledge")
    return Pledge.objects.filter(Q(organization__in=places) | Q(pk__in=named)).order_by()


def own_keys(actor: Actor) -> frozenset[UUID]:
    """The keys of these pledges. One query."""
    return frozenset(pledges_of(actor).values_list("key", flat=True))


def _in_states(subject: Subject, states: tuple[PartyState, ...]) -> QuerySet[Organization]:
    pledge = subject.pledge
    pledges = (
        [(pledge.pk, pledge.organization_id)]
        if pledge is not None
        else list(pledges_carrying_out(subject).values_list("pk", "organization_id"))
    )
    named = PledgeParty.objects.filter(pledge__in=[pk for pk, _keeper in pledges], state__in=states)
    own = Q(pk__in=[keeper for _pk, keeper in pledges]) | Q(pk__in=named.values("organization_id"))
    return Organization.objects.filter(own)


def is_party(subject: Subject, organization_id: int) -> bool:
    return parties(subject).filter(pk=organization_id).exists()


def belongs_to_a_party(actor: Actor, subject: Subject) -> bool:
    """Whether the person is a member of any party, in any role."""
    return has_member((actor.user_id,), parties(subject))
