"""Whether a verified organization stands: suspended and back, confirmed each year, at risk; verbs."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.common import events
from portal.common.actors import Actor
from portal.common.errors import Incomplete, NotAllowed, Problem, WrongState
from portal.organizations import rules
from portal.organizations.domain import KIND, decided, locked, moved, require_second, show, stand
from portal.organizations.enums import OrganizationState
from portal.organizations.models import Organization
from portal.organizations.states import STATES


@transaction.atomic
def suspend_organization(
    organization: Organization, *, reason: str, actor: Actor, now: datetime
) -> Organization:
    """Nothing can be submitted in its name and its seats rest; its public page stays, with a mark."""
    organization = decided(locked(organization), OrganizationState.SUSPENDED, reason, "suspended", actor, now)
    show(organization, actor=actor, now=now)
    return organization


@transaction.atomic
def reinstate_organization(organization: Organization, *, actor: Actor, now: datetime) -> Organization:
    """Verified again, with all its rights; the year begins anew. One at risk takes two, as to be verified."""
    organization = locked(organization)
    if not rules.may_review(actor, organization):
        raise NotAllowed("reinstate organization")
    if organization.state != OrganizationState.SUSPENDED:
        STATES.require(organization.state, "")
    require_second(organization, actor)
    organization = decided(organization, OrganizationState.VERIFIED, "", "reinstated", actor, now)
    return stand(organization, actor=actor, now=now)


@transaction.atomic
def confirm_organization(organization: Organization, *, actor: Actor, now: datetime) -> Organization:
    """Its members say that its profile is right, for another year; one that has lapsed is verified again."""
    organization = locked(organization)
    if not rules.may_speak_for(actor, organization):
        raise NotAllowed("confirm organization")
    if organization.state == OrganizationState.VERIFIED:
        events.record("confirmed", kind=KIND, key=organization.key, actor=actor, now=now)
    elif organization.state == OrganizationState.LAPSED:
        organization = moved(organization, OrganizationState.VERIFIED, "confirmed", actor, now)
    else:
        STATES.require(organization.state, "")
    return stand(organization, actor=actor, now=now)


@transaction.atomic
def lapse_organization(organization: Organization, *, actor: Actor, now: datetime) -> Organization:
    """Nobody has confirmed it for a year: nothing can be submitted in its name until somebody does."""
    organization = moved(locked(organization), OrganizationState.LAPSED, "lapsed", actor, now)
    show(organization, actor=actor, now=now)
    return organization


@transaction.atomic
def ask_for_two(organization: Organization, *, actor: Actor, now: datetime) -> Organization:
    """Its members say that it is at risk: two moderators have to agree before it is verified."""
    organization = locked(organization)
    if not rules.may_speak_for(actor, organization):
        raise NotAllowed("mark as at risk")
    return _marked(organization, True, "", actor, now)


@transaction.atomic
def mark_at_risk(
    organization: Organization, *, is_at_risk: bool, reason: str, actor: Actor, now: datetime
) -> Organization:
    """By the protection focal point, who alone takes the mark away. The log does not keep the reason."""
    if not rules.may_mark_at_risk(actor, organization):
        raise NotAllowed("mark as at risk")
    if not reason.strip():
        raise Incomplete([Problem("reason", _("Say why, for the colleagues who decide."))])
    if organization.is_protected and not is_at_risk:
        raise WrongState(_("Its name is withheld: it is at risk as long as its owners want that."))
    return _marked(locked(organization), is_at_risk, reason.strip(), actor, now)


def _marked(
    organization: Organization, is_at_risk: bool, reason: str, actor: Actor, now: datetime
) -> Organization:
    if organization.is_at_risk == is_at_risk:
        return organization
    organization.is_at_risk, organization.first_yes_by, organization.risk_reason = is_at_risk, None, reason
    organization.save(update_fields=["is_at_risk", "first_yes_by", "risk_reason"])
    for waiting in (organization.claims, organization.changes):
        waiting.exclude(first_yes_by=None).update(first_yes_by=None)
    action = "marked_at_risk" if is_at_risk else "unmarked_at_risk"
    events.record(action, kind=KIND, key=organization.key, actor=actor, now=now)
    return organization
