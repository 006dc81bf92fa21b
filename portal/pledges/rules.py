"""Who may do what with a pledge."""

from portal.common.actors import Actor, Group
from portal.organizations.enums import SUBMITTING_ROLES, WRITING_ROLES
from portal.pledges.enums import EDITABLE, TRANSITIONS, PledgeLifecycle
from portal.pledges.models import Pledge
from portal.pledges.queries import role_for


def can_see(actor: Actor, pledge: Pledge) -> bool:
    """Members always; moderators and the protection focal point once it was handed in."""
    if role_for(actor, pledge) is not None:
        return True
    return pledge.lifecycle != PledgeLifecycle.DRAFT and actor.has(Group.MODERATOR, Group.PROTECTION)


def can_write(actor: Actor, pledge: Pledge) -> bool:
    """Whether the person may write for the organization, whatever the state."""
    return role_for(actor, pledge) in WRITING_ROLES


def can_edit(actor: Actor, pledge: Pledge) -> bool:
    return pledge.lifecycle in EDITABLE and can_write(actor, pledge)


def can_hand_in(actor: Actor, pledge: Pledge) -> bool:
    """Whether the person may speak for the organization, whatever the state."""
    return role_for(actor, pledge) in SUBMITTING_ROLES


def can_submit(actor: Actor, pledge: Pledge) -> bool:
    return pledge.lifecycle in EDITABLE and can_hand_in(actor, pledge)


def can_withdraw(actor: Actor, pledge: Pledge) -> bool:
    possible = PledgeLifecycle.WITHDRAWN in TRANSITIONS.get(pledge.lifecycle, frozenset())
    return possible and can_hand_in(actor, pledge)


def can_moderate(actor: Actor, pledge: Pledge) -> bool:
    """Four eyes: a moderator, and never somebody who belongs to the organization."""
    return actor.has(Group.MODERATOR) and role_for(actor, pledge) is None
