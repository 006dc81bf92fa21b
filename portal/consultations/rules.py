"""Who may take in what a consultation is made of; the imports ask it."""

from portal.common.actors import Actor, Group


def may_import(actor: Actor) -> bool:
    """Concept notes and tables of attendance; also the system, when a command loads them."""
    return actor.has(Group.EDITOR)
