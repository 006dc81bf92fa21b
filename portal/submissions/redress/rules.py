"""Who takes a measure, who looks at it again, and who may appeal against it."""

from datetime import datetime

from portal.common.actors import Actor
from portal.organizations.rules import is_focal_point
from portal.submissions import rules
from portal.submissions.models import Appeal, Measure, Submission
from portal.submissions.queries import role_for
from portal.submissions.redress.queries import is_public, text_of
from portal.submissions.redress_enums import OVER, Act, AppealState, MeasureState
from portal.submissions.states import FROZEN, GIVEN, STATES


def can_decline(actor: Actor, submission: Submission) -> bool:
    """What is public is taken down instead, and a correction of it returned. One query."""
    return not is_public(submission)


def can_take_down(actor: Actor, submission: Submission) -> bool:
    """One query for what waits or came back, none for what is published."""
    return submission.state in STATES.public or is_public(submission)


def can_redact(submission: Submission) -> bool:
    """While it waits, or something of it is public, whatever its authors do with it. One query at most."""
    if submission.state in GIVEN:
        return True
    return submission.state in STATES.editable | FROZEN and is_public(submission)


def may_read_original(actor: Actor, submission: Submission) -> bool:
    """What is left out of a text: its members, a protection focal point, and who decides while it waits.

    A focal point by that task itself, as with names that are withheld.
    """
    if is_focal_point(actor) or role_for(actor, submission) is not None:
        return True
    return submission.state in STATES.waiting and rules.may_review(actor, submission)


def may_settle(actor: Actor, measure: Measure) -> bool:
    """A second person: neither who took it nor anybody of the organization."""
    return actor.user_id != measure.decided_by_id and _is_stranger(actor, measure)


def may_review_appeal(actor: Actor, appeal: Appeal) -> bool:
    """Nobody who has decided about the text's measure before, and each of the two once."""
    measure = appeal.measure
    before = {measure.decided_by_id, measure.settled_by_id, appeal.author_id}
    if appeal.state == AppealState.SECOND:
        before.add(appeal.first_by_id)
    return actor.user_id not in before and _is_stranger(actor, measure)


def can_appeal(actor: Actor, measure: Measure, submission: Submission, now: datetime) -> bool:
    """Once and in time, by who speaks for the organization, while the measure stands."""
    if is_too_late(measure, now):
        return False
    is_undecided = measure.act == Act.REDACTED and measure.state == MeasureState.PROVISIONAL
    if is_undecided or measure.state in OVER or hasattr(measure, "appeal"):
        return False
    return rules.may_speak_for(actor, submission)


def is_too_late(measure: Measure, now: datetime) -> bool:
    """A measure without a term can be appealed against until it is settled."""
    return measure.appeal_until is not None and measure.appeal_until < now


def _is_stranger(actor: Actor, measure: Measure) -> bool:
    _of, text = text_of(measure)
    return rules.may_review(actor, text)
