"""What the secretariat decides about a change of a verified organization: verbs; moderation calls them."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.common import events
from portal.common.actors import Actor
from portal.common.errors import Incomplete, NotAllowed, Problem, WrongState
from portal.organizations import logos, rules
from portal.organizations.changes import both, ended, require_named
from portal.organizations.directory import distinct, require_free
from portal.organizations.domain import KIND, TAKES_TWO, show
from portal.organizations.enums import ChangeState
from portal.organizations.models import Organization, ProfileChange
from portal.organizations.states import CHANGE_STATES, ONCE_VERIFIED


@transaction.atomic
def accept_change(change: ProfileChange, *, actor: Actor, now: datetime) -> ProfileChange:
    """Readers see it from now on; a former name stays one of its names, with the year in which it ended.

    Raises `WrongState` where another public organization has the name, or it is at risk and nobody else has
    said yes.
    """
    change, organization = _decidable(change, actor, ChangeState.ACCEPTED)
    if not rules.may_say_yes(actor, change):
        raise WrongState(TAKES_TWO)
    _require_acceptable(change, organization)
    logo = organization.logo
    _write(change, organization, now)
    logos.publish_logo(organization, actor=actor, now=now)
    show(organization, actor=actor, now=now)
    change = ended(change, organization, ChangeState.ACCEPTED, "change_accepted", actor, now)
    logos.forget_logo(logo, now=now)
    return change


@transaction.atomic
def give_first_yes(change: ProfileChange, *, actor: Actor, now: datetime) -> ProfileChange:
    """Of two, for an organization at risk; the change goes on waiting, for somebody else."""
    change, organization = _decidable(change, actor, ChangeState.ACCEPTED)
    if not rules.takes_first_yes(change):
        raise WrongState(_("Nothing to decide now: it was decided before."))
    change.first_yes_by_id = actor.user_id
    change.save(update_fields=["first_yes_by"])
    events.record("first_yes", kind=KIND, key=organization.key, actor=actor, now=now)
    return change


@transaction.atomic
def decline_change(change: ProfileChange, *, reason: str, actor: Actor, now: datetime) -> ProfileChange:
    """The page stays as it is; the members read the reason and what they had written."""
    change, organization = _decidable(change, actor, ChangeState.DECLINED)
    if not reason.strip():
        raise Incomplete([Problem("reason", _("Say why, so that the members know."))])
    change.reason = reason.strip()
    return ended(change, organization, ChangeState.DECLINED, "change_declined", actor, now)


def _decidable(change: ProfileChange, actor: Actor, state: ChangeState) -> tuple[ProfileChange, Organization]:
    """Both rows for somebody who may decide, while it waits."""
    organization, change = both(change)
    if not rules.may_review_change(actor, change):
        raise NotAllowed("decide about a change")
    CHANGE_STATES.require(change.state, state)
    change.before = {name: getattr(organization, name) for name in change.profile}
    return change, organization


def _require_acceptable(change: ProfileChange, organization: Organization) -> None:
    require_named(organization)
    if organization.state not in ONCE_VERIFIED:
        raise WrongState(_("This organization is not verified any more. Decline the change."))
    if {"name", "country"} & change.profile.keys():
        said = {"name": organization.name, "country": organization.country} | change.profile
        require_free(said["name"], said["country"], organization)


def _write(change: ProfileChange, organization: Organization, now: datetime) -> None:
    """What was asked for stands in the row, which is saved here."""
    former = organization.name
    for name, value in change.profile.items():
        setattr(organization, name, value)
    _keep_former(organization, former, now)
    if change.changes_logo:
        organization.logo = change.logo
    if not organization.refugee_led:
        organization.refugee_led_at = None
    organization.submitted_profile = organization.profile
    organization.save()


def _keep_former(organization: Organization, former: str, now: datetime) -> None:
    if former == organization.name:
        return
    organization.aliases = list(distinct([*organization.aliases, former], organization.name))
    if former in organization.aliases:
        since = organization.alias_years.get(former, ["", ""])[0]
        organization.alias_years = {**organization.alias_years, former: [since, str(now.year)]}
