"""Who may do what with an organization."""

from portal.common.actors import Actor, Group
from portal.organizations.enums import (
    EDITABLE,
    SUBMITTING_ROLES,
    TRANSITIONS,
    WRITING_ROLES,
    OrganizationState,
    Role,
)
from portal.organizations.models import Organization
from portal.organizations.queries import role_in


def can_create(actor: Actor) -> bool:
    return actor.is_person


def can_see(actor: Actor, organization: Organization) -> bool:
    """Members always; moderators and the protection focal point once it was sent in."""
    if role_in(actor, organization, organization.pk) is not None:
        return True
    return organization.state != OrganizationState.DRAFT and actor.has(Group.MODERATOR, Group.PROTECTION)


def can_edit(actor: Actor, organization: Organization) -> bool:
    role = role_in(actor, organization, organization.pk)
    return organization.state in EDITABLE and role in {Role.OWNER, Role.EDITOR}


def can_submit(actor: Actor, organization: Organization) -> bool:
    return role_in(actor, organization, organization.pk) == Role.OWNER


def can_send(actor: Actor, organization: Organization) -> bool:
    """Whether the next step may be to send it in: an owner, and a state that leads there."""
    possible = OrganizationState.SUBMITTED in TRANSITIONS.get(organization.state, frozenset())
    return possible and can_submit(actor, organization)


def can_verify(actor: Actor, organization: Organization) -> bool:
    """Moderators, and never somebody who belongs to the organization."""
    return actor.has(Group.MODERATOR) and role_in(actor, organization, organization.pk) is None


def can_write_for(actor: Actor, organization: Organization) -> bool:
    return role_in(actor, organization, organization.pk) in WRITING_ROLES


def can_submit_for(actor: Actor, organization: Organization) -> bool:
    return role_in(actor, organization, organization.pk) in SUBMITTING_ROLES
