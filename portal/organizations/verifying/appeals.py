"""An organization appeals against a refusal, somebody else than who declined it decides; verbs."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from portal.common import events
from portal.common.actors import Actor
from portal.common.errors import Incomplete, NotAllowed, Problem, WrongState
from portal.organizations import identities, rules
from portal.organizations.domain import KIND, decided, locked, moved, require_known, require_second, stand
from portal.organizations.enums import AppealState, OrganizationState
from portal.organizations.models import Appeal, Organization
from portal.organizations.states import APPEAL_STATES, STATES


@transaction.atomic
def appeal(organization: Organization, *, text: str, language: str, actor: Actor, now: datetime) -> Appeal:
    """Once for each refusal. Raises `Incomplete` without words, `WrongState` when nothing is declined."""
    organization = locked(organization)
    if not rules.may_speak_for(actor, organization):
        raise NotAllowed("appeal")
    if organization.state != OrganizationState.DECLINED or organization.decided_at is None:
        raise WrongState(_("There is no refusal to appeal against."))
    if organization.is_changed:
        raise WrongState(_("You have changed the profile since. Submit it again instead of appealing."))
    if not text.strip():
        raise Incomplete([Problem("text", _("Say why the refusal is wrong."))])
    made = Appeal(
        organization=organization,
        author_id=actor.user_id,
        language=language,
        text=text.strip(),
        declined_at=organization.decided_at,
        declined_by_id=organization.decided_by_id,
        ground=organization.ground,
        declined_reason=organization.reason,
        submitted_at=now,
    )
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError:
        raise WrongState(_("You have appealed against this refusal already.")) from None
    events.record("appealed", kind=KIND, key=organization.key, actor=actor, now=now)
    return made


@transaction.atomic
def grant_appeal(row: Appeal, *, reason: str, actor: Actor, now: datetime) -> Appeal:
    """The organization is verified with the profile that was submitted and read.

    For one at risk this is the first of two yeses, and it waits again.
    """
    row, organization = _both(row, AppealState.GRANTED, reason, actor)
    require_known(organization, actor)
    identities.write(organization, identities.identified(organization).submitted_profile)
    if organization.is_at_risk:
        organization.submitted_at, organization.first_yes_by_id = now, actor.user_id
        moved(organization, OrganizationState.SUBMITTED, "appeal_granted", actor, now)
    else:
        require_second(organization, actor)
        organization = decided(organization, OrganizationState.VERIFIED, "", "appeal_granted", actor, now)
        stand(organization, actor=actor, now=now)
    return _ended(row, AppealState.GRANTED, reason, now)


@transaction.atomic
def dismiss_appeal(row: Appeal, *, reason: str, actor: Actor, now: datetime) -> Appeal:
    """The refusal stands; the organization may correct its profile and submit it again."""
    row, organization = _both(row, AppealState.DISMISSED, reason, actor)
    events.record("appeal_dismissed", kind=KIND, key=organization.key, actor=actor, now=now)
    return _ended(row, AppealState.DISMISSED, reason, now)


def _both(row: Appeal, state: AppealState, reason: str, actor: Actor) -> tuple[Appeal, Organization]:
    """Locked, the organization first as everywhere."""
    organization = locked(row.organization)
    row = Appeal.objects.select_for_update().get(pk=row.pk)
    row.organization = organization
    if not rules.may_review_appeal(actor, row):
        raise NotAllowed("decide an appeal")
    APPEAL_STATES.require(row.state, state)
    STATES.require(organization.state, OrganizationState.SUBMITTED)
    if not reason.strip():
        raise Incomplete([Problem("reason", _("Say why, so that the members know."))])
    return row, organization


def _ended(row: Appeal, state: AppealState, reason: str, now: datetime) -> Appeal:
    row.state, row.reason, row.decided_at = state.value, reason.strip(), now
    row.save()
    return row
