"""Whether the secretariat has seen that an organization is led by refugees, as it says: verbs."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.common import events
from portal.common.actors import Actor
from portal.common.errors import Incomplete, NotAllowed, Problem, WrongState
from portal.organizations import rules
from portal.organizations.domain import KIND, locked, show
from portal.organizations.models import Organization
from portal.organizations.states import ONCE_VERIFIED


@transaction.atomic
def confirm_refugee_led(organization: Organization, *, actor: Actor, now: datetime) -> Organization:
    """The secretariat has seen that it is led by refugees, as it says; public where its page is."""
    return _refugee_led(organization, now, "refugee_led_confirmed", actor, now)


@transaction.atomic
def unconfirm_refugee_led(
    organization: Organization, *, reason: str, actor: Actor, now: datetime
) -> Organization:
    """It says so itself, and the secretariat does not any more; its members read why."""
    if not reason.strip():
        raise Incomplete([Problem("reason", _("Say why, so that the members know."))])
    return _refugee_led(organization, None, "refugee_led_unconfirmed", actor, now)


def _refugee_led(
    organization: Organization, confirmed: datetime | None, action: str, actor: Actor, now: datetime
) -> Organization:
    organization = locked(organization)
    if not rules.may_review(actor, organization):
        raise NotAllowed(action)
    if not organization.refugee_led or (organization.refugee_led_at is None) == (confirmed is None):
        raise WrongState(_("Nothing to decide now: it was decided before."))
    organization.refugee_led_at = confirmed
    organization.save(update_fields=["refugee_led_at"])
    events.record(action, kind=KIND, key=organization.key, actor=actor, now=now)
    if organization.state in ONCE_VERIFIED:
        show(organization, actor=actor, now=now)
    return organization
