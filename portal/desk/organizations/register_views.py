"""The desk's list of all organizations and their verification, for the secretariat."""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from portal.common.actors import actor_of
from portal.common.countries import country_name
from portal.common.crumbs import crumbs_to
from portal.common.desk import desk_view
from portal.common.filtering import ListFilters
from portal.common.forms import LineField
from portal.organizations.directory import named_like
from portal.organizations.merging.rules import may_read_merges
from portal.organizations.queries import visible_to
from portal.organizations.rules import may_read_proofs
from portal.organizations.states import STATES

PAGE_SIZE = 50


class RegisterForm(ListFilters):
    q = LineField(label=gettext_lazy("Name"), max_length=200, widget=forms.TextInput)
    state = forms.ChoiceField(label=gettext_lazy("State"))

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.offer(
            "state", [(str(row.code), STATES.label(row.code)) for row in STATES if row.code != "draft"]
        )


@desk_view
@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """Those that were submitted or listed, by name; the page of each is that of moderation."""
    actor = actor_of(request)
    if not may_read_proofs(actor):
        raise Http404("register")
    form = RegisterForm(request.GET)
    asked = form.chosen
    rows = form.passing(visible_to(actor).distinct())
    if asked.get("state"):
        rows = rows.filter(state=asked["state"])
    page = Paginator(named_like(rows, asked.get("q", "")), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "prefix": form.query(page=""),
        "rows": [
            {
                "row": row,
                "meta": [row.acronym, country_name(row.country) if row.country else ""],
                "state": STATES[row.state],
                "label": STATES.label(row.state),
            }
            for row in page
        ],
        "may_merge": may_read_merges(actor),
        "crumbs": crumbs_to(_("Organizations and their verification")),
    }
    return render(request, "desk/organizations/register.html", context)
