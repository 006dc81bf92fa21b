"""Public views below a consultation's page."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.cms.queries import PublicPage
from portal.cms.routing import Route, resolve
from portal.common.languages import DEFAULT
from portal.consultations.coverage import Coverage, CoveredQuestion, CoveredWhole, coverage
from portal.consultations.coverage_file import coverage_file
from portal.consultations.page_queries import consultation_at, numbers, summary_of
from portal.consultations.paper_form import paper_form
from portal.consultations.question_interventions import REFUGEE_LED
from portal.records.trace_links import foreign, link_to
from portal.tables.writing import downloads
from portal.taxonomy.enums import MarkFacet

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_safe
def coverage_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Questions by types of organizations and marks; `?format=` gives files, with `by=mark` or `whole`."""
    language = get_language() or DEFAULT
    consultation = consultation_at(slug, language)
    if consultation is None:
        raise Http404(slug)
    told = coverage(language, consultation.key)
    if "format" in request.GET:
        return coverage_file(request.GET["format"], slug, told, by=request.GET.get("by", ""))
    route = resolve(consultation.url.removeprefix(f"/{language}/"), language)
    request.alternates = {  # type: ignore[attr-defined]
        code: f"{url}coverage/" for code, url in route.alternates.items()
    }
    return render(request, "consultations/coverage.html", _context(told, consultation, route, language))


@require_safe
def form_file(request: HttpRequest, slug: str) -> HttpResponse:
    """The questions of an open consultation as a Word file to fill in; of another one its page says why."""
    language = get_language() or DEFAULT
    consultation = consultation_at(slug, language)
    if consultation is None:
        raise Http404(slug)
    now = timezone.now()
    if not summary_of(consultation, numbers(), now).is_open:
        return redirect(consultation.url)
    # The desk's address of what an app above does with it; a file names no URL of that app.
    address = f"{settings.SITE_URL}/{language}/desk/offline/"
    response = HttpResponse(paper_form(consultation, language, address=address, now=now), content_type=DOCX)
    response["Content-Disposition"] = f'attachment; filename="{slug[:60]}-{language}.docx"'
    return response


def _context(told: Coverage, consultation: PublicPage, route: Route, language: str) -> dict[str, Any]:
    return {
        "coverage": told,
        "consultation": consultation,
        "lang": foreign(consultation.language, language),
        "crumbs": _crumbs(consultation, route, language),
        "figures": _figures(told),
        "groups": [_group(told.types, "by_type", *part, language) for part in told.by_segment],
        "marked": list(_marked(told, language)),
        "without_any": [_link(row, language) for row in told.without_any],
        "without_refugee_led": [_link(row, language) for row in told.without_refugee_led],
        "whole_groups": [{"rows": [_whole(told.types, row, language) for row in told.wholes]}],
        "whole_downloads": downloads(by="whole"),
        "downloads": downloads(),
        "mark_downloads": downloads(by="mark"),
    }


def _crumbs(consultation: PublicPage, route: Route, language: str) -> list[dict[str, str]]:
    """The way down to the consultation and the page below it."""
    lang = foreign(consultation.language, language)
    return [
        *({"title": crumb.title, "url": crumb.url, "lang": crumb.lang} for crumb in route.crumbs),
        {"title": consultation.title, "url": consultation.url, "lang": lang},
        {"title": _("Coverage of the questions"), "url": ""},
    ]


def _figures(told: Coverage) -> list[dict[str, Any]]:
    """Numbers with what they are part of."""
    total = len(told.questions)
    of_all = _("of %(number)s") % {"number": total}
    some = total - len(told.without_any)
    led = some - len(told.without_refugee_led)
    return [
        {"value": some, "label": _("guiding questions with a contribution"), "note": of_all},
        {"value": led, "label": _("with a contribution of a refugee-led organization"), "note": of_all},
    ]


def _marked(told: Coverage, language: str) -> Iterator[dict[str, Any]]:
    """A table for each facet of marks, with the questions on which anything bears one of them."""
    for facet, names in told.marks_by_facet.items():
        parts = (
            (segment, [row for row in rows if any(row.by_mark[code] for code in names)])
            for segment, rows in told.by_segment
        )
        yield {
            "caption": MarkFacet(facet).label if facet in MarkFacet.values else _("Other marks"),
            "names": names,
            "groups": [_group(names, "by_mark", *part, language) for part in parts if part[1]],
        }


def _group(
    names: Mapping[str, str],
    axis: str,
    segment: PublicPage | None,
    rows: list[CoveredQuestion],
    language: str,
) -> dict[str, Any]:
    """A part of a table: the questions of a segment, their numbers by the codes of an axis."""
    return {
        "segment": segment,
        "lang": foreign(segment.language, language) if segment else "",
        "rows": [_cells(names, axis, row) | {"link": _link(row, language)} for row in rows],
    }


def _whole(names: Mapping[str, str], row: CoveredWhole, language: str) -> dict[str, Any]:
    """A row of what is counted apart."""
    link = link_to(row.link, language) | {"label": f"{row.link.called}: {row.link.title}"}
    return _cells(names, "by_type", row) | {"link": link}


def _cells(names: Mapping[str, str], axis: str, row: CoveredQuestion | CoveredWhole) -> dict[str, Any]:
    """The numbers of a row; those of refugee-led organizations stand there on a phone too when 0."""
    numbers: Mapping[str, int] = getattr(row, axis)
    cells = [
        {"type": name, "number": numbers[code], "is_kept": bool(numbers[code]) or code == REFUGEE_LED}
        for code, name in names.items()
    ]
    return {"cells": cells, "all": row.interventions}


def _link(row: CoveredQuestion, language: str) -> dict[str, str]:
    page = row.page
    label = f"{page.number} {page.title}".strip()
    return {"label": label, "url": page.url, "lang": foreign(page.language, language)}
