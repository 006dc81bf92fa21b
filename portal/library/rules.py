"""Who may do what in the library."""

from portal.common.actors import Actor, Group


def can_add(actor: Actor) -> bool:
    return actor.has(Group.EDITOR)


def can_withdraw(actor: Actor) -> bool:
    return actor.has(Group.EDITOR)
