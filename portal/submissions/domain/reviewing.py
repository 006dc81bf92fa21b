"""What the secretariat does with a text that was submitted."""

import uuid
from datetime import datetime
from typing import TypeVar

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.common.actors import Actor
from portal.common.errors import Incomplete, Problem, WrongState
from portal.publication import domain as ledger
from portal.publication.models import Record
from portal.publication.projections import Projection
from portal.submissions import rules, way_back
from portal.submissions.domain.moving import locked, move
from portal.submissions.domain.submitting import organization_problems
from portal.submissions.domain.versions import note_published
from portal.submissions.models import Measure, Submission
from portal.submissions.queries import next_number
from portal.submissions.reasons import leave_out_of_reasons
from portal.submissions.redress_enums import APPEAL_FOR, Act, MeasureState
from portal.submissions.states import FROZEN, SubmissionState

S = TypeVar("S", bound=Submission)
REPEATED = _(
    "Words that were left out before stand in this version again. Say for each on its page whether it is "
    "left out again or may be public now."
)


@transaction.atomic
def begin_review(submission: S, *, actor: Actor, now: datetime) -> S:
    """Somebody of the secretariat reads it from now on; once more changes nothing."""
    _of, stored = locked(submission, rules.may_review, actor)
    if stored.state != SubmissionState.IN_REVIEW:
        move(stored, SubmissionState.IN_REVIEW, actor=actor, now=now)
    return stored


@transaction.atomic
def end_review(submission: S, *, actor: Actor, now: datetime) -> S:
    """Nobody reads it any more, so that its authors can take it back."""
    _of, stored = locked(submission, rules.may_review, actor)
    if stored.state == SubmissionState.IN_REVIEW:
        move(stored, SubmissionState.SUBMITTED, actor=actor, now=now, action="given_back")
    return stored


@transaction.atomic
def return_to_author(
    submission: S,
    *,
    reason: str,
    actor: Actor,
    now: datetime,
    to: SubmissionState = SubmissionState.RETURNED,
) -> S:
    """Back to its authors with the reason, and with a new submit key; `to` a state that needs a reason."""
    _of, stored = locked(submission, rules.may_review, actor)
    if stored.state in FROZEN:
        raise WrongState(_("This step is no longer possible. Open it again to see its current state."))
    if not reason.strip():
        raise Incomplete([Problem("reason", _("Say why, so that the authors know what to correct."))])
    stored.submit_key, stored.decided_at = uuid.uuid4(), now
    move(stored, to, reason=reason.strip(), actor=actor, now=now)
    return stored


@transaction.atomic
def publish(submission: Submission, *, actor: Actor, now: datetime) -> Record:
    """Approved: its public face enters the ledger."""
    of, stored = locked(submission, rules.may_review, actor)
    if stored.state not in of.states.waiting:
        # What was merged is published again by undoing that alone.
        raise WrongState(_("This step is no longer possible. Open it again to see its current state."))
    if problems := organization_problems(stored):
        raise WrongState(problems[0].message)
    if rules.has_repeats(stored):
        raise WrongState(REPEATED)
    stored.decided_at = now
    move(stored, SubmissionState.PUBLISHED, actor=actor, now=now)
    note_published(stored)
    of.before_publishing(stored, actor, now)
    if is_cut := _let_cuts_stand(stored, now):
        leave_out_of_reasons(stored)
    record = ledger.publish(of.project(stored), actor=actor, now=now, same_cuts=not is_cut)
    way_back.forget(stored)
    return record


@transaction.atomic
def correct(submission: Submission, *, actor: Actor, now: datetime, face: Projection | None = None) -> Record:
    """What the secretariat has corrected in something public enters the ledger as a new version.

    `face` is its public face, where that has been made of what is stored now.
    """
    of, stored = locked(submission, rules.may_review, actor)
    if stored.state not in of.states.public:
        raise WrongState(_("Only what is published can be corrected."))
    return ledger.publish(face or of.project(stored), actor=actor, now=now, same_cuts=True)


def _let_cuts_stand(stored: Submission, now: datetime) -> bool:
    """Whether anything was left out of it while it waited; its organization reads why from now on."""
    own = Measure.objects.filter(kind=stored.kind, submission_key=stored.key, act=Act.REDACTED)
    waiting = own.filter(state=MeasureState.PROVISIONAL, cuts__version=next_number(stored) - 1)
    return bool(waiting.update(state=MeasureState.STANDS, appeal_until=now + APPEAL_FOR))
