"""What happens to a submission, as verbs; the desk, moderation, imports and the demo call them.

Every verb locks the row and asks its rule; a state changes in `_move` only. What differs between the
types stands in their `SubmissionType`.
"""

import uuid
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext_lazy as _

from portal.common import events
from portal.common.actors import Actor
from portal.common.collation import in_order
from portal.common.declarations import declared
from portal.common.digests import canonical, digest_of
from portal.common.errors import (
    EditConflict,
    Incomplete,
    NotAllowed,
    OutOfDate,
    Problem,
    Unadmitted,
    WrongState,
)
from portal.organizations.models import Organization
from portal.organizations.queries import with_role
from portal.organizations.rules import may_write_for
from portal.organizations.states import STATES as ORGANIZATION_STATES
from portal.publication import domain as ledger
from portal.publication.models import Record
from portal.publication.projections import Projection
from portal.submissions import history, rules
from portal.submissions.deadline_words import shut_problems
from portal.submissions.deadlines import Deadline, any_late
from portal.submissions.history import Said, Way
from portal.submissions.models import Measure, Submission, SubmittedVersion
from portal.submissions.queries import newest_version, next_number
from portal.submissions.receipts import Receipt, with_receipt_number
from portal.submissions.redress_enums import Act, MeasureState
from portal.submissions.states import FROZEN, SUBMITTABLE, SubmissionState
from portal.submissions.types import Fields, Related, SubmissionType, submission_type

S = TypeVar("S", bound=Submission)
Rule = Callable[[Actor, Submission], bool]


@transaction.atomic
def create_draft(
    of: SubmissionType,
    *,
    organization: Organization,
    language: str,
    actor: Actor,
    now: datetime,
    fields: Fields | None = None,
    key: UUID | None = None,
) -> Any:
    """A draft that holds `fields`. The same `key` again gives the same one: a form sent twice starts one."""
    if not may_write_for(actor, organization):
        raise NotAllowed(f"write for {organization.key}")
    draft, is_new = of.model._default_manager.get_or_create(
        key=key or uuid.uuid4(),
        defaults={
            "organization": organization,
            "author_id": actor.user_id,
            "language": language,
            "created_at": now,
            "updated_at": now,
        },
    )
    if not is_new:
        if not rules.can_edit(actor, draft):
            raise NotAllowed(f"edit {of.kind}")
        return draft
    if fields is not None:
        _store(of, draft, fields)
        draft.save()
    _require_admitted(of, draft, actor)
    _record("created", draft, actor, now)
    return draft


@transaction.atomic
def save_draft(
    submission: S, *, fields: Fields, revision: int, actor: Actor, now: datetime, said: Said | None = None
) -> S:
    """Save what is given. Raises `EditConflict` with the stored version when `revision` is not the last one.

    Each save makes a new submit key: only what was read last can be submitted. `said`: for the history.
    What a page saves by itself stands there and not in the log.
    """
    of, stored = _locked(submission, rules.may_write_for, actor)
    _require_thawed(stored)
    if not stored.is_editable:
        raise WrongState(_("This has already been submitted and cannot be changed now."))
    if revision != stored.revision:
        raise EditConflict(stored)
    _store(of, stored, fields)
    stored.revision, before_at = stored.revision + 1, stored.updated_at
    stored.updated_at, stored.submit_key = now, uuid.uuid4()
    stored.save()
    if said is not None:
        history.keep(stored, said, before_at=before_at, actor=actor)
    if said is None or said.way != Way.AUTOSAVED:
        _record("saved", stored, actor, now, revision=stored.revision)
    if stored.submitted_at is not None:
        of.saved(stored, actor, now)
    return stored


@transaction.atomic
def submit(submission: Submission, *, submit_key: UUID, actor: Actor, now: datetime) -> Receipt:
    """Submit what was read under `submit_key`; the same key again gives the same receipt.

    Found by `key`, so that `Pledge(key=...)` will do. Raises `Incomplete`, `OutOfDate`, `WrongState`.
    """
    of, stored = _locked(submission, rules.may_speak_for, actor)
    is_open = stored.state in SUBMITTABLE
    version = None if is_open else newest_version(stored)
    if submit_key != stored.submit_key or not (is_open or version):
        raise OutOfDate()
    if version is not None:
        return receipt_of(version)
    related, deadlines = of.related(stored), of.deadlines_of(stored, now)
    if problems := problems_of(stored, related, now=now, deadlines=deadlines):
        raise Incomplete(problems)
    stored.submitted_at = stored.updated_at = now
    is_late = any_late(deadlines) or _corrects_late(stored)
    version = keep_version(
        stored, of.sent(stored, related), actor=actor, now=now, is_late=is_late, is_to_tell=True
    )
    receipt = receipt_of(version)
    try:
        with transaction.atomic():
            _move(stored, SubmissionState.SUBMITTED, reason="", actor=actor, now=now, receipt=receipt.number)
    except IntegrityError as taken:
        # Another one took in this moment what only one may bear; read again, it is told.
        raise OutOfDate() from taken
    for follow in declared("after_submission"):
        follow(stored, version)
    return receipt


