"""Reads of pledges (private) for their authors and the secretariat."""

from uuid import UUID

from django.db.models import CharField, Q, QuerySet, Value
from django.db.models.functions import Cast

from portal.common.actors import Actor, Group
from portal.interventions.enums import InterventionState
from portal.interventions.models import Intervention
from portal.organizations.queries import organization_ids, role_in, with_role
from portal.pledges.enums import WAITING, PledgeLifecycle
from portal.pledges.models import Pledge, PledgeIntervention, PledgeOutcome

LINKABLE = frozenset({InterventionState.SUBMITTED, InterventionState.PUBLISHED})


def visible_to(actor: Actor) -> QuerySet[Pledge]:
    """Those of the actor's organizations; for moderators and the protection focal point all but drafts."""
    mine = Q(organization_id__in=organization_ids(actor))
    if actor.has(Group.MODERATOR, Group.PROTECTION):
        mine |= ~Q(lifecycle=PledgeLifecycle.DRAFT)
    return with_role(Pledge.objects.filter(mine).select_related("organization"), actor)


def of_organizations(actor: Actor) -> QuerySet[Pledge]:
    """What the actor's own organizations have written, last saved first."""
    rows = Pledge.objects.filter(organization_id__in=organization_ids(actor))
    return with_role(rows, actor).select_related("organization").order_by("-updated_at")


def role_for(actor: Actor, pledge: Pledge) -> str | None:
    """The actor's role in the pledge's organization."""
    return role_in(actor, pledge, pledge.organization_id)


def waiting() -> QuerySet[Pledge]:
    """What waits for a moderator, oldest first."""
    return (
        Pledge.objects.filter(lifecycle__in=WAITING).select_related("organization").order_by("submitted_at")
    )


def linkable_interventions(organization_id: int) -> QuerySet[Intervention]:
    """The organization's own interventions that a pledge may follow from."""
    return Intervention.objects.filter(organization_id=organization_id, state__in=LINKABLE).order_by(
        "-submitted_at"
    )


def outcomes_of(pledge: Pledge) -> tuple[str, ...]:
    return tuple(served.outcome for served in pledge.outcomes.all())


def sources_of(pledge: Pledge) -> tuple[UUID, ...]:
    """Keys of the interventions it follows from."""
    return tuple(source.intervention_key for source in pledge.sources.all())


def outcomes_and_sources(pledge_id: int) -> tuple[tuple[str, ...], tuple[UUID, ...]]:
    """Outcomes and interventions of a stored pledge, in order. One query."""
    outcomes = PledgeOutcome.objects.filter(pledge_id=pledge_id).order_by()
    sources = PledgeIntervention.objects.filter(pledge_id=pledge_id).order_by()
    rows = outcomes.values_list(Value("outcome"), "pk", Cast("outcome", CharField())).union(
        sources.values_list(Value("source"), "pk", Cast("intervention_key", CharField())), all=True
    )
    found = sorted(rows)
    return (
        tuple(value for kind, _pk, value in found if kind == "outcome"),
        tuple(UUID(value) for kind, _pk, value in found if kind == "source"),
    )


def external_id_taken(organization_id: int, external_id: str, *, but: int = 0) -> bool:
    """Whether another pledge of the organization bears this number."""
    rows = Pledge.objects.filter(organization_id=organization_id, external_id=external_id)
    return bool(external_id) and rows.exclude(pk=but).exists()
