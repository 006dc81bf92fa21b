"""The desk's lists of translations: which texts lack one, and what was entered or asked."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from portal.common.actors import Actor, actor_of
from portal.common.crumbs import crumbs_to
from portal.common.desk import desk_view
from portal.translations import queries, rules
from portal.translations.desk import languages_of, told_of
from portal.translations.filters import LackingFilters, RequestFilters

PAGE_SIZE = 30


@desk_view
@require_safe
def texts(request: HttpRequest) -> HttpResponse:
    """What lacks a translation into a language or any, what is behind its original first. Four queries."""
    actor, filters = _translator(request), LackingFilters(request.GET)
    asked = filters.chosen
    rows = queries.lacking(actor, asked.get("language", ""), asked.get("q", ""))
    page = Paginator(filters.passing(rows.prefetch_related("translations")), PAGE_SIZE).get_page(
        request.GET.get("page")
    )
    waits = queries.waiting_of(list(page))
    context = {
        "filters": filters,
        "page": page,
        "rows": [
            {"record": row, "languages": languages_of(row, waits.get(row.source_key, set()))} for row in page
        ],
        "prefix": filters.query(page=""),
        "crumbs": crumbs_to(_("Translations of texts")),
    }
    return render(request, "translations/desk/texts.html", context)


@desk_view
@require_safe
def requests(request: HttpRequest) -> HttpResponse:
    """What was entered or asked, the newest first, whatever became of it. Two queries."""
    actor, filters = _translator(request), RequestFilters(request.GET)
    rows = filters.passing(queries.requests(actor, filters.chosen))
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    number = page.paginator.count
    context = {
        "filters": filters,
        "page": page,
        "rows": [told_of(row) for row in page],
        "number": ngettext("%(number)s entry", "%(number)s entries", number) % {"number": number},
        "prefix": filters.query(page=""),
        "crumbs": crumbs_to(_("Translations of texts")),
    }
    return render(request, "translations/desk/requests.html", context)


def _translator(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    if not rules.may_work(actor):
        raise PermissionDenied
    return actor
