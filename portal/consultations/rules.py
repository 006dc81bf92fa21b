"""Who may take in what a consultation is made of, and who may give an organization more time."""

from portal.common.actors import Actor, Group
from portal.organizations.models import Organization
from portal.organizations.queries import role_of


def may_import(actor: Actor) -> bool:
    """Concept notes and tables of attendance; also the system, when a command loads them."""
    return actor.has(Group.EDITOR)


def may_read_later(actor: Actor) -> bool:
    """The later deadlines of all organizations, with their reasons."""
    return actor.has(Group.EDITOR, Group.MODERATOR)


def may_give_later(actor: Actor, organization: Organization) -> bool:
    """Give or revoke a later deadline: never of one's own organization."""
    return may_read_later(actor) and role_of(actor, organization.pk) is None
