"""Writes down what was done against a text; the verbs of redress call it."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from portal.common.actors import Actor
from portal.common.errors import Incomplete, Problem, WrongState
from portal.submissions.models import Measure, Submission
from portal.submissions.redress_enums import OVER, Act, MeasureState
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
    """`before` is the state that the text was in. `Incomplete` without a ground of the act, or a reason.

    Of declining and taking down the newest alone can be settled and undone; earlier ones are over.
    """
    require_why(act, ground, reason)
    if act != Act.REDACTED:
        _replace_earlier(submission, act, now)
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
    )


def _replace_earlier(submission: Submission, act: Act, now: datetime) -> None:
    """Their texts were taken back and submitted anew, so that what they had kept is nothing to put back."""
    rows = Measure.objects.filter(kind=submission.kind, submission_key=submission.key, act=act)
    rows.exclude(state__in=OVER).update(state=MeasureState.REPLACED, kept=None, settled_at=now)


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


def settled(measure: Measure, state: MeasureState, actor: Actor, now: datetime) -> Measure:
    """Confirmed or undone; what was kept of it goes once it is undone."""
    measure.state, measure.settled_by_id, measure.settled_at = state.value, actor.user_id, now
    if state == MeasureState.ENDED:
        measure.kept = None
    measure.save()
    return measure


def locked(measure: Measure, *states: MeasureState) -> Measure:
    """Raises `WrongState` unless it stands in one of the states."""
    stored = Measure.objects.select_for_update(of=("self",)).select_related("organization").get(pk=measure.pk)
    if stored.state not in states:
        raise WrongState(_("This step is no longer possible. Open it again to see its current state."))
    return stored
