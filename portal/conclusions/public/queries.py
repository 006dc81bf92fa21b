"""Reads of what is public of conclusions; their pages, filters and the read API call it.

Words of an intervention come from its public record alone, at the place that the evidence keeps.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Min, OuterRef, QuerySet, Subquery

from portal.common.ids import parse_public_id, public_id
from portal.conclusions.enums import Outcome, PartKind, Stance
from portal.conclusions.evidence_queries import text_at
from portal.conclusions.models import PublicConclusions, PublicDisposition, PublicEvidence
from portal.conclusions.places import digest_of_words
from portal.library.models import LibraryDocument, LibraryPassage
from portal.library.queries import passage_path
from portal.publication.enums import RecordKind, RecordState, Relation
from portal.publication.kinds import ledger_kind
from portal.publication.models import Record, RecordLink


@dataclass(frozen=True, slots=True)
class Heading:
    """A segment or priority area of published conclusions, in the reader's language where there is one."""

    key: str
    kind: str
    label: str
    consultation: UUID


@dataclass(frozen=True, slots=True)
class Quote:
    """A passage behind a recommendation. `words` are empty where it was withdrawn or corrected away."""

    number: str
    url: str
    stance: Stance
    words: str = ""
    language: str = ""
    author: str = ""
    type_code: str = ""
    country: str = ""
    withdrawn_at: datetime | None = None

    @property
    def is_against(self) -> bool:
        return self.stance == Stance.AGAINST


@dataclass(frozen=True, slots=True)
class Became:
    """What became of an intervention; `number` is that of the recommendation, when it is public.

    `language` is that of the reason; `changed_at` tells when an objection was upheld.
    """

    outcome: Outcome
    reason: str
    language: str
    number: str
    consultation_key: UUID
    changed_at: datetime | None = None


def current(consultation_key: UUID) -> PublicConclusions | None:
    """The published conclusions of a consultation."""
    return PublicConclusions.objects.filter(consultation_key=consultation_key, is_current=True).first()


def published_days() -> dict[UUID, datetime]:
    """When the conclusions of each consultation were first published. One query."""
    rows = PublicConclusions.objects.values_list("consultation_key").annotate(first=Min("published_at"))
    return dict(rows.order_by())


def headings(language: str) -> list[Heading]:
    """Segments and priority areas of all that is published, in the order of the documents. One query."""
    rows = PublicConclusions.objects.filter(is_current=True).order_by("-published_at")
    return [
        Heading(part["key"], part["kind"], _label(part, language, original), consultation)
        for consultation, original, parts in rows.values_list("consultation_key", "language", "headings")
        for part in parts
    ]


def heading_in(consultation_key: str, part_key: str, language: str) -> str:
    """What a segment or area of the public version is called in a language; empty without it. One query."""
    if not consultation_key or not part_key:
        return ""
    rows = PublicConclusions.objects.filter(consultation_key=consultation_key, is_current=True)
    parts = rows.values_list("headings", flat=True).first() or ()
    return next((str(part["texts"].get(language, "")) for part in parts if part["key"] == part_key), "")


def of_kind(
    rows: Collection[Heading], kind: PartKind, titles: Mapping[UUID, str]
) -> list[tuple[str, str | list[tuple[str, str]]]]:
    """As choices, under the title of their consultation; those of one without a public page stand alone."""
    groups: dict[UUID, list[tuple[str, str]]] = {}
    for row in rows:
        if row.kind == kind:
            groups.setdefault(row.consultation, []).append((row.key, row.label))
    choices: list[tuple[str, str | list[tuple[str, str]]]] = []
    for consultation, group in groups.items():
        choices += [(titles[consultation], group)] if consultation in titles else group
    return choices


def quotes(recommendation: Record, language: str) -> list[Quote]:
    """The passages behind it, those that support it first. Two queries, two more with documents."""
    rows = list(PublicEvidence.objects.filter(recommendation_key=recommendation.source_key))
    keys = [row.intervention_key for row in rows if row.intervention_key]
    records = Record.objects.filter(kind=RecordKind.INTERVENTION, source_key__in=keys)
    by_key = {record.source_key: record for record in records.select_related("organization")}
    documents = _documents([row for row in rows if row.document])
    made = [
        _of_record(row, by_key[row.intervention_key], language)
        if row.intervention_key in by_key
        else _of_document(row, documents, language)
        for row in rows
        if row.intervention_key in by_key or row.document in documents
    ]
    return sorted(made, key=lambda quote: quote.is_against)


def public_dispositions() -> QuerySet[PublicDisposition]:
    """Those whose intervention is public now: neither taken down nor withdrawn."""
    interventions = Record.objects.filter(kind=RecordKind.INTERVENTION, state=RecordState.PUBLISHED)
    return PublicDisposition.objects.filter(intervention_key__in=interventions.values("source_key"))


