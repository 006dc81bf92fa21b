"""Who may enter what was said in the room, and when its organization may say whether it was so."""

from portal.common.actors import Actor, Group
from portal.submissions.states import GIVEN

# While it stands so, its organization may confirm it or object to it.
CONFIRMABLE = GIVEN


def may_enter(actor: Actor) -> bool:
    return actor.has(Group.EDITOR)


def may_read_entered(actor: Actor) -> bool:
    """Who decides about what was entered reads what organizations say of it, too."""
    return actor.has(Group.EDITOR, Group.MODERATOR)
