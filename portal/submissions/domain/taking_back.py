"""Its organization takes back what it submitted, or writes anew what is public."""

from datetime import datetime
from typing import TypeVar

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.common.actors import Actor
from portal.common.errors import WrongState
from portal.publication import domain as ledger
from portal.submissions import rules, way_back
from portal.submissions.deadline_words import shut_problems
from portal.submissions.deadlines import any_shut
from portal.submissions.domain.moving import leave_the_queue, locked, move, require_thawed, write_anew
from portal.submissions.models import Submission
from portal.submissions.states import SubmissionState
from portal.submissions.types import SubmissionType

S = TypeVar("S", bound=Submission)


@transaction.atomic
def recall(submission: S, *, actor: Actor, now: datetime) -> S:
    """Taken back to be changed, before anybody reads it; its receipts stay good.

    Raises `WrongState` after its deadline, when it could not be submitted again.
    """
    of, stored = locked(submission, rules.may_speak_for, actor)
    if not rules.can_recall(actor, stored):
        raise WrongState(_("The secretariat has begun to read it, or has decided. Open it again to see."))
    _require_open(of, stored, now)
    way_back.keep(of, stored, now)
    write_anew(stored, SubmissionState.CORRECTING, actor=actor, now=now, action="recalled")
    leave_the_queue(stored)
    return stored


@transaction.atomic
def withdraw(submission: S, *, actor: Actor, now: datetime) -> S:
    """Taken back by its organization; what was public leaves a tombstone.

    What is being read is replaced instead, where it can be: so nobody decides about what is gone.
    """
    of, stored = locked(submission, rules.may_speak_for, actor)
    if not rules.can_withdraw(actor, stored):
        raise WrongState(_("This step is no longer possible. Open it again to see its current state."))
    if stored.state == SubmissionState.IN_REVIEW and is_replaceable(of, stored, now):
        raise WrongState(_("The secretariat is reading it. You can replace it instead of withdrawing it."))
    way_back.forget(stored)
    stored.updated_at, was_waiting = now, stored.state in of.states.waiting
    move(stored, SubmissionState.WITHDRAWN, actor=actor, now=now)
    if was_waiting:
        leave_the_queue(stored)
    of.before_withdrawal(stored, actor, now)
    ledger.withdraw(of.kind, stored.key, actor=actor, now=now)
    of.after_withdrawal(stored, actor, now)
    return stored


@transaction.atomic
def open_correction(submission: S, *, actor: Actor, now: datetime) -> S:
    """What is public is written anew; readers keep the old text until the new one is published.

    So is what the secretariat is reading: nobody decides about it until it is submitted again. Raises
    `WrongState` after its deadline: what cannot be submitted again is not begun again.
    """
    of, stored = locked(submission, rules.may_write_for, actor)
    require_thawed(stored)
    was_waiting = stored.state in of.states.waiting
    if not rules.can_correct(actor, stored):
        raise WrongState(_("This step is no longer possible. Open it again to see its current state."))
    _require_open(of, stored, now)
    way_back.keep(of, stored, now)
    _begin_anew(of, stored, is_kept=was_waiting)
    write_anew(stored, SubmissionState.CORRECTING, actor=actor, now=now)
    if was_waiting:
        leave_the_queue(stored)
    return stored


@transaction.atomic
def take_up_again(submission: S, *, actor: Actor, now: datetime) -> S:
    """What was withdrawn is a draft again and keeps its numbers."""
    of, stored = locked(submission, rules.may_speak_for, actor)
    way_back.keep(of, stored, now)
    _begin_anew(of, stored)
    write_anew(stored, SubmissionState.DRAFT, actor=actor, now=now, action="taken_up")
    return stored


def is_replaceable(of: SubmissionType, row: Submission, now: datetime) -> bool:
    """Whether it can be written anew now and submitted again in time; else it can only be withdrawn."""
    return of.is_correctable and not any_shut(of.deadlines_of(row, now))


def _require_open(of: SubmissionType, stored: Submission, now: datetime) -> None:
    if problems := shut_problems(of.deadlines_of(stored, now)):
        raise WrongState(problems[0].message)


def _begin_anew(of: SubmissionType, stored: Submission, *, is_kept: bool = False) -> None:
    """With the fields of the type reset, unless what was said of them `is_kept` for the same submission."""
    require_thawed(stored)
    if not of.is_correctable:
        raise WrongState(_("This cannot be written anew."))
    for name, value in of.reset.items() if not is_kept else ():
        setattr(stored, name, value)
