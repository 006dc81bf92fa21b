"""How a text is opened for signing, signed and opened for changes again, as verbs; desk views call them.

Every verb locks the submission's row, so that nobody signs what is being submitted or changed.
"""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.common import events
from portal.common.actors import Actor
from portal.common.digests import canonical, digest_of
from portal.common.errors import Incomplete, NotAllowed, Problem, WrongState
from portal.common.journal import Image
from portal.joint import rules
from portal.joint.enums import LET_GO, SAID_NO, SignatureState
from portal.joint.mails import tell_authors, tell_let_go, tell_signatories
from portal.joint.models import JointStatement, Signature
from portal.joint.problems import SIGNING
from portal.joint.queries import locked, signatures_of, statement_of, text_digest, text_of
from portal.organizations.enums import OrganizationState
from portal.organizations.models import Organization
from portal.submissions import domain as submissions
from portal.submissions.models import Submission
from portal.submissions.rules import may_speak_for
from portal.submissions.states import SubmissionState
from portal.submissions.types import submission_type

LONGEST_WORD = 1000
LABEL = Signature._meta.label_lower


@transaction.atomic
def open_for_signing(submission: Submission, *, actor: Actor, now: datetime) -> int:
    """Freezes the text and asks each verified organization that is invited; the number asked.

    Who has signed this very text is not asked again. Raises `Incomplete` for what is not ready to be
    submitted, or with nobody to ask.
    """
    row = locked(submission)
    if not rules.can_open(actor, row):
        raise NotAllowed("open for signing")
    of, statement = submission_type(row.kind), statement_of(row)
    related = of.related(row)
    asked = _verified(row)
    problems = [each for each in submissions.problems_of(row, related, now=now) if each.field != SIGNING]
    if statement is None or not asked:
        problems.append(Problem("signatories", _("Invite at least one verified organization to sign.")))
    if problems or statement is None:
        raise Incomplete(problems)
    void_if_changed(row, actor, now)
    content = text_of(of, row, related)
    statement.content, statement.digest = canonical(content).decode(), digest_of(content)
    statement.opened_at, statement.opened_from = now, row.state
    statement.save()
    new = [each for each in _verified(row) if not _has_signed(each, statement)]
    _ask(row, new, actor, now)
    submissions.move_for_signing(row, to=SubmissionState.AWAITING_SIGNATURES, actor=actor, now=now)
    return len(new)


@transaction.atomic
def open_for_changes(submission: Submission, *, actor: Actor, now: datetime) -> int:
    """The text can be changed again; every signature is void, and each is told. Their number."""
    row = locked(submission)
    if not may_speak_for(actor, row):
        raise NotAllowed("open for changes")
    statement = statement_of(row)
    if not rules.can_reopen(actor, row) or statement is None:
        raise WrongState(_("This step is no longer possible. Open it again to see its current state."))
    number = _void(row, statement, actor, now)
    to = SubmissionState(statement.opened_from)
    submissions.move_for_signing(row, to=to, actor=actor, now=now)
    return number


def void_if_changed(row: Any, actor: Actor, now: datetime) -> None:
    """What was submitted before and is now changed is signed by nobody; each is told."""
    statement = statement_of(row) if row.is_joint else None
    if statement is None or not statement.digest:
        return
    of = submission_type(row.kind)
    if statement.digest != text_digest(of, row, of.related(row)):
        _void(row, statement, actor, now)


def restored(row: Submission, before: Image, actor: Actor, now: datetime) -> None:
    """Who signed the text that its authors go back to has signed it again, but for those who have said no.

    Both are told, and those whose signature was asked or given for what is given up.
    """
    known = {key: columns for (label, key), columns in before.items() if label == LABEL}
    for key, columns in known.items():
        if columns["state"] in SAID_NO:
            _keep_no(key, columns)
    signed = [each for each in signatures_of(row) if each.state == SignatureState.SIGNED]
    again = [each for each in signed if known.get(each.pk, {}).get("state") != SignatureState.SIGNED]
    for signature in again:
        _record("restored", signature, actor, now)
    tell_signatories(row, again, SignatureState.SIGNED)
    stand = {each.organization_id for each in signed}
    left = {columns["organization"] for columns in known.values() if columns["state"] in LET_GO} - stand
    tell_let_go(row, Organization.objects.filter(pk__in=left).order_by("pk"))


def _keep_no(key: int, columns: Mapping[str, Any]) -> None:
    """What an organization has said of the text that is given up it does not take back by that."""
    names = ("state", "word", "decided_at", "decided_by")
    fields: list[Any] = [Signature._meta.get_field(name) for name in names]
    said = {field.attname: field.to_python(columns[field.name]) for field in fields}
    Signature.objects.filter(pk=key).update(**said)


