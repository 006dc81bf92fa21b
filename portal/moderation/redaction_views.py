"""The page on which moderators leave passages out of a text, and its buttons."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.common.actors import actor_of
from portal.common.crumbs import crumbs_to
from portal.common.desk import desk_view, form_view, name_forms, typed_before_sign_in
from portal.common.errors import Incomplete, WrongState
from portal.common.forms import put_at_fields
from portal.common.reviews import Row
from portal.moderation import beside, leaving_out, queries, rules
from portal.moderation.redaction import Marked, marked
from portal.moderation.redaction_forms import RedactionForm
from portal.submissions.models import Measure
from portal.submissions.places import CAPTIONS
from portal.submissions.redress.rules import can_redact
from portal.submissions.redress_enums import Act
from portal.submissions.types import SubmissionType, submission_type


@desk_view
@form_view
def redaction(request: HttpRequest, kind: str, key: UUID) -> HttpResponse:
    """What was submitted beside what becomes public; the form leaves one more passage out."""
    of, subject = _open_text(request, kind, key)
    shown, is_sent = marked(of, subject, actor_of(request)), request.method == "POST"
    if shown is None or not can_redact(subject):
        return redirect("moderation:subject", kind=kind, key=key)
    typed = request.POST if is_sent else typed_before_sign_in(request)
    texts = list(
        dict.fromkeys((text.field, _called(of, text.field)) for text in (*shown.texts, *shown.public))
    )
    files = [(file.key, file.title) for file in shown.files if not file.is_out]
    form = RedactionForm(typed, texts=texts, files=files, language=shown.language)
    if is_sent and form.is_valid() and _left_out(request, of, subject, form):
        messages.success(request, _("Left out. Look at what becomes public."))
        return redirect("moderation:redaction", kind=kind, key=key)
    return _page(request, of, subject, shown, form)


@desk_view
@require_POST
def put_back(request: HttpRequest, kind: str, key: UUID, measure: UUID) -> HttpResponse:
    """Before it is published."""
    return _with_measure(request, kind, key, measure, leaving_out.put_back_cut, _("Put back."))


@desk_view
@require_POST
def again(request: HttpRequest, kind: str, key: UUID, measure: UUID) -> HttpResponse:
    """What was left out of the version before."""
    return _with_measure(request, kind, key, measure, leaving_out.redact_again, _("Left out again."))


def _with_measure(
    request: HttpRequest, kind: str, key: UUID, measure: UUID, verb: Callable[..., object], told: str
) -> HttpResponse:
    of, subject = _open_text(request, kind, key)
    row = get_object_or_404(Measure, key=measure, kind=kind, submission_key=key, act=Act.REDACTED)
    try:
        verb(of, subject, row, actor=actor_of(request), now=timezone.now())
    except WrongState as refusal:
        messages.warning(request, str(refusal.message))
    else:
        messages.success(request, told)
    if request.POST.get("from") == "decision":
        return redirect(f"{beside.address_of(request, kind, key)}#left-out")
    return redirect("moderation:redaction", kind=kind, key=key)


def _left_out(request: HttpRequest, of: SubmissionType, subject: Row, form: RedactionForm) -> bool:
    """What is wrong stands at the form then."""
    try:
        leaving_out.redact(of, subject, **form.cleaned_data, actor=actor_of(request), now=timezone.now())
    except Incomplete as refusal:
        put_at_fields(form, refusal.problems)
        return False
    return True


def _open_text(request: HttpRequest, kind: str, key: UUID) -> tuple[SubmissionType, Row]:
    """404 for what is no text of a kind, or not theirs to read; 403 for who does not decide about it."""
    actor = actor_of(request)
    if not rules.may_read_queue(actor):
        raise PermissionDenied
    try:
        of = submission_type(kind)
        subject = queries.subject(of, key)
    except (LookupError, ObjectDoesNotExist):
        raise Http404(f"{kind} {key}") from None
    if not rules.can_view(actor, of, subject):
        raise Http404(str(key))
    if not rules.may_review(actor, of, subject):
        raise PermissionDenied
    return of, subject


def _called(of: SubmissionType, name: str) -> str:
    labels = {field.name: field.label for field in of.fields} | CAPTIONS
    return str(labels[name])


def _page(
    request: HttpRequest, of: SubmissionType, subject: Row, shown: Marked, form: RedactionForm
) -> HttpResponse:
    buttons = {row.measure.pk: _address("put_back", subject, row.measure) for row in shown.left_out}
    offers = [{"repeat": each, "url": _address("again", subject, each.measure)} for each in shown.again]
    name_forms(
        request,
        dict.fromkeys(buttons.values(), _("Put back"))
        | {str(offer["url"]): _("Leave it out again") for offer in offers},
    )
    back = reverse("moderation:subject", args=[of.kind, subject.key])
    context: dict[str, Any] = {
        "of": of,
        "subject": subject,
        "shown": shown,
        "form": form,
        "rows": [{"row": row, "url": buttons[row.measure.pk]} for row in shown.left_out],
        "offers": offers,
        "is_public": subject.state in of.states.public,
        "back": back,
        "crumbs": _crumbs(shown, back),
    }
    return render(request, "moderation/redaction.html", context)


def _address(name: str, subject: Row, measure: Measure) -> str:
    return reverse(f"moderation:{name}", args=[subject.kind, subject.key, measure.key])


def _crumbs(shown: Marked, back: str) -> list[dict[str, str]]:
    desk, last = crumbs_to(_("Leave passages out"))
    moderation = {"title": _("Moderation"), "url": reverse("moderation:queue")}
    return [desk, moderation, {"title": shown.title, "url": back, "lang": shown.language}, last]
