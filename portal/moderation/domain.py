"""A moderator's decisions: each calls the subject's own verb and writes one `Decision` with it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from portal.common.actors import Actor
from portal.common.errors import NotAllowed
from portal.interventions import domain as interventions
from portal.moderation import mails, rules
from portal.moderation.enums import NEEDS_REASON, Action, SubjectKind
from portal.moderation.models import Decision
from portal.moderation.queries import subject as subject_of
from portal.organizations import domain as organizations
from portal.pledges import domain as pledges

VERBS: dict[tuple[SubjectKind, Action], Callable[..., Any]] = {
    (SubjectKind.INTERVENTION, Action.APPROVED): interventions.publish_intervention,
    (SubjectKind.INTERVENTION, Action.RETURNED): interventions.return_intervention,
    (SubjectKind.PLEDGE, Action.APPROVED): pledges.publish_pledge,
    (SubjectKind.PLEDGE, Action.RETURNED): pledges.return_pledge,
    (SubjectKind.ORGANIZATION, Action.VERIFIED): organizations.verify_organization,
    (SubjectKind.ORGANIZATION, Action.ASKED): organizations.request_information,
    (SubjectKind.ORGANIZATION, Action.DECLINED): organizations.decline_organization,
}


def approve(kind: str, key: UUID, *, actor: Actor, now: datetime) -> Decision:
    """Publish an intervention or a pledge, verify an organization."""
    action = Action.VERIFIED if kind == SubjectKind.ORGANIZATION else Action.APPROVED
    return decide(kind, key, action, actor=actor, now=now)


def return_to_author(kind: str, key: UUID, *, reason: str, actor: Actor, now: datetime) -> Decision:
    """Back to its authors with a reason; of an organization, ask for information."""
    action = Action.ASKED if kind == SubjectKind.ORGANIZATION else Action.RETURNED
    return decide(kind, key, action, reason=reason, actor=actor, now=now)


def decline(key: UUID, *, reason: str, actor: Actor, now: datetime) -> Decision:
    """Do not verify an organization."""
    return decide(SubjectKind.ORGANIZATION, key, Action.DECLINED, reason=reason, actor=actor, now=now)


@transaction.atomic
def decide(
    kind: str, key: UUID, action: Action, *, actor: Actor, now: datetime, reason: str = ""
) -> Decision:
    """One decision and what it does, together or not at all; its author is told by mail afterwards.

    Raises `NotAllowed`, and what the verb raises: `WrongState` when somebody else has decided
    before, `Incomplete` without a reason where one is needed.
    """
    subject = subject_of(kind, key)
    if actor.user_id is None or not rules.can_decide(actor, subject):
        raise NotAllowed(action)
    verb = VERBS[SubjectKind(kind), action]
    reasons = {"reason": reason} if action in NEEDS_REASON else {}
    verb(subject, actor=actor, now=now, **reasons)
    decision = Decision.objects.create(
        kind=kind,
        object_key=key,
        action=action,
        reason=reason.strip(),
        decided_by_id=actor.user_id,
        decided_at=now,
    )
    transaction.on_commit(lambda: mails.tell_authors(decision), robust=True)
    return decision
