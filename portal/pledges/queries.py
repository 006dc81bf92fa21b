"""Reads of what belongs to a pledge (private)."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import CharField, QuerySet, Value
from django.db.models.functions import Cast

from portal.interventions.models import Intervention
from portal.pledges.models import Pledge, PledgeIntervention, PledgeOutcome
from portal.submissions.states import SubmissionState

LINKABLE = frozenset({SubmissionState.SUBMITTED, SubmissionState.PUBLISHED})


@dataclass(frozen=True, slots=True)
class Linked:
    """The outcomes a pledge serves and the keys of the interventions it follows from, in order."""

    outcomes: tuple[str, ...]
    sources: tuple[UUID, ...]


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


def outcomes_and_sources(pledge_id: int) -> Linked:
    """Outcomes and interventions of a stored pledge, in order. One query."""
    outcomes = PledgeOutcome.objects.filter(pledge_id=pledge_id).order_by()
    sources = PledgeIntervention.objects.filter(pledge_id=pledge_id).order_by()
    rows = outcomes.values_list(Value("outcome"), "pk", Cast("outcome", CharField())).union(
        sources.values_list(Value("source"), "pk", Cast("intervention_key", CharField())), all=True
    )
    pairs = sorted(rows)
    return Linked(
        outcomes=tuple(value for kind, _pk, value in pairs if kind == "outcome"),
        sources=tuple(UUID(value) for kind, _pk, value in pairs if kind == "source"),
    )


def external_id_taken(organization_id: int, external_id: str, *, but: int = 0) -> bool:
    """Whether another pledge of the organization bears this number."""
    rows = Pledge.objects.filter(organization_id=organization_id, external_id=external_id)
    return bool(external_id) and rows.exclude(pk=but).exists()
