"""Public pages of countries."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from portal.charts.files import figure_file
from portal.charts.region import path_of_country
from portal.common.languages import DEFAULT
from portal.followup.dashboard.exports import export_figures
from portal.pages.countries.counting import countries
from portal.pages.countries.exports import export
from portal.pages.countries.page import FIGURES, by_name, country_page, list_page, scope_in
from portal.publication.figures import one_state


@require_safe
def country_list(request: HttpRequest) -> HttpResponse:
    """All countries of the region and those from which anything is public. `?format=` gives a file."""
    language = get_language() or DEFAULT
    with one_state():
        if request.GET.get("format") == "svg":
            return figure_file(list_page(language)["figure"], "svg")
        if "format" in request.GET:
            return export(by_name(countries()), request.GET["format"], language)
        return render(request, "pages/countries.html", list_page(language))


@require_safe
def country(request: HttpRequest, code: str) -> HttpResponse:
    """One country; 404 for a code that the list has not. `?format=` gives its figures as in follow-up."""
    language = get_language() or DEFAULT
    with one_state():
        known = _known(code)
        if code != known.lower():
            return redirect(path_of_country(known, language), permanent=True)
        if "format" in request.GET:
            scope = scope_in(known, language)
            return export_figures(scope.figures(), scope.counted_at, request.GET["format"])
        return render(request, "pages/country.html", country_page(known, language))


@require_safe
def country_figure(request: HttpRequest, code: str, slug: str) -> HttpResponse:
    """A plot of the page as a file; without `?format=` the way back to it."""
    language = get_language() or DEFAULT
    with one_state():
        known = _known(code)
        if slug not in FIGURES:
            raise Http404(slug)
        if "format" not in request.GET:
            return redirect(path_of_country(known, language))
        return figure_file(FIGURES[slug](known, language), request.GET["format"])


def _known(code: str) -> str:
    known = code.upper()
    if known not in {row.code for row in countries()}:
        raise Http404(code)
    return known
