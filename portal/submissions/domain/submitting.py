"""A text is submitted, and what stands between a draft and that."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from portal.common.actors import Actor
from portal.common.declarations import declared
from portal.common.errors import Incomplete, OutOfDate, Problem
from portal.organizations.states import STATES as ORGANIZATION_STATES
from portal.submissions import rules, way_back
from portal.submissions.deadline_words import shut_problems
from portal.submissions.deadlines import Deadline, Why, any_late
from portal.submissions.domain.moving import locked, move
from portal.submissions.domain.versions import keep_version, receipt_of
from portal.submissions.models import Submission
from portal.submissions.queries import newest_version
from portal.submissions.receipts import Receipt
from portal.submissions.states import SUBMITTABLE, SubmissionState
from portal.submissions.types import Related, submission_type


@transaction.atomic
def submit(submission: Submission, *, submit_key: UUID, actor: Actor, now: datetime) -> Receipt:
    """Submit what was read under `submit_key`; the same key again gives the same receipt.

    Found by `key`, so that `Pledge(key=...)` will do. Raises `Incomplete`, `OutOfDate`, `WrongState`.
    """
    of, stored = locked(submission, rules.may_speak_for, actor)
    is_open = stored.state in SUBMITTABLE
    version = None if is_open else newest_version(stored)
    if submit_key != stored.submit_key or not (is_open or version):
        raise OutOfDate()
    if version is not None:
        return receipt_of(version)
    related, deadlines = of.related(stored), of.deadlines_of(stored, now)
    if problems := problems_of(stored, related, now=now, deadlines=deadlines):
        raise Incomplete(problems)
    is_first = stored.submitted_at is None
    stored.submitted_at = stored.updated_at = now
    is_late = any_late(deadlines) or _corrects_late(stored, deadlines)
    version = keep_version(
        stored, of.sent(stored, related), actor=actor, now=now, is_late=is_late, is_to_tell=True
    )
    receipt = receipt_of(version)
    try:
        with transaction.atomic():
            move(stored, SubmissionState.SUBMITTED, reason="", actor=actor, now=now, receipt=receipt.number)
    except IntegrityError as taken:
        # Another one took in this moment what only one may bear; read again, it is told.
        raise OutOfDate() from taken
    if not is_first:
        way_back.forget(stored, but=SubmissionState.PUBLISHED)
    for follow in declared("after_submission"):
        follow(stored, version)
    return receipt


def _corrects_late(submission: Submission, deadlines: Sequence[Deadline]) -> bool:
    """What was late stays late when it is corrected after a return, also while it was signed anew."""
    is_returned = submission.state == SubmissionState.RETURNED or any(
        each.why == Why.RETURNED for each in deadlines
    )
    newest = newest_version(submission) if is_returned else None
    return newest is not None and newest.is_late


def problems_of(
    submission: Submission,
    related: Related,
    *,
    now: datetime,
    deadlines: Sequence[Deadline] | None = None,
) -> list[Problem]:
    """Everything that stands between this draft and submitting it; `deadlines` where they are at hand."""
    of = submission_type(submission.kind)
    limits = of.deadlines_of(submission, now) if deadlines is None else deadlines
    return [
        *organization_problems(submission),
        *of.problems(submission, related),
        *of.untimely(submission, related, now),
        *shut_problems(limits),
    ]


def organization_problems(submission: Submission) -> list[Problem]:
    """Submitting waits for the organization's verification; writing does not.

    For a listed organization nobody submits: it has no members. What the secretariat took down is public.
    """
    if submission.organization.state in ORGANIZATION_STATES.public:
        return []
    message = _(
        "The secretariat has not verified your organization yet. Until then you can write and save; "
        "only submitting has to wait, and nothing is lost."
    )
    return [Problem("organization", message)]
