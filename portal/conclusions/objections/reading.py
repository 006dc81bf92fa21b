"""Objections and what they are about in words, for the pages of both sides."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from portal.common.states import FEMININE
from portal.conclusions.enums import TONES, Outcome
from portal.conclusions.models import Objection, PublicDisposition
from portal.conclusions.public.queries import reason_of
from portal.conclusions.states import OBJECTION_STATES
from portal.publication.enums import RecordKind
from portal.publication.queries import in_language, published, titled
from portal.records.trace_links import foreign

Linked = dict[str, str]


@dataclass(frozen=True, slots=True)
class ShownDisposition:
    """Inputs of `conclusions/objections/disposition.html`."""

    outcome: str
    tone: str
    reason: str
    lang: str
    recommendation: Linked | None
    changed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ShownObjection:
    """`before` is the disposition as it stood when it was written."""

    row: Objection
    state: str
    tone: str
    next_step: str
    lang: str
    before: ShownDisposition


def shown_disposition(row: PublicDisposition, language: str) -> ShownDisposition:
    reason, told_in = reason_of(row, row.conclusions.language, language)
    return ShownDisposition(
        outcome=str(Outcome(row.outcome).label),
        tone=TONES.get(Outcome(row.outcome), ""),
        reason=reason,
        lang=foreign(told_in, language),
        recommendation=_recommendation(row.recommendation_key, language),
        changed_at=row.changed_at,
    )


def shown_objection(row: Objection, language: str) -> ShownObjection:
    state = OBJECTION_STATES[row.state]
    return ShownObjection(
        row=row,
        state=OBJECTION_STATES.label(row.state, FEMININE),
        tone=state.tone,
        next_step=str(state.next_step),
        lang=foreign(row.language, language),
        before=_disputed(row.disputed, language),
    )


def _disputed(content: dict[str, Any], language: str) -> ShownDisposition:
    outcome, translated = Outcome(content["outcome"]), content["translations"].get(language, "")
    key = UUID(content["recommendation"]) if content["recommendation"] else None
    return ShownDisposition(
        outcome=str(outcome.label),
        tone=TONES.get(outcome, ""),
        reason=translated or content["reason"],
        lang="" if translated else foreign(content["language"], language),
        recommendation=_recommendation(key, language),
    )


def _recommendation(key: UUID | None, language: str) -> Linked | None:
    if key is None:
        return None
    record = in_language(published(RecordKind.RECOMMENDATION).filter(source_key=key), language).first()
    if record is None:
        return None
    title, told_in = titled(record, language)
    return {"label": title, "url": record.path(language), "lang": foreign(told_in, language)}
