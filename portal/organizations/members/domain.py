"""What happens to members of an organization, as verbs; the desk and the deletion of accounts call them.

An organization that has an owner always keeps one: `LAST_OWNER` says what to do first.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from portal.common import events
from portal.common.actors import Actor
from portal.common.errors import Incomplete, NotAllowed, Problem
from portal.organizations.enums import OrganizationState, Role
from portal.organizations.member_models import Invitation
from portal.organizations.members import mails, rules
from portal.organizations.members.queries import other_owners, owned_alone
from portal.organizations.models import Membership, Organization

KIND = "organization"
LAST_OWNER = _(
    "An organization needs an owner, and this is the only one. Make another member an owner first, or "
    "invite somebody as owner and wait until they have accepted."
)


@transaction.atomic
def change_role(member: Membership, *, role: Role, actor: Actor, now: datetime) -> Membership:
    """Another role for a member. Raises `Incomplete` at `role` where no owner would be left."""
    organization, member = locked(member)
    if not rules.may_give(actor, organization, role):
        raise NotAllowed("give a role")
    if member.role == role:
        return member
    if role != Role.OWNER:
        require_owner_left(member, "role")
    member.role = role
    member.save(update_fields=["role"])
    _revoke_sent_by(member, now)
    note("role_changed", organization, actor, now, user=member.user_id, role=str(role))
    if member.user_id != actor.user_id:
        mails.tell_role(member)
    return member


@transaction.atomic
def remove(member: Membership, *, actor: Actor, now: datetime) -> None:
    """An owner takes somebody out, who is told. What the person wrote stays the organization's."""
    organization, member = locked(member)
    if not rules.may_manage(actor, organization) or member.user_id == actor.user_id:
        raise NotAllowed("remove a member")
    require_owner_left(member, "")
    mails.tell_removed(member)
    _drop(member, now)
    note("member_removed", organization, actor, now, user=member.user_id)


@transaction.atomic
def leave(organization: Organization, *, actor: Actor, now: datetime) -> None:
    """Give up one's own membership. Raises `Incomplete` where no owner would be left."""
    member = Membership.objects.filter(organization=organization, user_id=actor.user_id or 0).first()
    if member is None:
        raise NotAllowed("leave an organization")
    organization, member = locked(member)
    require_owner_left(member, "")
    _drop(member, now)
    note("member_left", organization, actor, now, user=member.user_id)


@transaction.atomic
def release(user: User, *, actor: Actor, now: datetime, to_secretariat: bool = False) -> None:
    """Give up all memberships of a person, before the account is deleted.

    Raises `Incomplete` naming the organizations that would be left without an owner, unless they are left
    `to_secretariat`, in whose room of organizations without owner they stand then. One that was never
    submitted, has nobody else and has written nothing goes with the person.
    """
    told = _("%(organization)s would have no owner. Make another member the owner first.")
    alone = list(owned_alone(user).select_for_update())
    kept = [row for row in alone if not _given_up(row, actor, now)]
    if kept and not to_secretariat:
        raise Incomplete(Problem("", told % {"organization": row.name}) for row in kept)
    # Whoever is no owner any more may go.
    Membership.objects.filter(user=user, organization__in=kept).update(role=Role.VIEWER)
    for member in Membership.objects.filter(user=user).select_related("organization"):
        _drop(member, now)
        note("member_left", member.organization, actor, now, user=user.pk)


def require_owner_left(member: Membership, field: str) -> None:
    """Raises `Incomplete` where the member is the last owner. The organization is locked."""
    if member.role != Role.OWNER:
        return
    if not other_owners(member.organization_id, [member.user_id]).exists():
        raise Incomplete([Problem(field, LAST_OWNER)])


def locked(member: Membership) -> tuple[Organization, Membership]:
    """Both rows, the organization first, so that two owners do not leave at once."""
    organization = Organization.objects.select_for_update().get(pk=member.organization_id)
    stored = Membership.objects.select_for_update(of=("self",)).select_related("user", "organization")
    return organization, stored.get(pk=member.pk)


def note(action: str, organization: Organization, actor: Actor, now: datetime, **details: object) -> None:
    events.record(action, kind=KIND, key=organization.key, actor=actor, now=now, details=details)


def _given_up(organization: Organization, actor: Actor, now: datetime) -> bool:
    """Whether an organization that only its owner ever saw is deleted."""
    if organization.state != OrganizationState.DRAFT or organization.members.count() > 1:
        return False
    try:
        with transaction.atomic():
            organization.delete()
    except ProtectedError:
        return False
    note("deleted", organization, actor, now)
    return True


def _drop(member: Membership, now: datetime) -> None:
    """With the invitations of who can give no roles any more."""
    member.role = Role.VIEWER
    _revoke_sent_by(member, now)
    Membership.objects.filter(pk=member.pk).delete()


def _revoke_sent_by(member: Membership, now: datetime) -> None:
    if member.role == Role.OWNER:
        return
    rows = Invitation.objects.filter(organization_id=member.organization_id, invited_by_id=member.user_id)
    rows.filter(used_at=None, revoked_at=None).update(revoked_at=now)
