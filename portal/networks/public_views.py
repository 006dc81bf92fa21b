"""The two public lists, their exports and feeds, and a page of each network with its members of today."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from portal.common.collation import in_order
from portal.common.languages import DEFAULT
from portal.networks.addresses import LISTS, PublicList, list_of, path_of
from portal.networks.exports import export
from portal.networks.feed import content_of
from portal.networks.public_pages import page_of
from portal.networks.queries import public_network, public_networks
from portal.networks.words import is_unchecked, number_of_members
from portal.records.feeds import feed_answer
from portal.records.types import Badge
from portal.tables.writing import downloads


@require_safe
def network_list(request: HttpRequest) -> HttpResponse:
    """Three queries. `?format=` gives the list as a file."""
    language, listed = get_language() or DEFAULT, _listed(request)
    networks = public_networks(timezone.now().date(), listed.kinds)
    networks = in_order(networks, lambda row: row.network.name(language), language)
    if "format" in request.GET:
        return export(networks, request.GET["format"], listed, language)
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
            "excerpt": row.network.text("about", language)[0],
        }
        for row in networks
    ]
    context = {
        "listed": listed,
        "items": items,
        "feed": listed.url("feed"),
        "downloads": downloads(),
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
    if list_of(network) is not _listed(request):
        return redirect(path_of(network))
    context = page_of(network, get_language() or DEFAULT, timezone.now().date())
    return render(request, "networks/network.html", context)


def _listed(request: HttpRequest) -> PublicList:
    """The list that the address belongs to."""
    match = request.resolver_match
    return LISTS[match.namespace if match else ""]
