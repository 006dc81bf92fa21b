"""Translations are entered, made public by a second person, returned, taken off or kept: verbs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.common import events
from portal.common.actors import Actor
from portal.common.declarations import declared
from portal.common.errors import Incomplete, NotAllowed, Problem, WrongState
from portal.publication.enums import TranslationKind
from portal.publication.models import Record
from portal.publication.translating import (
    NONE_OF_WITHHELD,
    Beside,
    go_from_beside,
    original_digest,
    stand_beside,
)
from portal.submissions.amending_enums import AmendmentState, Part
from portal.submissions.cuts import TITLE
from portal.submissions.locks import lock_text
from portal.submissions.marking import LeftOut
from portal.submissions.models import Amendment, Submission
from portal.submissions.reasons import leave_out_of_rows
from portal.translations import mails, rules
from portal.translations.enums import CAME_BACK, RETURNED_FOR, EnteredAs, RequestState, Wants
from portal.translations.models import TranslationRequest
from portal.translations.queries import record_of, text_of
from portal.translations.states import STATES

KIND = "translation"
Texts = dict[str, str | list[str]]
SAY_WHY = _("Say why.")
ASKED_ALREADY = _("Your organization has asked this already. Somebody of the secretariat decides.")
OF_OTHERS_WAITS = _("A translation into this language waits already. Wait until it is decided about.")
OFFICIAL_STANDS = _("An official translation of this version is public. A draft does not take its place.")


@dataclass(frozen=True, slots=True)
class Entered:
    """What somebody has written; `original` names the words that it translates."""

    into: str
    entered_as: EnteredAs
    source: str
    title: str
    texts: Texts
    original: str


@transaction.atomic
def enter(text: Submission, given: Entered, *, actor: Actor, now: datetime) -> TranslationRequest:
    """A draft of a machine is public at once, with its label; anything official waits for a second person.

    What waited of the same side is replaced, but never by a draft. Raises `NotAllowed`; `WrongState` for a
    text whose author's name is withheld or that is not public, an original that has changed, or what waits of
    others; `Incomplete` without a source where one is needed.
    """
    _require_writer(text, given, actor)
    lock_text(text.kind, text.key)
    record = _public(text)
    if given.original != original_digest(record):
        raise WrongState(_("The original has changed since you opened the page. Look at it again."))
    _require_source(given)
    row = _waiting(text, given.into, Wants.PUBLISH)
    if row is not None and not _may_replace(given, row):
        raise WrongState(OF_OTHERS_WAITS)
    row = row or _new(text, record, given.into, Wants.PUBLISH)
    row.entered_as, row.source, row.original = given.entered_as.value, given.source, given.original
    row.title, row.texts = record.title, {TITLE: given.title, **given.texts}
    row.author_id, row.submitted_at = actor.user_id, now
    if given.entered_as == EnteredAs.MACHINE:
        _require_no_official(record, given.into)
        _make_public(row, actor, now)
        mails.tell_of_draft(row)
    else:
        row.save()
    _log("entered", row, actor, now)
    return row


@transaction.atomic
def publish(row: TranslationRequest, *, actor: Actor, now: datetime) -> TranslationRequest:
    """A second person has read it beside the original. Raises `WrongState` where that is another now."""
    row = _decided(row, RequestState.PUBLISHED, actor, now)
    _make_public(row, actor, now)
    _log("made_public", row, actor, now)
    return row


@transaction.atomic
def send_back(row: TranslationRequest, *, reason: str, actor: Actor, now: datetime) -> TranslationRequest:
    """Who wrote it begins with these words again."""
    return _with_reason(row, RequestState.RETURNED, "returned", reason, actor, now)


@transaction.atomic
def ask_to_take_off(
    text: Submission, into: str, *, reason: str, actor: Actor, now: datetime
) -> TranslationRequest:
    """The organization does not want it to stand. Raises `NotAllowed`, `WrongState`, `Incomplete`."""
    if not rules.may_speak(actor, text):
        raise NotAllowed("ask to take a translation off")
    lock_text(text.kind, text.key)
    record = _public(text)
    if not any(row.language == into for row in record.translations.all()):
        raise WrongState(_("There is no translation into this language any more."))
    if not reason.strip():
        raise Incomplete([Problem("reason", SAY_WHY)])
    if _waiting(text, into, Wants.TAKE_OFF) is not None:
        raise WrongState(ASKED_ALREADY)
    row = _new(text, record, into, Wants.TAKE_OFF)
    row.reason, row.author_id, row.submitted_at = reason.strip(), actor.user_id, now
    row.save()
    _log("asked_to_take_off", row, actor, now)
    return row


@transaction.atomic
def take_back(row: TranslationRequest, *, actor: Actor, now: datetime) -> TranslationRequest:
    """It waits no more; who wrote it goes on from its words. Raises `NotAllowed`, `WrongState`."""
    lock_text(row.kind, row.submission_key)
    stored = TranslationRequest.objects.select_for_update(of=("self",)).get(pk=row.pk)
    STATES.require(stored.state, RequestState.TAKEN_BACK)
    if not rules.may_take_back(actor, stored):
        raise NotAllowed("take it back")
    stored.state, stored.decided_at = RequestState.TAKEN_BACK.value, now
    stored.save()
    for forget in declared("left_the_queue"):
        forget(KIND, stored.key)
    _log("taken_back", stored, actor, now)
    return stored


@transaction.atomic
def take_off(row: TranslationRequest, *, actor: Actor, now: datetime) -> TranslationRequest:
    """Gone from page, API, lists and search with this transaction."""
    row = _decided(row, RequestState.TAKEN_OFF, actor, now)
    row.save()
    go_from_beside(row.kind, row.submission_key, row.into, actor=actor, now=now)
    _forget_what_came_with(text_of(row)[1], row.into)
    _log("taken_off", row, actor, now)
    return row


@transaction.atomic
def keep(row: TranslationRequest, *, reason: str, actor: Actor, now: datetime) -> TranslationRequest:
    return _with_reason(row, RequestState.KEPT, "kept", reason, actor, now)


def forget_returned(now: datetime) -> int:
    """Words that nobody has gone on with `RETURNED_FOR` after they came back to their writer; of how many."""
    rows = TranslationRequest.objects.filter(state__in=CAME_BACK, decided_at__lt=now - RETURNED_FOR)
    return rows.exclude(texts={}).update(texts={})


def words_gone(kind: str, key: UUID, now: datetime) -> None:
    """What was written from words that may stand nowhere any more goes with them. One query where there is
    nothing, two where there is.

    Of what is taken down it stays until that is settled: nobody reads it while nothing is public.
    """
    rows = TranslationRequest.objects.filter(kind=kind, submission_key=key)
    if not rows.exists():
        return
    record = Record.objects.get(kind=kind, source_key=key)
    if record.withdrawn_for:
        return
    _empty(rows, record, now)


def follow_take_down(kind: str, key: UUID, is_public_again: bool) -> None:
    """What was kept goes with a text that is not public again. As many queries as `words_gone`."""
    rows = TranslationRequest.objects.filter(kind=kind, submission_key=key)
    if is_public_again or not rows.exists():
        return
    record = Record.objects.get(kind=kind, source_key=key)
    if not record.is_published:
        _empty(rows, record, timezone.now())


def words_left_out(kind: str, key: UUID, left: Sequence[LeftOut]) -> None:
    """Reasons of what was asked about the translations of a text keep what is left out of it no more."""
    rows = TranslationRequest.objects.filter(kind=kind, submission_key=key)
    leave_out_of_rows(rows, "reason", left)
    leave_out_of_rows(rows, "decision_reason", left)


def _empty(rows: QuerySet[TranslationRequest], record: Record, now: datetime) -> None:
    waits = rows.filter(state=RequestState.SUBMITTED)
    waits.update(state=RequestState.GONE, decided_at=now)
    rows.update(title=record.public_id, texts={})


def filed_anew(amendment: Amendment) -> None:
    """What waits into the language that is now the original's is about nothing any more."""
    if amendment.part != Part.FILING or amendment.state != AmendmentState.ACCEPTED:
        return
    kind, key = amendment.kind, amendment.submission_key
    own = Record.objects.filter(kind=kind, source_key=key).values("language")
    rows = TranslationRequest.objects.filter(kind=kind, submission_key=key, into__in=own)
    waits = rows.filter(state=RequestState.SUBMITTED)
    waits.update(state=RequestState.GONE, texts={}, decided_at=amendment.settled_at)


