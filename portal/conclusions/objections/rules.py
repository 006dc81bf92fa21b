"""Who may object and who may decide. `can_*` asks for role and state, `may_*` for the role alone."""

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
    if actor.user_id is None:
        return False
    return actor.user_id in (objection.disposed_by_id, objection.filed_by_id) or standing_by(
        actor.user_id, objection
    )


def standing_by(user: int, objection: Objection) -> bool:
    """Whether they set what the public conclusions say now: a later version may have said it anew."""
    rows = Disposition.objects.filter(
        conclusions__consultation_key=objection.consultation_key,
        conclusions__state=ConclusionsState.PUBLISHED,
        intervention_key=objection.intervention_key,
    )
    return rows.filter(decided_by_id=user).exists()