@transaction.atomic
def return_to_author(
    submission: S,
    *,
    reason: str,
    actor: Actor,
    now: datetime,
    to: SubmissionState = SubmissionState.RETURNED,
) -> S:
    """Back to its authors with the reason, and with a new submit key; `to` a state that needs a reason."""
    _of, stored = _locked(submission, rules.may_review, actor)
    if stored.state in FROZEN:
        raise WrongState(_("This step is no longer possible. Open it again to see its current state."))
    if not reason.strip():
        raise Incomplete([Problem("reason", _("Say why, so that the authors know what to correct."))])
    stored.submit_key, stored.decided_at = uuid.uuid4(), now
    _move(stored, to, reason=reason.strip(), actor=actor, now=now)
    return stored


@transaction.atomic
def publish(submission: Submission, *, actor: Actor, now: datetime) -> Record:
    """Approved: its public face enters the ledger."""
    of, stored = _locked(submission, rules.may_review, actor)
    if stored.state not in of.states.waiting:
        # What was merged is published again by undoing that alone.
        raise WrongState(_("This step is no longer possible. Open it again to see its current state."))
    if problems := organization_problems(stored):
        raise WrongState(problems[0].message)
    stored.decided_at = now
    _move(stored, SubmissionState.PUBLISHED, actor=actor, now=now)
    of.before_publishing(stored, actor, now)
    record = ledger.publish(of.project(stored), actor=actor, now=now)
    _let_cuts_stand(stored)
    return record


def _let_cuts_stand(stored: Submission) -> None:
    """What was left out of this version while it waited; its organization reads why from now on."""
    own = Measure.objects.filter(kind=stored.kind, submission_key=stored.key, act=Act.REDACTED)
    waiting = own.filter(state=MeasureState.PROVISIONAL, cuts__version=next_number(stored) - 1)
    waiting.update(state=MeasureState.STANDS)


@transaction.atomic
def begin_review(submission: S, *, actor: Actor, now: datetime) -> S:
    """Somebody of the secretariat reads it from now on; once more changes nothing."""
    _of, stored = _locked(submission, rules.may_review, actor)
    if stored.state != SubmissionState.IN_REVIEW:
        _move(stored, SubmissionState.IN_REVIEW, actor=actor, now=now)
    return stored


@transaction.atomic
def end_review(submission: S, *, actor: Actor, now: datetime) -> S:
    """Nobody reads it any more, so that its authors can take it back."""
    _of, stored = _locked(submission, rules.may_review, actor)
    if stored.state == SubmissionState.IN_REVIEW:
        _move(stored, SubmissionState.SUBMITTED, actor=actor, now=now, action="given_back")
    return stored


@transaction.atomic
def recall(submission: S, *, actor: Actor, now: datetime) -> S:
    """Taken back to be changed, before anybody reads it; its receipts stay good.

    Raises `WrongState` after its deadline, when it could not be submitted again.
    """
    of, stored = _locked(submission, rules.may_speak_for, actor)
    if not rules.can_recall(actor, stored):
        raise WrongState(_("The secretariat has begun to read it, or has decided. Open it again to see."))
    _require_open(of, stored, now)
    _write_anew(stored, SubmissionState.CORRECTING, actor=actor, now=now, action="recalled")
    _leave_the_queue(stored)
    return stored


@transaction.atomic
def withdraw(submission: S, *, actor: Actor, now: datetime) -> S:
    """Taken back by its organization; what was public leaves a tombstone.

    What is being read is replaced instead, where its kind can be: so nobody decides about what is gone.
    """
    of, stored = _locked(submission, rules.may_speak_for, actor)
    if stored.state == SubmissionState.IN_REVIEW and of.is_correctable:
        raise WrongState(_("The secretariat is reading it. You can replace it instead of withdrawing it."))
    stored.updated_at, was_waiting = now, stored.state in of.states.waiting
    _move(stored, SubmissionState.WITHDRAWN, actor=actor, now=now)
    if was_waiting:
        _leave_the_queue(stored)
    of.before_withdrawal(stored, actor, now)
    ledger.withdraw(of.kind, stored.key, actor=actor, now=now)
    of.after_withdrawal(stored, actor, now)
    return stored


