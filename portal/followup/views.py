"""The follow-up overview."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.cms.queries import PublicPage
from portal.common.formatting import moment, percent
from portal.common.languages import DEFAULT
from portal.followup.addresses import path_of_cycle
from portal.followup.enums import CycleState
from portal.followup.exports import export_figures
from portal.followup.models import ReviewCycle
from portal.followup.overview import Overview, Share, counted_figures, overview
from portal.pledges import facts
from portal.publication.enums import RecordKind
from portal.records.trace_links import TraceLink, foreign
from portal.records.types import record_type
from portal.tables.writing import FORMATS


@require_safe
def overview_page(request: HttpRequest) -> HttpResponse:
    """What was pledged, what is reported, and where the trace breaks off. `?format=` gives the figures."""
    if "format" in request.GET:
        return export_figures(*counted_figures(), request.GET["format"])
    language = get_language() or DEFAULT
    figures = overview(language)
    pledge_list = record_type(RecordKind.PLEDGE).address(language)
    context = {
        "overview": figures,
        "cycle": _open_cycle(language),
        "counted_at": moment(figures.counted_at),
        "downloads": [{"label": name.upper(), "url": f"?format={name}"} for name in FORMATS],
        "bars": [
            {"label": outcome.label, "value": number, "url": f"{pledge_list}?outcome={outcome.value}"}
            for outcome, number in figures.by_outcome
        ],
        "figures": _figures(figures),
        "stages": [_share_cells(row) for row in figures.stages],
        "health": [_share_cells(row) for row in figures.health],
        "headers": [_("State"), _("Of those with a report"), _("Of all")],
        "interventions": record_type(RecordKind.INTERVENTION).address(language),
        "unfollowed": [_row(row, language) for row in figures.interventions_without_pledge.named],
        "unanswered": [
            _question(row, language, figures.consultations)
            for row in figures.questions_without_intervention.named
        ],
    }
    return render(request, "followup/overview.html", context)


def _open_cycle(language: str) -> dict[str, str]:
    """Its name and address; empty while none is open."""
    cycle = ReviewCycle.objects.filter(state=CycleState.OPEN).first()
    if cycle is None:
        return {}
    told = _("A review cycle is open: %(name)s.") % {"name": cycle.title(language)}
    return {"text": told, "url": path_of_cycle(cycle, language)}


def _figures(figures: Overview) -> list[dict[str, Any]]:
    """Numbers with what they are part of."""
    unfollowed, unanswered = figures.interventions_without_pledge, figures.questions_without_intervention
    counts = figures.figures
    return [
        {"value": counts.pledges, "label": _("pledges published")},
        *(
            {"value": number, "label": label, "note": _of(counts.pledges)}
            for number, label in (
                (counts.active, _("still to be fulfilled")),
                (counts.reported, facts.REPORTED),
                (counts.never_reported, _("never reported on")),
                (counts.claimed_fulfilled, _("claimed as fulfilled by their parties")),
                (counts.assessed, _("assessed by others")),
                (counts.assessed_complete, _("assessed as complete, on evidence")),
            )
        ),
        {
            "value": figures.reports - figures.reports_unchanged,
            "label": _("progress reports that tell of a change"),
            "note": _unchanged(figures.reports_unchanged),
        },
        {
            "value": unfollowed.of_all - unfollowed.number,
            "label": _("contributions with a pledge linked to them"),
            "note": _of(unfollowed.of_all),
        },
        {
            "value": unanswered.of_all - unanswered.number,
            "label": _("guiding questions with a contribution"),
            "note": _of(unanswered.of_all),
        },
    ]


def _of(number: int) -> str:
    return _("of %(number)s") % {"number": number}


def _unchanged(number: int) -> str:
    """Reports too, and no new progress."""
    told = ngettext(
        "%(number)s more says that nothing has changed",
        "%(number)s more say that nothing has changed",
        number,
    )
    return told % {"number": number} if number else ""


def _share_cells(row: Share) -> list[object]:
    return [row.label, _part(row.reported, row.of_reported), _part(row.number, row.of_all)]


def _part(number: int, whole: int | None) -> str:
    """Such as "3 of 4 (75%)"; a dash where there is nothing to be part of."""
    if not whole:
        return "–"
    share = percent(number / whole)
    return _("%(number)s of %(whole)s (%(share)s)") % {"number": number, "whole": whole, "share": share}


def _row(row: TraceLink | PublicPage, language: str) -> dict[str, Any]:
    return {"label": row.title, "url": row.url, "lang": foreign(row.language, language)}


def _question(row: PublicPage, language: str, consultations: dict[UUID, str]) -> dict[str, Any]:
    """A question with the consultation it belongs to."""
    above = [consultations[key] for key in row.ancestors if key in consultations]
    return _row(row, language) | {"badge": " · ".join([*above, row.number]).strip(" ·")}
