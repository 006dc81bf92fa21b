"""The segments that a network leads, at the desk: staff add, change and remove them."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.common.actors import Actor
from portal.common.desk import desk_view, form_view, typed_before_sign_in
from portal.common.languages import DEFAULT
from portal.networks import leads
from portal.networks.lead_forms import LeadForm
from portal.networks.models import NetworkLead
from portal.networks.queries import visible_to
from portal.networks.rooms import ask_before, crumbs_in, editor, saved, taken


@desk_view
@form_view
def add(request: HttpRequest, key: UUID) -> HttpResponse:
    actor = editor(request)
    row = get_object_or_404(visible_to(actor), key=key)
    form = _form(request)
    if taken(request, form, actor, leads.add_lead, row):
        return saved(request, row)
    heading = _("Add a segment that it leads")
    context = {"heading": heading, "crumbs": crumbs_in(row, heading), "form": form}
    return render(request, "networks/desk_form.html", context)


@desk_view
@form_view
def change(request: HttpRequest, key: UUID, pk: int) -> HttpResponse:
    actor = editor(request)
    row = _lead(actor, key, pk)
    form = _form(request, row)
    if taken(request, form, actor, leads.change_lead, row):
        return saved(request, row.network)
    heading = _("A segment that it leads")
    context = {
        "heading": heading,
        "crumbs": crumbs_in(row.network, heading),
        "remove": reverse("networks:remove_lead", args=[key, pk]),
        "form": form,
    }
    return render(request, "networks/desk_form.html", context)


@desk_view
@form_view
def remove(request: HttpRequest, key: UUID, pk: int) -> HttpResponse:
    """Asks first."""
    actor = editor(request)
    row = _lead(actor, key, pk)
    if request.method == "POST":
        leads.remove_lead(row, actor=actor, now=timezone.now())
        return saved(request, row.network)
    heading = _("Does the network not lead this segment?")
    told = _("For what was a mistake. A lead that is over has a last day instead.")
    return ask_before(request, row.network, heading, told)


def _form(request: HttpRequest, lead: NetworkLead | None = None) -> LeadForm:
    typed = request.POST if request.method == "POST" else typed_before_sign_in(request)
    return LeadForm(typed, segments=leads.segments_to_lead(get_language() or DEFAULT), lead=lead)


def _lead(actor: Actor, key: UUID, pk: int) -> NetworkLead:
    row = get_object_or_404(visible_to(actor), key=key)
    return get_object_or_404(row.leads.select_related("network"), pk=pk)
