"""The desk's pages for parties of pledges."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.common.actors import Actor, actor_of
from portal.common.crumbs import crumbs_to
from portal.common.desk import desk_view, form_view, typed_before_sign_in
from portal.common.errors import Incomplete
from portal.common.languages import DEFAULT
from portal.organizations.models import Organization
from portal.organizations.queries import writable_organizations
from portal.organizations.states import STATES
from portal.pledges.domain import ask_to_join, decide_party
from portal.pledges.enums import PartyRole, PartyState
from portal.pledges.models import Pledge
from portal.pledges.queries import parties_asked
from portal.pledges.rules import can_decide
from portal.publication.enums import RecordKind
from portal.publication.queries import published, record_by_public_id

MOST = 100
TONES = {PartyState.CONFIRMED: "good", PartyState.DECLINED: "bad"}


class AskForm(forms.Form):
    organization = forms.ModelChoiceField(
        label=gettext_lazy("Your organization"),
        queryset=Organization.objects.none(),
        to_field_name="key",
        empty_label=None,
        error_messages={"required": gettext_lazy("Choose the organization you write for.")},
    )
    role = forms.ChoiceField(
        label=gettext_lazy("Role"),
        choices=PartyRole,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Say which part the party has.")},
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["organization"]
        field.queryset = writable_organizations(actor).filter(state__in=STATES.public)


@desk_view
@require_safe
def parties(request: HttpRequest) -> HttpResponse:
    """Pledges of others that name one's organization, and who asks to join one's own."""
    actor, language = actor_of(request), get_language() or DEFAULT
    rows = list(parties_asked(actor)[:MOST])
    keys = {row.pledge.key for row in rows}
    known = published(RecordKind.PLEDGE).filter(source_key__in=keys)
    addresses = {record.source_key: record for record in known}
    context = {
        "crumbs": crumbs_to(_("Parties of pledges")),
        "rows": [
            {
                "party": row,
                "role": PartyRole(row.role).label,
                "state": PartyState(row.state).label,
                "tone": TONES.get(PartyState(row.state), "warn"),
                "title": addresses[row.pledge.key].title,
                "lang": addresses[row.pledge.key].language,
                "url": addresses[row.pledge.key].path(language),
                "may_confirm": can_decide(actor, row) and row.state != PartyState.CONFIRMED,
                "may_decline": can_decide(actor, row) and row.state != PartyState.DECLINED,
            }
            for row in rows
            if row.pledge.key in addresses
        ],
    }
    return render(request, "desk/parties.html", context)


@desk_view
@require_POST
def confirm(request: HttpRequest, key: UUID) -> HttpResponse:
    party = get_object_or_404(parties_asked(actor_of(request)), key=key)
    decide_party(party, is_accepted=True, actor=actor_of(request), now=timezone.now())
    messages.success(request, _("Confirmed. Readers see it beside the pledge."))
    return redirect("desk:parties")


@desk_view
@form_view
def decline(request: HttpRequest, key: UUID) -> HttpResponse:
    """Asks once before readers see nothing of the party any more."""
    actor = actor_of(request)
    party = get_object_or_404(parties_asked(actor), key=key)
    if request.method == "POST":
        decide_party(party, is_accepted=False, actor=actor, now=timezone.now())
        messages.success(request, _("Declined. Readers see nothing of this party."))
        return redirect("desk:parties")
    if not can_decide(actor, party) or party.state == PartyState.DECLINED:
        return redirect("desk:parties")
    record = published(RecordKind.PLEDGE).get(source_key=party.pledge.key)
    context = {
        "crumbs": crumbs_to(_("Parties of pledges")),
        "heading": _("Decline that %(party)s is a party?") % {"party": party},
        "text": [
            _("The pledge is “%(title)s”.") % {"title": record.title},
            _("Readers then see nothing of this party. You can confirm it later."),
        ],
        "action": _("Decline"),
        "back": reverse("desk:parties"),
    }
    return render(request, "desk/confirm.html", context)


@desk_view
@form_view
def ask(request: HttpRequest, public_id: str) -> HttpResponse:
    """Ask the organization that keeps a public pledge to name one's own as a party."""
    record, actor = record_by_public_id(public_id, RecordKind.PLEDGE), actor_of(request)
    pledge = get_object_or_404(Pledge, key=record.source_key)
    is_sent = request.method == "POST"
    form = AskForm(request.POST if is_sent else typed_before_sign_in(request), actor=actor)
    if not form.fields["organization"].queryset.exists():  # type: ignore[attr-defined]
        raise Http404(public_id)
    if is_sent and form.is_valid():
        try:
            ask_to_join(pledge, **form.cleaned_data, actor=actor, now=timezone.now())
        except Incomplete as refusal:
            for problem in refusal.problems:
                form.add_error(problem.field, str(problem.message))
        else:
            messages.success(request, _("Asked. The organization that keeps the pledge decides."))
            return redirect("desk:parties")
    context = {
        "form": form,
        "record": record,
        "is_sent": is_sent,
        "url": record.path(get_language() or DEFAULT),
        "crumbs": crumbs_to(record.title, record.language),
    }
    return render(request, "desk/ask_to_join.html", context)
