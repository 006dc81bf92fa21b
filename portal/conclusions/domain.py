"""What backs a draft of conclusions, as verbs: evidence, facts of recommendations, dispositions.

Every verb locks the conclusions, asks the rule, and notes who changed the draft last (`drafts`): somebody
else publishes it (`publishing`).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from portal.common.actors import Actor
from portal.common.digests import digest_of
from portal.common.errors import Incomplete, Problem, WrongState
from portal.common.languages import CODES, DEFAULT
from portal.conclusions import evidence_queries as queries
from portal.conclusions.drafts import changed, locked
from portal.conclusions.enums import NAMES_RECOMMENDATION, SAYS_WHY, Outcome, PartKind, Stance
from portal.conclusions.evidence_queries import SourceText
from portal.conclusions.models import (
    Addressee,
    Conclusions,
    Disposition,
    Evidence,
    ForceChoice,
    Part,
    RecommendationFacts,
)
from portal.conclusions.places import Place
from portal.conclusions.support import ALL, Force
from portal.taxonomy.queries import mark_names, organization_type_names


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Characters `start` to `end` of a text of an intervention (by key) or of a library document (`D-00003`).

    `field` is `body`, `recommendations.0`, or the position of the document's passage.
    """

    intervention_key: UUID | None = None
    document: str = ""
    field: str
    start: int
    end: int


@transaction.atomic
def attach_evidence(
    part: Part, passage: Passage, *, stance: Stance, actor: Actor, now: datetime, note: str = ""
) -> Evidence:
    """Keep a passage beside a recommendation: its exact place, its words, the version they are from.

    The same passage again changes its stance and note. Raises `Incomplete` for a passage that is not there.
    """
    conclusions = locked(part.conclusions_id, actor)
    _require_recommendation(part)
    source, words = _words_of(passage)
    evidence, _is_new = Evidence.objects.update_or_create(
        part=part,
        intervention_key=passage.intervention_key,
        document=passage.document,
        field=passage.field,
        start=passage.start,
        end=passage.end,
        defaults={"stance": stance, "note": note.strip()},
        create_defaults={
            "stance": stance,
            "note": note.strip(),
            "words": words,
            "language": source.language,
            "version": source.version,
            "digest": digest_of({"text": source.text}),
            "position": part.evidence.count(),
            "attached_by_id": actor.user_id,
            "attached_at": now,
        },
    )
    changed(conclusions, "evidence_attached", actor, now, evidence=evidence.pk)
    return evidence


@transaction.atomic
def detach_evidence(evidence: Evidence, *, actor: Actor, now: datetime) -> None:
    """Take a passage away from its recommendation."""
    conclusions = locked(evidence.part.conclusions_id, actor)
    changed(conclusions, "evidence_detached", actor, now, evidence=evidence.pk)
    evidence.delete()


@transaction.atomic
def set_facts(
    part: Part,
    *,
    addressees: Collection[str],
    is_from_plenary: bool,
    actor: Actor,
    now: datetime,
    marks: Collection[str] | None = None,
) -> RecommendationFacts:
    """To whom a recommendation speaks, and whether it came from the plenary and needs no evidence.

    `marks` are codes of cross-cutting marks; None leaves them as they are.
    """
    conclusions = locked(part.conclusions_id, actor)
    _require_recommendation(part)
    known = organization_type_names(DEFAULT)
    if unknown := sorted({*addressees} - known.keys()):
        raise Incomplete([Problem("addressees", _no_type(", ".join(unknown)))])
    changes = {"is_from_plenary": is_from_plenary} | _marks(marks)
    part.addressees.all().delete()
    Addressee.objects.bulk_create(
        Addressee(part=part, type_code=code) for code in known if code in addressees
    )
    facts, _is_new = RecommendationFacts.objects.update_or_create(part=part, defaults=changes)
    changed(conclusions, "facts_set", actor, now, part=str(part.key))
    return facts


@transaction.atomic
def choose_force(
    part: Part, *, category: str, force: Force | None, note: str, actor: Actor, now: datetime
) -> ForceChoice | None:
    """Set a force of support instead of the counted one, and say why; None goes back to counting."""
    conclusions = locked(part.conclusions_id, actor)
    _require_recommendation(part)
    chosen = part.force_choices.filter(category=category)
    if force is None and not chosen.exists():
        return None
    changed(conclusions, "force_chosen", actor, now, part=str(part.key), category=category)
    if force is None:
        chosen.delete()
        return None
    if problems := _force_problems(category, note):
        raise Incomplete(problems)
    choice, _is_new = ForceChoice.objects.update_or_create(
        part=part,
        category=category,
        defaults={"force": force, "note": note.strip(), "chosen_by_id": actor.user_id},
    )
    return choice


def _no_type(codes: str) -> str:
    return _("There is no type of organization called %(codes)s.") % {"codes": codes}


