"""Public pages of the review cycles, and the file of a snapshot."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.charts.files import figure_file
from portal.common.languages import DEFAULT
from portal.followup.addresses import file_name, path_of_cycle
from portal.followup.cycles import rows as cycle_rows
from portal.followup.cycles.feed import cycles_feed
from portal.followup.cycles.page import page_of, turnout_figure
from portal.followup.models import ReviewCycle
from portal.followup.snapshots.files import SnapshotChanged, bytes_of
from portal.records.feeds import feed_answer
from portal.records.trace_links import foreign
from portal.tables.writing import download, downloads


@require_safe
def cycle_list(request: HttpRequest) -> HttpResponse:
    """Two queries. `?format=` gives the list as a file."""
    language, rows = get_language() or DEFAULT, cycle_rows.cycles()
    if "format" in request.GET:
        return cycle_rows.export_cycles(rows, request.GET["format"], language)
    context = {
        "items": [cycle_rows.item_of(row, language) for row in rows],
        "downloads": downloads(),
        "crumbs": [*_crumbs(language)[:1], {"title": _("Review cycles")}],
    }
    return render(request, "followup/cycles.html", context)


@require_safe
def cycle_feed(request: HttpRequest) -> HttpResponse:
    return feed_answer(cycles_feed(get_language() or DEFAULT), request)


@require_safe
def cycle_page(request: HttpRequest, slug: str) -> HttpResponse:
    """`?compare=` is the slug of another frozen cycle whose figures stand beside its own."""
    cycle, language = get_object_or_404(ReviewCycle, slug=slug), get_language() or DEFAULT
    context = page_of(cycle, language, beside=request.GET.get("compare", ""))
    crumbs = [*_crumbs(language), {"title": context["title"]}]
    return render(request, "followup/cycle.html", {**context, "crumbs": crumbs})


@require_safe
def turnout(request: HttpRequest, slug: str) -> HttpResponse:
    """Who has reported, alone; `?format=` gives it as a file."""
    cycle, language = get_object_or_404(ReviewCycle, slug=slug), get_language() or DEFAULT
    figure = turnout_figure(cycle, language) if cycle.opened_at else None
    if figure is None:
        raise Http404(slug)
    if "format" in request.GET:
        return figure_file(figure, request.GET["format"])
    title, spoken = cycle.titled(language)
    above = {"title": title, "url": path_of_cycle(cycle, language)}
    context = {
        "figure": figure,
        "name": title,
        "lang": foreign(spoken, language),
        "crumbs": [*_crumbs(language), above, {"title": _("Who has reported")}],
    }
    return render(request, "followup/turnout.html", context)


@require_safe
def snapshot_file(request: HttpRequest, slug: str) -> HttpResponse:
    """The bytes whose SHA-256 the page shows; where they are not these any more, that is said instead."""
    cycle, language = get_object_or_404(ReviewCycle, slug=slug), get_language() or DEFAULT
    if not cycle.is_frozen:
        raise Http404(slug)
    try:
        return download(file_name(cycle), "application/json", bytes_of(cycle))
    except SnapshotChanged:
        context = {"title": cycle.title(language), "crumbs": [*_crumbs(language), {"title": cycle.slug}]}
        return render(request, "followup/snapshot_changed.html", context, status=409)


def _crumbs(language: str) -> list[dict[str, str]]:
    here = f"/{language}/follow-up/"
    return [{"title": _("Follow-up"), "url": here}, {"title": _("Review cycles"), "url": f"{here}cycles/"}]
