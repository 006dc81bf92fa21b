"""What happens to a pledge, as verbs; the desk, moderation, imports and the demo call them."""

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
from portal.organizations.enums import OrganizationState
from portal.organizations.models import Organization
from portal.organizations.queries import with_role
from portal.organizations.rules import can_write_for
from portal.pledges import queries, rules
from portal.pledges.drafts import PledgeFields, problems_of, unstorable
from portal.pledges.enums import EDITABLE, TRANSITIONS, PledgeLifecycle
from portal.pledges.models import Pledge, PledgeIntervention, PledgeOutcome
from portal.pledges.projection import handed_in, project
from portal.publication import domain as ledger
from portal.publication.enums import RecordKind
from portal.publication.models import Record

KIND = "pledge"
PLAIN = ("external_id", "forum", "title", "description", "stage", "language", "country")


@transaction.atomic
def create_pledge(
    *,
    organization: Organization,
    language: str,
    actor: Actor,
    now: datetime,
    intervention_keys: Sequence[UUID] = (),
    key: UUID | None = None,
) -> Pledge:
    """An empty draft, linked to the organization's interventions that are given.

    The same `key` again gives the same draft: a form sent twice starts one.
    """
    if not can_write_for(actor, organization):
        raise NotAllowed("write a pledge")
    pledge, is_new = Pledge.objects.get_or_create(
        key=key or uuid.uuid4(),
        defaults={
            "organization": organization,
            "author_id": actor.user_id,
            "language": language,
            "country": organization.country,
            "created_at": now,
            "updated_at": now,
        },
    )
    if is_new:
        _replace_sources(pledge, intervention_keys)
        _record("created", pledge, actor, now)
    elif not rules.can_edit(actor, pledge):
        raise NotAllowed("write a pledge")
    return pledge


@transaction.atomic
def save_pledge(
    pledge: Pledge, *, fields: PledgeFields, revision: int, actor: Actor, now: datetime
) -> Pledge:
    """Save what is given. Raises `EditConflict` with the stored version when `revision` is not the last one.

    Each save makes a new submit key: only what was read last can be handed in.
    """
    pledge = _locked(pledge, actor)
    if not rules.can_write(actor, pledge):
        raise NotAllowed("edit a pledge")
    if pledge.lifecycle not in EDITABLE:
        raise WrongState(_("This was handed in already and cannot be changed now."))
    if revision != pledge.revision:
        raise EditConflict(pledge)
    if problems := [*unstorable(fields), *_taken(pledge, fields)]:
        raise Incomplete(problems)
    for name in PLAIN:
        if (value := getattr(fields, name)) is not None:
            setattr(pledge, name, value)
    if fields.outcomes is not None:
        _replace_outcomes(pledge, fields.outcomes)
    if fields.intervention_keys is not None:
        _replace_sources(pledge, fields.intervention_keys)
    pledge.revision += 1
    pledge.updated_at, pledge.submit_key = now, uuid.uuid4()
    pledge.save()
    _record("saved", pledge, actor, now, revision=pledge.revision)
    return pledge


@transaction.atomic
def submit_pledge(pledge: Pledge, *, submit_key: UUID, actor: Actor, now: datetime) -> Receipt:
    """Hand in what was read under `submit_key`; the same key again gives the same receipt.

    Found by `key`, so that `Pledge(key=...)` will do. Raises `Incomplete`, `OutOfDate`, `WrongState`.
    """
    pledge = _locked(pledge, actor)
    if not rules.can_hand_in(actor, pledge):
        raise NotAllowed("submit a pledge")
    if submit_key != pledge.submit_key:
        raise OutOfDate()
    if pledge.lifecycle not in EDITABLE:
        return receipt_of(pledge)
    outcomes, sources = queries.outcomes_and_sources(pledge.pk)
    if problems := [*organization_problems(pledge), *problems_of(pledge, outcomes)]:
        raise Incomplete(problems)
    require_transition(TRANSITIONS, pledge.lifecycle, PledgeLifecycle.SUBMITTED)
    pledge.lifecycle, pledge.reason = PledgeLifecycle.SUBMITTED, ""
    pledge.submitted_at = pledge.updated_at = now
    pledge.receipt_digest = digest_of(handed_in(pledge, outcomes, sources))

    def save(number: str) -> None:
        pledge.receipt_number = number
        pledge.save()

    with_receipt_number(save)
    receipt = receipt_of(pledge)
    _record("submitted", pledge, actor, now, receipt=receipt.number)
    return receipt


