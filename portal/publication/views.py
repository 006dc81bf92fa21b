"""Public pages of organizations: the list, and each organization with what it has published."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from portal.common.languages import DEFAULT
from portal.publication import queries
from portal.publication.enums import RecordKind
from portal.publication.forms import OrganizationFilters
from portal.publication.listing import country_name, list_item, page_of_list, permanent_url
from portal.publication.models import Record
from portal.taxonomy.queries import organization_type_names

SHOWN = 10


def organization_list(request: HttpRequest) -> HttpResponse:
    language = get_language() or DEFAULT
    type_names = organization_type_names(language)
    filters = OrganizationFilters(request.GET, type=type_names.items())
    rows = queries.organizations(filters.chosen())
    page = page_of_list(request, queries.in_language(rows, language))
    total = page.paginator.count
    context = {
        "filters": filters,
        "page": page,
        "items": [list_item(row, language, type_names=type_names) for row in page],
        "counted": ngettext("%(number)s organization", "%(number)s organizations", total) % {"number": total},
        "clear": reverse("publication:list"),
        "search": f"/{language}/search/?kind={RecordKind.ORGANIZATION}",
    }
    return render(request, "publication/organization_list.html", context)


def organization_page(request: HttpRequest, public_id: str) -> HttpResponse:
    language = get_language() or DEFAULT
    record = queries.record_by_public_id(public_id, RecordKind.ORGANIZATION)
    if request.path != record.path(language):
        return redirect(record.path(language), permanent=True)
    type_names = organization_type_names(language)
    shown = queries.reading(record, language)
    parts = _parts(record, language, type_names)
    context = {
        "record": record,
        "shown": shown,
        "crumbs": [{"title": _("Organizations"), "url": reverse("publication:list")}, {"title": shown.title}],
        "rows": _facts(record, type_names),
        "parts": parts,
        "numbers": [
            {"label": part["title"], "url": f"#{part['anchor']}", "badge": part["number"]} for part in parts
        ],
        "permanent": permanent_url(record),
        "api": f"/api/v1/organizations/{record.public_id}?ui={language}",
    }
    return render(request, "publication/organization.html", context)


def _facts(record: Record, type_names: dict[str, str]) -> list[dict[str, Any]]:
    website = str(record.facts.get("website", ""))
    return [
        {"term": _("Short name"), "value": record.facts.get("acronym"), "lang": record.language},
        {"term": _("Type"), "value": type_names.get(record.type_code, "")},
        {"term": _("Country"), "value": country_name(record.country)},
        {"term": _("Website"), "value": website, "url": website},
    ]


def _parts(record: Record, language: str, type_names: dict[str, str]) -> list[dict[str, Any]]:
    """What the organization has published, by kind: the newest, with a way to all of it."""
    numbers = queries.numbers_of(record)
    kinds = (
        (
            RecordKind.INTERVENTION,
            _("Contributions"),
            _("Nothing published yet."),
            _("All %(number)s contributions"),
        ),
        (RecordKind.PLEDGE, _("Pledges"), _("No pledge published yet."), _("All %(number)s pledges")),
    )
    parts = []
    for kind, title, nothing, counted in kinds:
        rows = queries.in_language(queries.of_organization(record, kind), language)[:SHOWN]
        number = numbers.get(kind, 0)
        every = reverse(f"{LIST_NAMESPACES[kind]}:list") + f"?organization={record.public_id}"
        parts.append(
            {
                "anchor": kind.value,
                "title": title,
                "nothing": nothing,
                "items": [list_item(row, language, type_names=type_names, with_author=False) for row in rows],
                "number": number,
                "all": every if number > SHOWN else "",
                "counted": counted % {"number": number},
            }
        )
    return parts


# The lists that show all of a kind; their apps stand above this one, so they are known by name.
LIST_NAMESPACES = {RecordKind.INTERVENTION: "interventions", RecordKind.PLEDGE: "pledges"}
