"""What the desk views of networks share: who may come in, where they stand."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.common.actors import Actor, actor_of
from portal.common.crumbs import crumbs_to
from portal.common.languages import DEFAULT
from portal.networks import rules
from portal.networks.models import Network


def editor(request: HttpRequest) -> Actor:
    """The actor, who may edit networks; nobody else knows of these addresses."""
    actor = actor_of(request)
    if not rules.may_edit_networks(actor):
        raise Http404("networks")
    return actor


def saved(request: HttpRequest, row: Network) -> HttpResponse:
    messages.success(request, _("Saved."))
    return redirect("networks:network", key=row.key)


def crumbs_in(row: Network | None, title: str) -> list[dict[str, Any]]:
    """The desk, the room, the network, and what is done there."""
    desk, last = crumbs_to(title)
    room = {"title": _("Networks"), "url": reverse("networks:list")}
    if row is None:
        return [desk, room, last]
    name = {"title": row.name(get_language() or DEFAULT), "url": reverse("networks:network", args=[row.key])}
    return [desk, room, name, last] if title else [desk, room, name | {"url": ""}]
