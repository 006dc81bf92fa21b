"""Setting what became of interventions at the desk: reasons in the authors' languages; the views call it."""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from portal.common.actors import Actor
from portal.common.errors import Incomplete, NotAllowed, Problem
from portal.common.phrases import language_in_text
from portal.conclusions import rules
from portal.conclusions.domain import disposition_problems, other_languages, set_dispositions
from portal.conclusions.enums import SAYS_WHY, Outcome
from portal.conclusions.evidence_queries import spoken
from portal.conclusions.models import Conclusions, Part
from portal.publication.enums import RecordKind
from portal.publication.models import Record


def dispose(
    conclusions: Conclusions,
    *,
    intervention_keys: Collection[UUID],
    outcome: Outcome,
    recommendation: UUID | None = None,
    reasons: Mapping[str, str],
    actor: Actor,
    now: datetime,
) -> None:
    """The same of all, or of none. `reasons` by language; `recommendation` is the key of its part.

    A reason that is needed is needed in the language of the conclusions and in those of the interventions.
    Raises `Incomplete` with all that is missing: `interventions`, `recommendation`, `reason` (of the
    conclusions' language), `reason.fr` (of another).
    """
    if not rules.may_back(actor):
        raise NotAllowed("say what became of interventions")
    part = recommendation_of(conclusions, recommendation)
    reason = reasons.get(conclusions.language, "")
    problems = [
        *_unknown(conclusions, intervention_keys),
        *disposition_problems(conclusions, outcome, part, reason),
        *untold(intervention_keys, outcome, reasons, conclusions.language),
    ]
    if problems:
        raise Incomplete(problems)
    set_dispositions(
        conclusions,
        intervention_keys=intervention_keys,
        outcome=outcome,
        part=part,
        reason=reason,
        translations=other_languages(reasons, conclusions.language),
        actor=actor,
        now=now,
    )


def untold(
    keys: Collection[UUID], outcome: Outcome, reasons: Mapping[str, str], original: str
) -> list[Problem]:
    """The languages of the authors in which a reason that is needed is missing. One query."""
    if outcome not in SAYS_WHY:
        return []
    rows = Record.objects.filter(kind=RecordKind.INTERVENTION, source_key__in=keys).order_by("language")
    missing = [
        code
        for code in rows.values_list("language", flat=True).distinct()
        if code != original and not reasons.get(code, "").strip()
    ]
    message = _("Say it in %(language)s too: authors wrote in it.")
    return [Problem(f"reason.{code}", message % {"language": language_in_text(code)}) for code in missing]


def _unknown(conclusions: Conclusions, keys: Collection[UUID]) -> list[Problem]:
    if not keys:
        return [Problem("interventions", _("Tick at least one contribution."))]
    if set(keys) - spoken(conclusions.consultation_key).keys():
        message = _("A ticked contribution is not public any more. Look through the list once more.")
        return [Problem("interventions", message)]
    return []


def recommendation_of(conclusions: Conclusions, key: UUID | None) -> Part | None:
    """The part with this key, whatever its kind."""
    return conclusions.parts.filter(key=key).first() if key else None
