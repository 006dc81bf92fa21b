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
from portal.common.errors import Incomplete, WrongState
from portal.common.languages import DEFAULT
from portal.organizations.enums import SUBMITTING_ROLES, OrganizationState
from portal.organizations.models import Organization
from portal.organizations.queries import acting_organizations
from portal.organizations.states import STATES
from portal.pledges.enums import PartyRole, PartyState
from portal.pledges.joining import ask_to_join, decide_party
from portal.pledges.models import Pledge, PledgeParty
from portal.pledges.queries import parties_asked, party_in, told_role
from portal.pledges.rules import can_decide, can_say_yes
from portal.publication.enums import RecordKind
from portal.publication.models import Record
from portal.publication.queries import published, record_by_public_id

MOST = 100
NOES = (PartyState.DECLINED, PartyState.REFUSED)
TONES = {PartyState.CONFIRMED: "good"} | dict.fromkeys(NOES, "bad")


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
        field.queryset = acting_organizations(actor, SUBMITTING_ROLES).filter(state__in=STATES.public)


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
            _party(row, addresses[row.pledge.key], actor, language)
            for row in rows
            if row.pledge.key in addresses
        ],
    }
    return render(request, "desk/parties.html", context)


def _party(row: PledgeParty, record: Record, actor: Actor, language: str) -> dict[str, Any]:
    """As readers see it; what the keeper of the pledge is writing of it stays there."""
    public = party_in(record, row)
    state = PartyState(public.state if public else row.state)
    decides = can_decide(actor, row, is_public=public is not None)
    return {
        "party": row,
        "role": PartyRole(told_role(row, public)).label,
        "state": state.label,
        "tone": TONES.get(state, "warn"),
        "title": record.title,
        "lang": record.language,
        "url": record.path(language),
        "may_confirm": can_say_yes(actor, row, is_public=public is not None)
        and state != PartyState.CONFIRMED,
        "may_decline": decides and state not in NOES,
    }


@desk_view
@require_POST
def confirm(request: HttpRequest, key: UUID) -> HttpResponse:
    party = get_object_or_404(parties_asked(actor_of(request)), key=key)
    try:
        decide_party(party, is_accepted=True, actor=actor_of(request), now=timezone.now())
    except WrongState as refusal:
        messages.warning(request, str(refusal.message))
    else:
        messages.success(request, _confirmed(party))
    return redirect("desk:parties")


def _confirmed(party: PledgeParty) -> str:
    """Who takes back its no while a correction is written waits for that."""
    record = published(RecordKind.PLEDGE).filter(source_key=party.pledge.key).first()
    if party_in(record, party) is None:
        return _("Confirmed. Readers see it with the next version of the pledge.")
    return _("Confirmed. Readers see it beside the pledge.")


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
    record = published(RecordKind.PLEDGE).get(source_key=party.pledge.key)
    if not _party(party, record, actor, get_language() or DEFAULT)["may_decline"]:
        return redirect("desk:parties")
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
    pledge = get_object_or_404(Pledge.objects.select_related("organization"), key=record.source_key)
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
            messages.success(request, _asked(pledge))
            return redirect("desk:parties")
    context = {
        "form": form,
        "record": record,
        "is_sent": is_sent,
        "url": record.path(get_language() or DEFAULT),
        "is_listed": _is_listed(pledge),
        "crumbs": crumbs_to(record.title, record.language),
    }
    return render(request, "desk/ask_to_join.html", context)


def _is_listed(pledge: Pledge) -> bool:
    """Nobody speaks for the organization that keeps it."""
    return pledge.organization.state == OrganizationState.LISTED


def _asked(pledge: Pledge) -> str:
    if _is_listed(pledge):
        return _("Asked. The secretariat decides: it has written this pledge down.")
    return _("Asked. The organization that keeps the pledge decides.")
