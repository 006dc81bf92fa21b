"""What happens to an organization, as verbs; views, moderation and the demo call them."""

from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.common import events
from portal.common.actors import Actor
from portal.common.errors import Incomplete, NotAllowed, Problem, SavedBefore, WrongState
from portal.organizations import rules
from portal.organizations.enums import OrganizationState, Role
from portal.organizations.models import Membership, Organization
from portal.organizations.projection import project
from portal.organizations.states import STATES
from portal.publication.domain import publish

KIND = "organization"
# What the secretariat has checked: a verified organization asks it for a change of these.
VERIFIED_FIELDS = ("name", "type_code", "country")


@dataclass(frozen=True, slots=True)
class OrganizationFields:
    """What a person may say about an organization."""

    name: str
    type_code: str
    country: str
    language: str
    acronym: str = ""
    website: str = ""
    description: str = ""
    evidence: str = ""


@transaction.atomic
def create_organization(
    *, fields: OrganizationFields, actor: Actor, now: datetime, key: UUID | None = None
) -> Organization:
    """A draft organization; the person who writes it down becomes its owner.

    The same `key` with the same words gives the same organization: a form sent twice makes one. With
    others it raises `SavedBefore`.
    """
    if not rules.can_create(actor):
        raise NotAllowed("create organization")
    organization, is_new = Organization.objects.get_or_create(
        key=key or uuid4(), defaults={**asdict(fields), "created_at": now}
    )
    if not is_new:
        if not rules.can_view(actor, organization):
            raise NotAllowed("create organization")
        if any(getattr(organization, name) != value for name, value in asdict(fields).items()):
            raise SavedBefore()
        return organization
    Membership.objects.create(
        organization=organization, user_id=actor.user_id or 0, role=Role.OWNER, since=now
    )
    events.record("created", kind=KIND, key=organization.key, actor=actor, now=now)
    return organization


@transaction.atomic
def update_organization(
    organization: Organization, *, fields: OrganizationFields, actor: Actor, now: datetime
) -> Organization:
    """Change the profile; what is public changes with it. Name, type and country of a verified one stay."""
    organization = _locked(organization)
    if not rules.can_view(actor, organization):
        raise NotAllowed("update organization")
    if organization.state not in STATES.editable:
        raise WrongState(_("This cannot be changed while it waits for verification."))
    if not rules.can_edit(actor, organization):
        raise NotAllowed("update organization")
    is_verified = organization.state == OrganizationState.VERIFIED
    for name, value in asdict(fields).items():
        if not (is_verified and name in VERIFIED_FIELDS):
            setattr(organization, name, value)
    if is_verified:
        organization.submitted_profile = organization.profile
    organization.save()
    events.record("changed", kind=KIND, key=organization.key, actor=actor, now=now)
    if is_verified:
        publish(project(organization), actor=actor, now=now)
    return organization


@transaction.atomic
def submit_organization(organization: Organization, *, actor: Actor, now: datetime) -> Organization:
    """Send the profile to the secretariat. Raises `Incomplete` naming each missing field."""
    organization = _locked(organization)
    if not rules.may_submit(actor, organization):
        raise NotAllowed("submit organization")
    STATES.require(organization.state, OrganizationState.SUBMITTED)
    if problems := missing(organization):
        raise Incomplete(problems)
    organization.submitted_at, organization.submitted_profile = now, organization.profile
    return _moved(organization, OrganizationState.SUBMITTED, "submitted", actor, now)


@transaction.atomic
def verify_organization(organization: Organization, *, actor: Actor, now: datetime) -> Organization:
    """Verified: its public face enters the ledger and its members may submit."""
    organization = _decided(organization, OrganizationState.VERIFIED, "", "verified", actor, now)
    publish(project(organization), actor=actor, now=now)
    return organization


@transaction.atomic
def request_information(
    organization: Organization, *, reason: str, actor: Actor, now: datetime
) -> Organization:
    """Back to its members with a question."""
    return _decided(
        organization, OrganizationState.INFO_REQUESTED, reason, "information_requested", actor, now
    )


@transaction.atomic
def decline_organization(
    organization: Organization, *, reason: str, actor: Actor, now: datetime
) -> Organization:
    """Not verified, with the reason; its members may correct the profile and send it again."""
    return _decided(organization, OrganizationState.DECLINED, reason, "declined", actor, now)


def missing(organization: Organization) -> list[Problem]:
    """What the secretariat needs before it can verify."""
    needed = {
        "name": _("Enter the name of the organization."),
        "type_code": _("Choose the kind of organization."),
        "country": _("Choose the country."),
        "description": _("Say in a few sentences what the organization does."),
        "evidence": _("Say how the secretariat can check that the organization exists."),
    }
    return [
        Problem(name, message)
        for name, message in needed.items()
        if not str(getattr(organization, name)).strip()
    ]


def _decided(
    organization: Organization,
    state: OrganizationState,
    reason: str,
    action: str,
    actor: Actor,
    now: datetime,
) -> Organization:
    organization = _locked(organization)
    if not rules.may_review(actor, organization):
        raise NotAllowed(action)
    STATES.require(organization.state, state)
    if state != OrganizationState.VERIFIED and not reason.strip():
        raise Incomplete([Problem("reason", _("Say why, so that the members know what to correct."))])
    organization.reason, organization.decided_at = reason.strip(), now
    return _moved(organization, state, action, actor, now)


def _locked(organization: Organization) -> Organization:
    return Organization.objects.select_for_update().get(pk=organization.pk)


def _moved(
    organization: Organization, state: OrganizationState, action: str, actor: Actor, now: datetime
) -> Organization:
    """The one door between states."""
    STATES.require(organization.state, state)
    organization.state = state.value
    organization.save()
    events.record(action, kind=KIND, key=organization.key, actor=actor, now=now)
    return organization