def became(intervention: Record, language: str) -> list[Became]:
    """What the conclusions that are public now say became of an intervention. One query."""
    recommendation = Record.objects.filter(
        kind=RecordKind.RECOMMENDATION,
        state=RecordState.PUBLISHED,
        source_key=OuterRef("recommendation_key"),
    )
    rows = (
        public_dispositions()
        .filter(intervention_key=intervention.source_key, conclusions__is_current=True)
        .annotate(row=Subquery(recommendation.values("pk")[:1]))
    )
    letter = ledger_kind(RecordKind.RECOMMENDATION).letter
    return [
        Became(
            Outcome(row.outcome),
            *reason_of(row, row.conclusions.language, language),
            public_id(letter, row.row) if row.row else "",
            row.conclusions.consultation_key,
            row.changed_at,
        )
        for row in rows.select_related("conclusions")
    ]


def reason_of(row: PublicDisposition, original: str, language: str) -> tuple[str, str]:
    """The reason as a reader of `language` meets it, and the language that it is in."""
    translated = row.translations.get(language, "")
    return (translated, language) if translated else (row.reason, original)


def drawn_on(
    consultations: Collection[UUID], interventions: Collection[UUID]
) -> dict[tuple[UUID, UUID], list[UUID]]:
    """Keys of the recommendations that interventions went into, in their order. One query.

    By consultation and intervention.
    """
    links = RecordLink.objects.filter(
        relation=Relation.DRAWS_ON,
        target__in=[str(key) for key in interventions],
        record__state=RecordState.PUBLISHED,
        record__facts__consultation__in=[str(key) for key in consultations],
    )
    drawn: dict[tuple[UUID, UUID], list[UUID]] = {}
    columns = ("record__facts__consultation", "target", "record__source_key")
    for consultation, target, key in links.order_by("record_id").values_list(*columns):
        drawn.setdefault((UUID(consultation), UUID(target)), []).append(key)
    return drawn


def dispositions(public: PublicConclusions) -> list[PublicDisposition]:
    """In the order of their outcomes. One query."""
    return in_their_order(public_dispositions().filter(conclusions=public))


def in_their_order(rows: Iterable[PublicDisposition]) -> list[PublicDisposition]:
    """As `Outcome` names them."""
    order = {outcome: place for place, outcome in enumerate(Outcome.values)}
    return sorted(rows, key=lambda row: (order[row.outcome], row.pk or 0))


def _of_record(row: PublicEvidence, record: Record, language: str) -> Quote:
    stance = Stance(row.stance)
    if not record.is_published:
        return Quote(record.public_id, "", stance, withdrawn_at=record.withdrawn_at)
    return Quote(
        number=record.public_id,
        url=record.path(language),
        stance=stance,
        words=_words(row, text_at(record.texts, row.field)),
        language=record.language,
        author=record.author_in(language),
        type_code=record.type_code,
        country=record.country,
    )


def _of_document(
    row: PublicEvidence, documents: Mapping[str, tuple[LibraryDocument, dict[str, str]]], language: str
) -> Quote:
    document, texts = documents[row.document]
    if not document.live:
        return Quote(document.public_id, "", Stance(row.stance), withdrawn_at=document.withdrawn_at)
    return Quote(
        number=document.public_id,
        url=passage_path(document.path(language), int(row.field)),
        stance=Stance(row.stance),
        words=_words(row, texts.get(row.field)),
        language=document.language,
        author=document.title,
    )


def _words(row: PublicEvidence, text: str | None) -> str:
    """Only what the text says today, and only while these are the words that were quoted."""
    words = (text or "")[row.start : row.end]
    return words if not row.is_changed and digest_of_words(words) == row.digest else ""


def _documents(rows: Sequence[PublicEvidence]) -> dict[str, tuple[LibraryDocument, dict[str, str]]]:
    """Documents by number, with those of their passages that are quoted."""
    numbers = {row.document: parsed[1] for row in rows if (parsed := parse_public_id(row.document))}
    if not numbers:
        return {}
    stored = LibraryDocument.objects.in_bulk(set(numbers.values()))
    passages = LibraryPassage.objects.filter(
        document__in=stored, position__in={int(row.field) for row in rows if row.field.isdecimal()}
    )
    texts: dict[int, dict[str, str]] = {pk: {} for pk in stored}
    for pk, position, text in passages.values_list("document_id", "position", "text"):
        texts[pk][str(position)] = text
    return {number: (stored[pk], texts[pk]) for number, pk in numbers.items() if pk in stored}


def _label(part: Mapping[str, Any], language: str, original: str) -> str:
    return f"{part['number']} {_in(part['texts'], language, original)}".strip()


def _in(texts: Mapping[str, Any], language: str, original: str) -> Any:
    """In the reader's language, else in the original."""
    return texts.get(language) or texts.get(original) or ""
