"""Somebody asks to be let into a verified organization, its owners decide: verbs of the desk."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.common.actors import Actor
from portal.common.errors import Incomplete, NotAllowed, Problem, WrongState
from portal.organizations.enums import JoinState, OrganizationState, Role
from portal.organizations.member_models import JoinRequest
from portal.organizations.members import mails, rules
from portal.organizations.members.domain import note
from portal.organizations.members.inviting import SUSPENDED, let_in
from portal.organizations.members.limits import ASKED_FOR, LONGEST_TEXT, REQUESTS_A_DAY
from portal.organizations.members.queries import asked_today
from portal.organizations.models import Organization

NO_ACCOUNT = _("Who asked has no account any more. Decline the request.")


@transaction.atomic
def ask(organization: Organization, *, text: str, actor: Actor, now: datetime) -> JoinRequest:
    """Wait for the owners, who are told by mail. It gives no rights and shows nothing of the organization.

    Raises `Incomplete` at `text`, `WrongState` where one waits already.
    """
    organization = Organization.objects.select_for_update().get(pk=organization.pk)
    if not rules.can_ask(actor, organization):
        raise NotAllowed("ask to join")
    mine = JoinRequest.objects.filter(organization=organization, person_id=actor.user_id)
    mine.filter(state=JoinState.WAITING, expires_at__lte=now).update(state=JoinState.EXPIRED)
    if mine.filter(state=JoinState.WAITING).exists():
        raise WrongState(_("You have asked this organization already. Its owners decide next."))
    if problems := _problems(text, actor, now):
        raise Incomplete(problems)
    asked = JoinRequest.objects.create(
        organization=organization,
        person_id=actor.user_id or 0,
        text=text.strip(),
        asked_at=now,
        expires_at=now + ASKED_FOR,
    )
    mails.tell_asked(asked)
    note("join_asked", organization, actor, now, request=asked.pk)
    return asked


@transaction.atomic
def let_join(asked: JoinRequest, *, role: Role, actor: Actor, now: datetime) -> JoinRequest:
    """A member from now on, in the role that the owner gives; told by mail."""
    organization, stored = _decidable(asked, actor, now)
    if not rules.may_give(actor, organization, role):
        raise NotAllowed("give a role")
    if organization.state == OrganizationState.SUSPENDED:
        raise Incomplete([Problem("role", SUSPENDED)])
    if not stored.person.is_active:
        raise Incomplete([Problem("role", NO_ACCOUNT)])
    let_in(organization, stored.person_id, role, now)
    return _decided(stored, JoinState.ACCEPTED, "join_accepted", actor, now)


@transaction.atomic
def decline(asked: JoinRequest, *, reason: str, actor: Actor, now: datetime) -> JoinRequest:
    """No member; the person reads the reason. Raises `Incomplete` at `reason` where there is none."""
    _organization, stored = _decidable(asked, actor, now)
    if not reason.strip():
        raise Incomplete([Problem("reason", _("Say why, so that the person knows."))])
    stored.reason = reason.strip()
    return _decided(stored, JoinState.DECLINED, "join_declined", actor, now)


@transaction.atomic
def withdraw(asked: JoinRequest, *, actor: Actor, now: datetime) -> JoinRequest:
    """Who asked takes it back while it waits."""
    _organization, stored = _locked(asked)
    if not rules.may_withdraw(actor, stored):
        raise NotAllowed("withdraw a request to join")
    if stored.state != JoinState.WAITING:
        raise WrongState(_("It is decided already and cannot be taken back."))
    return _decided(stored, JoinState.WITHDRAWN, "join_withdrawn", actor, now)


def state_at(asked: JoinRequest, now: datetime) -> JoinState:
    """Where it stands at a moment: what waits too long has expired."""
    is_late = asked.state == JoinState.WAITING and asked.expires_at <= now
    return JoinState.EXPIRED if is_late else JoinState(asked.state)


def _problems(text: str, actor: Actor, now: datetime) -> list[Problem]:
    if asked_today(actor, now) >= REQUESTS_A_DAY:
        told = _("You have asked %(most)d organizations today; more are possible tomorrow.")
        return [Problem("text", told % {"most": REQUESTS_A_DAY})]
    if not text.strip():
        return [Problem("text", _("Say who you are, so that the owners can decide."))]
    if len(text) > LONGEST_TEXT:
        told = _("Say it in %(most)d characters at most.")
        return [Problem("text", told % {"most": LONGEST_TEXT})]
    return []


def _locked(asked: JoinRequest) -> tuple[Organization, JoinRequest]:
    """Both rows, the organization first."""
    organization = Organization.objects.select_for_update().get(pk=asked.organization_id)
    rows = JoinRequest.objects.select_for_update(of=("self",)).select_related("person", "organization")
    return organization, rows.get(pk=asked.pk)


def _decidable(asked: JoinRequest, actor: Actor, now: datetime) -> tuple[Organization, JoinRequest]:
    organization, stored = _locked(asked)
    if not rules.may_manage(actor, organization):
        raise NotAllowed("decide about a request to join")
    if state_at(stored, now) != JoinState.WAITING:
        raise WrongState(_("Nothing waits here any more: it was decided, taken back or has expired."))
    return organization, stored


def _decided(asked: JoinRequest, state: JoinState, action: str, actor: Actor, now: datetime) -> JoinRequest:
    asked.state, asked.decided_at = state.value, now
    asked.save(update_fields=["state", "reason", "decided_at"])
    if state != JoinState.WITHDRAWN:
        mails.tell_decided(asked)
    note(action, asked.organization, actor, now, request=asked.pk)
    return asked
