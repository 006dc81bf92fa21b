"""Words that were left out before may be public in a later version: the verb; moderation calls it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.common import events
from portal.common.actors import Actor
from portal.common.errors import WrongState
from portal.submissions import rules
from portal.submissions.domain.moving import locked
from portal.submissions.models import Measure, Readmission, Submission
from portal.submissions.queries import newest_version
from portal.submissions.redress.measures import require_reason
from portal.submissions.repeats import repeats_of
from portal.submissions.states import STATES


@transaction.atomic
def readmit(
    submission: Submission, measure: Measure, *, reason: str, actor: Actor, now: datetime
) -> Readmission:
    """What this measure left out may be public as it stands now. Raises `Incomplete` without a reason,
    `WrongState` for words that do not stand there or that somebody has decided about.
    """
    require_reason(reason)
    _of, stored = locked(submission, rules.may_review, actor)
    version = newest_version(stored)
    is_open = measure in [each.measure for each in repeats_of(stored)]
    if version is None or stored.state not in STATES.waiting or not is_open:
        raise WrongState(_("This is decided already. Open it again to see its current state."))
    row = Readmission.objects.create(
        measure=measure,
        version=version.number,
        reason=reason.strip(),
        decided_by_id=actor.user_id,
        decided_at=now,
    )
    events.record("cut_readmitted", kind=stored.kind, key=stored.key, actor=actor, now=now)
    return row
