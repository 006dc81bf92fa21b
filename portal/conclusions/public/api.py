"""Read API of published conclusions: who took part, and the document down to its recommendations."""

from typing import Any
from uuid import UUID

from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest
from ninja import Router

from portal.common.ids import public_id
from portal.common.paging import Reader, reader_language
from portal.conclusions.enums import PartKind
from portal.conclusions.models import PublicConclusions, PublicDisposition
from portal.conclusions.public.document import Node, document_of
from portal.conclusions.public.page import participants_of, summary_of
from portal.conclusions.public.published import published_at
from portal.conclusions.public.queries import dispositions, reason_of
from portal.publication.enums import RecordKind, RecordState
from portal.publication.kinds import ledger_kind
from portal.publication.models import Record
from portal.records.rows import record_row
from portal.taxonomy.queries import organization_type_names

router = Router(tags=["conclusions"])
TOLD = ("category", "unit", "counted", "computed", "ways", "persons", "is_official", "note", "names")


@router.get("/conclusions/{slug}", response=dict[str, Any], summary="Conclusions of a consultation")
def read_conclusions(request: HttpRequest, slug: str, ui: Reader = "") -> dict[str, Any]:
    """404 until they are published. `count` is the official figure where there is one; `counted` were the
    organizations that had spoken when they were published, `computed` is what the data gives today."""
    language = reader_language(request, ui)
    published = published_at(slug, language)
    if published is None:
        raise Http404(slug)
    public, root = published.public, document_of(published.public, language)
    prefetch_related_objects(list(root.all_recommendations()), "links")
    rows = participants_of(public, language, organization_type_names(language))
    return {
        "id": str(public.consultation_key),
        "title": published.page.full_title,
        "url": f"{published.route.url}conclusions/",
        "language": public.language,
        "version": public.number,
        "published_at": public.published_at.isoformat(),
        "sha256": public.digest,
        "summary": summary_of(public, language).get("text", ""),
        "participants": [{"count": row["value"]} | {name: row[name] for name in TOLD} for row in rows],
        "segments": [_segment(part, language) for part in root.below(PartKind.SEGMENT)],
        "parts": [_part(part) for part in root.parts if part.kind != PartKind.SEGMENT],
        "dispositions": _dispositions(public, language),
    }


def _segment(node: Node, language: str) -> dict[str, Any]:
    areas = node.below(PartKind.PRIORITY_AREA)
    return _part(node) | {
        "priority_areas": [
            _part(area) | {"recommendations": _recommendations(area, language)} for area in areas
        ],
        "recommendations": _recommendations(node, language),
    }


def _part(node: Node) -> dict[str, Any]:
    """`title` is its heading, `text` what it says, with that of the paragraphs below it."""
    below = [part.body for part in node.parts if part.kind == PartKind.PARAGRAPH]
    return {
        "kind": node.kind.value,
        "number": node.number,
        "title": node.heading,
        "text": "\n\n".join(filter(None, (node.body, *below))),
        "footnotes": node.footnotes,
        "good_practices": [
            {
                "id": part.record.public_id if part.record else None,
                "title": part.heading,
                "text": part.body,
            }
            for part in node.parts
            if part.kind == PartKind.GOOD_PRACTICE
        ],
    }


def _recommendations(node: Node, language: str) -> list[dict[str, Any]]:
    return [record_row(record, language) for record in node.recommendations]


def _dispositions(public: PublicConclusions, language: str) -> list[dict[str, Any]]:
    """By public numbers; a recommendation that is not public is left out. Two queries."""
    rows = dispositions(public)
    keys = {row.intervention_key for row in rows} | {
        row.recommendation_key for row in rows if row.recommendation_key
    }
    records = Record.objects.filter(state=RecordState.PUBLISHED, source_key__in=keys)
    numbers = {
        (kind, key): public_id(ledger_kind(kind).letter, pk)
        for kind, key, pk in records.values_list("kind", "source_key", "pk")
    }
    return [
        {
            "intervention": numbers[RecordKind.INTERVENTION, row.intervention_key],
            "outcome": row.outcome,
            "recommendation": _number(numbers, row.recommendation_key),
            **_reason(row, public, language),
            "changed_at": row.changed_at.isoformat() if row.changed_at else None,
        }
        for row in rows
    ]


def _reason(row: PublicDisposition, public: PublicConclusions, language: str) -> dict[str, str]:
    reason, told_in = reason_of(row, public.language, language)
    return {"reason": reason, "reason_language": told_in if reason else ""}


def _number(numbers: dict[tuple[str, UUID], str], key: UUID | None) -> str | None:
    return numbers.get((RecordKind.RECOMMENDATION, key)) if key else None
