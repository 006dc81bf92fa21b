"""What happens to an intervention, as verbs; the desk, moderation and the demo call them."""

import uuid
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.common import events
from portal.common.actors import Actor
from portal.common.errors import NotAllowed, WrongState
from portal.common.states import require_transition
from portal.common.submissions import (
    EditConflict,
    Incomplete,
    OutOfDate,
    Problem,
    Receipt,
    digest_of,
    with_receipt_number,
)
from portal.interventions import rules
from portal.interventions.drafts import DraftFields, problems_of, unstorable
from portal.interventions.enums import EDITABLE, TRANSITIONS, InterventionState
from portal.interventions.models import Intervention, InterventionAnswer
from portal.interventions.projection import handed_in, project
from portal.interventions.queries import chosen_and_existing, existing_questions
from portal.organizations.enums import OrganizationState
from portal.organizations.models import Organization
from portal.organizations.queries import with_role
from portal.organizations.rules import can_write_for
from portal.publication import domain as ledger
from portal.publication.enums import RecordKind
from portal.publication.models import Record

KIND = "intervention"
PLAIN = ("title", "body", "language", "country", "form")


@transaction.atomic
def create_draft(
    *,
    organization: Organization,
    question_keys: Sequence[UUID],
    language: str,
    actor: Actor,
    now: datetime,
    key: UUID | None = None,
) -> Intervention:
    """An empty draft that answers the given questions; keys that are no live question are left out.

    The same `key` again gives the same draft: a form sent twice starts one.
    """
    if not can_write_for(actor, organization):
        raise NotAllowed("write an intervention")
    intervention, is_new = Intervention.objects.get_or_create(
        key=key or uuid.uuid4(),
        defaults={
            "organization": organization,
            "author_id": actor.user_id,
            "language": language,
            "created_at": now,
            "updated_at": now,
        },
    )
    if is_new:
        _replace_answers(intervention, question_keys)
        _record("created", intervention, actor, now)
    elif not rules.can_edit(actor, intervention):
        raise NotAllowed("write an intervention")
    return intervention


@transaction.atomic
def save_draft(
    intervention: Intervention, *, fields: DraftFields, revision: int, actor: Actor, now: datetime
) -> Intervention:
    """Save what is given. Raises `EditConflict` with the stored version when `revision` is not the last one.

    Each save makes a new submit key: only what was read last can be handed in.
    """
    intervention = _locked(intervention, actor)
    if not rules.can_write(actor, intervention):
        raise NotAllowed("edit an intervention")
    if intervention.state not in EDITABLE:
        raise WrongState(_("This was handed in already and cannot be changed now."))
    if revision != intervention.revision:
        raise EditConflict(intervention)
    if problems := unstorable(fields):
        raise Incomplete(problems)
    for name in PLAIN:
        if (value := getattr(fields, name)) is not None:
            setattr(intervention, name, value)
    if fields.recommendations is not None:
        intervention.recommendations = [text.strip() for text in fields.recommendations if text.strip()]
    if fields.question_keys is not None:
        _replace_answers(intervention, fields.question_keys)
    intervention.revision += 1
    intervention.updated_at, intervention.submit_key = now, uuid.uuid4()
    intervention.save()
    _record("saved", intervention, actor, now, revision=intervention.revision)
    return intervention


@transaction.atomic
def submit_intervention(
    intervention: Intervention, *, submit_key: UUID, actor: Actor, now: datetime
) -> Receipt:
    """Hand in what was read under `submit_key`; the same key again gives the same receipt.

    Found by `key`, so that `Intervention(key=...)` will do. Raises `Incomplete`, `OutOfDate`, `WrongState`.
    """
    intervention = _locked(intervention, actor)
    if not rules.can_hand_in(actor, intervention):
        raise NotAllowed("submit an intervention")
    if submit_key != intervention.submit_key:
        raise OutOfDate()
    if intervention.state not in EDITABLE:
        return receipt_of(intervention)
    chosen, existing = chosen_and_existing(intervention.pk)
    if problems := [*organization_problems(intervention), *problems_of(intervention, chosen, existing)]:
        raise Incomplete(problems)
    require_transition(TRANSITIONS, intervention.state, InterventionState.SUBMITTED)
    intervention.state, intervention.reason = InterventionState.SUBMITTED, ""
    intervention.submitted_at = intervention.updated_at = now
    intervention.receipt_digest = digest_of(handed_in(intervention, chosen))

    def save(number: str) -> None:
        intervention.receipt_number = number
        intervention.save()

    with_receipt_number(save)
    receipt = receipt_of(intervention)
    _record("submitted", intervention, actor, now, receipt=receipt.number)
    return receipt


