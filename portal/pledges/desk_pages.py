"""The desk's pages for a pledge at rest: where it stands, receipt, withdrawal."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.common.actors import actor_of
from portal.common.desk import desk_view
from portal.common.steps import TONES, moment
from portal.common.submissions import canonical, digest_of
from portal.pledges import domain, rules
from portal.pledges.desk_tasks import address, facts_of, first_unfinished, tasks_of
from portal.pledges.enums import PledgeLifecycle
from portal.pledges.models import Pledge
from portal.pledges.projection import handed_in
from portal.pledges.queries import outcomes_of, sources_of, visible_to
from portal.publication.enums import RecordKind
from portal.publication.queries import published


@desk_view
@require_safe
def detail(request: HttpRequest, key: UUID) -> HttpResponse:
    """Where it stands, and its text."""
    draft = visible(request, key)
    actor = actor_of(request)
    may_edit = rules.can_edit(actor, draft)
    context = {
        **reading(draft),
        "heading": str(draft),
        "tone": TONES.get(draft.lifecycle, ""),
        "tasks": tasks_of(draft) if may_edit else [],
        "go_on": address(draft, first_unfinished(draft)) if may_edit else "",
        "may_withdraw": rules.can_withdraw(actor, draft),
        "record": published(RecordKind.PLEDGE).filter(source_key=draft.key).first(),
        "receipt": domain.receipt_of(draft) if draft.receipt_number else None,
        "withdraw": address(draft, "withdraw"),
    }
    return render(request, "pledges/desk/detail.html", context)


@desk_view
@require_safe
def receipt(request: HttpRequest, key: UUID) -> HttpResponse:
    draft = visible(request, key)
    if not draft.receipt_number:
        return redirect(address(draft, "detail"))
    given = domain.receipt_of(draft)
    links = [
        {"label": _("See what you handed in"), "url": address(draft, "detail")},
        {"label": _("Your desk"), "url": reverse("desk:home")},
    ]
    if digest_of(_sent(draft)) == given.digest:
        links.insert(0, {"label": _("Download what you sent"), "url": address(draft, "sent_file")})
    context = {
        "crumbs": crumbs_to(str(draft), draft),
        "title": _("We have received your pledge"),
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
    content = _sent(draft)
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
        domain.withdraw_pledge(draft, actor=actor_of(request), now=timezone.now())
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


def visible(request: HttpRequest, key: UUID) -> Pledge:
    rows = visible_to(actor_of(request)).prefetch_related("outcomes", "sources")
    return get_object_or_404(rows, key=key)


def reading(draft: Pledge) -> dict[str, Any]:
    return {
        "crumbs": crumbs_to(str(draft), draft),
        "draft": draft,
        "organization": draft.organization,
        "facts": facts_of(draft),
        "reason": draft.reason if draft.lifecycle == PledgeLifecycle.RETURNED else "",
    }


def crumbs_to(title: str, draft: Pledge | None = None) -> list[dict[str, str]]:
    crumbs = [{"title": _("Your desk"), "url": reverse("desk:home")}, {"title": title, "url": ""}]
    if draft is not None and draft.title:
        crumbs[1]["lang"] = draft.language
    return crumbs


def _sent(draft: Pledge) -> dict[str, object]:
    return handed_in(draft, outcomes_of(draft), sources_of(draft))
