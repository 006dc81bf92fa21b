"""The one door between the states of a submission, and what every verb asks before it goes through."""

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from django.utils.translation import gettext_lazy as _

from portal.common import events
from portal.common.actors import Actor
from portal.common.declarations import declared
from portal.common.errors import NotAllowed, Unadmitted, WrongState
from portal.organizations.queries import with_role
from portal.submissions import rules
from portal.submissions.models import Submission
from portal.submissions.states import FROZEN, SubmissionState
from portal.submissions.types import SubmissionType, submission_type

S = TypeVar("S", bound=Submission)
Rule = Callable[[Actor, Submission], bool]


def locked(submission: S, rule: Rule, actor: Actor) -> tuple[SubmissionType, S]:
    """The stored row, locked, for somebody who may see it and whom the rule lets pass; one query."""
    of = submission_type(submission.kind)
    rows = type(submission)._default_manager.select_for_update(of=("self",)).select_related("organization")
    stored = with_role(rows, actor).get(key=submission.key)
    if not (rules.can_view(actor, stored) and rule(actor, stored)):
        raise NotAllowed(f"{rule.__name__} {of.kind}")
    require_admitted(of, stored, actor)
    return of, stored


def require_admitted(of: SubmissionType, row: Submission, actor: Actor) -> None:
    if not of.admits(actor, row):
        raise Unadmitted(of.why_not(actor, row))


def require_thawed(stored: Submission) -> None:
    if stored.state in FROZEN:
        raise WrongState(_("This waits for signatures and cannot be changed now. Open it for changes first."))


def move(
    stored: Submission,
    to: SubmissionState,
    *,
    actor: Actor,
    now: datetime,
    reason: str | None = None,
    action: str = "",
    **details: object,
) -> None:
    """The one door between states: the table allows it, the row is written, the log tells it."""
    submission_type(stored.kind).states.require(stored.state, to)
    stored.state = to.value
    if reason is not None:
        stored.reason = reason
    stored.save()
    record(action or to.value, stored, actor, now, **details)


def write_anew(
    stored: Submission, to: SubmissionState, *, actor: Actor, now: datetime, action: str = ""
) -> None:
    """With a new submit key: a page that was open before sends nothing."""
    stored.updated_at, stored.submit_key = now, uuid.uuid4()
    stored.revision += 1
    move(stored, to, actor=actor, now=now, action=action)


def leave_the_queue(stored: Submission) -> None:
    """Whoever looks after it in the secretariat does so no longer."""
    for forget in declared("left_the_queue"):
        forget(stored.kind, stored.key)


def record(action: str, submission: Submission, actor: Actor, now: datetime, **details: object) -> None:
    events.record(action, kind=submission.kind, key=submission.key, actor=actor, now=now, details=details)
