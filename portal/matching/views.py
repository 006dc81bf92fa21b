"""The desk's pages of help: what one's organizations offer and are offered, and "We can help"."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.common.actors import actor_of
from portal.common.crumbs import crumbs_to
from portal.common.desk import desk_view, form_view, typed_before_sign_in
from portal.common.errors import Incomplete
from portal.common.forms import put_at_fields
from portal.common.languages import DEFAULT
from portal.matching import domain, rules
from portal.matching.enums import HelpState
from portal.matching.forms import HelpForm
from portal.matching.models import HelpOffer
from portal.matching.queries import offers_of_help, spoken_for
from portal.pledges.models import Pledge
from portal.publication.enums import RecordKind
from portal.publication.models import Record
from portal.publication.queries import published, record_by_public_id

MOST = 100
TONES = {HelpState.OFFERED: "warn", HelpState.ACCEPTED: "good", HelpState.DECLINED: "bad"}
BUTTONS: tuple[tuple[HelpState, str, Callable[[], str], str], ...] = (
    (HelpState.ACCEPTED, "matches:accept", lambda: _("Accept"), ""),
    (HelpState.DECLINED, "matches:decline", lambda: _("Decline"), "quiet"),
    (HelpState.TAKEN_BACK, "matches:take_back", lambda: _("Take it back"), "quiet"),
)


@desk_view
@require_safe
def help_list(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    rows = list(offers_of_help(actor)[:MOST])
    speaks_for = {*spoken_for(actor)}
    keys = {pledge.key for row in rows for pledge in (row.need, row.offer)}
    known = {row.source_key: row for row in published(RecordKind.PLEDGE).filter(source_key__in=keys)}
    context = {
        "crumbs": crumbs_to(_("Needs and offers")),
        "every": reverse("matching:list"),
        "rows": [_row(row, known, speaks_for) for row in rows],
    }
    return render(request, "matching/desk/list.html", context)


def _row(given: HelpOffer, known: dict[UUID, Record], speaks_for: set[int]) -> dict[str, Any]:
    """Titles as readers see them; those of a pledge that is not public any more are not told."""
    state = HelpState(given.state)
    return {
        "given": given,
        "state": state.label,
        "tone": TONES.get(state, ""),
        "need": _end(known.get(given.need.key)),
        "offer": _end(known.get(given.offer.key)),
        "buttons": [
            {"label": label(), "url": reverse(name, args=[given.key]), "tone": tone}
            for to, name, label, tone in BUTTONS
            if rules.can_move(given, to, speaks_for)
        ],
    }


def _end(record: Record | None) -> dict[str, str]:
    if record is None:
        return {"title": _("A pledge that is not public any more"), "url": "", "lang": "", "organization": ""}
    organization = record.author_name
    url = record.path(get_language() or DEFAULT)
    return {"title": record.title, "url": url, "lang": record.language, "organization": organization}


@desk_view
@form_view
def offer_help(request: HttpRequest, public_id: str) -> HttpResponse:
    """'We can help', with a pledge of one's own."""
    record, actor = record_by_public_id(public_id, RecordKind.PLEDGE), actor_of(request)
    need = get_object_or_404(Pledge.objects.select_related("organization"), key=record.source_key)
    is_sent = request.method == "POST"
    typed = request.POST if is_sent else typed_before_sign_in(request)
    form = HelpForm(typed, actor=actor, need=need)
    if is_sent and form.is_valid():
        try:
            domain.offer_help(need, **form.cleaned_data, actor=actor, now=timezone.now())
        except Incomplete as refusal:
            put_at_fields(form, refusal.problems)
        else:
            messages.success(request, _("Offered. The other organization decides; it is told by mail."))
            return redirect("matches:list")
    context = {
        "form": form,
        "is_sent": is_sent,
        "record": record,
        "url": record.path(get_language() or DEFAULT),
        "new": reverse("pledges_desk:new"),
        "crumbs": crumbs_to(record.title, record.language),
    }
    return render(request, "matching/desk/help.html", context)


@desk_view
@require_POST
def move(request: HttpRequest, key: UUID, to: HelpState) -> HttpResponse:
    """One button: accept, decline, take back."""
    actor = actor_of(request)
    given = get_object_or_404(offers_of_help(actor), key=key)
    domain.move(given, to=to, actor=actor, now=timezone.now())
    told = {
        HelpState.ACCEPTED: _("Accepted. Readers see it on both pledges."),
        HelpState.DECLINED: _("Declined. The other organization is told by mail."),
        HelpState.TAKEN_BACK: _("Taken back. The other organization is told by mail."),
    }
    messages.success(request, told[to])
    return redirect("matches:list")
