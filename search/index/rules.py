"""Who may look after the index."""

from portal.common.actors import Actor, Group


def can_operate_index(actor: Actor) -> bool:
    """The secretariat's editors and administrators."""
    return actor.has(Group.EDITOR)
