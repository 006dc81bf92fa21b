"""Who may do what in the library."""

from portal.common.actors import Actor, Group


def can_add(actor: Actor) -> bool:
    return actor.has(Group.EDITOR)


def can_withdraw(actor: Actor) -> bool:
    return actor.has(Group.EDITOR)


def can_describe(actor: Actor) -> bool:
    """Correct what is said of a document, or replace its file."""
    return actor.has(Group.EDITOR)
