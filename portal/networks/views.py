"""The room of networks at the desk: staff write a network down and say who belongs to it."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.common.actors import Actor, actor_of
from portal.common.crumbs import crumbs_to
from portal.common.desk import desk_view, form_view, typed_before_sign_in
from portal.common.errors import Incomplete
from portal.common.forms import put_at_fields
from portal.common.ids import key_in
from portal.common.languages import DEFAULT
from portal.networks import domain, rules
from portal.networks.forms import MemberForm, NetworkForm
from portal.networks.models import Network, NetworkMembership
from portal.networks.queries import memberships_of, visible_to


@desk_view
@require_safe
def network_list(request: HttpRequest) -> HttpResponse:
    language = get_language() or DEFAULT
    rows = [{"network": row, "name": row.name(language)} for row in visible_to(_editor(request))]
    rows.sort(key=lambda row: str(row["name"]).casefold())
    return render(request, "networks/desk_list.html", {"rows": rows, "crumbs": crumbs_to(_("Networks"))})


@desk_view
@require_safe
def network(request: HttpRequest, key: UUID) -> HttpResponse:
    """A network with all its members, also past ones."""
    row = get_object_or_404(visible_to(_editor(request)), key=key)
    context = {
        "network": row,
        "name": row.name(get_language() or DEFAULT),
        "members": memberships_of(row),
        "crumbs": _crumbs(row, ""),
    }
    return render(request, "networks/desk_network.html", context)


@desk_view
@form_view
def new(request: HttpRequest) -> HttpResponse:
    actor, is_sent = _editor(request), request.method == "POST"
    form = NetworkForm(request.POST if is_sent else typed_before_sign_in(request))
    key = key_in(request.POST.get("draft_key", ""))
    if is_sent and form.is_valid():
        given = {"fields": form.given(), "slug": form.cleaned_data["slug"], "key": key}
        try:
            made = domain.create_network(**given, actor=actor, now=timezone.now())
        except Incomplete as refusal:
            put_at_fields(form, refusal.problems)
        else:
            return _saved(request, made)
    crumbs = _crumbs(None, _("Write down a network"))
    context = {"heading": _("Write down a network"), "draft_key": key or uuid4(), "crumbs": crumbs}
    return render(request, "networks/desk_form.html", context | {"form": form})


@desk_view
@form_view
def change(request: HttpRequest, key: UUID) -> HttpResponse:
    actor, is_sent = _editor(request), request.method == "POST"
    row = get_object_or_404(visible_to(actor), key=key)
    form = NetworkForm(request.POST if is_sent else typed_before_sign_in(request), network=row)
    if is_sent and form.is_valid():
        return _saved(
            request, domain.change_network(row, fields=form.given(), actor=actor, now=timezone.now())
        )
    context = {"heading": _("Change the network"), "crumbs": _crumbs(row, _("Change the network"))}
    return render(request, "networks/desk_form.html", context | {"form": form})


@desk_view
@form_view
def add(request: HttpRequest, key: UUID) -> HttpResponse:
    actor, is_sent = _editor(request), request.method == "POST"
    row = get_object_or_404(visible_to(actor), key=key)
    form = MemberForm(request.POST if is_sent else typed_before_sign_in(request))
    if is_sent and form.is_valid():
        try:
            domain.add_member(row, fields=form.given(), actor=actor, now=timezone.now())
        except Incomplete as refusal:
            put_at_fields(form, refusal.problems)
        else:
            return _saved(request, row)
    context = {"heading": _("Add an organization"), "crumbs": _crumbs(row, _("Add an organization"))}
    return render(request, "networks/desk_form.html", context | {"form": form})


@desk_view
@form_view
def member(request: HttpRequest, key: UUID, pk: int) -> HttpResponse:
    actor, is_sent = _editor(request), request.method == "POST"
    row = _member(actor, key, pk)
    form = MemberForm(request.POST if is_sent else typed_before_sign_in(request), member=row)
    if is_sent and form.is_valid():
        try:
            domain.change_member(row, fields=form.given(), actor=actor, now=timezone.now())
        except Incomplete as refusal:
            put_at_fields(form, refusal.problems)
        else:
            return _saved(request, row.network)
    context = {
        "heading": row.organization.name,
        "crumbs": _crumbs(row.network, row.organization.name),
        "remove": reverse("networks:remove", args=[key, pk]),
    }
    return render(request, "networks/desk_form.html", context | {"form": form})


@desk_view
@form_view
def remove(request: HttpRequest, key: UUID, pk: int) -> HttpResponse:
    """Asks first. What left has a last day; this is for what was a mistake."""
    actor = _editor(request)
    row = _member(actor, key, pk)
    if request.method == "POST":
        domain.remove_member(row, actor=actor, now=timezone.now())
        return _saved(request, row.network)
    heading = _("Remove %(name)s from the network?") % {"name": row.organization.name}
    context = {
        "heading": heading,
        "text": [_("For what was a mistake. An organization that left has a last day instead.")],
        "action": _("Remove it"),
        "back": reverse("networks:network", args=[key]),
        "crumbs": _crumbs(row.network, heading),
    }
    return render(request, "desk/confirm.html", context)


def _editor(request: HttpRequest) -> Actor:
    """The actor, who may edit networks; nobody else knows of these addresses."""
    actor = actor_of(request)
    if not rules.may_edit_networks(actor):
        raise Http404("networks")
    return actor


def _member(actor: Actor, key: UUID, pk: int) -> NetworkMembership:
    row = get_object_or_404(visible_to(actor), key=key)
    return get_object_or_404(memberships_of(row).select_related("network"), pk=pk)


def _saved(request: HttpRequest, row: Network) -> HttpResponse:
    messages.success(request, _("Saved."))
    return redirect("networks:network", key=row.key)


def _crumbs(row: Network | None, title: str) -> list[dict[str, Any]]:
    """The desk, the room, the network, and what is done there."""
    desk, last = crumbs_to(title)
    room = {"title": _("Networks"), "url": reverse("networks:list")}
    if row is None:
        return [desk, room, last]
    name = {"title": row.name(get_language() or DEFAULT), "url": reverse("networks:network", args=[row.key])}
    return [desk, room, name, last] if title else [desk, room, name | {"url": ""}]
