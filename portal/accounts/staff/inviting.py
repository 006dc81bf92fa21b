"""Invitations to the staff, as verbs; nothing here tells whether an address has an account.

One is good for who has confirmed its address, while who sent it is an administrator.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.models import Group as GroupRow
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.accounts.addresses import folded_address
from portal.accounts.enums import StaffAction
from portal.accounts.invitations import GOOD_FOR, LATE, digest_of, is_late, new_code, require_unused
from portal.accounts.limits import Limit, take
from portal.accounts.models import StaffInvitation, User
from portal.accounts.queries import owns_address
from portal.accounts.staff import domain, mails, rules
from portal.accounts.staff.queries import is_administrator, works_here
from portal.common import events
from portal.common.actors import Actor, Group
from portal.common.characters import many_lines
from portal.common.errors import Incomplete, NotAllowed, Problem, WrongState

A_DAY = Limit("staff invitations", 20, timedelta(days=1))


@dataclass(frozen=True, slots=True)
class Invited:
    """To whom, for which tasks, in which language the mail is written, and why."""

    email: str
    tasks: Collection[Group]
    language: str
    reason: str


@transaction.atomic
def invite(to: Invited, *, actor: Actor, now: datetime) -> StaffInvitation:
    """One mail; an older one to the same address opens nothing any more.

    Raises `Incomplete` at its fields for one of the staff, without tasks or reason, and after too many.
    """
    domain.hold(actor)
    if not all(rules.may_give(actor, each) for each in to.tasks):
        raise NotAllowed("give a task that one does not have")
    email = folded_address(to.email)
    if problems := _problems(to, email):
        raise Incomplete(problems)
    if not take(A_DAY, str(actor.user_id), now=now):
        raise Incomplete([Problem("email", _("You have sent many invitations today. Go on tomorrow."))])
    StaffInvitation.objects.filter(email=email, used_at=None, revoked_at=None).update(revoked_at=now)
    return _sent(to, email, actor, now)


@transaction.atomic
def resend(invitation: StaffInvitation, *, actor: Actor, now: datetime) -> StaffInvitation:
    """A new mail with a new code and 72 hours more, also after it was too late."""
    stored = _locked(invitation, actor)
    tasks = [Group(each) for each in stored.tasks]
    return invite(Invited(stored.email, tasks, stored.language, stored.reason), actor=actor, now=now)


@transaction.atomic
def revoke(invitation: StaffInvitation, *, actor: Actor, now: datetime) -> StaffInvitation:
    stored = _locked(invitation, actor)
    stored.revoked_at = now
    stored.save(update_fields=["revoked_at"])
    _note("staff_invitation_revoked", stored, actor, now)
    return stored


@transaction.atomic
def accept(invitation: StaffInvitation, *, actor: Actor, now: datetime) -> User:
    """The tasks are the person's beside those they had.

    Raises `NotAllowed` for anybody who has not confirmed its address, `WrongState` when it opens nothing.
    """
    domain.lock()
    stored = StaffInvitation.objects.select_for_update().get(pk=invitation.pk)
    if not owns_address(actor, stored.email):
        raise NotAllowed("accept an invitation")
    if (refusal := why_closed(stored, now)) is not None:
        raise WrongState(refusal)
    stored.used_at = now
    stored.save(update_fields=["used_at"])
    user = User.objects.select_for_update().get(pk=actor.user_id or 0)
    user.groups.add(*GroupRow.objects.filter(name__in=stored.tasks))
    domain.note(StaffAction.JOINED, user, reason=stored.reason, actor=actor, now=now)
    return user


def why_closed(invitation: StaffInvitation, now: datetime) -> object | None:
    """What happened to an invitation that opens nothing, and how to get a new one; None for an open one."""
    if invitation.used_at is not None:
        return _("This invitation was used already. If it was you, your desk shows your new tasks.")
    if invitation.revoked_at is not None:
        return _("This invitation was withdrawn, or a newer mail was sent. Open the link in the newest one.")
    if is_late(invitation, now):
        return LATE
    if not is_administrator(invitation.invited_by_id):
        return _("Who invited you gives no tasks any more. Ask another administrator for a new invitation.")
    return None


def invitation_of(code: str) -> StaffInvitation | None:
    """The invitation that a mail with this code belongs to."""
    rows = StaffInvitation.objects.select_related("invited_by")
    return rows.filter(digest=digest_of(code)).first() if code else None


def _sent(to: Invited, email: str, actor: Actor, now: datetime) -> StaffInvitation:
    code, digest = new_code()
    row = StaffInvitation.objects.create(
        email=email,
        tasks=[each.value for each in to.tasks],
        language=to.language,
        digest=digest,
        invited_by_id=actor.user_id,
        reason=many_lines(to.reason),
        sent_at=now,
        expires_at=now + GOOD_FOR,
    )
    mails.invite(row, code, actor.name)
    _note("staff_invited", row, actor, now)
    return row


def _problems(to: Invited, email: str) -> list[Problem]:
    told = []
    if works_here(email):
        told.append(Problem("email", _("Somebody with this address works here already: change their tasks.")))
    if not to.tasks:
        told.append(Problem("tasks", _("Choose at least one task.")))
    if not many_lines(to.reason).strip():
        told.append(Problem("reason", domain.NO_REASON))
    return told


def _locked(invitation: StaffInvitation, actor: Actor) -> StaffInvitation:
    domain.hold(actor)
    stored = StaffInvitation.objects.select_for_update().get(pk=invitation.pk)
    require_unused(stored)
    return stored


def _note(action: str, row: StaffInvitation, actor: Actor, now: datetime) -> None:
    details: dict[str, object] = {"tasks": row.tasks}
    events.record(action, kind="staff_invitation", key=row.pk, actor=actor, now=now, details=details)
