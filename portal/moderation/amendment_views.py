"""Amendments at the desk of the secretariat: the form that proposes one, their list, each one's page."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.common.actors import actor_of
from portal.common.crumbs import crumbs_to
from portal.common.desk import desk_view, form_view, name_forms, typed_before_sign_in
from portal.common.digests import digest_of
from portal.common.errors import Incomplete, WrongState
from portal.common.forms import put_at_fields
from portal.common.languages import DEFAULT
from portal.common.reviews import Reader
from portal.moderation import beside, rules
from portal.moderation.amendment_forms import AmendmentForm, FilingForm, TextForm
from portal.moderation.amendments import HEADINGS, PARTS, shown_of
from portal.moderation.queue_views import require_reader
from portal.submissions.amending import domain
from portal.submissions.amending.changes import closed_texts, compared
from portal.submissions.amending.queries import public_record, readable_by
from portal.submissions.amending.rules import may_propose, why_not
from portal.submissions.amending.states import AMENDMENT_STATES
from portal.submissions.amending_enums import AmendmentState, Part
from portal.submissions.models import Submission
from portal.submissions.types import SubmissionType

PAGE_SIZE = 50


@desk_view
@form_view
def propose(request: HttpRequest, kind: str, key: UUID, part: str) -> HttpResponse:
    """Two steps on one page: what changes is shown, and what was shown is sent."""
    of, text, chosen = _text(request, kind, key, part)
    is_sent, refusal = request.method == "POST", why_not(of, text, chosen)
    if refusal and is_sent:
        raise WrongState(refusal)
    closed = closed_texts(text) if chosen == Part.TEXT else frozenset()
    form = _form(request, of, text, chosen, closed)
    if not (is_sent and form.is_valid()):
        return _page(request, form, refusal=refusal, closed=closed)
    changes = form.changes()
    if not _is_sound(form, changes):
        return _page(request, form, closed=closed)
    seen = "" if "show" in request.POST else request.POST.get("seen", "")
    if seen != shown_mark(text, changes):
        return _page(request, form, closed=closed, changes=changes, is_otherwise=bool(seen))
    domain.propose(
        text,
        part=chosen,
        changes=changes,
        reason=form.cleaned_data["reason"],
        language=text.language,
        actor=actor_of(request),
        now=timezone.now(),
    )
    messages.success(request, _("Proposed. Nothing changes in public until a second person agrees."))
    return redirect("moderation:amendments")


@desk_view
@require_safe
def every(request: HttpRequest) -> HttpResponse:
    """The newest first, those that wait before the rest. A constant number of queries."""
    require_reader(request)
    rows = readable_by(actor_of(request))
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [{"row": row, "what": PARTS[row.part], "state": AMENDMENT_STATES[row.state]} for row in page],
        "crumbs": [*_above(), crumbs_to(_("Amendments"))[-1]],
    }
    return render(request, "moderation/amendments.html", context)


@desk_view
@require_safe
def one(request: HttpRequest, key: UUID) -> HttpResponse:
    """What is proposed, and where that stands; one that waits for a second moderator has its own page."""
    require_reader(request)
    actor, language = actor_of(request), get_language() or DEFAULT
    row = get_object_or_404(readable_by(actor), key=key)
    shown = shown_of(row, actor, Reader(language, is_review=True))
    take_back = reverse("moderation:take_amendment_back", args=[key])
    name_forms(request, {take_back: _("Take it back")})
    to_confirm = row.part == Part.FILING and row.state == AmendmentState.PROPOSED
    context = {
        "shown": shown,
        "row": row,
        "take_back": take_back if shown.may_take_back else "",
        "text_url": reverse("moderation:subject", args=[row.kind, row.submission_key]),
        "decide_url": reverse("moderation:subject", args=["amendment", key]) if to_confirm else "",
        "crumbs": [*_above(), *_to_all(), crumbs_to(row.title, row.language)[-1]],
    }
    return render(request, "moderation/amendment.html", context)


@desk_view
@require_POST
def take_back(request: HttpRequest, key: UUID) -> HttpResponse:
    require_reader(request)
    row = get_object_or_404(readable_by(actor_of(request)), key=key)
    try:
        domain.take_back(row, actor=actor_of(request), now=timezone.now())
    except WrongState as refusal:
        messages.warning(request, str(refusal.message))
    else:
        messages.success(request, _("Taken back. Nothing has changed in public."))
    return redirect("moderation:amendment", key=key)


def _text(request: HttpRequest, kind: str, key: UUID, part: str) -> tuple[SubmissionType, Submission, Part]:
    of, text = beside.readable(request, kind, key)
    if part not in {each.value for each in Part} or not isinstance(of, SubmissionType) or not of.amendable:
        raise Http404(part)
    if not (rules.may_review(actor_of(request), of, text) and may_propose(actor_of(request), of, text)):
        raise PermissionDenied
    return of, text, Part(part)


def _form(
    request: HttpRequest, of: SubmissionType, text: Submission, part: Part, closed: frozenset[str]
) -> AmendmentForm:
    typed = request.POST if request.method == "POST" else typed_before_sign_in(request)
    if part == Part.TEXT:
        return TextForm(typed, of, text, part, closed=closed)
    return FilingForm(typed, of, text, part, language=get_language() or DEFAULT)


def _is_sound(form: AmendmentForm, changes: dict[str, Any]) -> bool:
    """What is wrong stands at its field."""
    try:
        domain.require_sound(form.of, form.row, form.part, changes, form.cleaned_data["reason"])
    except Incomplete as refusal:
        put_at_fields(form, refusal.problems)
        return False
    return True


def shown_mark(text: Submission, changes: dict[str, Any]) -> str:
    """Names what was shown before it was sent: what changes, and of what. One query."""
    record = public_record(text.kind, text.key)
    version = record.version if record else 0
    return digest_of({"changes": changes, "revision": text.revision, "version": version})


def _page(
    request: HttpRequest,
    form: AmendmentForm,
    *,
    refusal: object = "",
    closed: frozenset[str] = frozenset(),
    changes: dict[str, Any] | None = None,
    is_otherwise: bool = False,
) -> HttpResponse:
    """With what changes, once that is sound; `seen` goes along then. `is_otherwise`: than it was shown."""
    of, text, language = form.of, form.row, get_language() or DEFAULT
    shown = compared(of, text, form.part, changes, Reader(language, is_review=True)) if changes else []
    title = str((of.content(text) or {}).get("title") or of.label)
    back = reverse("moderation:subject", args=[of.kind, text.key])
    context = {
        "of": of,
        "text": text,
        "title": title,
        "heading": HEADINGS[form.part],
        "what": PARTS[form.part],
        "form": form,
        "refusal": refusal,
        "closed": [str(field.label) for field in of.fields if field.name in closed],
        "changes": shown,
        "seen": shown_mark(text, changes) if changes else "",
        "is_otherwise": is_otherwise,
        "back": back,
        "crumbs": [
            *_above(),
            {"title": title, "url": back, "lang": text.language},
            crumbs_to(str(HEADINGS[form.part]))[-1],
        ],
    }
    return render(request, "moderation/propose_amendment.html", context)


def _above() -> list[dict[str, str]]:
    return [crumbs_to("")[0], {"title": _("Moderation"), "url": reverse("moderation:queue")}]


def _to_all() -> list[dict[str, str]]:
    return [{"title": _("Amendments"), "url": reverse("moderation:amendments")}]
