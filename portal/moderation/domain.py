"""A moderator's decision: it calls the verb that the subject's type declares and writes one `Decision`."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from portal.common.actors import Actor
from portal.common.errors import NotAllowed, OutOfDate
from portal.moderation import mails, rules
from portal.moderation.models import Decision
from portal.moderation.queries import mark_of
from portal.moderation.queries import subject as subject_of
from portal.submissions.types import review_type


@transaction.atomic
def decide(
    kind: str, key: UUID, code: str, *, actor: Actor, now: datetime, reason: str = "", seen: str = ""
) -> Decision:
    """One decision and what it does, together or not at all; its author is told by mail afterwards.

    `seen` is the `queries.mark_of` of what the moderator has read: `OutOfDate` when something else was
    submitted since; without it whatever stands is decided about.
    Raises `LookupError` for a decision that the type does not declare, `NotAllowed`, and what the verb
    raises: `WrongState` when somebody else has decided before, `Incomplete` without a reason where one
    is needed.
    """
    of = review_type(kind)
    chosen = of.decision(code)
    if chosen is None:
        raise LookupError(code)
    of.model._default_manager.select_for_update().get(key=key)
    subject = subject_of(of, key)
    if actor.user_id is None or not rules.may_review(actor, of, subject):
        raise NotAllowed(code)
    if seen and seen != mark_of(subject):
        raise OutOfDate()
    chosen.verb(subject, actor=actor, now=now, **({"reason": reason} if chosen.needs_reason else {}))
    decision = Decision.objects.create(
        kind=kind,
        object_key=key,
        action=code,
        reason=reason.strip(),
        decided_by_id=actor.user_id,
        decided_at=now,
    )
    mails.tell_authors(decision)
    return decision
