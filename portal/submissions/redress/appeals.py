"""An organization appeals against a measure; one person decides, a second one agrees or does not: verbs."""

from collections.abc import Callable, Mapping
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from portal.common import events
from portal.common.actors import Actor
from portal.common.errors import Incomplete, NotAllowed, Problem, WrongState
from portal.submissions import rules as submission_rules
from portal.submissions.models import Appeal, Measure
from portal.submissions.redress import rules
from portal.submissions.redress.measures import forget, locked, require_reason, settled
from portal.submissions.redress.queries import text_of
from portal.submissions.redress.redacting import shown_again
from portal.submissions.redress.states import APPEAL_STATES
from portal.submissions.redress.taking_down import moved_back, put_back
from portal.submissions.redress_enums import OVER, Act, AppealState, MeasureState
from portal.submissions.states import SubmissionState

STANDING = (MeasureState.PROVISIONAL, MeasureState.STANDS)


@transaction.atomic
def appeal(measure: Measure, *, text: str, language: str, actor: Actor, now: datetime) -> Appeal:
    """Once for each measure, in time. `Incomplete` without words, `WrongState` for what is settled."""
    measure = locked(measure, *STANDING)
    if rules.is_too_late(measure, now):
        raise WrongState(_("The time for an appeal is over."))
    _of, submission = text_of(measure)
    if measure.act == Act.REDACTED and measure.state == MeasureState.PROVISIONAL:
        raise WrongState(_("This is not decided yet."))
    if not submission_rules.may_speak_for(actor, submission):
        raise NotAllowed("appeal")
    if not text.strip():
        raise Incomplete([Problem("text", _("Say why this is wrong."))])
    made = Appeal(
        measure=measure, author_id=actor.user_id, language=language, text=text.strip(), submitted_at=now
    )
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError:
        raise WrongState(_("You have appealed against this already.")) from None
    _log("appealed", measure, actor, now)
    return made


@transaction.atomic
def propose_granting(row: Appeal, *, reason: str, actor: Actor, now: datetime) -> Appeal:
    return _propose(row, AppealState.GRANTED, reason, actor)


@transaction.atomic
def propose_dismissing(row: Appeal, *, reason: str, actor: Actor, now: datetime) -> Appeal:
    return _propose(row, AppealState.DISMISSED, reason, actor)


@transaction.atomic
def agree(row: Appeal, *, actor: Actor, now: datetime) -> Appeal:
    """The second of two: what the first has decided is done, and its author reads the reason of the first."""
    row = _decidable(row, AppealState(row.outcome or AppealState.GRANTED), actor)
    row.state, row.decided_by_id, row.decided_at = row.outcome, actor.user_id, now
    row.save()
    follow = EFFECTS[Act(row.measure.act)] if row.state == AppealState.GRANTED else _stays
    follow(row.measure, actor, now)
    _log(f"appeal_{row.state}", row.measure, actor, now)
    return row


@transaction.atomic
def disagree(row: Appeal, *, reason: str, actor: Actor, now: datetime) -> Appeal:
    """It waits again for two people; the first has had a say and may have another."""
    row = _decidable(row, AppealState.SUBMITTED, actor)
    require_reason(reason)
    row.state, row.outcome, row.reason, row.first_by = AppealState.SUBMITTED.value, "", "", None
    row.save()
    return row


def _propose(row: Appeal, outcome: AppealState, reason: str, actor: Actor) -> Appeal:
    row = _decidable(row, AppealState.SECOND, actor)
    require_reason(reason)
    row.state, row.outcome = AppealState.SECOND.value, outcome.value
    row.reason, row.first_by_id = reason.strip(), actor.user_id
    row.save()
    return row


def _decidable(row: Appeal, to: AppealState, actor: Actor) -> Appeal:
    """Locked with its measure, for somebody who may decide now."""
    measure = locked(row.measure, *MeasureState)
    row = Appeal.objects.select_for_update().get(pk=row.pk)
    row.measure = measure
    if not rules.may_review_appeal(actor, row):
        raise NotAllowed("decide an appeal")
    APPEAL_STATES.require(row.state, to)
    return row


def _stays(measure: Measure, actor: Actor, now: datetime) -> None:
    """Dismissed: what was kept to be put back is needed no more, unless a second person may still undo it."""
    if measure.state != MeasureState.PROVISIONAL:
        forget(measure)


def _waits_again(measure: Measure, actor: Actor, now: datetime) -> None:
    """Declined: the secretariat reads it once more."""
    if measure.state in OVER:
        return
    _of, text = text_of(measure)
    if text.state == SubmissionState.DECLINED:
        moved_back(text, SubmissionState.SUBMITTED, reason="", actor=actor, now=now)
    settled(measure, MeasureState.ENDED, actor, now)


def _is_public_again(measure: Measure, actor: Actor, now: datetime) -> None:
    if measure.state not in OVER:
        put_back(measure, actor=actor, now=now)


def _says_it_again(measure: Measure, actor: Actor, now: datetime) -> None:
    _of, text = text_of(measure)
    if measure.state not in OVER:
        shown_again(measure, text, actor=actor, now=now)


EFFECTS: Mapping[Act, Callable[[Measure, Actor, datetime], object]] = {
    Act.DECLINED: _waits_again,
    Act.TAKEN_DOWN: _is_public_again,
    Act.REDACTED: _says_it_again,
}


def _log(action: str, measure: Measure, actor: Actor, now: datetime) -> None:
    events.record(action, kind=measure.kind, key=measure.submission_key, actor=actor, now=now)
