"""The secretariat gives an organization an owner where none can be reached: verbs of its room."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.accounts.addresses import folded_address
from portal.accounts.staff.queries import administrators
from portal.common.actors import Actor
from portal.common.errors import Incomplete, NotAllowed, Problem, WrongState
from portal.organizations.enums import OrganizationState, Role
from portal.organizations.member_models import Invitation
from portal.organizations.members import mails, rules
from portal.organizations.members.domain import locked, note
from portal.organizations.members.inviting import SUSPENDED, Invited, appointed_at_once, send
from portal.organizations.members.queries import has_address, members_of
from portal.organizations.models import Membership, Organization

OWN_ADDRESS = _("This is an address of your own account. Nobody appoints themselves: choose somebody else.")


@transaction.atomic
def appoint_member(member: Membership, *, reason: str, actor: Actor, now: datetime) -> Membership:
    """A member becomes owner; the owners until now keep their role and are told with the reason."""
    organization, member = locked(member)
    _require(organization, reason, actor, now)
    if not member.user.is_active:
        raise WrongState(_("This person has no account any more. Choose somebody else."))
    former = former_owners(organization)
    member.role = Role.OWNER
    member.save(update_fields=["role"])
    kept = appointed_at_once(member, reason=reason.strip(), actor=actor, now=now)
    note("owner_appointed", organization, actor, now, user=member.user_id, invitation=kept.pk)
    mails.tell_role(member)
    _tell(organization, former, member.user.email, reason.strip(), actor)
    return member


@transaction.atomic
def appoint_by_mail(
    organization: Organization, *, to: Invited, reason: str, actor: Actor, now: datetime
) -> Invitation:
    """Somebody outside is invited as owner; the owners until now are told with the reason."""
    organization = Organization.objects.select_for_update().get(pk=organization.pk)
    _require(organization, reason, actor, now)
    email = folded_address(to.email)
    _require_another(organization, email, actor)
    former = former_owners(organization)
    invited = Invited(email, Role.OWNER, to.language)
    invitation = send(organization, to=invited, actor=actor, now=now, reason=reason.strip())
    note("owner_appointed", organization, actor, now, invitation=invitation.pk)
    _tell(organization, former, email, reason.strip(), actor)
    return invitation


def former_owners(organization: Organization) -> list[Membership]:
    return [row for row in members_of(organization) if row.role == Role.OWNER]


def _tell(
    organization: Organization, former: list[Membership], email: str, reason: str, actor: Actor
) -> None:
    mails.tell_former(organization, former, reason)
    mails.tell_administrators(organization, administrators(), by=actor.name, email=email, reason=reason)


def _require_another(organization: Organization, email: str, actor: Actor) -> None:
    """Nobody appoints themselves, and a suspended organization takes in nobody."""
    if organization.state == OrganizationState.SUSPENDED:
        raise Incomplete([Problem("email", SUSPENDED)])
    if has_address(actor, email):
        raise Incomplete([Problem("email", OWN_ADDRESS)])


def _require(organization: Organization, reason: str, actor: Actor, now: datetime) -> None:
    if not rules.may_appoint(actor, organization):
        raise NotAllowed("appoint an owner")
    if not rules.can_appoint(actor, organization, now):
        raise WrongState(_("An owner of this organization can be reached: they give the roles."))
    if not reason.strip():
        raise Incomplete([Problem("reason", _("Say why, so that the owners until now know."))])
