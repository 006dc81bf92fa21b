"""Interventions made in the room, at the desk: editors enter them, organizations confirm or object."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.common.actors import Actor, actor_of
from portal.common.crumbs import crumbs_to
from portal.common.desk import desk_view, form_view, typed_before_sign_in
from portal.common.errors import Incomplete, NotAllowed, Problem, SavedBefore, WrongState
from portal.common.formatting import day
from portal.common.forms import put_at_fields
from portal.common.ids import key_in
from portal.common.languages import DEFAULT
from portal.consultations.models import Session
from portal.consultations.page_queries import questions
from portal.desk.room.forms import EntryForm, ObjectionForm
from portal.interventions import room
from portal.interventions.enums import Manner
from portal.interventions.models import Intervention, MadeInRoom
from portal.interventions.queries import own_room_entries, question_keys, room_entries
from portal.interventions.rules import may_enter, may_read_entered
from portal.interventions.submission import INTERVENTION
from portal.organizations.models import Organization
from portal.records.trace_links import foreign
from portal.submissions.cuts import title_cuts
from portal.submissions.states import SubmissionState

LIMIT = 200


@desk_view
@require_safe
def room_list(request: HttpRequest) -> HttpResponse:
    """What was entered; for those who enter, also the sessions for which one can. Three queries."""
    actor = actor_of(request)
    if not may_read_entered(actor):
        raise Http404("room")
    is_editor = may_enter(actor)
    context = {
        "rows": [_line(row, can_correct=is_editor) for row in _called(room_entries(actor))[:LIMIT]],
        "may_enter": is_editor,
        "sessions": [_named(row) for row in _latest_sessions()] if is_editor else [],
        "meetings": reverse("wagtailsnippets_consultations_session:list") if is_editor else "",
        "crumbs": crumbs_to(_("Made in the room")),
    }
    return render(request, "desk/room/list.html", context)


@desk_view
@form_view
def new(request: HttpRequest) -> HttpResponse:
    """Enter one for a session, which `?session=` names; what was typed without one is asked for it."""
    _require_editor(request)
    key = key_in(request.GET.get("session") or request.POST.get("session", ""))
    session = Session.objects.filter(key=key).first()
    if session is None and request.method != "POST":
        if key is not None:
            raise Http404(str(key))
        return redirect("room:list")
    return _entry(request, session, None)


@desk_view
@form_view
def again(request: HttpRequest, key: UUID) -> HttpResponse:
    """Correct one that a moderator returned, and submit it again."""
    _require_editor(request)
    rows = room_entries(actor_of(request))
    if request.method != "POST":
        rows = rows.filter(intervention__state=SubmissionState.RETURNED)
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
        "session": _named(row.session),
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


def _entry(request: HttpRequest, session: Session | None, row: MadeInRoom | None) -> HttpResponse:
    typed = request.POST if request.method == "POST" else typed_before_sign_in(request)
    if session is None:
        form = EntryForm(typed, questions=[], sessions=_sessions(), initial={})
    else:
        form = EntryForm(typed, questions=_questions(session), initial=_initial(row))
    key = row.intervention.key if row else _key(request)
    if request.method == "POST" and form.is_valid() and form.made is not None and session is not None:
        try:
            _enter(form.made, form, session, key, actor_of(request))
        except SavedBefore as refusal:
            told = _("This has already been submitted and cannot be changed now.") if row else ""
            put_at_fields(form, [Problem("", told)] if told else refusal.problems)
        except Incomplete as refusal:
            put_at_fields(form, refusal.problems)
        else:
            messages.success(request, _("Entered. It waits for a moderator now, who is not you."))
            return redirect("room:list")
    named = _named(session) if session else {"title": _("Made in the room"), "lang": ""}
    context = {
        "form": form,
        "session": named["title"],
        "lang": named["lang"],
        "reason": row.intervention.reason if row else "",
        "key": row.intervention.key if row else uuid4(),
        "action": request.path if row or session is None else f"{request.path}?session={session.key}",
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


def _named(session: Session) -> dict[str, str]:
    """The session's title as the reader calls it, and its language where that is not the reader's."""
    language = get_language() or DEFAULT
    title, lang = session.titled(language)
    return {"key": str(session.key), "title": title, "lang": foreign(lang, language)}


def _latest_sessions() -> QuerySet[Session]:
    return Session.objects.order_by("-starts_at", "position")[:LIMIT]


def _sessions() -> list[tuple[str, str]]:
    rows = (_named(row) for row in _latest_sessions())
    return [("", _("Choose")), *((row["key"], row["title"]) for row in rows)]


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


def _called(rows: QuerySet[MadeInRoom]) -> QuerySet[MadeInRoom]:
    """Each with what it is called where something is left out of its title."""
    cut = title_cuts(kind=INTERVENTION.kind, submission_key=OuterRef("intervention__key"))
    return rows.annotate(told=Subquery(cut.order_by("-pk").values("title")[:1]))


def _line(row: MadeInRoom, *, can_correct: bool) -> dict[str, Any]:
    said = row.intervention
    return {
        "row": row,
        "title": getattr(row, "told", None) or str(said),
        "session": _named(row.session),
        "state": INTERVENTION.state_label(said),
        "tone": INTERVENTION.states[said.state].tone,
        "can_correct": can_correct and said.state == SubmissionState.RETURNED,
        "confirmed": day(row.confirmed_at) if row.confirmed_at else "",
    }
