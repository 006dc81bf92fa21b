"""The dashboard of the follow-up and the page of each figure; `?format=` gives what they show as a file."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from portal.charts.files import figure_file
from portal.common.languages import DEFAULT
from portal.followup.dashboard.drawn import figure_of
from portal.followup.dashboard.exports import export_figures
from portal.followup.dashboard.page import dashboard, figure_page, method_page
from portal.followup.dashboard.scope import scope_of
from portal.publication.figures import one_state


@require_safe
def overview_page(request: HttpRequest) -> HttpResponse:
    """What was pledged, reported, and seen by others. `?format=` gives the figures under the filters."""
    with one_state():
        scope = scope_of(request.GET, get_language() or DEFAULT)
        if "format" in request.GET:
            scope.refuse_unknown()
            return export_figures(scope.figures(), scope.counted_at, request.GET["format"])
        return render(request, "followup/dashboard.html", dashboard(scope))


@require_safe
def figure_list(request: HttpRequest) -> HttpResponse:
    """All figures by name, and how they are counted."""
    return render(request, "followup/method.html", method_page(get_language() or DEFAULT))


@require_safe
def figure_view(request: HttpRequest, slug: str) -> HttpResponse:
    """One figure with its whole table. 404 for an unknown one and for an unknown form."""
    with one_state():
        scope = scope_of(request.GET, get_language() or DEFAULT)
        figure = figure_of(slug, scope)
        if "format" in request.GET:
            scope.refuse_unknown()
            return figure_file(figure, request.GET["format"])
        return render(request, "followup/figure.html", figure_page(figure, scope))
