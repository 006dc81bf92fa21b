"""Who may do what with an intervention."""

from portal.common.actors import Actor, Group
from portal.interventions.enums import EDITABLE, TRANSITIONS, InterventionState
from portal.interventions.models import Intervention
from portal.interventions.queries import role_for
from portal.organizations.enums import SUBMITTING_ROLES, WRITING_ROLES


def can_see(actor: Actor, intervention: Intervention) -> bool:
    """Members always; moderators and the protection focal point once it was handed in."""
    if role_for(actor, intervention) is not None:
        return True
    return intervention.state != InterventionState.DRAFT and actor.has(Group.MODERATOR, Group.PROTECTION)


def can_write(actor: Actor, intervention: Intervention) -> bool:
    """Whether the person may write for the organization, whatever the state."""
    return role_for(actor, intervention) in WRITING_ROLES


def can_edit(actor: Actor, intervention: Intervention) -> bool:
    return intervention.state in EDITABLE and can_write(actor, intervention)


def can_hand_in(actor: Actor, intervention: Intervention) -> bool:
    """Whether the person may speak for the organization, whatever the state."""
    return role_for(actor, intervention) in SUBMITTING_ROLES


def can_submit(actor: Actor, intervention: Intervention) -> bool:
    return intervention.state in EDITABLE and can_hand_in(actor, intervention)


def can_withdraw(actor: Actor, intervention: Intervention) -> bool:
    possible = InterventionState.WITHDRAWN in TRANSITIONS.get(intervention.state, frozenset())
    return possible and can_hand_in(actor, intervention)


def can_moderate(actor: Actor, intervention: Intervention) -> bool:
    """Four eyes: a moderator, and never somebody who belongs to the organization."""
    return actor.has(Group.MODERATOR) and role_for(actor, intervention) is None
