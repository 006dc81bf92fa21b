"""Organizations that look like the one somebody registers: told while it is typed, and where it stands."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from portal.common.crumbs import crumbs_to
from portal.common.desk import desk_view
from portal.common.forms import LineField
from portal.organizations.enums import OrganizationState
from portal.organizations.lookalikes.comparing import Named
from portal.organizations.lookalikes.queries import Lookalike, named, public_lookalikes
from portal.organizations.lookalikes.words import in_words
from portal.organizations.models import Organization
from portal.publication.enums import RecordKind
from portal.publication.queries import published


class NamesForm(forms.Form):
    """What an organization is called, as much of it as is known."""

    name = LineField(label=gettext_lazy("Name of the organization"), max_length=200)
    acronym = LineField(label=gettext_lazy("Short name"), max_length=30, required=False)
    website = LineField(label=gettext_lazy("Website"), max_length=200, required=False)


@desk_view
@require_safe
def lookalikes(request: HttpRequest) -> HttpResponse:
    """The public organizations that look like `?name=`, with `?acronym=` and `?website=` where given."""
    form = NamesForm(request.GET or None)
    asked = Named(**form.cleaned_data, country="") if form.is_valid() else None
    title = _("Is your organization here already?")
    context = {
        "form": form,
        "asked": asked,
        "lookalikes": told(public_lookalikes(asked)) if asked else [],
        "crumbs": crumbs_to(title),
        "heading": title,
    }
    return render(request, "desk/organizations/lookalikes.html", context)


def lookalikes_of(organization: Organization) -> list[dict[str, Any]]:
    """While it is not verified: two queries, and nothing afterwards."""
    if organization.state == OrganizationState.VERIFIED:
        return []
    return told(public_lookalikes(named(organization), without=organization.pk))


def told(rows: Iterable[Lookalike]) -> list[dict[str, Any]]:
    """Those with a public page: name, language, number, what is alike, if one can claim or join it."""
    by_key = {row.organization.key: row for row in rows}
    records = published(RecordKind.ORGANIZATION).filter(source_key__in=by_key) if by_key else ()
    numbers = {record.source_key: record.public_id for record in records}
    return [
        {
            "name": row.organization.name,
            "language": row.organization.language,
            "number": numbers[key],
            "signals": in_words(row.signals),
            "is_listed": row.organization.state == OrganizationState.LISTED,
            "can_join": row.organization.state == OrganizationState.VERIFIED,
        }
        for key, row in by_key.items()
        if key in numbers
    ]
