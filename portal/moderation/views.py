"""The queue and its pages in the Wagtail admin; one view for each button."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from portal.common.actors import actor_of
from portal.common.errors import NotAllowed, WrongState
from portal.moderation import domain, queries, rules
from portal.moderation.dossiers import dossier_of
from portal.moderation.enums import ACTIONS, NEEDS_REASON, Action, SubjectKind
from portal.moderation.forms import ReasonForm
from portal.moderation.queries import Subject

PAGE_SIZE = 50
BUTTONS = {
    Action.APPROVED: lambda: _("Approve and publish"),
    Action.RETURNED: lambda: _("Return with this reason"),
    Action.VERIFIED: lambda: _("Verify"),
    Action.ASKED: lambda: _("Ask for this information"),
    Action.DECLINED: lambda: _("Decline with this reason"),
}
HEADINGS = {
    Action.RETURNED: lambda: _("Return it to its authors"),
    Action.ASKED: lambda: _("Ask for more information"),
    Action.DECLINED: lambda: _("Decline it"),
}


@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    if not rules.can_read_queue(actor_of(request)):
        raise PermissionDenied
    kind = request.GET.get("kind", "")
    kind = kind if kind in SubjectKind.values else ""
    page = Paginator(queries.queue(kind), PAGE_SIZE).get_page(request.GET.get("page"))
    numbers = queries.numbers_waiting()
    context = {
        "page": page,
        "rows": [queries.row_of(row) for row in page],
        "kind": kind,
        "tabs": [
            ("", _("All"), sum(numbers.values())),
            *((k.value, k.label, numbers[k]) for k in SubjectKind),
        ],
        "header_title": _("Moderation"),
        "header_icon": "tasks",
        "breadcrumbs_items": _crumbs(),
    }
    return render(request, "moderation/queue.html", context)


@require_GET
def subject_page(request: HttpRequest, kind: str, key: UUID) -> HttpResponse:
    subject = _readable(request, kind, key)
    return _page(request, SubjectKind(kind), subject)


@require_POST
def decide(request: HttpRequest, kind: str, key: UUID, action: str) -> HttpResponse:
    """One decision. A reason that is missing is asked for on the same page, with what was typed."""
    subject = _readable(request, kind, key)
    if action not in ACTIONS[SubjectKind(kind)]:
        raise Http404(action)
    chosen, reason = Action(action), ""
    if chosen in NEEDS_REASON:
        form = ReasonForm(request.POST, name=chosen.value)
        if not form.is_valid():
            messages.error(request, _("Nothing was decided: the reason needs your attention."))
            return _page(request, SubjectKind(kind), subject, {chosen: form})
        reason = form.cleaned_data["reason"]
    try:
        domain.decide(kind, key, chosen, reason=reason, actor=actor_of(request), now=timezone.now())
    except NotAllowed:
        messages.error(request, _refusal(request, subject))
    except WrongState as problem:
        messages.error(request, str(problem.message))
        return redirect("moderation:subject", kind=kind, key=key)
    else:
        messages.success(
            request, _("“%(title)s”: %(decision)s.") % {"title": subject, "decision": chosen.label.lower()}
        )
    return redirect("moderation:queue")


def _readable(request: HttpRequest, kind: str, key: UUID) -> Subject:
    actor = actor_of(request)
    if not rules.can_read_queue(actor):
        raise PermissionDenied
    if kind not in SubjectKind.values:
        raise Http404(kind)
    try:
        subject = queries.subject(kind, key)
    except queries.MODELS[kind].DoesNotExist:
        raise Http404(str(key)) from None
    if not rules.can_read(actor, subject):
        raise Http404(str(key))
    return subject


def _page(
    request: HttpRequest,
    kind: SubjectKind,
    subject: Subject,
    forms: dict[Action, ReasonForm] | None = None,
) -> HttpResponse:
    actor, waiting = actor_of(request), rules.is_waiting(subject)
    may_decide = rules.can_decide(actor, subject)
    context = {
        "kind": kind,
        "subject": subject,
        "dossier": dossier_of(subject),
        "is_waiting": waiting,
        "state": queries.state_label(subject),
        "may_decide": may_decide,
        "refusal": "" if may_decide else _refusal(request, subject),
        "buttons": _buttons(kind, subject, forms or {}) if may_decide and waiting else [],
        "decisions": queries.decisions_about(kind, subject.key),
        "header_title": f"{kind.label}: {subject}",
        "header_icon": "tasks",
        "breadcrumbs_items": _crumbs(f"{kind.label}: {subject}"),
    }
    return render(request, "moderation/subject.html", context)


def _buttons(kind: SubjectKind, subject: Subject, forms: dict[Action, ReasonForm]) -> list[dict[str, Any]]:
    return [
        {
            "action": action.value,
            "url": reverse("moderation:decide", args=[kind.value, subject.key, action.value]),
            "label": BUTTONS[action](),
            "heading": HEADINGS[action]() if action in NEEDS_REASON else "",
            "form": forms.get(action) or ReasonForm(name=action.value) if action in NEEDS_REASON else None,
        }
        for action in ACTIONS[kind]
    ]


def _refusal(request: HttpRequest, subject: Subject) -> str:
    if rules.is_own(actor_of(request), subject):
        return _("You belong to this organization, so somebody else has to decide.")
    return _("Only a moderator can decide.")


def _crumbs(*titles: str) -> list[dict[str, Any]]:
    crumbs: list[dict[str, Any]] = [
        {"url": reverse("wagtailadmin_home"), "label": _("Home")},
        {"url": reverse("moderation:queue"), "label": _("Moderation")},
    ]
    return crumbs + [{"label": title} for title in titles]
