"""The drafting screen of a segment: its contributions beside the recommendations of the draft."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from portal.conclusions.desk.heard import Heard, heard, heard_keys, matching
from portal.conclusions.desk.outlines import (
    areas_of,
    called,
    counts_by_source,
    drafted,
    evidence_of,
    flagged,
    is_in,
    to_do,
    unbacked,
)
from portal.conclusions.desk.rooms import address, draft_page, part_in, reader, show
from portal.conclusions.enums import PartKind
from portal.conclusions.models import Conclusions, Evidence, Part
from portal.conclusions.outline import Outline, outline_of
from portal.taxonomy.queries import organization_type_names

A_PAGE = 25


@draft_page
def segment_page(request: HttpRequest, draft: Conclusions, part: UUID) -> HttpResponse:
    segment = part_in(draft, part, PartKind.SEGMENT)
    outline, rows = outline_of(draft), list(evidence_of(draft).select_related("part"))
    names, counts = organization_type_names(reader()), counts_by_source(rows)
    asked = {name: request.GET.get(name, "").strip() for name in ("q", "type", "only")}
    everything = list(heard(heard_keys(draft, segment.number)).values())
    chosen = matching(everything, q=asked["q"], type_code=asked["type"], only=asked["only"], counts=counts)
    page = Paginator(chosen, A_PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "segment": segment,
        "rows": [_row(row, draft, segment, names, counts[row.key]) for row in page],
        "page": page,
        "prefix": f"?{query.urlencode()}&page=" if query else "?page=",
        "total": len(everything),
        "asked": asked,
        "types": names.items(),
        "only": _only(),
        "flagged": _flagged(draft, segment, outline, rows),
        **beside(draft, segment, outline, rows),
    }
    return show(request, "segment", draft, called(segment, reader(), draft.language), context)


def beside(draft: Conclusions, segment: Part, outline: Outline, rows: list[Evidence]) -> dict[str, Any]:
    """Inputs of `conclusions/desk/beside.html`: the recommendations of the segment under their areas."""
    recommendations = drafted(outline, rows, reader(), segment)
    groups = [
        {
            "area": area,
            "label": called(area, reader(), draft.language),
            "rows": [row for row in recommendations if row.part.parent_id == area.pk],
        }
        for area in areas_of(outline, segment)
    ]
    return {
        "groups": groups,
        "unbacked": unbacked(recommendations),
        "number_of_recommendations": len(recommendations),
        "recommendations": recommendations,
    }


def evidence_beside(draft: Conclusions, part: Part) -> dict[str, Any]:
    """Inputs of `conclusions/desk/evidence.html`: what a recommendation rests on, and where more is found."""
    outline = outline_of(draft)
    segment = outline.above(next(each for each in outline.parts if each.pk == part.pk), PartKind.SEGMENT)
    rows = list(evidence_of(draft).filter(part=part).select_related("part"))
    sources = heard([row.intervention_key for row in rows if row.intervention_key])
    return {
        "evidence": [
            {
                "evidence": row,
                "source": _source(row, sources),
                "to_do": to_do(row) if flagged([row]) else "",
                "url": _anew(row, draft, segment, part) if segment else "",
                "detach": address("detach", draft, row.pk),
            }
            for row in rows
        ],
        "find": address("segment", draft, segment.key) if segment else "",
    }


def _source(row: Evidence, sources: Mapping[UUID, Heard]) -> str:
    """The number of what it was taken from, of a public one; else its title."""
    source = sources.get(row.intervention_key) if row.intervention_key else None
    if source is None:
        return row.document or _("Contribution")
    return source.number if source.is_public else source.title


def _row(row: Heard, draft: Conclusions, segment: Part, names: Any, attached: int) -> dict[str, Any]:
    return {
        "heard": row,
        "type": names.get(row.type_code, row.type_code),
        "attached": attached,
        "lang": row.language if row.language != reader() else "",
        "url": address("mark", draft, segment.key, row.key),
    }


def _flagged(
    draft: Conclusions, segment: Part, outline: Outline, rows: list[Evidence]
) -> list[dict[str, Any]]:
    """Passages of this segment's recommendations that need attention, with what to do."""
    parts = {
        part.pk: part for part in outline.of_kind(PartKind.RECOMMENDATION) if is_in(part, segment, outline)
    }
    return [
        {
            "evidence": row,
            "part": called(parts[row.part_id], reader(), draft.language),
            "to_do": to_do(row),
            "url": _anew(row, draft, segment, parts[row.part_id]),
            "detach": address("detach", draft, row.pk),
        }
        for row in flagged(rows)
        if row.part_id in parts
    ]


def _anew(row: Evidence, draft: Conclusions, segment: Part, part: Part) -> str:
    """Where another passage of the same source is marked; of what was withdrawn there is none."""
    if row.withdrawn_at or row.intervention_key is None:
        return ""
    return f"{address('mark', draft, segment.key, row.intervention_key)}?recommendation={part.key}"


def _only() -> list[tuple[str, str]]:
    return [
        ("", _("All")),
        ("new", _("Nothing attached yet")),
        ("used", _("Attached")),
        ("waiting", _("Not yet published")),
    ]