def _require_writer(text: Submission, given: Entered, actor: Actor) -> None:
    is_own = rules.may_speak(actor, text)
    if not (is_own or rules.may_translate(actor, text)):
        raise NotAllowed("translate")
    if is_own != (given.entered_as == EnteredAs.ORGANIZATION):
        raise NotAllowed("translate as another")


def _require_source(given: Entered) -> None:
    needed = {
        EnteredAs.MACHINE: _("Say which tool made it: readers are told."),
        EnteredAs.SERVICE: _("Say which service made it: readers are told."),
    }.get(given.entered_as)
    if needed and not given.source:
        raise Incomplete([Problem("source", needed)])


def _require_no_official(record: Record, into: str) -> None:
    for row in record.translations.all():
        is_current = row.of_version == record.version
        if row.language == into and row.kind == TranslationKind.OFFICIAL and is_current:
            raise WrongState(OFFICIAL_STANDS)


def _public(text: Submission) -> Record:
    if not rules.can_have(text):
        raise WrongState(NONE_OF_WITHHELD)
    record = record_of(text.kind, text.key)
    if record is None:
        raise WrongState(_("Nothing of it is public."))
    return record


def _waiting(text: Submission, into: str, wants: Wants) -> TranslationRequest | None:
    rows = TranslationRequest.objects.select_for_update().filter(
        kind=text.kind, submission_key=text.key, into=into, wants=wants, state=RequestState.SUBMITTED
    )
    return rows.first()


