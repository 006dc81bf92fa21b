"""Passages are left out of a text: verbs; of what is public already its authors are told at once."""

from datetime import datetime

from django.db import transaction

from portal.common.actors import Actor
from portal.common.errors import NotAllowed
from portal.common.reviews import Row
from portal.moderation import mails, rules
from portal.moderation.models import Decision
from portal.submissions.models import Measure, Readmission
from portal.submissions.redress import readmitting, redacting
from portal.submissions.redress_enums import MeasureState
from portal.submissions.types import SubmissionType


@transaction.atomic
def redact(
    of: SubmissionType,
    subject: Row,
    *,
    field: str,
    words: str,
    ground: str,
    reason: str,
    actor: Actor,
    now: datetime,
) -> Measure:
    """As `redacting.redact`, by who may decide about the text."""
    _require_reviewer(of, subject, actor)
    given = {"field": field, "words": words, "ground": ground, "reason": reason}
    return _told(of, redacting.redact(subject, **given, actor=actor, now=now), actor, now)


@transaction.atomic
def redact_again(
    of: SubmissionType, subject: Row, measure: Measure, *, actor: Actor, now: datetime
) -> Measure:
    _require_reviewer(of, subject, actor)
    return _told(of, redacting.redact_again(subject, measure, actor=actor, now=now), actor, now)


@transaction.atomic
def put_back_cut(of: SubmissionType, subject: Row, measure: Measure, *, actor: Actor, now: datetime) -> None:
    _require_reviewer(of, subject, actor)
    redacting.put_back_cut(subject, measure, actor=actor, now=now)


@transaction.atomic
def readmit(
    of: SubmissionType, subject: Row, measure: Measure, *, reason: str, actor: Actor, now: datetime
) -> Readmission:
    """As `readmitting.readmit`, by who may decide about the text."""
    _require_reviewer(of, subject, actor)
    return readmitting.readmit(subject, measure, reason=reason, actor=actor, now=now)


def _told(of: SubmissionType, measure: Measure, actor: Actor, now: datetime) -> Measure:
    """Of what waits its authors are told when it is published, with all that is left out of it."""
    if measure.state == MeasureState.STANDS:
        decision = Decision.objects.create(
            kind=of.kind,
            object_key=measure.submission_key,
            action="redacted",
            ground=measure.ground,
            reason=measure.reason,
            decided_by_id=actor.user_id,
            decided_at=now,
        )
        mails.tell_authors(decision)
    return measure


def _require_reviewer(of: SubmissionType, subject: Row, actor: Actor) -> None:
    if not rules.may_review(actor, of, subject):
        raise NotAllowed("redact")
