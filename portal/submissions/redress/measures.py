"""Writes down what was done against a text; the verbs of redress call it."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from portal.common.actors import Actor
from portal.common.declarations import declared
from portal.common.errors import Incomplete, Problem, WrongState
from portal.submissions.locks import lock_text
from portal.submissions.models import Measure, Submission
from portal.submissions.redress_enums import APPEAL_FOR, OVER, Act, MeasureState
from portal.submissions.redress_grounds import OF_ACTS
from portal.submissions.types import submission_type

SAY_WHY = _("Say why, so that the authors know.")


def noted(
    submission: Submission,
    act: Act,
    *,
    ground: str,
    reason: str,
    before: str,
    actor: Actor,
    now: datetime,
    state: MeasureState = MeasureState.STANDS,
    kept: dict[str, object] | None = None,
) -> Measure:
    """`before` is the state that the text was in. `Incomplete` without a ground of the act, or a reason."""
    require_why(act, ground, reason)
    return Measure.objects.create(
        kind=submission.kind,
        submission_key=submission.key,
        organization=submission.organization,
        title=called(submission),
        language=submission.language,
        act=act.value,
        ground=ground,
        reason=reason.strip(),
        state=state.value,
        state_before=before,
        kept=kept,
        decided_by_id=actor.user_id,
        submitted_at=now,
        appeal_until=now + APPEAL_FOR if state == MeasureState.STANDS else None,
    )


def replace_earlier(submission: Submission, act: Act, now: datetime) -> None:
    """Of declining and taking down the newest alone can be settled and undone; asked before it is done.

    The texts of earlier ones were taken back and submitted anew: what they had kept is nothing to put back.
    """
    rows = Measure.objects.filter(kind=submission.kind, submission_key=submission.key, act=act)
    for row in rows.exclude(state__in=OVER):
        row.state, row.settled_at = MeasureState.REPLACED.value, now
        forget(row)


def require_why(act: Act, ground: str, reason: str) -> None:
    if ground not in dict(OF_ACTS[act]):
        raise Incomplete([Problem("ground", _("Choose why."))])
    require_reason(reason)


def require_reason(reason: str) -> None:
    if not reason.strip():
        raise Incomplete([Problem("reason", SAY_WHY)])


def called(submission: Submission) -> str:
    """How the secretariat calls a text: by what it reads of it."""
    content = submission_type(submission.kind).content(submission) or {}
    return str(content.get("title") or submission)


def state_locked(submission: Submission) -> str:
    """The state that is stored; nobody else changes it in this transaction."""
    rows = type(submission)._default_manager.select_for_update()
    return str(rows.get(key=submission.key).state)


def settled(measure: Measure, state: MeasureState, actor: Actor, now: datetime) -> Measure:
    """Confirmed, from which time appeals run, or undone; what was kept of it goes once it is undone."""
    measure.state, measure.settled_by_id, measure.settled_at = state.value, actor.user_id, now
    measure.appeal_until = now + APPEAL_FOR if state == MeasureState.STANDS else None
    if state == MeasureState.ENDED:
        forget(measure)
    else:
        measure.save()
    return measure


def forget(measure: Measure) -> None:
    """What was kept does not come back any more: it goes, here and wherever something was hidden with it."""
    was_kept, measure.kept = measure.kept is not None, None
    measure.save()
    if was_kept:
        follow_take_down(measure, is_public_again=False)


def follow_take_down(measure: Measure, *, is_public_again: bool) -> None:
    for follow in declared("take_downs_settled"):
        follow(measure.kind, measure.submission_key, is_public_again)


def locked(measure: Measure, *states: MeasureState) -> Measure:
    """With its text, which is locked first wherever both are. `WrongState` unless in one of the states."""
    lock_text(measure.kind, measure.submission_key)
    stored = Measure.objects.select_for_update(of=("self",)).select_related("organization").get(pk=measure.pk)
    if stored.state not in states:
        raise WrongState(_("This step is no longer possible. Open it again to see its current state."))
    return stored
