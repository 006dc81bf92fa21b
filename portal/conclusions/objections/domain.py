"""An organization objects, another person decides: the verbs; the desk and the demo call them."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from portal.common import events
from portal.common.actors import Actor
from portal.common.errors import Incomplete, NotAllowed, Problem, WrongState
from portal.common.formatting import moment
from portal.common.languages import CODES
from portal.common.phrases import too_long
from portal.conclusions.dispositions.domain import recommendation_of, untold
from portal.conclusions.domain import disposition_problems, other_languages
from portal.conclusions.enums import REFLECTED, Outcome
from portal.conclusions.models import Conclusions, Objection, Part, PublicDisposition
from portal.conclusions.objections import mails, rules
from portal.conclusions.objections.changing import Change, change_disposition
from portal.conclusions.objections.queries import current_disposition
from portal.conclusions.objections.receipts import KIND, keep_receipt
from portal.conclusions.states import OBJECTION_STATES, ConclusionsState, ObjectionState, objections_until
from portal.interventions.models import Intervention
from portal.organizations.queries import with_role

MAX_TEXT = 4000


@transaction.atomic
def file_objection(
    *,
    consultation_key: UUID,
    intervention_key: UUID,
    text: str,
    language: str,
    actor: Actor,
    now: datetime,
) -> Objection:
    """Object to what became of an intervention, once; the same text again gives the same objection.

    Raises `NotAllowed`, `WrongState` when it is too late or was done before, `Incomplete`.
    """
    conclusions = _published(consultation_key)
    intervention = _intervention(intervention_key, actor)
    before = Objection.objects.filter(consultation_key=consultation_key, intervention_key=intervention_key)
    if (stored := before.first()) is not None:
        if stored.text == text.strip():
            return stored
        raise WrongState(_("Your organization has objected to this already."))
    disposition = current_disposition(consultation_key, intervention_key)
    if conclusions is None or disposition is None:
        raise WrongState(_("There are no public conclusions to object to."))
    _require_in_time(disposition, now)
    if problems := _text_problems(text, language):
        raise Incomplete(problems)
    written = {"language": language, "text": text.strip(), "filed_by_id": actor.user_id, "filed_at": now}
    objection = Objection.objects.create(
        conclusions=conclusions,
        consultation_key=consultation_key,
        intervention_key=intervention_key,
        organization=intervention.organization,
        disputed=_content(disposition),
        disposed_by_id=_disposed_by(conclusions, intervention_key),
        **written,
    )
    keep_receipt(objection, actor=actor, now=now)
    _record("filed", objection, actor, now)
    return objection


@transaction.atomic
def dismiss(objection: Objection, *, reason: str, actor: Actor, now: datetime) -> Objection:
    """It stays as it is; the organization is told why."""
    stored = _locked(objection, ObjectionState.DISMISSED, actor)
    if problems := _decision_problems(reason):
        raise Incomplete(problems)
    return _decide(stored, ObjectionState.DISMISSED, reason, actor, now)


@transaction.atomic
def uphold(
    objection: Objection,
    *,
    reason: str,
    outcome: Outcome,
    recommendation: UUID | None = None,
    reasons: Mapping[str, str],
    actor: Actor,
    now: datetime,
) -> Objection:
    """What became of the intervention changes in the conclusions that are public now; everybody sees when.

    `reason` is for the organization, `reasons` by language for everybody. Raises `Incomplete` with all
    that is missing, by field: `decision_reason`, and those of `dispositions.domain.dispose`.
    """
    stored = _locked(objection, ObjectionState.UPHELD, actor)
    conclusions = _published(stored.consultation_key)
    standing = current_disposition(stored.consultation_key, stored.intervention_key)
    if conclusions is None or standing is None:
        raise WrongState(_("The public conclusions say nothing of this contribution any more."))
    part = recommendation_of(conclusions, recommendation) if outcome in REFLECTED else None
    change = Change(
        stored.intervention_key,
        outcome,
        part,
        reasons.get(conclusions.language, "").strip(),
        other_languages(reasons, conclusions.language),
    )
    problems = [*_decision_problems(reason), *_change_problems(conclusions, change, standing, reasons)]
    if problems:
        raise Incomplete(problems)
    change_disposition(conclusions, change, actor=actor, now=now)
    return _decide(stored, ObjectionState.UPHELD, reason, actor, now)


def _decide(stored: Objection, to: ObjectionState, reason: str, actor: Actor, now: datetime) -> Objection:
    stored.state, stored.reason = to.value, reason.strip()
    stored.decided_by_id, stored.decided_at = actor.user_id, now
    stored.save(update_fields=["state", "reason", "decided_by", "decided_at"])
    _record(to.value, stored, actor, now)
    mails.tell_decision(stored)
    return stored


def _locked(objection: Objection, to: ObjectionState, actor: Actor) -> Objection:
    """The stored row, locked, for somebody who may decide about it, while nobody has."""
    rows = Objection.objects.select_for_update(of=("self",)).select_related("organization", "filed_by")
    stored = rows.get(key=objection.key)
    if not rules.may_decide(actor, stored):
        raise NotAllowed("decide about an objection")
    OBJECTION_STATES.require(stored.state, to)
    return stored


def _published(consultation_key: UUID) -> Conclusions | None:
    """The version that is public now, locked."""
    rows = Conclusions.objects.select_for_update().filter(consultation_key=consultation_key)
    return rows.filter(state=ConclusionsState.PUBLISHED).first()


def _intervention(key: UUID, actor: Actor) -> Intervention:
    """For somebody who may object in the name of its organization."""
    rows = Intervention.objects.select_related("organization")
    intervention = with_role(rows, actor).filter(key=key).first()
    if intervention is None or not rules.may_object(actor, intervention):
        raise NotAllowed("object")
    return intervention


def _require_in_time(disposition: PublicDisposition, now: datetime) -> None:
    until = objections_until(disposition.conclusions.published_at)
    if now >= until:
        ended = moment(until, is_full=True)
        raise WrongState(_("Objections were possible until %(time)s.") % {"time": ended})


def _text_problems(text: str, language: str) -> list[Problem]:
    problems = []
    if not text.strip():
        problems.append(Problem("text", _("Say what is wrong and what should be said instead.")))
    if (over := len(text.strip()) - MAX_TEXT) > 0:
        problems.append(Problem("text", too_long(over)))
    if language not in CODES:
        problems.append(Problem("language", _("Say in which language you write.")))
    return problems


def _decision_problems(reason: str) -> list[Problem]:
    if reason.strip():
        return []
    return [Problem("decision_reason", _("Say why, so that the organization understands."))]


def _change_problems(
    conclusions: Conclusions, change: Change, standing: PublicDisposition, reasons: Mapping[str, str]
) -> list[Problem]:
    problems = [
        *disposition_problems(conclusions, change.outcome, change.part, change.reason),
        *untold([change.intervention_key], change.outcome, reasons, conclusions.language),
    ]
    if not problems and not _differs(change, standing):
        message = _("To uphold the objection, change what became of the contribution, or the reason.")
        problems.append(Problem("outcome", message))
    return problems


def _differs(change: Change, standing: PublicDisposition) -> bool:
    new = (change.outcome.value, _key(change.part), change.reason, change.translations)
    return new != (standing.outcome, standing.recommendation_key, standing.reason, standing.translations)


def _key(part: Part | None) -> UUID | None:
    return part.key if part else None


def _content(row: PublicDisposition) -> dict[str, object]:
    """The disposition as everybody could read it."""
    return {
        "version": row.version,
        "outcome": row.outcome,
        "recommendation": str(row.recommendation_key or ""),
        "reason": row.reason,
        "language": row.conclusions.language,
        "translations": row.translations,
    }


def _disposed_by(conclusions: Conclusions, intervention_key: UUID) -> int | None:
    rows = conclusions.dispositions.filter(intervention_key=intervention_key)
    return rows.values_list("decided_by_id", flat=True).first()


def _record(action: str, objection: Objection, actor: Actor, now: datetime) -> None:
    details: dict[str, object] = {"intervention": str(objection.intervention_key)}
    events.record(action, kind=KIND, key=objection.key, actor=actor, now=now, details=details)
