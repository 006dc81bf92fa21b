"""The desk's pages for who is asked to vouch for another organization: the list, and one's word."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.common.actors import actor_of
from portal.common.countries import country_name
from portal.common.crumbs import crumbs_to
from portal.common.desk import desk_view, form_view, typed_before_sign_in
from portal.common.errors import Incomplete, WrongState
from portal.common.forms import put_at_fields
from portal.common.languages import DEFAULT
from portal.desk.organizations.proof_forms import WordForm
from portal.organizations.enums import VouchState
from portal.organizations.models import Vouch
from portal.organizations.states import VOUCH_STATES
from portal.organizations.verifying import vouching
from portal.taxonomy.queries import organization_type_names

MOST = 100


@desk_view
@require_safe
def vouches(request: HttpRequest) -> HttpResponse:
    """Who asks the organizations for which the person speaks, and what they said."""
    rows = vouching.asked_of(actor_of(request))[:MOST]
    context = {
        "rows": [
            {"row": row, "name": vouching.case_of(row).name, "state": VOUCH_STATES[row.state]} for row in rows
        ],
        "crumbs": crumbs_to(_("Asked to vouch")),
    }
    return render(request, "desk/organizations/vouches.html", context)


@desk_view
@form_view
def vouch(request: HttpRequest, key: UUID) -> HttpResponse:
    """What it says of itself, and yes or no in a sentence. What was said already is shown instead."""
    row, is_sent = _asked(request, key), request.method == "POST"
    form = WordForm(request.POST if is_sent else typed_before_sign_in(request))
    if is_sent and form.is_valid():
        given = {"is_yes": form.cleaned_data["vouches"] == "yes", "sentence": form.cleaned_data["sentence"]}
        try:
            vouching.say(row, **given, actor=actor_of(request), now=timezone.now())
        except Incomplete as refusal:
            put_at_fields(form, refusal.problems)
        except WrongState as refusal:
            if not vouching.is_open(vouching.case_of(row)):
                raise
            form.add_error(None, str(refusal.message))
        else:
            messages.success(request, _("Said. The secretariat decides with it."))
            return redirect("organizations:vouches")
    return _page(request, row, form)


@desk_view
@require_POST
def take_back(request: HttpRequest, key: UUID) -> HttpResponse:
    """Until the secretariat has decided."""
    row = _asked(request, key)
    try:
        vouching.take_back(row, actor=actor_of(request), now=timezone.now())
    except WrongState as refusal:
        messages.warning(request, str(refusal.message))
    else:
        messages.success(request, _("Your word counts no more."))
    return redirect("organizations:vouch", key=key)


def _asked(request: HttpRequest, key: UUID) -> Vouch:
    return get_object_or_404(vouching.asked_of(actor_of(request)).distinct(), key=key)


def _page(request: HttpRequest, row: Vouch, form: WordForm) -> HttpResponse:
    case = vouching.case_of(row)
    said, types = case.profile, organization_type_names(get_language() or DEFAULT)
    is_open = vouching.is_open(case)
    context = {
        "row": row,
        "case": case,
        "form": form,
        "state": VOUCH_STATES[row.state],
        "may_say": is_open and row.state == VouchState.ASKED,
        "may_take_back": is_open and row.state == VouchState.GIVEN,
        "description": said.get("description", ""),
        "facts": [
            {"term": _("Kind of organization"), "value": types.get(said.get("type_code", ""), "")},
            {"term": _("Country"), "value": country_name(said.get("country", ""))},
            {"term": _("Website"), "value": said.get("website", ""), "url": said.get("website", "")},
        ],
        "crumbs": crumbs_to(case.name, case.language),
    }
    return render(request, "desk/organizations/vouch.html", context)
