"""Who may do what with files; whatever is not said here is not allowed."""

from portal.common.actors import Actor, Group


def can_store(actor: Actor) -> bool:
    return actor.is_person or actor.is_system


def can_publish(actor: Actor) -> bool:
    return actor.has(Group.EDITOR, Group.MODERATOR)
