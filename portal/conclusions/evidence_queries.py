"""Reads behind drafting and publishing conclusions: who spoke where, and the text a passage stands in."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from portal.cms.queries import public_branches
from portal.common.ids import number_in
from portal.common.languages import DEFAULT
from portal.conclusions.enums import PartKind
from portal.conclusions.public_models import PublicConclusions
from portal.consultations.page_models import ConsultationPage
from portal.consultations.page_queries import QUESTION, SEGMENT, SEGMENT_AT
from portal.interventions.models import Intervention
from portal.library.models import LibraryPassage
from portal.library.queries import find_document
from portal.publication.enums import RecordKind, RecordState, Relation
from portal.publication.models import Record, RecordLink
from portal.publication.wholes import WholeKind, whole_code
from portal.submissions.states import STATES
from portal.submissions.types import submission_type

Texts = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Spoke:
    """A published intervention on a consultation: its number, title, organization and in which segments."""

    pk: int
    title: str
    organization: int | None
    type_code: str
    segments: frozenset[str]


@dataclass(frozen=True, slots=True)
class SourceText:
    """A whole text that a passage can be taken from; `version` is 0 of what is not public yet."""

    text: str
    language: str
    version: int = 0


def spoken(consultation_key: UUID) -> dict[UUID, Spoke]:
    """The published interventions on a consultation, its segments and questions, by key. Four queries."""
    return spoken_on(segments_by_target(consultation_key))


def segments_by_target(consultation_key: UUID) -> dict[str, str]:
    """The number of the segment by the keys of its questions and its own, and by its code as a whole.

    By the code of the consultation as a whole the number is empty.
    """
    pages = public_branches([SEGMENT, QUESTION], DEFAULT)
    numbers = {page.key: page.number for page in pages[SEGMENT] if consultation_key in page.ancestors}
    placed = {str(key): number for key, number in numbers.items()}
    placed |= {whole_code(WholeKind.SEGMENT, key): number for key, number in numbers.items()}
    placed[whole_code(WholeKind.CONSULTATION, consultation_key)] = ""
    for page in pages[QUESTION]:
        segment = page.ancestors[SEGMENT_AT] if len(page.ancestors) > SEGMENT_AT else None
        if segment in numbers:
            placed[str(page.key)] = numbers[segment]
    return placed


def spoken_on(placed: Mapping[str, str]) -> dict[UUID, Spoke]:
    rows = RecordLink.objects.filter(
        relation__in=(Relation.ANSWERS, Relation.ABOUT),
        target__in=placed,
        record__state=RecordState.PUBLISHED,
        record__kind=RecordKind.INTERVENTION,
    ).order_by("record_id")
    columns = ("record__source_key", "target", "record_id", "record__title")
    segments: dict[UUID, set[str]] = {}
    facts: dict[UUID, tuple[int, str, int | None, str]] = {}
    for key, target, pk, title, organization, code in rows.values_list(
        *columns, "record__organization_id", "record__type_code"
    ):
        segments.setdefault(key, set()).update(filter(None, [placed[target]]))
        facts[key] = (pk, title, organization, code)
    return {key: Spoke(*fact, frozenset(segments[key])) for key, fact in facts.items()}


def by_category(rows: Mapping[UUID, Spoke], segment: str | None = None) -> dict[str, set[int]]:
    """The organizations that spoke, by type; of one segment, by default of all."""
    groups: dict[str, set[int]] = {}
    for row in rows.values():
        if row.organization is not None and (segment is None or segment in row.segments):
            groups.setdefault(row.type_code, set()).add(row.organization)
    return groups


def intervention_text(key: UUID, field: str) -> SourceText | None:
    """What the public record says, else what waits for its decision, as far as the secretariat reads it.

    None for anything else.
    """
    record = Record.objects.filter(kind=RecordKind.INTERVENTION, source_key=key).first()
    if record is not None:
        text = text_at(record.texts, field) if record.is_published else None
        return None if text is None else SourceText(text, record.language, record.version)
    submitted = Intervention.objects.filter(key=key, state__in=STATES.waiting).first()
    if submitted is None:
        return None
    told = submission_type(submitted.kind).content(submitted)
    text = text_at(told or {}, field)
    return None if text is None else SourceText(text, submitted.language)


def document_text(number: str, field: str) -> SourceText | None:
    """The passage of a public library document at a position."""
    document = find_document(number)
    position = number_in(field)
    if document is None or not document.live or position is None:
        return None
    passage = LibraryPassage.objects.filter(document=document, position=position).first()
    return None if passage is None else SourceText(passage.text, document.language)


def text_at(texts: Texts, field: str) -> str | None:
    """`body`, or `recommendations.1` for the second of a list; None for what is not there."""
    name, _dot, number = field.partition(".")
    value = texts.get(name)
    if isinstance(value, list):
        at = number_in(number)
        return str(value[at]) if at is not None and at < len(value) else None
    return value if isinstance(value, str) and not number else None


def current_recommendations(consultation_key: UUID) -> list[Record]:
    """The public recommendations of the version that is public now, in the order of their numbers."""
    current = PublicConclusions.objects.filter(consultation_key=consultation_key, is_current=True).first()
    parts = current.content["parts"] if current else ()
    keys = [part["key"] for part in parts if part["kind"] == PartKind.RECOMMENDATION]
    records = Record.objects.filter(kind=RecordKind.RECOMMENDATION, state=RecordState.PUBLISHED)
    return list(records.filter(source_key__in=keys).order_by("pk"))


def year_of(consultation_key: UUID) -> int | None:
    """That of its first day, when it has one."""
    rows = ConsultationPage.objects.filter(translation_key=consultation_key, starts_on__isnull=False)
    day = rows.order_by("pk").values_list("starts_on", flat=True).first()
    return day.year if day else None
