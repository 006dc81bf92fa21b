"""Interventions made in the room, at the desk: editors enter them, organizations confirm or object."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.common.actors import Actor, actor_of
from portal.common.crumbs import crumbs_to
from portal.common.desk import desk_view, form_view, typed_before_sign_in
from portal.common.errors import Incomplete, NotAllowed, WrongState
from portal.common.formatting import day
from portal.common.forms import put_at_fields
from portal.common.languages import DEFAULT
from portal.consultations.models import Session
from portal.consultations.page_queries import questions
from portal.desk.room.forms import EntryForm, ObjectionForm
from portal.interventions import room
from portal.interventions.enums import Manner
from portal.interventions.models import Intervention, MadeInRoom
from portal.interventions.queries import own_room_entries, question_keys, room_entries
from portal.interventions.rules import may_enter
from portal.interventions.submission import INTERVENTION
from portal.organizations.models import Organization
from portal.submissions.states import SubmissionState

LIMIT = 200


@desk_view
@require_safe
def room_list(request: HttpRequest) -> HttpResponse:
    """What was entered, and the sessions for which one can enter more. Three queries."""
    _require_editor(request)
    rows = room_entries(actor_of(request))[:LIMIT]
    context = {
        "rows": [_line(row) for row in rows],
        "sessions": Session.objects.order_by("-starts_at", "position")[:LIMIT],
        "crumbs": crumbs_to(_("Made in the room")),
    }
    return render(request, "desk/room/list.html", context)


@desk_view
@form_view
def new(request: HttpRequest) -> HttpResponse:
    """Enter one for a session, which `?session=` names."""
    _require_editor(request)
    try:
        key = UUID(request.GET.get("session", ""))
    except ValueError:
        return redirect("room:list")
    return _entry(request, get_object_or_404(Session, key=key), None)


@desk_view
@form_view
def again(request: HttpRequest, key: UUID) -> HttpResponse:
    """Correct one that a moderator returned, and submit it again."""
    _require_editor(request)
    rows = room_entries(actor_of(request)).filter(intervention__state=SubmissionState.RETURNED)
    row = get_object_or_404(rows, intervention__key=key)
    return _entry(request, row.session, row)


@desk_view
@form_view
def tell(request: HttpRequest, key: UUID) -> HttpResponse:
    """What the secretariat entered for one's organization: confirm it, or tell what is wrong."""
    row = _own(request, key)
    typed = request.POST if request.method == "POST" else typed_before_sign_in(request)
    form = ObjectionForm(typed)
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["objection"]
        try:
            room.object_to(row.intervention, words=words, actor=actor_of(request), now=timezone.now())
        except (NotAllowed, WrongState):
            form.add_error(None, _("Only who writes for the organization can tell this, while it is public."))
        else:
            messages.success(request, _("Told. The secretariat reads it and corrects the text."))
            return redirect("room:tell", key=key)
    context = {
        "row": row,
        "manner": Manner(row.manner).label,
        "confirmed": day(row.confirmed_at) if row.confirmed_at else "",
        "form": form,
        "detail": INTERVENTION.address("detail", key),
        "crumbs": crumbs_to(row.intervention.title, row.intervention.language),
    }
    return render(request, "desk/room/tell.html", context)


@desk_view
@require_POST
def confirm(request: HttpRequest, key: UUID) -> HttpResponse:
    row = _own(request, key)
    try:
        room.confirm(row.intervention, actor=actor_of(request), now=timezone.now())
    except (NotAllowed, WrongState):
        messages.warning(request, _("Only who submits for the organization can confirm this."))
    else:
        messages.success(request, _("Confirmed. Readers see that your organization stands by it."))
    return redirect("room:tell", key=key)


def _entry(request: HttpRequest, session: Session, row: MadeInRoom | None) -> HttpResponse:
    typed = request.POST if request.method == "POST" else typed_before_sign_in(request)
    form = EntryForm(typed, questions=_questions(session), initial=_initial(row))
    key = row.intervention.key if row else _key(request)
    if request.method == "POST" and form.is_valid() and form.made is not None:
        try:
            _enter(form.made, form, session, key, actor_of(request))
        except Incomplete as refusal:
            put_at_fields(form, refusal.problems)
        except WrongState as refusal:
            messages.warning(request, str(refusal.message))
            return redirect("room:list")
        else:
            messages.success(request, _("Entered. It waits for a moderator now, who is not you."))
            return redirect("room:list")
    title, lang = session.titled(get_language() or DEFAULT)
    context = {
        "form": form,
        "session": title,
        "lang": "" if lang == get_language() else lang,
        "reason": row.intervention.reason if row else "",
        "key": key,
        "action": request.get_full_path(),
        "crumbs": crumbs_to(_("Made in the room")),
    }
    return render(request, "desk/room/entry.html", context)


def _enter(made: Organization, form: EntryForm, session: Session, key: UUID, actor: Actor) -> None:
    typed = form.cleaned_data
    fields = room.RoomFields(session, Manner(typed["manner"]), typed["source"], typed["speaker_role"])
    room.enter(made, fields=form.said, room=fields, actor=actor, now=timezone.now(), key=key)


def _require_editor(request: HttpRequest) -> None:
    if not may_enter(actor_of(request)):
        raise Http404("room")


def _own(request: HttpRequest, key: UUID) -> MadeInRoom:
    return get_object_or_404(own_room_entries(actor_of(request)), intervention__key=key)


def _key(request: HttpRequest) -> UUID:
    """Makes a form that is sent twice enter one."""
    try:
        return UUID(request.POST.get("entry_key", ""))
    except ValueError:
        return uuid4()


def _questions(session: Session) -> list[tuple[str, str]]:
    """The public questions of the session's consultation."""
    pages = questions(get_language() or DEFAULT)
    return [
        (str(page.key), f"{page.number} {page.title}".strip())
        for page in pages
        if session.consultation_key in page.ancestors
    ]


def _initial(row: MadeInRoom | None) -> dict[str, Any]:
    if row is None:
        return {}
    said: Intervention = row.intervention
    return {
        "organization": said.organization.name,
        "manner": row.manner,
        "speaker_role": row.speaker_role,
        "source": row.source,
        "language": said.language,
        "country": said.country,
        "form": said.form,
        "title": said.title,
        "body": said.body,
        "recommendations": "\n".join(said.recommendations),
        "questions": [str(key) for key in question_keys(said)],
    }


def _line(row: MadeInRoom) -> dict[str, Any]:
    said = row.intervention
    return {
        "row": row,
        "state": INTERVENTION.state_label(said),
        "tone": INTERVENTION.states[said.state].tone,
        "is_returned": said.state == SubmissionState.RETURNED,
        "confirmed": day(row.confirmed_at) if row.confirmed_at else "",
    }