@transaction.atomic
def return_pledge(pledge: Pledge, *, reason: str, actor: Actor, now: datetime) -> Pledge:
    """Back to its authors with the reason, and with a new submit key."""
    pledge = _locked(pledge, actor)
    if not rules.can_moderate(actor, pledge):
        raise NotAllowed("return a pledge")
    require_transition(TRANSITIONS, pledge.lifecycle, PledgeLifecycle.RETURNED)
    if not reason.strip():
        raise Incomplete([Problem("reason", _("Say why, so that the authors know what to mend."))])
    pledge.lifecycle, pledge.reason = PledgeLifecycle.RETURNED, reason.strip()
    pledge.submit_key, pledge.decided_at = uuid.uuid4(), now
    pledge.save()
    _record("returned", pledge, actor, now)
    return pledge


@transaction.atomic
def publish_pledge(pledge: Pledge, *, actor: Actor, now: datetime) -> Record:
    """Approved: its public face enters the ledger."""
    pledge = _locked(pledge, actor)
    if not rules.can_moderate(actor, pledge):
        raise NotAllowed("publish a pledge")
    require_transition(TRANSITIONS, pledge.lifecycle, PledgeLifecycle.PUBLISHED)
    if problems := organization_problems(pledge):
        raise WrongState(problems[0].message)
    pledge.lifecycle, pledge.decided_at = PledgeLifecycle.PUBLISHED, now
    pledge.save()
    _record("published", pledge, actor, now)
    return ledger.publish(project(pledge), actor=actor, now=now)


@transaction.atomic
def withdraw_pledge(pledge: Pledge, *, actor: Actor, now: datetime) -> Pledge:
    """Taken back by its organization; what was public leaves a tombstone."""
    pledge = _locked(pledge, actor)
    require_transition(TRANSITIONS, pledge.lifecycle, PledgeLifecycle.WITHDRAWN)
    if not rules.can_withdraw(actor, pledge):
        raise NotAllowed("withdraw a pledge")
    pledge.lifecycle, pledge.updated_at = PledgeLifecycle.WITHDRAWN, now
    pledge.save()
    _record("withdrawn", pledge, actor, now)
    ledger.withdraw(RecordKind.PLEDGE, pledge.key, actor=actor, now=now)
    return pledge


@transaction.atomic
def correct_pledge(pledge: Pledge, *, actor: Actor, now: datetime) -> Record:
    """What the secretariat has corrected in a public pledge enters the ledger as a new version."""
    pledge = _locked(pledge, actor)
    if not rules.can_moderate(actor, pledge):
        raise NotAllowed("correct a pledge")
    if pledge.lifecycle != PledgeLifecycle.PUBLISHED:
        raise WrongState(_("Only a published pledge can be corrected."))
    return ledger.publish(project(pledge), actor=actor, now=now)


def receipt_of(pledge: Pledge) -> Receipt:
    """The receipt of what was handed in last."""
    return Receipt(pledge.receipt_number, pledge.submitted_at or pledge.updated_at, pledge.receipt_digest)


def organization_problems(pledge: Pledge) -> list[Problem]:
    """Handing in waits for the organization's verification; writing does not."""
    if pledge.organization.state == OrganizationState.VERIFIED:
        return []
    message = _(
        "The secretariat has not verified your organization yet. You can write and save until then; "
        "only handing in waits, and nothing is lost."
    )
    return [Problem("organization", message)]


def _locked(pledge: Pledge, actor: Actor) -> Pledge:
    """The stored row, locked, for somebody who may see it; one query."""
    rows = Pledge.objects.select_for_update(of=("self",)).select_related("organization")
    stored = with_role(rows, actor).get(key=pledge.key)
    if not rules.can_see(actor, stored):
        raise NotAllowed("see a pledge")
    return stored


def _taken(pledge: Pledge, fields: PledgeFields) -> list[Problem]:
    if not fields.external_id or fields.external_id == pledge.external_id:
        return []
    if not queries.external_id_taken(pledge.organization_id, fields.external_id, but=pledge.pk):
        return []
    return [Problem("external_id", _("Your organization has another pledge with this number."))]


def _replace_outcomes(pledge: Pledge, outcomes: Sequence[str]) -> None:
    pledge.outcomes.all().delete()
    PledgeOutcome.objects.bulk_create(
        PledgeOutcome(pledge=pledge, outcome=outcome) for outcome in dict.fromkeys(outcomes)
    )


def _replace_sources(pledge: Pledge, keys: Sequence[UUID]) -> None:
    """Only the organization's own interventions, and only those handed in."""
    allowed = set(queries.linkable_interventions(pledge.organization_id).values_list("key", flat=True))
    pledge.sources.all().delete()
    PledgeIntervention.objects.bulk_create(
        PledgeIntervention(pledge=pledge, intervention_key=key)
        for key in dict.fromkeys(keys)
        if key in allowed
    )


def _record(action: str, pledge: Pledge, actor: Actor, now: datetime, **details: object) -> None:
    events.record(action, kind=KIND, key=pledge.key, actor=actor, now=now, details=details)
