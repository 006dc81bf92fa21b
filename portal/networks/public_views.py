"""The two public lists, their exports and feeds, and a page of each network with its members of today."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from portal.common.languages import DEFAULT
from portal.networks.addresses import LISTS, PublicList, list_of, path_of
from portal.networks.exports import export
from portal.networks.feed import content_of
from portal.networks.queries import PublicMember, public_members, public_network, public_networks
from portal.networks.words import in_words, number_of_members
from portal.records.feeds import feed_answer
from portal.records.types import Badge
from portal.tables.writing import FORMATS


@require_safe
def network_list(request: HttpRequest) -> HttpResponse:
    """Three queries. `?format=` gives the list as a file."""
    language, listed = get_language() or DEFAULT, _listed(request)
    found = public_networks(timezone.now().date(), listed.kinds)
    found.sort(key=lambda row: row.network.name(language).casefold())
    if "format" in request.GET:
        return export(found, request.GET["format"], listed, language)
    items = [
        {
            "title": row.network.name(language),
            "url": path_of(row.network),
            "meta": [
                row.network.acronym,
                row.network.get_kind_display() if len(listed.kinds) > 1 else "",
                number_of_members(row.number),
            ],
            "badges": [Badge(*told) for told in is_unchecked(row.network)],
            "excerpt": row.network.said("about", language)[0],
        }
        for row in found
    ]
    context = {
        "listed": listed,
        "items": items,
        "feed": listed.url("feed"),
        "downloads": [{"label": name.upper(), "url": f"?format={name}"} for name in FORMATS],
        "others": [other for other in LISTS.values() if other is not listed],
    }
    return render(request, "networks/list.html", context)


@require_safe
def network_feed(request: HttpRequest) -> HttpResponse:
    """Three queries."""
    content = content_of(_listed(request), get_language() or DEFAULT, timezone.now().date())
    return feed_answer(content, request)


@require_safe
def network_page(request: HttpRequest, slug: str) -> HttpResponse:
    """The same number of queries however many members and projects it has."""
    network = public_network(slug)
    if network is None:
        raise Http404(slug)
    members = public_members(network, language, timezone.now().date())
    name = network.name(language)
    context = {
        "network": network,
        "name": name,
        "rows": [
            {"term": _("Short name"), "value": network.acronym},
            {"term": _("Website"), "value": network.website, "url": network.website},
            {"term": _("Members"), "value": number_of_members(len({row.record.pk for row in members}))},
        ],
        "parts": _parts(members, language),
        "crumbs": [{"title": _("Networks"), "url": reverse("public_networks:list")}, {"title": name}],
    }
    return render(request, "networks/network.html", context)


def _parts(members: Sequence[PublicMember], language: str) -> list[dict[str, Any]]:
    """The members by role, without roles that nobody has. One query."""
    names = organization_type_names(language)
    parts = [
        {"title": role.label, "items": [_item(row, language, names) for row in members if row.role == role]}
        for role in NetworkRole
    ]
    return [part for part in parts if part["items"]]


def _item(row: PublicMember, language: str, names: Mapping[str, str]) -> dict[str, Any]:
    return {
        "item": list_item(row.record, language, type_names=names, with_author=False),
        "type": names.get(row.record.type_code, ""),
        "role": in_words(str(row.role.label), row.since),
    }
