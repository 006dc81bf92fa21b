"""Who links recommendations to actions. `may_*` asks for the role alone."""

from portal.common.actors import Actor, Group
from portal.plan.models import ActionLink


def may_link(actor: Actor) -> bool:
    return actor.has(Group.EDITOR)


def can_confirm(actor: Actor, link: ActionLink) -> bool:
    """A second person, once."""
    if not may_link(actor) or link.is_confirmed:
        return False
    return not actor.is_person or actor.user_id != link.asserted_by_id
