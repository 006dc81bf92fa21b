"""Silent pledges and the notes of contacts with their parties, for seats in bodies that run cycles."""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.paginator import Paginator
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
from portal.followup.assessing.parties import own_keys
from portal.followup.contacting.domain import note_contact
from portal.followup.contacting.forms import ContactForm, SilentFilters
from portal.followup.contacting.queries import notes_on
from portal.followup.contacting.rules import can_contact
from portal.followup.enums import Contacts
from portal.followup.rooms.commission import Silent, silent_pledges
from portal.followup.rooms.lists import hidden, silent_means, silent_rows
from portal.followup.rules import may_contact
from portal.pledges import facts
from portal.pledges.models import Pledge
from portal.pledges.standing import standings
from portal.publication.enums import RecordKind
from portal.publication.models import Record
from portal.publication.queries import record_by_public_id, titled
from portal.records.trace_links import foreign
from portal.taxonomy.queries import organization_type_names

PAGE_SIZE = 25


@desk_view
@require_safe
def silent(request: HttpRequest) -> HttpResponse:
    """All silent pledges, the longest first, narrowed by what the address asks."""
    actor, language, today = _noting(request), get_language() or DEFAULT, timezone.now().date()
    every, hidden_ones = silent_pledges(standings(), own_keys(actor), actor, today)
    types = _types(every, language)
    form = SilentFilters(request.GET, countries={row.standing.country for row in every}, types=types)
    asked = form.chosen
    rows = form.passing([row for row in every if _passes(row, asked, today)])
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "title": _("Silent pledges"),
        "number": len(rows),
        "of_all": len(every),
        "rows": silent_rows(list(page), language, today),
        "page": page,
        "prefix": form.query(page=""),
        "meaning": silent_means(),
        "notes": (hidden(hidden_ones),),
        "filters": form,
        "clear": reverse("followup_desk:silent"),
        "is_filtered": form.is_asked,
        "crumbs": _crumbs(_("Silent pledges")),
    }
    return render(request, "followup/desk/silent.html", context)


@desk_view
@form_view
def contact(request: HttpRequest, public_id: str) -> HttpResponse:
    """What was noted of a pledge, and the form of one note more."""
    actor, record = _noting(request), record_by_public_id(public_id, RecordKind.PLEDGE)
    pledge = get_object_or_404(Pledge.objects.select_related("organization"), key=record.source_key)
    if not can_contact(actor, pledge, timezone.now().date()):
        raise Http404(public_id)
    is_sent = request.method == "POST"
    form = ContactForm(
        request.POST if is_sent else typed_before_sign_in(request),
        initial={"on": timezone.localdate().isoformat()},
    )
    if is_sent and form.is_valid() and _noted(request, form, pledge, actor):
        messages.success(request, _("Noted. Only holders of seats in bodies that run review cycles read it."))
        return redirect("followup_desk:contact", public_id=record.public_id)
    return render(request, "followup/desk/contact.html", _contact(record, form))


def _noted(request: HttpRequest, form: ContactForm, pledge: Pledge, actor: Actor) -> bool:
    key = key_in(request.POST.get("draft_key", ""))
    try:
        note_contact(pledge, fields=form.given(), actor=actor, now=timezone.now(), key=key)
    except Incomplete as refusal:
        put_at_fields(form, refusal.problems)
        return False
    return True


def _contact(record: Record, form: ContactForm) -> dict[str, Any]:
    language = get_language() or DEFAULT
    title, spoken = titled(record, language)
    health = facts.health(record, timezone.now().date())
    return {
        "title": title,
        "lang": foreign(spoken, language),
        "number": record.public_id,
        "author": record.author_name,
        "author_url": record.organization.path(language) if record.organization else "",
        "url": record.path(language),
        "badge": {"text": health.label, "tone": facts.TONES[health]},
        "reported_on": facts.reported_on(record),
        "notes": list(notes_on(record.source_key)),
        "form": form,
        "draft_key": uuid4(),
        "crumbs": _crumbs(record.public_id, above=True),
    }


def _noting(request: HttpRequest) -> Actor:
    """Nobody else knows of these addresses."""
    actor = actor_of(request)
    if not may_contact(actor, timezone.now().date()):
        raise Http404("contacts")
    return actor


def _types(rows: Collection[Silent], language: str) -> dict[str, str]:
    """The names of the types that are among the rows. One query."""
    there = {row.standing.type_code for row in rows}
    return {code: name for code, name in organization_type_names(language).items() if code in there}


def _passes(row: Silent, asked: dict[str, str], today: date) -> bool:
    contacts = asked.get("contacts", "")
    fits = {
        "": True,
        Contacts.NONE: not row.contacted.number,
        Contacts.SOME: bool(row.contacted.number),
        Contacts.WAITING: row.contacted.is_waiting(today),
    }
    told = {
        "country": row.standing.country,
        "type": row.standing.type_code,
        "health": row.standing.health(today).value,
    }
    return fits[contacts] and all(told[name] == value for name, value in asked.items() if name in told)


def _crumbs(title: str, *, above: bool = False) -> list[dict[str, Any]]:
    desk, last = crumbs_to(title)
    room = {"title": _("Follow-up"), "url": reverse("followup_desk:room")}
    every = {"title": _("Silent pledges"), "url": reverse("followup_desk:silent")}
    return [desk, room, *([every] if above else []), last]
