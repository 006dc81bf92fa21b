"""What the desk views of networks share: who may come in, where they stand, what was sent."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.common.actors import Actor, actor_of
from portal.common.crumbs import crumbs_to
from portal.common.errors import Incomplete
from portal.common.forms import put_at_fields
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


def taken(request: HttpRequest, form: Any, actor: Actor, verb: Callable[..., object], row: Any) -> bool:
    """Whether the verb took what the form gives about the row; what it refuses stands at the fields."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        verb(row, fields=form.given(), actor=actor, now=timezone.now())
    except Incomplete as refusal:
        put_at_fields(form, refusal.problems)
        return False
    return True


def ask_before(request: HttpRequest, row: Network, heading: str, text: str) -> HttpResponse:
    """The page that asks before something of the network is removed."""
    context = {
        "heading": heading,
        "text": [text],
        "action": _("Remove it"),
        "back": reverse("networks:network", args=[row.key]),
        "crumbs": crumbs_in(row, heading),
    }
    return render(request, "desk/confirm.html", context)
