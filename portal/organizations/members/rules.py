"""Who may do what with members of an organization.

`can_*` asks for role and state, `may_*` for the role alone.
"""

from datetime import datetime

from portal.common.actors import Actor, Group, person
from portal.organizations.enums import JoinState, OrganizationState, Role
from portal.organizations.member_models import Invitation, JoinRequest
from portal.organizations.members.queries import RANK, out_of_reach
from portal.organizations.models import Organization
from portal.organizations.queries import role_in, was_close
from portal.organizations.rules import is_focal_point


def may_see_members(actor: Actor, organization: Organization) -> bool:
    """Every member; their addresses only who may manage them."""
    return role_in(actor, organization, organization.pk) is not None


def may_manage(actor: Actor, organization: Organization) -> bool:
    """Give roles, invite, remove, decide about who asks to join: the owners."""
    return role_in(actor, organization, organization.pk) == Role.OWNER


def may_give(actor: Actor, organization: Organization, role: str) -> bool:
    """Nobody gives more than they have."""
    own = role_in(actor, organization, organization.pk)
    return own == Role.OWNER and RANK[role] <= RANK[own]


def can_ask(actor: Actor, organization: Organization) -> bool:
    """Anybody who is signed in and no member of a verified organization."""
    is_open = organization.state == OrganizationState.VERIFIED
    return is_open and actor.is_person and role_in(actor, organization, organization.pk) is None


def can_decide(actor: Actor, asked: JoinRequest, now: datetime) -> bool:
    is_open = asked.state == JoinState.WAITING and asked.expires_at > now
    return is_open and may_manage(actor, asked.organization)


def may_withdraw(actor: Actor, asked: JoinRequest) -> bool:
    return actor.is_person and actor.user_id == asked.person_id


def may_appoint(actor: Actor, organization: Organization) -> bool:
    """The secretariat, and never somebody who belongs to the organization, did, or is invited to.

    Of one whose name is withheld the protection focal point.
    """
    if not actor.is_person or not _is_secretariat(actor, organization):
        return False
    is_member = role_in(actor, organization, organization.pk) is not None
    return not is_member and not was_close(actor, organization)


def _is_secretariat(actor: Actor, organization: Organization) -> bool:
    return is_focal_point(actor) if organization.is_protected else actor.has(Group.MODERATOR)


def can_appoint(actor: Actor, organization: Organization, now: datetime) -> bool:
    """Only while no owner can be reached."""
    return may_appoint(actor, organization) and out_of_reach(now).filter(pk=organization.pk).exists()


def still_appoints(invitation: Invitation) -> bool:
    """Whether who sent it for the secretariat still could."""
    return may_appoint(person(invitation.invited_by), invitation.organization)


def may_read_out_of_reach(actor: Actor) -> bool:
    return actor.is_person and actor.has(Group.MODERATOR, Group.PROTECTION)