def _may_replace(given: Entered, row: TranslationRequest) -> bool:
    """What waits is official: a draft would be its end, unread."""
    is_theirs = row.entered_as == EnteredAs.ORGANIZATION
    is_same_side = is_theirs == (given.entered_as == EnteredAs.ORGANIZATION)
    return is_same_side and given.entered_as != EnteredAs.MACHINE


def _new(text: Submission, record: Record, into: str, wants: Wants) -> TranslationRequest:
    return TranslationRequest(
        kind=text.kind,
        submission_key=text.key,
        organization=text.organization,
        title=record.title,
        language=record.language,
        into=into,
        wants=wants.value,
    )


def _make_public(row: TranslationRequest, actor: Actor, now: datetime) -> None:
    """The words stand in the ledger from now on, and no more here."""
    how = EnteredAs(row.entered_as)
    texts = dict(row.texts)
    given = Beside(
        language=row.into,
        kind=how.nature,
        made_by=how.maker.value,
        source=row.source,
        title=str(texts.pop(TITLE)),
        texts=texts,
        original=row.original,
    )
    stand_beside(row.kind, row.submission_key, given, actor=actor, now=now)
    row.state, row.decided_at, row.texts = RequestState.PUBLISHED.value, now, {}
    row.save()


def _decided(row: TranslationRequest, state: RequestState, actor: Actor, now: datetime) -> TranslationRequest:
    """Locked after its text, in its new state and not saved. Raises `NotAllowed`, `WrongState`."""
    lock_text(row.kind, row.submission_key)
    stored = TranslationRequest.objects.select_for_update(of=("self",)).get(pk=row.pk)
    STATES.require(stored.state, state)
    if not rules.may_review(actor, stored):
        raise NotAllowed("decide about a translation")
    if not rules.can_have(text_of(stored)[1]):
        raise WrongState(NONE_OF_WITHHELD)
    stored.state, stored.decided_at = state.value, now
    return stored


def _with_reason(
    row: TranslationRequest, state: RequestState, action: str, reason: str, actor: Actor, now: datetime
) -> TranslationRequest:
    row = _decided(row, state, actor, now)
    if not reason.strip():
        raise Incomplete([Problem("reason", SAY_WHY)])
    row.decision_reason = reason.strip()
    row.save()
    _log(action, row, actor, now)
    return row


def _forget_what_came_with(text: Any, into: str) -> None:
    """Else the next version of an intervention that has brought a translation itself would bring it again."""
    own = getattr(text, "translations", [])
    kept = [row for row in own if row["language"] != into]
    if kept != own:
        type(text).objects.filter(pk=text.pk).update(translations=kept)


def _log(action: str, row: TranslationRequest, actor: Actor, now: datetime) -> None:
    details: dict[str, object] = {"of": str(row.submission_key), "into": row.into}
    events.record(action, kind=KIND, key=row.key, actor=actor, now=now, details=details)
