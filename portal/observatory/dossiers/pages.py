"""What the desk's views of dossiers share: finding the row that a person may see, crumbs, addresses."""

from uuid import UUID

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.common.actors import actor_of
from portal.observatory.dossiers.models import Dossier, Item, Share
from portal.observatory.dossiers.queries import items_of, place_of, shares_of, visible_to

A_PAGE = 25


def visible(request: HttpRequest, key: UUID) -> Dossier:
    """404 for everybody it does not belong to and is not shared with."""
    return get_object_or_404(visible_to(actor_of(request)), key=key)


def item_in(request: HttpRequest, key: UUID, pk: int) -> Item:
    dossier = visible(request, key)
    item = items_of(dossier).filter(pk=pk).first()
    if item is None:
        raise Http404
    item.dossier = dossier
    return item


def share_in(request: HttpRequest, key: UUID, pk: int) -> Share:
    dossier = visible(request, key)
    given = shares_of(dossier).filter(pk=pk).first()
    if given is None:
        raise Http404
    given.dossier = dossier
    return given


def crumbs_to(title: str = "", dossier: Dossier | None = None) -> list[dict[str, str]]:
    """From the desk over the list and the dossier to the page called `title`."""
    crumbs = [
        {"title": _("Your desk"), "url": reverse("desk:home")},
        {"title": _("Dossiers"), "url": reverse("dossiers:list")},
    ]
    if dossier is not None:
        url = address(dossier)
        crumbs.append({"title": dossier.title, "url": url, "lang": dossier.language})
    return [*crumbs, {"title": title, "url": ""}] if title else [*crumbs[:-1], crumbs[-1] | {"url": ""}]


def address(dossier: Dossier, name: str = "dossier") -> str:
    return reverse(f"dossiers:{name}", args=[dossier.key])


def address_of(item: Item) -> str:
    """The page of the dossier on which the passage stands, opened there."""
    number = (place_of(item) - 1) // A_PAGE + 1
    page = f"?page={number}" if number > 1 else ""
    return f"{address(item.dossier)}{page}#passage-{item.pk}"
