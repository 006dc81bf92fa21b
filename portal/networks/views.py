"""The room of networks at the desk: staff write a network down and say who belongs to it."""

from operator import itemgetter
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.common.actors import Actor
from portal.common.collation import in_order
from portal.common.crumbs import crumbs_to
from portal.common.desk import desk_view, form_view, typed_before_sign_in
from portal.common.errors import Incomplete
from portal.common.forms import put_at_fields
from portal.common.ids import key_in
from portal.common.languages import DEFAULT
from portal.networks import domain
from portal.networks.addresses import path_of
from portal.networks.forms import MemberForm, NetworkForm
from portal.networks.leads import segments_to_lead
from portal.networks.models import Network, NetworkMembership
from portal.networks.queries import memberships_of, visible_to
from portal.networks.rooms import ask_before, crumbs_in, editor, saved, taken
from portal.networks.words import days


@desk_view
@require_safe
def network_list(request: HttpRequest) -> HttpResponse:
    language = get_language() or DEFAULT
    rows = [{"network": row, "name": row.name(language)} for row in visible_to(editor(request))]
    rows = in_order(rows, itemgetter("name"), language)
    return render(request, "networks/desk_list.html", {"rows": rows, "crumbs": crumbs_to(_("Networks"))})


@desk_view
@require_safe
def network(request: HttpRequest, key: UUID) -> HttpResponse:
    """A network with all its members, also past ones."""
    row = get_object_or_404(visible_to(editor(request)), key=key)
    context = {
        "network": row,
        "name": row.name(get_language() or DEFAULT),
        "members": memberships_of(row),
        "projects": [
            {"project": each, "title": each.title(get_language() or DEFAULT)} for each in row.projects.all()
        ],
        "leads": _leads(row, get_language() or DEFAULT),
        "public_url": path_of(row),
        "crumbs": crumbs_in(row, ""),
    }
    return render(request, "networks/desk_network.html", context)


@desk_view
@form_view
def new(request: HttpRequest) -> HttpResponse:
    actor, is_sent = editor(request), request.method == "POST"
    form = NetworkForm(request.POST if is_sent else typed_before_sign_in(request))
    key = key_in(request.POST.get("draft_key", ""))
    if is_sent and form.is_valid():
        given = {"fields": form.given(), "slug": form.cleaned_data["slug"], "key": key}
        try:
            made = domain.create_network(**given, actor=actor, now=timezone.now())
        except Incomplete as refusal:
            put_at_fields(form, refusal.problems)
        else:
            return saved(request, made)
    crumbs = crumbs_in(None, _("Write down a network"))
    context = {"heading": _("Write down a network"), "draft_key": uuid4(), "crumbs": crumbs}
    return render(request, "networks/desk_form.html", context | {"form": form})


@desk_view
@form_view
def change(request: HttpRequest, key: UUID) -> HttpResponse:
    actor, is_sent = editor(request), request.method == "POST"
    row = get_object_or_404(visible_to(actor), key=key)
    form = NetworkForm(request.POST if is_sent else typed_before_sign_in(request), network=row)
    if is_sent and form.is_valid():
        return saved(
            request, domain.change_network(row, fields=form.given(), actor=actor, now=timezone.now())
        )
    context = {"heading": _("Change the network"), "crumbs": crumbs_in(row, _("Change the network"))}
    return render(request, "networks/desk_form.html", context | {"form": form})


@desk_view
@form_view
def add(request: HttpRequest, key: UUID) -> HttpResponse:
    actor, is_sent = editor(request), request.method == "POST"
    row = get_object_or_404(visible_to(actor), key=key)
    form = MemberForm(request.POST if is_sent else typed_before_sign_in(request))
    if taken(request, form, actor, domain.add_member, row):
        return saved(request, row)
    context = {"heading": _("Add an organization"), "crumbs": crumbs_in(row, _("Add an organization"))}
    return render(request, "networks/desk_form.html", context | {"form": form})


@desk_view
@form_view
def member(request: HttpRequest, key: UUID, pk: int) -> HttpResponse:
    actor, is_sent = editor(request), request.method == "POST"
    row = _member(actor, key, pk)
    form = MemberForm(request.POST if is_sent else typed_before_sign_in(request), member=row)
    if taken(request, form, actor, domain.change_member, row):
        return saved(request, row.network)
    context = {
        "heading": row.organization.name,
        "crumbs": crumbs_in(row.network, row.organization.name),
        "remove": reverse("networks:remove", args=[key, pk]),
    }
    return render(request, "networks/desk_form.html", context | {"form": form})


@desk_view
@form_view
def remove(request: HttpRequest, key: UUID, pk: int) -> HttpResponse:
    """Asks first. What left has a last day; this is for what was a mistake."""
    actor = editor(request)
    row = _member(actor, key, pk)
    if request.method == "POST":
        domain.remove_member(row, actor=actor, now=timezone.now())
        return saved(request, row.network)
    heading = _("Remove %(name)s from the network?") % {"name": row.organization.name}
    told = _("For what was a mistake. An organization that left has a last day instead.")
    return ask_before(request, row.network, heading, told)


def _leads(row: Network, language: str) -> list[dict[str, object]]:
    """All that it leads or led, whatever the day. One query, and those of segments where there are any."""
    leads = list(row.leads.all())
    known = {each.key: each for each in segments_to_lead(language)} if leads else {}
    return [
        {
            "lead": lead,
            "title": known[lead.segment_key].title if lead.segment_key in known else _("not public"),
            "consultation": known[lead.segment_key].consultation if lead.segment_key in known else "",
            "days": days(lead.since, lead.until),
        }
        for lead in leads
    ]


def _member(actor: Actor, key: UUID, pk: int) -> NetworkMembership:
    row = get_object_or_404(visible_to(actor), key=key)
    return get_object_or_404(memberships_of(row).select_related("network"), pk=pk)
