"""Who may do what with an organization."""

from portal.common.actors import Actor, Group
from portal.organizations.enums import EDITABLE, SUBMITTING_ROLES, WRITING_ROLES, Role
from portal.organizations.models import Organization
from portal.organizations.queries import role_of


def can_see(actor: Actor, organization: Organization) -> bool:
    return actor.has(Group.MODERATOR, Group.PROTECTION) or role_of(actor, organization.pk) is not None


def can_edit(actor: Actor, organization: Organization) -> bool:
    return organization.state in EDITABLE and role_of(actor, organization.pk) in {Role.OWNER, Role.EDITOR}


def can_submit(actor: Actor, organization: Organization) -> bool:
    return role_of(actor, organization.pk) == Role.OWNER


def can_verify(actor: Actor, organization: Organization) -> bool:
    """Moderators, and never somebody who belongs to the organization."""
    return actor.has(Group.MODERATOR) and role_of(actor, organization.pk) is None


def can_write_for(actor: Actor, organization: Organization) -> bool:
    return role_of(actor, organization.pk) in WRITING_ROLES


def can_submit_for(actor: Actor, organization: Organization) -> bool:
    return role_of(actor, organization.pk) in SUBMITTING_ROLES
