"""What was read and can be published with others: marks of single things, and the release of many."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from portal.common import events
from portal.common.actors import Actor
from portal.common.errors import NotAllowed, OutOfDate, WrongState
from portal.common.reviews import ReviewType, Row
from portal.moderation import rules
from portal.moderation.domain import KIND
from portal.moderation.models import ReadyMark
from portal.moderation.queries import mark_of
from portal.moderation.queries import subject as subject_of
from portal.submissions.domain.reviewing import REPEATED
from portal.submissions.rules import has_repeats
from portal.submissions.types import SubmissionType, review_type

# The decision by which things are published together.
RELEASE = "approved"


def marks() -> QuerySet[ReadyMark]:
    """The first that was marked first, with who marked it. One query."""
    return ReadyMark.objects.select_related("marked_by")


def mark_about(kind: str, key: UUID) -> ReadyMark | None:
    return marks().filter(kind=kind, object_key=key).first()


def is_releasable(actor: Actor, of: ReviewType, subject: Row) -> bool:
    """Whether this person may publish it as it stands, with nothing more to say."""
    decision = of.decision(RELEASE)
    if decision is None or decision.needs_reason or not of.offers(decision, actor, subject):
        return False
    return rules.may_review(actor, of, subject)


@transaction.atomic
def mark_ready(kind: str, key: UUID, *, actor: Actor, now: datetime, seen: str = "") -> ReadyMark:
    """What was read is ready. Raises `NotAllowed`, `WrongState`, `OutOfDate` if something else waits now."""
    of = review_type(kind)
    subject = of.model._default_manager.select_for_update().get(key=key)
    if not rules.may_review(actor, of, subject_of(of, key)):
        raise NotAllowed("mark it as ready")
    if not is_releasable(actor, of, subject):
        raise WrongState(_("It does not wait any more."))
    if seen and seen != mark_of(of, subject):
        raise OutOfDate()
    if isinstance(of, SubmissionType) and has_repeats(subject):
        raise WrongState(REPEATED)
    row, _is_new = ReadyMark.objects.update_or_create(
        kind=kind,
        object_key=key,
        defaults={"marked_by_id": actor.user_id or 0, "marked_at": now, "seen": mark_of(of, subject)},
    )
    events.record("marked_ready", kind=KIND, key=key, actor=actor, now=now)
    return row


@transaction.atomic
def unmark(kind: str, key: UUID, *, actor: Actor, now: datetime) -> None:
    """Raises `NotAllowed` for who may not decide about it."""
    of = review_type(kind)
    if not rules.may_review(actor, of, subject_of(of, key)):
        raise NotAllowed("unmark")
    if ReadyMark.objects.filter(kind=kind, object_key=key).delete()[0]:
        events.record("unmarked", kind=KIND, key=key, actor=actor, now=now)
