"""The room of organizations that the secretariat lists: find one, list one, change one. Staff only."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.common.actors import actor_of
from portal.common.countries import country_name
from portal.common.crumbs import crumbs_to
from portal.common.desk import desk_view, form_view, typed_before_sign_in
from portal.common.errors import EditConflict, Incomplete
from portal.common.forms import put_at_fields
from portal.common.ids import key_in
from portal.common.languages import DEFAULT
from portal.desk.organizations.changes import clash_of
from portal.desk.organizations.listed_forms import ListedForm, NameForm
from portal.organizations import rules
from portal.organizations.directory import named_like
from portal.organizations.listing import ListedFields, change_listed, fields_of, list_organization
from portal.organizations.models import Organization
from portal.organizations.profile_fields import mark_of
from portal.organizations.queries import listed_organizations
from portal.organizations.states import STATES
from portal.publication.enums import RecordKind
from portal.publication.queries import published
from portal.taxonomy.queries import organization_type_names

PAGE_SIZE = 50


@desk_view
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Those that nobody has claimed yet, by name."""
    _require_lister(request)
    form = NameForm(request.GET)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    rows = named_like(listed_organizations(), words)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    names = organization_type_names(get_language() or DEFAULT)
    context = {
        "form": form,
        "words": words,
        "page": page,
        "rows": [
            {"row": row, "meta": [row.acronym, names.get(row.type_code, ""), country_name(row.country)]}
            for row in page
        ],
        "crumbs": crumbs_to(_("Listed organizations")),
    }
    return render(request, "desk/organizations/listed.html", context)


@desk_view
@form_view
def list_new(request: HttpRequest) -> HttpResponse:
    _require_lister(request)
    is_sent = request.method == "POST"
    form = ListedForm(request.POST if is_sent else typed_before_sign_in(request))
    key = key_in(request.POST.get("draft_key", ""))
    if is_sent and form.is_valid():
        actor, now = actor_of(request), timezone.now()
        try:
            list_organization(fields=form.given(), key=key, actor=actor, now=now)
        except Incomplete as refusal:
            put_at_fields(form, refusal.problems)
        else:
            return _listed(request, form.given())
    return _form(request, form, _("List an organization"), {"draft_key": uuid4()})


@desk_view
@form_view
def list_change(request: HttpRequest, key: UUID) -> HttpResponse:
    """Refused once it has members: what was typed is given back with the reason."""
    _require_lister(request)
    organization = get_object_or_404(Organization, key=key)
    is_known = request.method == "POST" and organization.state in STATES.public
    if not is_known and not rules.can_change_listed(actor_of(request), organization):
        raise Http404(str(key))
    is_sent = request.method == "POST"
    typed = request.POST if is_sent else typed_before_sign_in(request)
    form = ListedForm(typed, fields=fields_of(organization))
    seen = mark_of(fields_of(organization).stored)
    told = {"organization": organization, "seen": form.data.get("seen", seen) if form.is_bound else seen}
    if is_sent and form.is_valid():
        given, read, actor = form.given(), request.POST.get("seen", ""), actor_of(request)
        try:
            change_listed(organization, fields=given, seen=read, actor=actor, now=timezone.now())
        except EditConflict as conflict:
            told |= clash_of(organization, conflict, given.stored)
        except Incomplete as refusal:
            put_at_fields(form, refusal.problems)
        else:
            return _listed(request, form.given())
    record = published(RecordKind.ORGANIZATION).filter(source_key=key).first()
    return _form(request, form, organization.name, {**told, "record": record})


def _require_lister(request: HttpRequest) -> None:
    if not rules.may_list(actor_of(request)):
        raise Http404("listed")


def _listed(request: HttpRequest, fields: ListedFields) -> HttpResponse:
    messages.success(request, _("Saved: %(name)s. Everybody can see it.") % {"name": fields.name})
    return redirect("organizations:listed")


def _form(request: HttpRequest, form: ListedForm, title: str, context: dict[str, Any]) -> HttpResponse:
    desk, last = crumbs_to(title)
    room = {"title": _("Listed organizations"), "url": reverse("organizations:listed")}
    told = {"heading": title, "form": form, "crumbs": [desk, room, last]} | context
    return render(request, "desk/organizations/listed_form.html", told)
