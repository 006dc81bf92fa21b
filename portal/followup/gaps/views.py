"""Public pages of the gaps: all with their numbers, and each with its list, its files and its feed."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.common.formatting import number
from portal.common.languages import DEFAULT
from portal.followup.gaps.asked import NAMES
from portal.followup.gaps.exports import export_counts, export_gap
from portal.followup.gaps.feed import content_of
from portal.followup.gaps.forms import GapFilters
from portal.followup.gaps.kinds import BY_SLUG, GAPS, Gap
from portal.followup.gaps.paths import path_of_feed
from portal.followup.gaps.queries import GapCount, counts, select
from portal.followup.gaps.rows import shown
from portal.records.feeds import feed_answer
from portal.tables.writing import downloads

PAGE_SIZE = 20


@require_safe
def gap_list(request: HttpRequest) -> HttpResponse:
    """The same number of queries however much there is; `?format=` gives the numbers as a file."""
    filters = GapFilters(request.GET, names=NAMES, language=get_language() or DEFAULT)
    rows = filters.passing(counts(filters.asked))
    if (form := filters.file()) is not None:
        return export_counts(rows, form)
    context = {
        **_common(request, filters),
        "groups": _groups(rows, filters) if rows else [],
        "crumbs": [_follow_up(), {"title": _("Gaps")}],
    }
    return render(request, "followup/gaps/list.html", context)


@require_safe
def gap_page(request: HttpRequest, slug: str) -> HttpResponse:
    """The same number of queries however much there is; `?format=` gives all of the list as a file."""
    gap, language = _gap(slug), get_language() or DEFAULT
    filters = GapFilters(request.GET, names=gap.filters, language=language)
    asked = filters.asked
    selected = select(gap, asked)
    things = filters.passing(selected.gaps)
    if (form := filters.file()) is not None:
        return export_gap(gap, things, form, language)
    page = Paginator(things, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        **_common(request, filters),
        "gap": gap,
        "counted": _part(len(things), selected.of_all),
        "nothing": gap.nothing if selected.of_all else _("Nothing passes these filters."),
        "items": shown(gap.subject, list(page), language),
        "page": page,
        "prefix": filters.query(page=""),
        "feed": path_of_feed(gap, asked, language),
        "crumbs": [_follow_up(), {"title": _("Gaps"), "url": _here(language)}, {"title": gap.title}],
    }
    return render(request, "followup/gaps/gap.html", context)


@require_safe
def gap_feed(request: HttpRequest, slug: str) -> HttpResponse:
    gap, language = _gap(slug), get_language() or DEFAULT
    filters = GapFilters(request.GET, names=gap.filters, language=language)
    filters.refuse_unknown()
    asked = filters.asked
    return feed_answer(content_of(gap, select(gap, asked).gaps, asked, language), request)


def _gap(slug: str) -> Gap:
    gap = BY_SLUG.get(slug)
    if gap is None:
        raise Http404(slug)
    return gap


def _common(request: HttpRequest, filters: GapFilters) -> dict[str, Any]:
    return {
        "filters": filters,
        "unknown": filters.unknown,
        "is_filtered": filters.is_asked,
        "clear": request.path,
        "downloads": downloads(**filters.chosen),
    }


def _groups(rows: tuple[GapCount, ...], filters: GapFilters) -> list[dict[str, Any]]:
    """Under their headings, in order; a part of another gap is left out where there is nothing in it."""
    labels = {name: str(field.label) for name, field in filters.fields.items()}
    groups: dict[str, list[dict[str, Any]]] = {}
    for gap, row in zip(GAPS, rows, strict=True):
        if row.of_all or not row.part_of:
            groups.setdefault(str(gap.group), []).append(_row(gap, row, labels))
    return [{"title": title, "rows": listed} for title, listed in groups.items()]


def _row(gap: Gap, row: GapCount, labels: dict[str, str]) -> dict[str, Any]:
    left_out = ", ".join(labels[name] for name in row.left_out)
    return {
        "label": row.title,
        "url": row.url,
        "lead": gap.lead,
        "number": number(row.number),
        "told": _part(row.number, row.of_all),
        "share": row.number / row.of_all * 100 if row.of_all else 0,
        "is_part": bool(row.part_of),
        "left_out": _("Counted without: %(filters)s.") % {"filters": left_out} if left_out else "",
    }


def _part(part: int, whole: int) -> str:
    return _("%(number)s of %(whole)s") % {"number": number(part), "whole": number(whole)}


def _here(language: str) -> str:
    return f"/{language}/follow-up/gaps/"


def _follow_up() -> dict[str, Any]:
    return {"title": _("Follow-up"), "url": f"/{get_language() or DEFAULT}/follow-up/"}
