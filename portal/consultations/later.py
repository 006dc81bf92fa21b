"""Later deadlines of one organization, as verbs: the secretariat gives one with a reason or revokes it."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from portal.common import events
from portal.common.actors import Actor
from portal.common.errors import Incomplete, NotAllowed, Problem, WrongState
from portal.consultations.deadline_mails import tell_given, tell_revoked
from portal.consultations.deadline_models import LaterDeadline
from portal.consultations.deadlines import Call, Exceptions, calls_of
from portal.consultations.rules import may_give_later
from portal.consultations.time_zones import YEAR_REFUSED, is_plausible
from portal.organizations.models import Organization
from portal.submissions.deadlines import Why

KIND = "consultation"
MOST_REASON = 1000


@transaction.atomic
def give(
    organization: Organization,
    *,
    consultation: UUID,
    until: datetime,
    reason: str,
    actor: Actor,
    now: datetime,
) -> LaterDeadline:
    """In place of one that was given before. Raises `Incomplete` with what is wrong at which field."""
    if not may_give_later(actor, organization):
        raise NotAllowed("give a later deadline")
    # One after the other: both would be the one that holds.
    organization = Organization.objects.select_for_update(of=("self",)).get(pk=organization.pk)
    call = calls_of([consultation], [organization]).get(consultation)
    problems = [*_call_problems(call, organization, until, now), *_reason_problems(reason)]
    if problems or call is None:
        raise Incomplete(problems)
    _standing(organization, consultation).update(revoked_at=now, revoked_by_id=actor.user_id)
    given = LaterDeadline.objects.create(
        consultation_key=consultation,
        organization=organization,
        until=until,
        reason=reason.strip(),
        given_by_id=actor.user_id,
        given_at=now,
    )
    mails = tell_given(given, call.page)
    details = {"organization": str(organization.key), "until": until.isoformat(), "mails": mails}
    events.record("later_deadline_given", kind=KIND, key=consultation, actor=actor, now=now, details=details)
    return given


@transaction.atomic
def revoke(later: LaterDeadline, *, actor: Actor, now: datetime) -> LaterDeadline:
    """From now on the deadline of everybody of its type holds again. Raises `WrongState` where it does."""
    rows = LaterDeadline.objects.select_for_update(of=("self",)).select_related("organization")
    stored = rows.get(pk=later.pk)
    if not may_give_later(actor, stored.organization):
        raise NotAllowed("revoke a later deadline")
    if stored.revoked_at is not None:
        raise WrongState(_("This later deadline was revoked already."))
    stored.revoked_at, stored.revoked_by_id = now, actor.user_id
    stored.save()
    key = stored.consultation_key
    call = calls_of([key], [stored.organization]).get(key)
    mails = tell_revoked(stored, call.page) if call else 0
    details = {"organization": str(stored.organization.key), "mails": mails}
    events.record("later_deadline_revoked", kind=KIND, key=key, actor=actor, now=now, details=details)
    return stored


def _standing(organization: Organization, consultation: UUID) -> QuerySet[LaterDeadline]:
    return LaterDeadline.objects.filter(
        organization=organization, consultation_key=consultation, revoked_at__isnull=True
    )


def _call_problems(
    call: Call | None, organization: Organization, until: datetime, now: datetime
) -> list[Problem]:
    if call is None:
        return [Problem("consultation", _("This consultation is not there."))]
    common = replace(call, exceptions=Exceptions(call.exceptions.by_type)).deadline(organization, now)
    if common.ends is None:
        return [Problem("consultation", _("This consultation has no deadline."))]
    if common.why == Why.OVER:
        return [Problem("consultation", _("Its conclusions are published: nothing can be submitted."))]
    if not is_plausible(until):
        return [Problem("until", YEAR_REFUSED)]
    if until <= now or until <= common.ends:
        return [Problem("until", _("Give a moment after the present deadline that is still to come."))]
    return []


def _reason_problems(reason: str) -> list[Problem]:
    if not reason.strip():
        return [Problem("reason", _("Say why the organization has more time."))]
    if len(reason) > MOST_REASON:
        return [Problem("reason", _("Shorten it to 1,000 characters."))]
    return []
