"""The public list of needs and of who could help; the same for everybody."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.views.decorators.http import require_safe

from portal.common.errors import NoSuchChoice
from portal.common.filtering import NO_CHOICE
from portal.common.formatting import number
from portal.common.ids import parse_public_id
from portal.common.languages import DEFAULT
from portal.matching.public_pages import COLUMNS, cells_of, rows_of
from portal.matching.queries import Market, market
from portal.matching.reasons import Side
from portal.pledges.enums import Contribution
from portal.tables.writing import downloads, table_response

PAGE_SIZE = 20


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for: one kind of what is needed, or one pledge; else everything.

    `faults` are said of values that there are not, by parameter; then nothing passes.
    """

    needs: str
    pledge: str
    faults: Mapping[str, str] = field(default_factory=dict)

    @property
    def query(self) -> dict[str, str]:
        told = {"needs": self.needs, "pledge": self.pledge}
        return {name: value for name, value in told.items() if value}

    def takes(self, side: Side) -> bool:
        parsed = parse_public_id(self.pledge) if self.pledge else None
        return (not self.needs or self.needs in side.contributions) and (not parsed or side.pk == parsed[1])


@require_safe
def need_list(request: HttpRequest) -> HttpResponse:
    """Eight queries; `?format=` gives all of it as a file."""
    language, every, asked = get_language() or DEFAULT, market(), _asked(request)
    needs = [side for side in every.needs if asked.takes(side) and not asked.faults]
    if "format" in request.GET:
        if asked.faults:
            raise NoSuchChoice(asked.faults)
        return _file(request.GET["format"], needs, every, language)
    page = Paginator(needs, PAGE_SIZE).get_page(request.GET.get("page"))
    told = ngettext("%(number)s pledge needs something", "%(number)s pledges need something", len(needs))
    context = {
        "rows": [row | {"help": _help(row, language)} for row in rows_of(list(page), every, language)],
        "page": page,
        "counted": told % {"number": number(len(needs))},
        "prefix": f"?{urlencode(asked.query | {'page': ''})}",
        "kinds": _kinds(every, asked),
        "clear": reverse("matching:list") if asked.query or asked.faults else "",
        "faults": list(asked.faults.values()),
        "downloads": downloads(**asked.query),
    }
    return render(request, "matching/list.html", context)


def _asked(request: HttpRequest) -> Asked:
    needs, pledge = request.GET.get("needs", ""), request.GET.get("pledge", "").upper()
    parsed = parse_public_id(pledge)
    is_pledge = parsed is not None and parsed[0] == "P"
    known = {"needs": not needs or needs in Contribution.values, "pledge": not pledge or is_pledge}
    faults = {name: str(NO_CHOICE["invalid_choice"]) for name, is_known in known.items() if not is_known}
    return Asked(needs if known["needs"] else "", pledge if is_pledge else "", faults)


def _kinds(every: Market, asked: Asked) -> list[dict[str, Any]]:
    rows = [(code, sum(code.value in side.contributions for side in every.needs)) for code in Contribution]
    return [
        {
            "label": code.label,
            "number": number(counted),
            "url": f"?{urlencode({'needs': code.value})}",
            "is_chosen": code.value == asked.needs,
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