@transaction.atomic
def return_intervention(
    intervention: Intervention, *, reason: str, actor: Actor, now: datetime
) -> Intervention:
    """Back to its authors with the reason, and with a new submit key."""
    intervention = _locked(intervention, actor)
    if not rules.can_moderate(actor, intervention):
        raise NotAllowed("return an intervention")
    require_transition(TRANSITIONS, intervention.state, InterventionState.RETURNED)
    if not reason.strip():
        raise Incomplete([Problem("reason", _("Say why, so that the authors know what to mend."))])
    intervention.state, intervention.reason = InterventionState.RETURNED, reason.strip()
    intervention.submit_key, intervention.decided_at = uuid.uuid4(), now
    intervention.save()
    _record("returned", intervention, actor, now)
    return intervention


@transaction.atomic
def publish_intervention(intervention: Intervention, *, actor: Actor, now: datetime) -> Record:
    """Approved: its public face enters the ledger."""
    intervention = _locked(intervention, actor)
    if not rules.can_moderate(actor, intervention):
        raise NotAllowed("publish an intervention")
    require_transition(TRANSITIONS, intervention.state, InterventionState.PUBLISHED)
    if problems := organization_problems(intervention):
        raise WrongState(problems[0].message)
    intervention.state, intervention.decided_at = InterventionState.PUBLISHED, now
    intervention.save()
    _record("published", intervention, actor, now)
    return ledger.publish(project(intervention), actor=actor, now=now)


@transaction.atomic
def withdraw_intervention(intervention: Intervention, *, actor: Actor, now: datetime) -> Intervention:
    """Taken back by its organization; what was public leaves a tombstone."""
    intervention = _locked(intervention, actor)
    require_transition(TRANSITIONS, intervention.state, InterventionState.WITHDRAWN)
    if not rules.can_withdraw(actor, intervention):
        raise NotAllowed("withdraw an intervention")
    intervention.state, intervention.updated_at = InterventionState.WITHDRAWN, now
    intervention.save()
    _record("withdrawn", intervention, actor, now)
    ledger.withdraw(RecordKind.INTERVENTION, intervention.key, actor=actor, now=now)
    return intervention


def receipt_of(intervention: Intervention) -> Receipt:
    """The receipt of what was handed in last."""
    at = intervention.submitted_at or intervention.updated_at
    return Receipt(intervention.receipt_number, at, intervention.receipt_digest)


def organization_problems(intervention: Intervention) -> list[Problem]:
    """Handing in waits for the organization's verification; writing does not."""
    if intervention.organization.state == OrganizationState.VERIFIED:
        return []
    message = _(
        "The secretariat has not verified your organization yet. You can write and save until then; "
        "only handing in waits, and nothing is lost."
    )
    return [Problem("organization", message)]


def _locked(intervention: Intervention, actor: Actor) -> Intervention:
    """The stored row, locked, for somebody who may see it; one query."""
    rows = Intervention.objects.select_for_update(of=("self",)).select_related("organization")
    stored = with_role(rows, actor).get(key=intervention.key)
    if not rules.can_see(actor, stored):
        raise NotAllowed("see an intervention")
    return stored


def _replace_answers(intervention: Intervention, keys: Sequence[UUID]) -> None:
    live = existing_questions(frozenset(keys))
    kept = [key for key in dict.fromkeys(keys) if key in live]
    intervention.answers.all().delete()
    InterventionAnswer.objects.bulk_create(
        InterventionAnswer(intervention=intervention, question_key=key, position=position)
        for position, key in enumerate(kept)
    )


def _record(action: str, intervention: Intervention, actor: Actor, now: datetime, **details: object) -> None:
    events.record(action, kind=KIND, key=intervention.key, actor=actor, now=now, details=details)
