"""Who backs a draft of conclusions and who publishes it: editors, and never the one who drafted last."""

from portal.common.actors import Actor, Group
from portal.conclusions.models import Conclusions
from portal.conclusions.states import STATES, ConclusionsState


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
    """Whether the actor changed the draft last."""
    return actor.user_id is not None and conclusions.author_id == actor.user_id
