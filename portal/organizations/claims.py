"""Somebody says that a listed organization is theirs, the secretariat decides: verbs of desk and moderation.

A claim gives no rights. Accepted, it makes the claimant the owner and the list's row their own: number and
records stay. Declined or taken back, nothing changes.
"""

from dataclasses import asdict
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.common import events
from portal.common.actors import Actor
from portal.common.errors import Incomplete, NotAllowed, Problem, WrongState
from portal.organizations import rules
from portal.organizations.directory import distinct, require_free
from portal.organizations.domain import (
    KIND,
    TAKES_TWO,
    OrganizationFields,
    missing,
    require_ground,
    stand,
)
from portal.organizations.enums import ClaimState, OrganizationState, Role
from portal.organizations.models import Membership, Organization, OrganizationClaim
from portal.organizations.states import CLAIM_STATES, STATES

# What a claimant says; the rest of the list's profile stays until its members change it.
CLAIMED = ("name", "acronym", "type_code", "country", "language", "website", "description", "evidence")


@transaction.atomic
def claim_organization(
    organization: Organization, *, fields: OrganizationFields, actor: Actor, now: datetime
) -> OrganizationClaim:
    """Wait for the secretariat's decision. The same person claims an organization once at a time.

    Raises `Incomplete` naming what is missing; a country that the list does not know may be.
    """
    organization = Organization.objects.select_for_update().get(pk=organization.pk)
    _require_listed(organization)
    if not rules.can_claim(actor, organization):
        raise NotAllowed("claim organization")
    if organization.claims.filter(claimant_id=actor.user_id, state=ClaimState.SUBMITTED).exists():
        raise WrongState(_("You have claimed this organization already. The secretariat decides next."))
    if problems := lacking(organization, fields):
        raise Incomplete(problems)
    claim = OrganizationClaim.objects.create(
        organization=organization,
        claimant_id=actor.user_id or 0,
        language=fields.language,
        profile={name: value for name, value in asdict(fields).items() if name in CLAIMED},
        listed=organization.public_profile,
        submitted_at=now,
    )
    events.record("claimed", kind=KIND, key=organization.key, actor=actor, now=now)
    return claim


def lacking(organization: Organization, fields: OrganizationFields) -> list[Problem]:
    """What the secretariat needs before it can decide; a regional body has no country."""
    problems = missing(Organization(**asdict(fields)))
    evidence = _("Say how the secretariat can check that you speak for the organization.")
    return [
        Problem("evidence", evidence) if problem.field == "evidence" else problem
        for problem in problems
        if problem.field != "country" or organization.country
    ]


@transaction.atomic
def accept_claim(claim: OrganizationClaim, *, actor: Actor, now: datetime) -> OrganizationClaim:
    """The claimant is its owner, it says what was claimed, and the list's name stays one of its names.

    Raises `WrongState` where the claimant has no account any more, or another public one has the name.
    """
    claim, organization = _locked(claim, actor, ClaimState.ACCEPTED)
    if not rules.may_say_yes(actor, claim):
        raise WrongState(TAKES_TWO)
    _require_listed(organization)
    STATES.require(organization.state, OrganizationState.VERIFIED)
    _require_decidable(claim, organization)
    claim.listed, names = organization.public_profile, [*organization.aliases, organization.name]
    for name in CLAIMED:
        setattr(organization, name, claim.profile.get(name, ""))
    organization.aliases = list(distinct(names, organization.name))
    organization.state = OrganizationState.VERIFIED.value
    organization.submitted_profile = organization.profile
    organization.submitted_at, organization.decided_at = claim.submitted_at, now
    organization.decided_by_id = actor.user_id
    Membership.objects.create(
        organization=organization, user_id=claim.claimant_id, role=Role.OWNER, since=now
    )
    stand(organization, actor=actor, now=now)
    return _decided(claim, ClaimState.ACCEPTED, "claim_accepted", actor, now)


@transaction.atomic
def give_first_yes(claim: OrganizationClaim, *, actor: Actor, now: datetime) -> OrganizationClaim:
    """Of two, for an organization at risk; the claim goes on waiting, for somebody else."""
    claim, organization = _locked(claim, actor, ClaimState.ACCEPTED)
    if not rules.takes_first_yes(claim):
        raise WrongState(_("Nothing to decide now: it was decided before."))
    claim.first_yes_by_id = actor.user_id
    claim.save(update_fields=["first_yes_by"])
    events.record("first_yes", kind=KIND, key=organization.key, actor=actor, now=now)
    return claim


@transaction.atomic
def decline_claim(
    claim: OrganizationClaim, *, reason: str, ground: str = "", actor: Actor, now: datetime
) -> OrganizationClaim:
    """The list stays as it is; the claimant reads the reason."""
    claim, organization = _locked(claim, actor, ClaimState.DECLINED)
    if not reason.strip():
        raise Incomplete([Problem("reason", _("Say why, so that the claimant knows."))])
    _keep_listed(claim, organization)
    claim.reason = reason.strip()
    claim.ground = require_ground(ground)
    return _decided(claim, ClaimState.DECLINED, "claim_declined", actor, now)


@transaction.atomic
def withdraw_claim(claim: OrganizationClaim, *, actor: Actor, now: datetime) -> OrganizationClaim:
    """Its claimant takes it back while it waits; the secretariat need not decide then."""
    organization, claim = _both(claim)
    if not rules.may_withdraw_claim(actor, claim):
        raise NotAllowed("withdraw a claim")
    CLAIM_STATES.require(claim.state, ClaimState.WITHDRAWN)
    _keep_listed(claim, organization)
    return _decided(claim, ClaimState.WITHDRAWN, "claim_withdrawn", actor, now)


def _locked(
    claim: OrganizationClaim, actor: Actor, state: ClaimState
) -> tuple[OrganizationClaim, Organization]:
    """Both rows for somebody who may decide, while it waits."""
    organization, claim = _both(claim)
    if not rules.may_review_claim(actor, claim):
        raise NotAllowed("decide about a claim")
    CLAIM_STATES.require(claim.state, state)
    return claim, organization


def _both(claim: OrganizationClaim) -> tuple[Organization, OrganizationClaim]:
    """Locked, the organization first."""
    organization = Organization.objects.select_for_update().get(pk=claim.organization_id)
    return organization, OrganizationClaim.objects.select_for_update().get(pk=claim.pk)


def _require_decidable(claim: OrganizationClaim, organization: Organization) -> None:
    if not claim.claimant.is_active:
        raise WrongState(_("Who claimed this has no account any more. Decline the claim."))
    name, country = str(claim.profile.get("name", "")), str(claim.profile.get("country", ""))
    require_free(name, country, organization)


def _keep_listed(claim: OrganizationClaim, organization: Organization) -> None:
    """What the list says now; once the organization has members, what they write is not the claim's."""
    if organization.state == OrganizationState.LISTED:
        claim.listed = organization.public_profile


def _require_listed(organization: Organization) -> None:
    if organization.state != OrganizationState.LISTED:
        raise WrongState(_("This organization has members now. Ask them to let you in."))


def _decided(
    claim: OrganizationClaim, state: ClaimState, action: str, actor: Actor, now: datetime
) -> OrganizationClaim:
    claim.state, claim.decided_at = state.value, now
    claim.save()
    events.record(action, kind=KIND, key=claim.organization.key, actor=actor, now=now)
    return claim
