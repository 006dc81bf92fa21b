"""States that others bring about: signatories, a merger, a measure or an appeal. They ask who may."""

from datetime import datetime
from typing import TypeVar

from django.db import transaction

from portal.common.actors import Actor
from portal.submissions import rules
from portal.submissions.domain.moving import Rule, locked, move, write_anew
from portal.submissions.models import Submission
from portal.submissions.states import FROZEN, SubmissionState

S = TypeVar("S", bound=Submission)


@transaction.atomic
def move_for_signing(submission: S, *, to: SubmissionState, actor: Actor, now: datetime) -> S:
    """Frozen while others sign it, or open for changes again; with a new submit key.

    Its caller, `portal.joint`, asks what else has to be so.
    """
    _of, stored = locked(submission, rules.may_speak_for, actor)
    write_anew(stored, to, actor=actor, now=now, action="" if to in FROZEN else "opened_again")
    return stored


@transaction.atomic
def move_merged(submission: S, *, is_merged: bool, actor: Actor, now: datetime) -> S:
    """Public no more, being one with another, or again. Its caller asks who may and tells the ledger."""
    stored = type(submission)._default_manager.select_for_update(of=("self",)).get(key=submission.key)
    to, action = (SubmissionState.MERGED, "") if is_merged else (SubmissionState.PUBLISHED, "unmerged")
    move(stored, to, actor=actor, now=now, action=action)
    return stored


@transaction.atomic
def moved_by_redress(
    submission: S,
    to: SubmissionState | str,
    *,
    rule: Rule,
    actor: Actor,
    now: datetime,
    reason: str | None = None,
    action: str = "",
) -> S:
    """In another state because of a measure or an appeal; the verbs of `redress` call it with their rule."""
    _of, stored = locked(submission, rule, actor)
    stored.decided_at = now
    move(stored, SubmissionState(to), reason=reason, actor=actor, now=now, action=action)
    return stored
