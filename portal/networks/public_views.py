"""The public list of networks, and a page of each with its members of today."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.common.languages import DEFAULT
from portal.networks.enums import NetworkRole
from portal.networks.feed import content_of
from portal.networks.queries import PublicMember, public_members, public_network, public_networks
from portal.networks.words import in_words, number_of_members
from portal.records.feeds import feed_answer
from portal.records.listing import list_item
from portal.taxonomy.queries import organization_type_names


@require_safe
def network_list(request: HttpRequest) -> HttpResponse:
    """Three queries."""
    language = get_language() or DEFAULT
    rows = [
        {
            "title": row.network.name(language),
            "url": reverse("public_networks:network", args=[row.network.slug]),
            "meta": [row.network.acronym, number_of_members(row.number)],
        }
        for row in public_networks(timezone.now().date())
    ]
    rows.sort(key=lambda row: str(row["title"]).casefold())
    return render(request, "networks/list.html", {"items": rows})


@require_safe
def network_feed(request: HttpRequest) -> HttpResponse:
    """Three queries."""
    return feed_answer(content_of(get_language() or DEFAULT, timezone.now().date()), request)


@require_safe
def network_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Five queries, however many members it has."""
    language, network = get_language() or DEFAULT, public_network(slug)
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