@transaction.atomic
def delete_draft(submission: Submission, *, actor: Actor, now: datetime) -> None:
    """A draft that was never submitted is gone, with all that was written in it. The log keeps its key.

    Raises `WrongState` for what was submitted once, also where it is a draft again, and while others,
    such as reports, belong to it.
    """
    of, stored = _locked(submission, rules.may_delete, actor)
    if not rules.can_delete(actor, stored) or newest_version(stored) is not None:
        raise WrongState(_("Only a draft that was never submitted can be deleted."))
    _record("deleted", stored, actor, now)
    history.forget(stored.kind, stored.key)
    of.before_deletion(stored, actor, now)
    try:
        of.model._default_manager.filter(pk=stored.pk).delete()
    except ProtectedError as refusal:
        told = _("This draft cannot be deleted, because other things belong to it: %(what)s.")
        raise WrongState(told % {"what": _named(refusal)}) from refusal


def _named(refusal: ProtectedError) -> str:
    """The kinds of what stands against a deletion."""
    names = {str(row._meta.verbose_name_plural) for row in refusal.protected_objects}
    return ", ".join(in_order(names, str))


@transaction.atomic
def open_correction(submission: S, *, actor: Actor, now: datetime) -> S:
    """What is public is written anew; readers keep the old text until the new one is published.

    So is what the secretariat is reading: nobody decides about it until it is submitted again. Raises
    `WrongState` after its deadline: what cannot be submitted again is not begun again.
    """
    of, stored = _locked(submission, rules.may_write_for, actor)
    was_waiting = stored.state in of.states.waiting
    if was_waiting and not rules.can_correct(actor, stored):
        raise WrongState(_("This step is no longer possible. Open it again to see its current state."))
    _require_open(of, stored, now)
    _begin_anew(of, stored, is_kept=was_waiting)
    _write_anew(stored, SubmissionState.CORRECTING, actor=actor, now=now)
    if was_waiting:
        _leave_the_queue(stored)
    return stored


@transaction.atomic
def take_up_again(submission: S, *, actor: Actor, now: datetime) -> S:
    """What was withdrawn is a draft again and keeps its numbers."""
    of, stored = _locked(submission, rules.may_speak_for, actor)
    _begin_anew(of, stored)
    _write_anew(stored, SubmissionState.DRAFT, actor=actor, now=now, action="taken_up")
    return stored


@transaction.atomic
def move_for_signing(submission: S, *, to: SubmissionState, actor: Actor, now: datetime) -> S:
    """Frozen while others sign it, or open for changes again; with a new submit key.

    Its caller, `portal.joint`, asks what else has to be so.
    """
    _of, stored = _locked(submission, rules.may_speak_for, actor)
    _write_anew(stored, to, actor=actor, now=now, action="" if to in FROZEN else "opened_again")
    return stored


@transaction.atomic
def move_merged(submission: S, *, is_merged: bool, actor: Actor, now: datetime) -> S:
    """Public no more, being one with another, or again. Its caller asks who may and tells the ledger."""
    stored = type(submission)._default_manager.select_for_update(of=("self",)).get(key=submission.key)
    to, action = (SubmissionState.MERGED, "") if is_merged else (SubmissionState.PUBLISHED, "unmerged")
    _move(stored, to, actor=actor, now=now, action=action)
    return stored


@transaction.atomic
def moved_by_redress(
    submission: S,
    to: SubmissionState | str,
    *,
    rule: Rule,
    actor: Actor,
    now: datetime,
    reason: str | None = None,
    action: str = "",
) -> S:
    """In another state because of a measure or an appeal; the verbs of `redress` call it with their rule."""
    _of, stored = _locked(submission, rule, actor)
    stored.decided_at = now
    _move(stored, SubmissionState(to), reason=reason, actor=actor, now=now, action=action)
    return stored


def _require_open(of: SubmissionType, stored: Submission, now: datetime) -> None:
    if problems := shut_problems(of.deadlines_of(stored, now)):
        raise WrongState(problems[0].message)


def _require_thawed(stored: Submission) -> None:
    if stored.state in FROZEN:
        raise WrongState(_("This waits for signatures and cannot be changed now. Open it for changes first."))


def _begin_anew(of: SubmissionType, stored: Submission, *, is_kept: bool = False) -> None:
    """With the fields of the type reset, unless what was said of them `is_kept` for the same submission."""
    _require_thawed(stored)
    if not of.is_correctable:
        raise WrongState(_("This cannot be written anew."))
    for name, value in of.reset.items() if not is_kept else ():
        setattr(stored, name, value)


def _write_anew(
    stored: Submission, to: SubmissionState, *, actor: Actor, now: datetime, action: str = ""
) -> None:
    """With a new submit key: a page that was open before sends nothing."""
    stored.updated_at, stored.submit_key = now, uuid.uuid4()
    stored.revision += 1
    _move(stored, to, actor=actor, now=now, action=action)