def _force_problems(category: str, note: str) -> list[Problem]:
    problems = []
    if category != ALL and category not in organization_type_names(DEFAULT):
        problems.append(Problem("category", _no_type(category)))
    if not note.strip():
        problems.append(Problem("note", _("Say why the force of support is another one.")))
    return problems


def set_disposition(
    conclusions: Conclusions,
    *,
    intervention_key: UUID,
    outcome: Outcome,
    part: Part | None = None,
    reason: str = "",
    translations: Mapping[str, str] | None = None,
    actor: Actor,
    now: datetime,
) -> Disposition:
    """Say what became of an intervention; a later word replaces the earlier one.

    `reason` is in the language of the conclusions, `translations` gives it by other languages.
    """
    set_dispositions(
        conclusions,
        intervention_keys=[intervention_key],
        outcome=outcome,
        part=part,
        reason=reason,
        translations=translations,
        actor=actor,
        now=now,
    )
    return Disposition.objects.get(conclusions=conclusions, intervention_key=intervention_key)


@transaction.atomic
def set_dispositions(
    conclusions: Conclusions,
    *,
    intervention_keys: Collection[UUID],
    outcome: Outcome,
    part: Part | None = None,
    reason: str = "",
    translations: Mapping[str, str] | None = None,
    actor: Actor,
    now: datetime,
) -> None:
    """The same of several interventions, all or none."""
    conclusions = locked(conclusions.pk, actor)
    if problems := disposition_problems(conclusions, outcome, part, reason):
        raise Incomplete(problems)
    Disposition.objects.bulk_create(
        (
            Disposition(
                conclusions=conclusions,
                intervention_key=key,
                outcome=outcome,
                part=part,
                reason=reason.strip(),
                translations=other_languages(translations, conclusions.language),
                decided_by_id=actor.user_id,
                decided_at=now,
            )
            for key in intervention_keys
        ),
        update_conflicts=True,
        unique_fields=["conclusions", "intervention_key"],
        update_fields=["outcome", "part", "reason", "translations", "decided_by", "decided_at"],
    )
    for key in intervention_keys:
        changed(conclusions, "disposed", actor, now, intervention=str(key), outcome=str(outcome.value))


def disposition_problems(
    conclusions: Conclusions, outcome: Outcome, part: Part | None, reason: str
) -> list[Problem]:
    """What is missing or wrong, by field: `recommendation`, `reason`."""
    problems = []
    if outcome in NAMES_RECOMMENDATION and part is None:
        problems.append(Problem("recommendation", _("Say in which recommendation it is reflected.")))
    if part is not None and (part.conclusions_id != conclusions.pk or part.kind != PartKind.RECOMMENDATION):
        problems.append(Problem("recommendation", _("This is no recommendation of these conclusions.")))
    if outcome in SAYS_WHY and not reason.strip():
        problems.append(Problem("reason", _("Say why, so that the authors understand.")))
    return problems


def other_languages(translations: Mapping[str, str] | None, original: str) -> dict[str, str]:
    """The texts that say something, by language, without the original's."""
    told = {code: text.strip() for code, text in (translations or {}).items() if code in CODES}
    return {code: text for code, text in told.items() if text and code != original}


def in_language_of(
    reason: str, translations: Mapping[str, str], *, before: str, now: str
) -> tuple[str, dict[str, str]]:
    """A reason and its translations for conclusions in another original language: that one comes first."""
    told = {**translations} | ({before: reason} if reason else {})
    return told.pop(now, ""), told


def _words_of(passage: Passage) -> tuple[SourceText, str]:
    """The text a passage is from, and its words. Raises `Incomplete` where there are none."""
    source = (
        queries.document_text(passage.document, passage.field)
        if passage.intervention_key is None
        else queries.intervention_text(passage.intervention_key, passage.field)
    )
    words = Place(passage.start, passage.end).words_in(source.text) if source else ""
    if source is None or not words.strip() or not 0 <= passage.start < passage.end <= len(source.text):
        message = _("This passage is not there any more. Open the text again and mark it once more.")
        raise Incomplete([Problem("passage", message)])
    return source, words


def _require_recommendation(part: Part) -> None:
    if part.kind != PartKind.RECOMMENDATION:
        raise WrongState(_("Only a recommendation rests on evidence."))


def _marks(codes: Collection[str] | None) -> dict[str, object]:
    """The field to store, in the order of the vocabulary; nothing for None."""
    if codes is None:
        return {}
    known = mark_names(DEFAULT)
    if unknown := sorted({*codes} - known.keys()):
        message = _("There is no cross-cutting mark called %(codes)s.") % {"codes": ", ".join(unknown)}
        raise Incomplete([Problem("marks", message)])
    return {"marks": [code for code in known if code in codes]}