@transaction.atomic
def sign(signature: Signature, *, digest: str, word: str, actor: Actor, now: datetime) -> Signature:
    """Signs what was read, by its digest. Raises `Incomplete` where another text stands by now."""
    row, stored = _asked(signature, actor)
    _require_open(row)
    if digest != stored.statement.digest:
        told = _(
            "The text was changed after you opened this page: what you read cannot be signed any more. "
            "Read the text below and sign it, if your organization stands behind it."
        )
        raise Incomplete([Problem("has_read", told)])
    _require_verified(stored)
    if stored.state == SignatureState.SIGNED:
        return stored
    stored.digest = digest
    return _noted(row, stored, SignatureState.SIGNED, word, actor, now)


@transaction.atomic
def decline(signature: Signature, *, word: str, actor: Actor, now: datetime) -> Signature:
    """Says why it does not sign; only the authors read that."""
    row, stored = _asked(signature, actor)
    if not word.strip():
        raise Incomplete([Problem("word", _("Say why, so that the authors know what stands in the way."))])
    _require_open(row)
    if stored.state == SignatureState.SIGNED:
        raise WrongState(_("Your organization has signed. Take the signature back first."))
    stored = _noted(row, stored, SignatureState.DECLINED, word, actor, now)
    tell_authors(row, stored, SignatureState.DECLINED)
    return stored


@transaction.atomic
def take_back(signature: Signature, *, actor: Actor, now: datetime) -> Signature:
    """Until the text is submitted."""
    row, stored = _asked(signature, actor)
    _require_open(row)
    if stored.state != SignatureState.SIGNED:
        raise WrongState(_("Your organization has not signed this text."))
    stored = _noted(row, stored, SignatureState.TAKEN_BACK, stored.word, actor, now)
    tell_authors(row, stored, SignatureState.TAKEN_BACK)
    return stored


def _asked(signature: Signature, actor: Actor) -> tuple[Any, Signature]:
    """The locked submission and what is stored of the signature, for who speaks for the organization."""
    statement = signature.statement
    of = submission_type(statement.kind)
    rows = of.model._default_manager.select_for_update(of=("self",)).select_related("organization")
    row = rows.get(key=statement.submission_key)
    stored = Signature.objects.select_related("organization", "statement").get(pk=signature.pk)
    if not rules.may_decide(actor, stored) or stored.state == SignatureState.CHOSEN:
        raise NotAllowed("decide for a signatory")
    return row, stored


def _require_open(row: Submission) -> None:
    if row.state == SubmissionState.AWAITING_SIGNATURES:
        return
    if row.state in (SubmissionState.DRAFT, SubmissionState.RETURNED, SubmissionState.CORRECTING):
        raise WrongState(
            _("The authors are changing the text, and signatures are void. You are asked again afterwards.")
        )
    raise WrongState(_("The text is submitted already. Signatures do not change any more."))


def _require_verified(signature: Signature) -> None:
    if signature.organization.state != OrganizationState.VERIFIED:
        raise WrongState(_("Only a verified organization signs. Yours is not verified at the moment."))


def _noted(
    row: Any, stored: Signature, state: SignatureState, word: str, actor: Actor, now: datetime
) -> Signature:
    """Who wants to submit reads once more who signs now."""
    if len(word) > LONGEST_WORD:
        raise Incomplete([Problem("word", _("Shorten this to 1,000 characters."))])
    stored.state, stored.word = state.value, word.strip()
    stored.decided_at, stored.decided_by_id = now, actor.user_id
    stored.save()
    row.submit_key = uuid.uuid4()
    row.save(update_fields=["submit_key"])
    _record(state.value, stored, actor, now)
    return stored


def _verified(row: Submission) -> list[Signature]:
    return [each for each in signatures_of(row) if each.organization.state == OrganizationState.VERIFIED]


def _has_signed(signature: Signature, statement: JointStatement) -> bool:
    return signature.state == SignatureState.SIGNED and signature.digest == statement.digest


def _ask(row: Submission, signatures: list[Signature], actor: Actor, now: datetime) -> None:
    for signature in signatures:
        signature.state, signature.asked_at = SignatureState.ASKED.value, now
        signature.digest = ""
        signature.save(update_fields=["state", "asked_at", "digest"])
        _record("asked", signature, actor, now)
    tell_signatories(row, signatures, SignatureState.ASKED)


def _void(row: Submission, statement: JointStatement, actor: Actor, now: datetime) -> int:
    signed = [each for each in signatures_of(row) if each.state == SignatureState.SIGNED]
    statement.digest = statement.content = ""
    statement.save(update_fields=["digest", "content"])
    for signature in signed:
        signature.state = SignatureState.VOID.value
        signature.save(update_fields=["state"])
        _record("void", signature, actor, now)
    tell_signatories(row, signed, SignatureState.VOID)
    return len(signed)


def _record(action: str, signature: Signature, actor: Actor, now: datetime) -> None:
    details: dict[str, object] = {"of": str(signature.statement.submission_key)}
    events.record(action, kind="signature", key=signature.key, actor=actor, now=now, details=details)
