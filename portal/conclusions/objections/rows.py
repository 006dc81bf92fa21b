"""Rows of the list of objections, for those who decide; the view calls it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from portal.common.states import FEMININE
from portal.conclusions.models import Objection
from portal.conclusions.queries import consultation_titles
from portal.conclusions.states import OBJECTION_STATES
from portal.publication.enums import RecordKind
from portal.publication.queries import in_language, published, titled
from portal.records.trace_links import foreign

Titles = Mapping[UUID, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Row:
    """`lang` of its title, where that is not the reader's; `is_own`: this reader may not decide."""

    key: UUID
    title: str
    lang: str
    organization: str
    consultation: str
    state: str
    tone: str
    filed_at: datetime
    is_own: bool


def titles_of(rows: Collection[Objection], language: str) -> Titles:
    """Of interventions and consultations, each with its `lang`. Three queries."""
    keys = {row.intervention_key for row in rows}
    records = in_language(published(RecordKind.INTERVENTION).filter(source_key__in=keys), language)
    titles = {record.source_key: titled(record, language) for record in records}
    titles |= consultation_titles({row.consultation_key for row in rows}, language)
    return {key: (title, foreign(code, language)) for key, (title, code) in titles.items()}


def row_of(row: Objection, titles: Titles, *, is_own: bool) -> Row:
    title, lang = titles.get(row.intervention_key, (str(row.intervention_key), ""))
    return Row(
        key=row.key,
        title=title,
        lang=lang,
        organization=row.organization.name,
        consultation=titles.get(row.consultation_key, ("", ""))[0],
        state=OBJECTION_STATES.label(row.state, FEMININE),
        tone=OBJECTION_STATES[row.state].tone,
        filed_at=row.filed_at,
        is_own=is_own and row.is_open,
    )
