"""Who may read the queue and who may decide."""

from portal.common.actors import Actor, Group
from portal.interventions.enums import WAITING as INTERVENTION_WAITING
from portal.moderation.queries import Subject, organization_of, state_of
from portal.organizations.enums import WAITING as ORGANIZATION_WAITING
from portal.organizations.queries import role_of
from portal.pledges.enums import WAITING as PLEDGE_WAITING

# The three tables use one word each for what waits; a test keeps this true.
WAITING_STATES = frozenset({*INTERVENTION_WAITING, *PLEDGE_WAITING, *ORGANIZATION_WAITING})
DRAFT = "draft"


def can_read_queue(actor: Actor) -> bool:
    return actor.is_person and actor.has(Group.MODERATOR, Group.PROTECTION)


def can_read(actor: Actor, subject: Subject) -> bool:
    """Nobody of the secretariat reads what has not been handed in."""
    return can_read_queue(actor) and state_of(subject) != DRAFT


def can_decide(actor: Actor, subject: Subject) -> bool:
    """Four eyes: a moderator, and never somebody who belongs to the organization."""
    return actor.is_person and actor.has(Group.MODERATOR) and not is_own(actor, subject)


def is_own(actor: Actor, subject: Subject) -> bool:
    """Whether the actor belongs to the subject's organization, in any role."""
    return role_of(actor, organization_of(subject).pk) is not None


def is_waiting(subject: Subject) -> bool:
    return state_of(subject) in WAITING_STATES
