"""The public list of needs and of who could help; the same for everybody."""

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.views.decorators.http import require_safe

from portal.common.formatting import number
from portal.common.languages import DEFAULT
from portal.matching.forms import NeedFilters
from portal.matching.public_pages import COLUMNS, cells_of, rows_of
from portal.matching.queries import Market, market
from portal.matching.reasons import Side
from portal.pledges.enums import Contribution
from portal.tables.writing import downloads, table_response

PAGE_SIZE = 20


@require_safe
def need_list(request: HttpRequest) -> HttpResponse:
    """Eight queries; `?format=` gives all of it as a file."""
    language, every, filters = get_language() or DEFAULT, market(), NeedFilters(request.GET)
    needs = filters.passing([side for side in every.needs if filters.takes(side)])
    if (form := filters.file()) is not None:
        return _file(form, needs, every, language)
    page = Paginator(needs, PAGE_SIZE).get_page(request.GET.get("page"))
    told = ngettext("%(number)s pledge needs something", "%(number)s pledges need something", len(needs))
    context = {
        "rows": [row | {"help": _help(row, language)} for row in rows_of(list(page), every, language)],
        "page": page,
        "counted": told % {"number": number(len(needs))},
        "prefix": filters.query(page=""),
        "kinds": _kinds(every, filters.chosen.get("needs", "")),
        "clear": reverse("matching:list") if filters.is_asked else "",
        "filters": filters,
        "downloads": downloads(**filters.chosen),
    }
    return render(request, "matching/list.html", context)


def _kinds(every: Market, chosen: str) -> list[dict[str, Any]]:
    rows = [(code, sum(code.value in side.contributions for side in every.needs)) for code in Contribution]
    return [
        {
            "label": code.label,
            "number": number(counted),
            "url": f"?{urlencode({'needs': code.value})}",
            "is_chosen": code.value == chosen,
        }
        for code, counted in rows
        if counted
    ]


def _help(row: dict[str, Any], language: str) -> str:
    """Past the sign-in, which lets a signed-in person through."""
    there = reverse("matches:help", args=[row["number"]])
    return f"{reverse('account_login')}?{urlencode({'next': there})}"


def _file(form: str, needs: list[Side], every: Market, language: str) -> HttpResponse:
    return table_response(form, "needs", COLUMNS, cells_of(rows_of(needs, every, language)))
