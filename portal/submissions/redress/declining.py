"""A text is declined: verb; moderation calls it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.common.actors import Actor
from portal.common.errors import WrongState
from portal.submissions import rules
from portal.submissions.domain import moved_by_redress
from portal.submissions.models import Measure, Submission
from portal.submissions.redress.measures import noted, replace_earlier, require_why, state_locked
from portal.submissions.redress.rules import can_decline
from portal.submissions.redress_enums import Act
from portal.submissions.states import SubmissionState


@transaction.atomic
def decline(submission: Submission, *, ground: str, reason: str, actor: Actor, now: datetime) -> Measure:
    """Its organization reads ground and reason, and may appeal once. `WrongState` for what is public."""
    require_why(Act.DECLINED, ground, reason)
    before = state_locked(submission)
    if not can_decline(actor, submission):
        raise WrongState(_("Something of it is public. Return the correction, or take it down."))
    stored = moved_by_redress(
        submission,
        SubmissionState.DECLINED,
        rule=rules.may_review,
        reason=reason.strip(),
        actor=actor,
        now=now,
    )
    replace_earlier(stored, Act.DECLINED, now)
    return noted(stored, Act.DECLINED, ground=ground, reason=reason, before=before, actor=actor, now=now)