def _leave_the_queue(stored: Submission) -> None:
    """Whoever looks after it in the secretariat does so no longer."""
    for forget in declared("left_the_queue"):
        forget(stored.kind, stored.key)


@transaction.atomic
def correct(submission: Submission, *, actor: Actor, now: datetime, face: Projection | None = None) -> Record:
    """What the secretariat has corrected in something public enters the ledger as a new version.

    `face` is its public face, where that has been made of what is stored now.
    """
    of, stored = _locked(submission, rules.may_review, actor)
    if stored.state not in of.states.public:
        raise WrongState(_("Only what is published can be corrected."))
    return ledger.publish(face or of.project(stored), actor=actor, now=now)


def keep_version(
    submission: Submission,
    content: dict[str, object],
    *,
    actor: Actor,
    now: datetime,
    is_late: bool = False,
    is_to_tell: bool = False,
) -> SubmittedVersion:
    """The content as it was submitted, under a receipt number of its own. Only verbs and imports call it.

    `is_to_tell`: the worker sends its receipt by mail.
    """
    kept: list[SubmittedVersion] = []

    def save(number: str) -> None:
        version = SubmittedVersion(
            kind=submission.kind,
            submission_key=submission.key,
            number=next_number(submission),
            receipt_number=number,
            digest=digest_of(content),
            content=canonical(content).decode(),
            submitted_at=now,
            is_late=is_late,
            submitted_by_id=actor.user_id,
            is_to_tell=is_to_tell,
        )
        version.save(force_insert=True)
        kept.append(version)

    with_receipt_number(save)
    return kept[-1]


def _corrects_late(submission: Submission) -> bool:
    """What was late stays late when it is corrected after a return."""
    is_returned = submission.state == SubmissionState.RETURNED
    newest = newest_version(submission) if is_returned else None
    return newest is not None and newest.is_late


def receipt_of(version: SubmittedVersion) -> Receipt:
    return Receipt(version.receipt_number, version.submitted_at, version.digest)


def problems_of(
    submission: Submission,
    related: Related,
    *,
    now: datetime,
    deadlines: Sequence[Deadline] | None = None,
) -> list[Problem]:
    """Everything that stands between this draft and submitting it; `deadlines` where they are at hand."""
    of = submission_type(submission.kind)
    limits = of.deadlines_of(submission, now) if deadlines is None else deadlines
    return [
        *organization_problems(submission),
        *of.problems(submission, related),
        *of.untimely(submission, related, now),
        *shut_problems(limits),
    ]


def organization_problems(submission: Submission) -> list[Problem]:
    """Submitting waits for the organization's verification; writing does not.

    For a listed organization nobody submits: it has no members. What the secretariat took down is public.
    """
    if submission.organization.state in ORGANIZATION_STATES.public:
        return []
    message = _(
        "The secretariat has not verified your organization yet. Until then you can write and save; "
        "only submitting has to wait, and nothing is lost."
    )
    return [Problem("organization", message)]


def _locked(submission: S, rule: Rule, actor: Actor) -> tuple[SubmissionType, S]:
    """The stored row, locked, for somebody who may see it and whom the rule lets pass; one query."""
    of = submission_type(submission.kind)
    rows = type(submission)._default_manager.select_for_update(of=("self",)).select_related("organization")
    stored = with_role(rows, actor).get(key=submission.key)
    if not (rules.can_view(actor, stored) and rule(actor, stored)):
        raise NotAllowed(f"{rule.__name__} {of.kind}")
    _require_admitted(of, stored, actor)
    return of, stored


def _require_admitted(of: SubmissionType, row: Submission, actor: Actor) -> None:
    if not of.admits(actor, row):
        raise Unadmitted(of.why_not(actor, row))


def _store(of: SubmissionType, stored: Submission, fields: Fields) -> None:
    if problems := of.unstorable(stored, fields):
        raise Incomplete(problems)
    for name in of.plain:
        if (value := getattr(fields, name)) is not None:
            setattr(stored, name, value)
    of.replace(stored, fields)


def _move(
    stored: Submission,
    to: SubmissionState,
    *,
    actor: Actor,
    now: datetime,
    reason: str | None = None,
    action: str = "",
    **details: object,
) -> None:
    """The one door between states: the table allows it, the row is written, the log tells it."""
    submission_type(stored.kind).states.require(stored.state, to)
    stored.state = to.value
    if reason is not None:
        stored.reason = reason
    stored.save()
    _record(action or to.value, stored, actor, now, **details)


def _record(action: str, submission: Submission, actor: Actor, now: datetime, **details: object) -> None:
    events.record(action, kind=submission.kind, key=submission.key, actor=actor, now=now, details=details)
