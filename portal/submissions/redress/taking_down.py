"""What is public is taken down at once by one person, and confirmed or undone by a second: verbs."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from portal.common import events
from portal.common.actors import Actor
from portal.common.errors import NotAllowed, WrongState
from portal.publication import domain as ledger
from portal.publication import taking_down as public
from portal.publication.kinds import WITHHELD
from portal.submissions import rules, way_back
from portal.submissions.domain import moved_by_redress
from portal.submissions.models import Appeal, Measure, Submission
from portal.submissions.redress.faces import say_again
from portal.submissions.redress.measures import (
    follow_take_down,
    forget,
    locked,
    noted,
    replace_earlier,
    require_reason,
    require_why,
    settled,
    state_locked,
)
from portal.submissions.redress.queries import is_public, text_of
from portal.submissions.redress.rules import may_settle
from portal.submissions.redress_enums import Act, AppealState, MeasureState
from portal.submissions.states import SubmissionState
from portal.submissions.types import SubmissionType, submission_type

NOT_PUBLIC = _("Nothing of it is public.")


@transaction.atomic
def take_down(submission: Submission, *, ground: str, reason: str, actor: Actor, now: datetime) -> Measure:
    """Gone from page, API, lists and search with this transaction; its number says why.

    A correction that is being written or read waits until it is settled. Raises `WrongState` where nothing is
    public.
    """
    require_why(Act.TAKEN_DOWN, ground, reason)
    of, before = submission_type(submission.kind), state_locked(submission)
    stored = moved_by_redress(
        submission,
        SubmissionState.TAKEN_DOWN,
        rule=rules.may_review,
        reason=reason.strip(),
        actor=actor,
        now=now,
    )
    replace_earlier(stored, Act.TAKEN_DOWN, now)
    of.before_withdrawal(stored, actor, now)
    kept = public.take_down(of.kind, stored.key, ground=ground, actor=actor, now=now)
    if kept is None:
        raise WrongState(NOT_PUBLIC)
    of.after_withdrawal(stored, actor, now)
    return noted(
        stored,
        Act.TAKEN_DOWN,
        ground=ground,
        reason=reason,
        before=before,
        actor=actor,
        now=now,
        state=MeasureState.PROVISIONAL,
        kept=kept,
    )


@transaction.atomic
def confirm_take_down(measure: Measure, *, actor: Actor, now: datetime) -> Measure:
    """A second person agrees. What was public is kept until its term is over, or an appeal is decided."""
    measure = settled(_provisional(measure, actor), MeasureState.STANDS, actor, now)
    if Appeal.objects.filter(measure=measure, state=AppealState.DISMISSED).exists():
        forget(measure)
    _log("take_down_confirmed", measure, actor, now)
    return measure


@transaction.atomic
def undo_take_down(measure: Measure, *, reason: str, actor: Actor, now: datetime) -> Measure:
    """A second person does not agree: everything is again as it was, under the same number."""
    measure = _provisional(measure, actor)
    require_reason(reason)
    return put_back(measure, actor=actor, now=now)


def put_back(measure: Measure, *, actor: Actor, now: datetime) -> Measure:
    """As it was. Its callers have asked who may and have locked the measure.

    What its organization has withdrawn meanwhile stays so. Where its author is told otherwise now, what was
    public is not shown again as it was: it is published anew, or waits as the correction that it is, and
    cannot be given up any more.
    """
    of, text = text_of(measure)
    if text.state == SubmissionState.TAKEN_DOWN:
        back = state_again(measure.state_before)
        reason = text.reason if back == SubmissionState.RETURNED else ""
        text = moved_back(text, back, reason=reason, actor=actor, now=now, action="put_back")
        _show_again(of, text, measure, actor, now)
        if is_public(text):
            follow_take_down(measure, is_public_again=True)
        else:
            way_back.forget_public(text)
    return settled(measure, MeasureState.ENDED, actor, now)


def state_again(before: str) -> SubmissionState:
    """Nobody reads it any more who had begun to before it was taken down."""
    back = SubmissionState(before)
    return SubmissionState.SUBMITTED if back == SubmissionState.IN_REVIEW else back


def moved_back(
    text: Submission, back: SubmissionState, *, reason: str, actor: Actor, now: datetime, action: str = ""
) -> Submission:
    """Raises `WrongState` where another text has taken meanwhile what only one may bear."""
    try:
        with transaction.atomic():
            return moved_by_redress(
                text, back, rule=rules.may_review, reason=reason, actor=actor, now=now, action=action
            )
    except IntegrityError as taken:
        raise WrongState(_("Another text bears its number now.")) from taken


def _show_again(of: SubmissionType, text: Submission, measure: Measure, actor: Actor, now: datetime) -> None:
    if text.state == SubmissionState.PUBLISHED:
        of.before_publishing(text, actor, now)
    face, kept = of.project(text), measure.kept or {}
    withheld = face.facts.get(WITHHELD, "")
    if public.says_the_same_author(kept, face.organization_key, withheld):
        public.put_back(of.kind, text.key, kept, actor=actor, now=now)
        _say_again(text, measure, actor, now)
    elif text.state == SubmissionState.PUBLISHED:
        ledger.publish(face, actor=actor, now=now, forget=True)
    of.after_put_back(text, actor, now)


def _say_again(text: Submission, measure: Measure, actor: Actor, now: datetime) -> None:
    """Passages that an appeal has brought back while it was down."""
    cuts = Measure.objects.filter(kind=text.kind, submission_key=text.key, act=Act.REDACTED)
    ended = cuts.filter(state=MeasureState.ENDED, settled_at__gte=measure.submitted_at)
    if rows := list(ended.prefetch_related("cuts")):
        say_again(text, rows, actor=actor, now=now)


def _provisional(measure: Measure, actor: Actor) -> Measure:
    measure = locked(measure, MeasureState.PROVISIONAL)
    if not may_settle(actor, measure):
        raise NotAllowed("settle a take-down")
    return measure


def _log(action: str, measure: Measure, actor: Actor, now: datetime) -> None:
    events.record(action, kind=measure.kind, key=measure.submission_key, actor=actor, now=now)
