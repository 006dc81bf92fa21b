"""Who may object and who may decide. `can_*` asks for role and state, `may_*` for the role alone."""

from collections.abc import Collection

from portal.common.actors import Actor, Group
from portal.conclusions.models import Disposition, Objection
from portal.conclusions.states import ConclusionsState
from portal.interventions.models import Intervention
from portal.organizations.queries import role_of
from portal.submissions import rules as submission_rules


def may_object(actor: Actor, intervention: Intervention) -> bool:
    """Those who submit in the organization's name."""
    return actor.is_person and submission_rules.may_speak_for(actor, intervention)


def may_read_objections(actor: Actor) -> bool:
    return actor.is_person and actor.has(Group.EDITOR, Group.MODERATOR)


def may_decide(actor: Actor, objection: Objection) -> bool:
    """Four eyes: neither who set the disposition, nor who objects, nor anybody of the organization."""
    return (
        may_read_objections(actor)
        and not is_own(actor, objection)
        and role_of(actor, objection.organization_id) is None
    )


def can_decide(actor: Actor, objection: Objection) -> bool:
    return objection.is_open and may_decide(actor, objection)


def is_own(actor: Actor, objection: Objection) -> bool:
    """Whether the actor set the disposition or wrote the objection."""
    return objection.pk in own_among(actor, [objection])


def own_among(actor: Actor, objections: Collection[Objection]) -> set[int]:
    """Those that are the actor's own; of what the public conclusions say now, said anew or not. One query."""
    if actor.user_id is None:
        return set()
    standing = Disposition.objects.filter(
        conclusions__state=ConclusionsState.PUBLISHED,
        intervention_key__in={row.intervention_key for row in objections},
        decided_by_id=actor.user_id,
    )
    said = set(standing.values_list("conclusions__consultation_key", "intervention_key"))
    return {
        row.pk
        for row in objections
        if actor.user_id in (row.disposed_by_id, row.filed_by_id)
        or (row.is_open and (row.consultation_key, row.intervention_key) in said)
    }
