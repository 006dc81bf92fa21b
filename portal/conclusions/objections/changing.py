"""What an upheld objection changes: the published disposition, the recommendations, a draft that is open."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F

from portal.common import events
from portal.common.actors import Actor
from portal.conclusions.domain import in_language_of
from portal.conclusions.drafts import KIND
from portal.conclusions.enums import SAYS_WHY, Outcome
from portal.conclusions.models import Conclusions, Disposition, Part, PublicDisposition
from portal.conclusions.publishing.domain import publish_again
from portal.conclusions.states import ConclusionsState
from portal.publication.figures import note_change


@dataclass(frozen=True, slots=True)
class Change:
    """What is to be said of an intervention; `reason` in the language of the conclusions."""

    intervention_key: UUID
    outcome: Outcome
    part: Part | None
    reason: str
    translations: dict[str, str]


def change_disposition(conclusions: Conclusions, change: Change, *, actor: Actor, now: datetime) -> None:
    """In the conclusions that are public; only an upheld objection calls it, in its transaction."""
    before = conclusions.dispositions.select_related("part").filter(intervention_key=change.intervention_key)
    parts = {row.part.key for row in before if row.part} | ({change.part.key} if change.part else set())
    _store(conclusions, change, actor, now)
    PublicDisposition.objects.filter(
        conclusions__consultation_key=conclusions.consultation_key,
        conclusions__is_current=True,
        intervention_key=change.intervention_key,
    ).update(
        outcome=change.outcome,
        recommendation_key=change.part.key if change.part else None,
        reason=change.reason,
        translations=change.translations,
        version=F("version") + 1,
        changed_at=now,
    )
    publish_again(conclusions, parts, actor=actor, now=now)
    _follow_in_draft(conclusions, change, actor, now)
    details: dict[str, object] = {
        "intervention": str(change.intervention_key),
        "outcome": str(change.outcome.value),
    }
    key = conclusions.key
    events.record("disposition_changed", kind=KIND, key=key, actor=actor, now=now, details=details)
    note_change()


def _follow_in_draft(conclusions: Conclusions, change: Change, actor: Actor, now: datetime) -> None:
    """The next version says the same; where it cannot, it says nothing yet and is not published so."""
    drafts = Conclusions.objects.select_for_update().filter(
        consultation_key=conclusions.consultation_key, state=ConclusionsState.DRAFT
    )
    draft = drafts.first()
    if draft is None:
        return
    part = draft.parts.filter(key=change.part.key).first() if change.part else None
    reason, translations = in_language_of(
        change.reason, change.translations, before=conclusions.language, now=draft.language
    )
    is_told = bool(reason) or change.outcome not in SAYS_WHY
    if is_told and (part is not None or change.part is None):
        carried = Change(change.intervention_key, change.outcome, part, reason, translations)
        _store(draft, carried, actor, now)
    else:
        draft.dispositions.filter(intervention_key=change.intervention_key).delete()
    draft.author_id, draft.updated_at = actor.user_id, now
    draft.save(update_fields=["author", "updated_at"])


def _store(conclusions: Conclusions, change: Change, actor: Actor, now: datetime) -> None:
    Disposition.objects.update_or_create(
        conclusions=conclusions,
        intervention_key=change.intervention_key,
        defaults={
            "outcome": change.outcome,
            "part": change.part,
            "reason": change.reason,
            "translations": change.translations,
            "decided_by_id": actor.user_id,
            "decided_at": now,
        },
    )
