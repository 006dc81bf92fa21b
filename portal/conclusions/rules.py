"""Who may do what with conclusions: editors draft, and never publish a version that they changed.

`may_*` asks for the role, `can_*` for the state as well.
"""

from portal.common.actors import Actor, Group
from portal.conclusions.models import Conclusions
from portal.conclusions.states import STATES, ConclusionsState


def may_draft(actor: Actor) -> bool:
    """Read and change what is not public yet."""
    return actor.is_person and actor.has(Group.EDITOR)


def is_other_staff(actor: Actor) -> bool:
    """Moderators are told whose room it is; to everybody else there is none."""
    return actor.has(Group.MODERATOR) and not may_draft(actor)


def may_back(actor: Actor) -> bool:
    """Attach evidence, say what became of an intervention; also the system, when it loads them."""
    return actor.has(Group.EDITOR)


def may_publish(actor: Actor, conclusions: Conclusions) -> bool:
    """A decision bears a name, and that of a second person: the system takes none."""
    return actor.is_person and actor.has(Group.EDITOR) and not is_own(actor, conclusions)


def can_publish(actor: Actor, conclusions: Conclusions) -> bool:
    leads = STATES.leads(conclusions.state, ConclusionsState.PUBLISHED)
    return leads and may_publish(actor, conclusions)


def is_own(actor: Actor, conclusions: Conclusions) -> bool:
    """Whether the actor changed this version, at any time since it was begun. One query."""
    if actor.user_id is None:
        return False
    return conclusions.author_id == actor.user_id or conclusions.writers.filter(pk=actor.user_id).exists()
