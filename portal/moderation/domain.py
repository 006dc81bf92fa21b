"""What moderators do: decide, by the verb that the subject's type declares, take and give back what waits."""

from collections.abc import Callable, Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from portal.common import events
from portal.common.actors import Actor, person
from portal.common.errors import NotAllowed, OutOfDate, WrongState
from portal.common.reviews import DecisionType, ReviewType, Row
from portal.moderation import mails, rules
from portal.moderation.models import Assignment, Decision, ReadyMark
from portal.moderation.queries import assignments_of, mark_of, still_waits
from portal.moderation.queries import subject as subject_of
from portal.submissions import domain as submissions
from portal.submissions.emptying import NO_REASON
from portal.submissions.marking import left_out_of, replaced
from portal.submissions.states import SubmissionState
from portal.submissions.types import SubmissionType, review_type

KIND = "moderation"


@transaction.atomic
def decide(
    kind: str,
    key: UUID,
    code: str,
    *,
    actor: Actor,
    now: datetime,
    reason: str = "",
    ground: str = "",
    seen: str = "",
) -> Decision:
    """One decision and what it does, together or not at all; its author is told by mail afterwards.

    `seen` is the `queries.mark_of` of what the moderator has read: `OutOfDate` when something else was
    submitted since; without it whatever stands is decided about.
    Raises `LookupError` for a decision that the type does not declare, `NotAllowed`, `WrongState` for one
    that it does not offer about the subject as it stands, and what the verb raises: `WrongState` when
    somebody else has decided before, `Incomplete` without a reason where one is needed. Words that are left
    out of the text are not kept in the reason either.
    """
    of = review_type(kind)
    chosen = of.decision(code)
    if chosen is None:
        raise LookupError(code)
    of.lock(key)
    subject = subject_of(of, key)
    _require_offered(of, chosen, subject, actor, seen)
    told_before = chosen.reason_of(subject)
    if reason:
        reason = replaced(reason, left_out_of(*(of.text_of(subject) or (kind, key))), is_whole=True)
    given = {"reason": reason} if chosen.needs_reason else {}
    given |= {"ground": ground} if chosen.grounds else {}
    chosen.verb(subject, actor=actor, now=now, **given)
    decision = Decision.objects.create(
        kind=kind,
        object_key=key,
        action=code,
        ground=given.get("ground", ""),
        reason=reason.strip() or told_before,
        decided_by_id=actor.user_id,
        decided_at=now,
    )
    if chosen.comes_back:
        _keep(kind, key, actor, now)
    elif not still_waits(of, key):
        left_the_queue(kind, key)
    if chosen.mail_subject:
        mails.tell_authors(decision)
    return decision


def _require_offered(of: ReviewType, chosen: DecisionType, subject: Row, actor: Actor, seen: str) -> None:
    if actor.user_id is None or not rules.may_review(actor, of, subject):
        raise NotAllowed(chosen.code)
    if seen and seen != mark_of(of, subject):
        raise OutOfDate()
    if not of.offers(chosen, actor, subject):
        raise WrongState(_why_not_now(subject))


def _why_not_now(subject: Row) -> object:
    """In words, for who was about to decide."""
    if subject.state == SubmissionState.CORRECTING:
        return _("Its authors have taken it back to change it. It waits here again once they submit it.")
    return _("This step is no longer possible. Open it again to see its current state.")


def left_the_queue(kind: str, key: UUID) -> None:
    """Decided, or taken back by its authors: nobody looks after it, and it is not ready."""
    assignments_of(kind, key).delete()
    ReadyMark.objects.filter(kind=kind, object_key=key).delete()


def empty_decisions(keys: Collection[UUID]) -> None:
    """The reasons of decisions about amendments that may keep theirs no more."""
    rows = Decision.objects.filter(kind="amendment", object_key__in=keys)
    rows.exclude(reason="").update(reason=NO_REASON)


def _keep(kind: str, key: UUID, actor: Actor, now: datetime) -> None:
    """Whoever looked after it, else who asks, finds it in the queue again under their name."""
    Assignment.objects.get_or_create(
        kind=kind, object_key=key, defaults={"moderator_id": actor.user_id or 0, "since": now}
    )


@transaction.atomic
def take(kind: str, key: UUID, *, actor: Actor, now: datetime) -> Assignment:
    """Look after something that waits, also in place of somebody else. Raises `NotAllowed`, `WrongState`."""
    _require_reviewer(kind, key, actor)
    if not still_waits(review_type(kind), key):
        raise WrongState(_("It does not wait any more."))
    row, is_new = Assignment.objects.get_or_create(
        kind=kind, object_key=key, defaults={"moderator_id": actor.user_id or 0, "since": now}
    )
    if not is_new and row.moderator_id != actor.user_id:
        row.moderator_id, row.since = actor.user_id or 0, now
        row.save()
    events.record("taken", kind=KIND, key=key, actor=actor, now=now)
    _follow(kind, key, submissions.begin_review, actor, now)
    return row


@transaction.atomic
def assign(kind: str, key: UUID, to: User, *, actor: Actor, now: datetime) -> Assignment:
    """Somebody else looks after it; both may decide about it. Raises `NotAllowed`, `WrongState`."""
    _require_reviewer(kind, key, actor)
    of = review_type(kind)
    if not rules.may_review(person(to), of, subject_of(of, key)):
        raise NotAllowed("assign")
    if not still_waits(of, key):
        raise WrongState(_("It does not wait any more."))
    row, _is_new = Assignment.objects.update_or_create(
        kind=kind, object_key=key, defaults={"moderator": to, "since": now}
    )
    events.record("assigned", kind=KIND, key=key, actor=actor, now=now)
    _follow(kind, key, submissions.begin_review, actor, now)
    return row


@transaction.atomic
def give_back(kind: str, key: UUID, *, actor: Actor, now: datetime) -> None:
    """Nobody looks after it then; only who does gives it back."""
    _require_reviewer(kind, key, actor)
    if assignments_of(kind, key).filter(moderator_id=actor.user_id).delete()[0]:
        events.record("given_back", kind=KIND, key=key, actor=actor, now=now)
        _follow(kind, key, submissions.end_review, actor, now)


def _follow(kind: str, key: UUID, verb: Callable[..., object], actor: Actor, now: datetime) -> None:
    """What organizations write says so in its state; other kinds have no such state."""
    of = review_type(kind)
    if isinstance(of, SubmissionType):
        verb(of.model(key=key), actor=actor, now=now)


@transaction.atomic
def free(kind: str, key: UUID, *, actor: Actor, now: datetime) -> None:
    """Nobody looks after it then, whoever did; nor is it read where nobody did. Raises `NotAllowed`."""
    _require_reviewer(kind, key, actor)
    if assignments_of(kind, key).delete()[0]:
        events.record("given_back", kind=KIND, key=key, actor=actor, now=now)
    _follow(kind, key, submissions.end_review, actor, now)


def end_reading(kind: str, key: UUID, *, actor: Actor, now: datetime) -> None:
    """What somebody read whose account is erased: its authors can take it back again."""
    of = review_type(kind)
    if of.model._default_manager.filter(key=key, state=SubmissionState.IN_REVIEW).exists():
        _follow(kind, key, submissions.end_review, actor, now)


def _require_reviewer(kind: str, key: UUID, actor: Actor) -> None:
    of = review_type(kind)
    of.lock(key)
    if not rules.may_review(actor, of, subject_of(of, key)):
        raise NotAllowed("look after it")
