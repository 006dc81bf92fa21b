"""The desk's pages for an intervention at rest: where it stands, receipt, withdrawal."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.cms.queries import PublicPage, pages_by_key
from portal.common.actors import actor_of
from portal.common.desk import desk_view
from portal.common.steps import TONES, moment
from portal.common.submissions import canonical, digest_of
from portal.interventions import domain, rules
from portal.interventions.desk_tasks import address, facts_of, first_unfinished, tasks_of
from portal.interventions.enums import InterventionState
from portal.interventions.models import Intervention
from portal.interventions.projection import handed_in
from portal.interventions.queries import question_keys, visible_to
from portal.publication.enums import RecordKind
from portal.publication.queries import published


@desk_view
@require_safe
def detail(request: HttpRequest, key: UUID) -> HttpResponse:
    """Where it stands, and its text."""
    draft = visible(request, key)
    actor = actor_of(request)
    chosen = question_keys(draft)
    may_edit = rules.can_edit(actor, draft)
    context = {
        **reading(draft, chosen),
        "heading": str(draft),
        "tone": TONES.get(draft.state, ""),
        "tasks": tasks_of(draft, chosen) if may_edit else [],
        "go_on": address(draft, first_unfinished(draft, chosen)) if may_edit else "",
        "may_withdraw": rules.can_withdraw(actor, draft),
        "record": published(RecordKind.INTERVENTION).filter(source_key=draft.key).first(),
        "receipt": domain.receipt_of(draft) if draft.receipt_number else None,
        "withdraw": address(draft, "withdraw"),
        "pledge": pledge_address(draft) if draft.state in {"submitted", "published"} else "",
    }
    return render(request, "interventions/desk/detail.html", context)


@desk_view
@require_safe
def receipt(request: HttpRequest, key: UUID) -> HttpResponse:
    draft = visible(request, key)
    if not draft.receipt_number:
        return redirect(address(draft, "detail"))
    given = domain.receipt_of(draft)
    links = [
        {"label": _("See what you handed in"), "url": address(draft, "detail")},
        {"label": _("Link a pledge to it"), "url": pledge_address(draft)},
        {"label": _("Your desk"), "url": reverse("desk:home")},
    ]
    if digest_of(handed_in(draft, question_keys(draft))) == given.digest:
        links.insert(0, {"label": _("Download what you sent"), "url": address(draft, "sent_file")})
    context = {
        "crumbs": crumbs_to(str(draft), draft),
        "title": _("We have received your intervention"),
        "number": given.number,
        "at": moment(given.at, is_full=True),
        "fingerprint": given.digest,
        "text": _(
            "The secretariat reads it next. It is then published, or given back to you with the reason. "
            "Either way you see it on your desk."
        ),
        "links": links,
    }
    return render(request, "desk/receipt.html", context)


@desk_view
@require_safe
def sent_file(request: HttpRequest, key: UUID) -> HttpResponse:
    """What was handed in, byte by byte as the receipt's fingerprint counts it."""
    draft = visible(request, key)
    content = handed_in(draft, question_keys(draft))
    if not draft.receipt_number or digest_of(content) != draft.receipt_digest:
        raise Http404
    response = HttpResponse(canonical(content), content_type="application/json")
    response.headers["Content-Disposition"] = f'attachment; filename="{draft.receipt_number}.json"'
    return response


@desk_view
def withdraw(request: HttpRequest, key: UUID) -> HttpResponse:
    draft = visible(request, key)
    if not rules.can_withdraw(actor_of(request), draft):
        return redirect(address(draft, "detail"))
    if request.method == "POST":
        domain.withdraw_intervention(draft, actor=actor_of(request), now=timezone.now())
        messages.success(
            request, _("Withdrawn. Nobody outside your organization and the secretariat sees it.")
        )
        return redirect(address(draft, "detail"))
    context = {
        "crumbs": crumbs_to(str(draft), draft),
        "heading": _("Withdraw “%(title)s”?") % {"title": draft},
        "text": [
            _("Where it was published, only its number and the date of withdrawal stay."),
            _("This cannot be undone."),
            _("Your organization keeps the text on its desk."),
        ],
        "action": _("Withdraw"),
        "back": address(draft, "detail"),
    }
    return render(request, "desk/confirm.html", context)


def visible(request: HttpRequest, key: UUID) -> Intervention:
    return get_object_or_404(visible_to(actor_of(request)).prefetch_related("answers"), key=key)


def pledge_address(draft: Intervention) -> str:
    return f"{reverse('pledges_desk:new')}?intervention={draft.key}"


def questions_of(keys: tuple[UUID, ...]) -> list[PublicPage]:
    pages = pages_by_key(keys, get_language() or "es")
    return [pages[key] for key in keys if key in pages]


def reading(draft: Intervention, chosen: tuple[UUID, ...]) -> dict[str, Any]:
    return {
        "crumbs": crumbs_to(str(draft), draft),
        "draft": draft,
        "organization": draft.organization,
        "facts": facts_of(draft, questions_of(chosen)),
        "reason": draft.reason if draft.state == InterventionState.RETURNED else "",
    }


def crumbs_to(title: str, draft: Intervention | None = None) -> list[dict[str, str]]:
    crumbs = [{"title": _("Your desk"), "url": reverse("desk:home")}, {"title": title, "url": ""}]
    if draft is not None:
        crumbs[1] |= {"lang": draft.language} if draft.title else {}
    return crumbs
