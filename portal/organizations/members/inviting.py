"""Invitations to an organization, as verbs; nothing here tells whether an address has an account.

One is good for who has confirmed its address, while who sent it gives roles.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.accounts.addresses import folded_address
from portal.accounts.invitations import GOOD_FOR, LATE, digest_of, is_late, new_code, require_unused
from portal.accounts.queries import owns_address
from portal.common.actors import Actor
from portal.common.errors import Incomplete, NotAllowed, Problem, WrongState
from portal.organizations.enums import OrganizationState, Role
from portal.organizations.member_models import Invitation
from portal.organizations.members import mails, rules
from portal.organizations.members.domain import note
from portal.organizations.members.limits import INVITATIONS_A_DAY, OPEN_INVITATIONS
from portal.organizations.members.queries import (
    RANK,
    invited_today,
    is_member_address,
    is_owner,
    open_invitations,
)
from portal.organizations.models import Membership, Organization

SUSPENDED = _(
    "The organization is suspended and takes in nobody. It can once the secretariat has reinstated it."
)


@dataclass(frozen=True, slots=True)
class Invited:
    """To whom, as what, and in which language the mail is written."""

    email: str
    role: Role
    language: str


@transaction.atomic
def invite(organization: Organization, *, to: Invited, actor: Actor, now: datetime) -> Invitation:
    """One mail. An open invitation of the same address is replaced: its code opens nothing any more.

    Raises `Incomplete` at `email` for a member, and where too many were sent or wait.
    """
    organization = Organization.objects.select_for_update().get(pk=organization.pk)
    if not rules.may_give(actor, organization, to.role):
        raise NotAllowed("invite")
    email = folded_address(to.email)
    if problems := [*_refused(organization, email), *_too_many(organization, actor, now)]:
        raise Incomplete(problems)
    return send(organization, to=Invited(email, to.role, to.language), actor=actor, now=now)


@transaction.atomic
def resend(invitation: Invitation, *, actor: Actor, now: datetime) -> Invitation:
    """A new mail with a new code and 72 hours more, also after it was too late."""
    organization, stored = _locked(invitation)
    if not rules.may_give(actor, organization, stored.role):
        raise NotAllowed("invite")
    require_unused(stored)
    return invite(
        organization, to=Invited(stored.email, Role(stored.role), stored.language), actor=actor, now=now
    )


@transaction.atomic
def revoke(invitation: Invitation, *, actor: Actor, now: datetime) -> Invitation:
    """The mail opens nothing any more; nobody is told."""
    organization, stored = _locked(invitation)
    if not rules.may_manage(actor, organization):
        raise NotAllowed("revoke an invitation")
    require_unused(stored)
    stored.revoked_at = now
    stored.save(update_fields=["revoked_at"])
    note("invitation_revoked", organization, actor, now, invitation=stored.pk)
    return stored


@transaction.atomic
def accept(invitation: Invitation, *, actor: Actor, now: datetime) -> Membership:
    """The person is a member in the role of the invitation; who has a higher one already keeps it.

    Raises `NotAllowed` for anybody who has not confirmed its address, `WrongState` when it is late, used
    or revoked.
    """
    organization, stored = _locked(invitation)
    if not owns_address(actor, stored.email):
        raise NotAllowed("accept an invitation")
    if (refusal := _why_not(stored, actor) or why_closed(stored, now)) is not None:
        raise WrongState(refusal)
    stored.used_at = now
    stored.save(update_fields=["used_at"])
    member = let_in(organization, actor.user_id or 0, stored.role, now)
    note("invitation_accepted", organization, actor, now, invitation=stored.pk, role=member.role)
    return member


def why_closed(invitation: Invitation, now: datetime) -> object | None:
    """What happened to an invitation that opens nothing, and how to get a new one; None for an open one."""
    if invitation.used_at is not None:
        return _("This invitation was used already. If it was you, the organization is on your desk.")
    if invitation.is_replaced:
        return _("A newer mail was sent for this invitation. Open the link in the newest one.")
    if invitation.revoked_at is not None:
        return _("This invitation was withdrawn. Ask who invited you for a new one.")
    if is_late(invitation, now):
        return LATE
    return _why_shut(invitation)


def _why_not(invitation: Invitation, actor: Actor) -> object | None:
    if invitation.reason and invitation.invited_by_id == actor.user_id:
        return _("You sent this invitation yourself. Nobody appoints themselves as owner.")
    return None


def _why_shut(invitation: Invitation) -> object | None:
    """What stands against one that is open: where its organization stands, and who sent it."""
    if invitation.organization.state == OrganizationState.SUSPENDED:
        return SUSPENDED
    if invitation.reason and not rules.still_appoints(invitation):
        return _("Who sent this invitation appoints nobody any more. Ask the secretariat for a new one.")
    if not invitation.reason and not is_owner(invitation.organization, invitation.invited_by_id):
        return _("Who sent this invitation gives no roles any more. Ask an owner for a new one.")
    return None


def invitation_of(code: str) -> Invitation | None:
    """The invitation that a mail with this code belongs to."""
    rows = Invitation.objects.select_related("organization", "invited_by")
    return rows.filter(digest=digest_of(code)).first() if code else None


def send(
    organization: Organization, *, to: Invited, actor: Actor, now: datetime, reason: str = ""
) -> Invitation:
    """Store it and mail its code; the caller has asked the rule and locked the organization."""
    _replace(organization, to.email, now)
    code, digest = new_code()
    invitation = Invitation.objects.create(
        organization=organization,
        email=to.email,
        role=to.role,
        language=to.language,
        digest=digest,
        invited_by_id=actor.user_id,
        reason=reason,
        sent_at=now,
        expires_at=now + GOOD_FOR,
    )
    mails.invite(invitation, code, actor.name)
    note("invited", organization, actor, now, invitation=invitation.pk, role=str(to.role))
    return invitation


def _replace(organization: Organization, email: str, now: datetime) -> None:
    """Those of this mailbox, however its address was spelled."""
    rows = organization.invitations.filter(used_at=None, revoked_at=None)
    older = [row.pk for row in rows if folded_address(row.email) == email]
    rows.filter(pk__in=older).update(revoked_at=now, is_replaced=True)


def appointed_at_once(member: Membership, *, reason: str, actor: Actor, now: datetime) -> Invitation:
    """Keeps why the secretariat made a member the owner: an invitation that was never sent, and used."""
    return Invitation.objects.create(
        organization=member.organization,
        email=member.user.email,
        role=Role.OWNER,
        language=member.user.language,
        digest=new_code()[1],
        invited_by_id=actor.user_id,
        reason=reason,
        sent_at=now,
        expires_at=now,
        used_at=now,
    )


def let_in(organization: Organization, user_id: int, role: str, now: datetime) -> Membership:
    member, is_new = Membership.objects.get_or_create(
        organization=organization, user_id=user_id, defaults={"role": role, "since": now}
    )
    if not is_new and RANK[role] > RANK[member.role]:
        member.role = role
        member.save(update_fields=["role"])
    return member


def _refused(organization: Organization, email: str) -> list[Problem]:
    if organization.state == OrganizationState.SUSPENDED:
        return [Problem("email", SUSPENDED)]
    if is_member_address(organization, email):
        return [Problem("email", _("Somebody with this address is a member already."))]
    return []


def _too_many(organization: Organization, actor: Actor, now: datetime) -> list[Problem]:
    if invited_today(actor, now) >= INVITATIONS_A_DAY:
        told = _("You have sent %(most)d invitations today; more are possible tomorrow.")
        return [Problem("email", told % {"most": INVITATIONS_A_DAY})]
    if open_invitations(organization, now).count() >= OPEN_INVITATIONS:
        told = _("%(most)d invitations wait to be accepted. Withdraw one first.")
        return [Problem("email", told % {"most": OPEN_INVITATIONS})]
    return []


def _locked(invitation: Invitation) -> tuple[Organization, Invitation]:
    """Both rows, the organization first."""
    organization = Organization.objects.select_for_update().get(pk=invitation.organization_id)
    stored = Invitation.objects.select_for_update(of=("self",)).select_related("organization", "invited_by")
    return organization, stored.get(pk=invitation.pk)
