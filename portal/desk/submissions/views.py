"""The desk's pages for a submission at rest: where it stands, its receipts, withdrawal. For every type."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.common.actors import Actor, actor_of
from portal.common.crumbs import crumbs_to, desk_address
from portal.common.declarations import declared
from portal.common.desk import desk_view, form_view
from portal.common.formatting import moment
from portal.common.languages import DEFAULT
from portal.common.reviews import Content, Reader, Reading, reading_of
from portal.desk.submissions.progress import tasks_of, writing_address
from portal.desk.submissions.redress_views import measures_told
from portal.organizations.rules import is_focal_point
from portal.publication.queries import published
from portal.submissions import domain, queries, rules
from portal.submissions.cuts import passages_of
from portal.submissions.models import Submission, SubmittedVersion
from portal.submissions.redress.rules import may_read_original
from portal.submissions.states import SubmissionState
from portal.submissions.types import Related, SubmissionType, start_address, starting_from

# Their reason is that of a measure, or none.
TOLD_ELSEWHERE = frozenset({SubmissionState.WITHDRAWN, SubmissionState.DECLINED, SubmissionState.TAKEN_DOWN})
LINKED_STATES = frozenset({SubmissionState.SUBMITTED, SubmissionState.PUBLISHED})


@dataclass(frozen=True, slots=True)
class Shown:
    """What one reader may read of a submission: members the stored text, others what was submitted."""

    title: str
    language: str
    reading: Reading | None
    is_member: bool


@desk_view
@require_safe
def detail(request: HttpRequest, of: SubmissionType, key: UUID) -> HttpResponse:
    """Where it stands, and its text."""
    draft, actor = visible(request, of, key), actor_of(request)
    related, may_edit = of.related(draft), rules.can_edit(actor, draft)
    record = published(of.kind).filter(source_key=key).first()
    context = {
        **standing(of, draft),
        **reading(request, of, draft, related),
        "tasks": tasks_of(of, draft, related) if may_edit else [],
        "go_on": writing_address(of, draft, related) if may_edit else "",
        "withdraw": of.address("withdraw", key) if rules.can_withdraw(actor, draft) else "",
        "delete": of.address("delete", key) if rules.can_delete(actor, draft) else "",
        "anew": _ways_anew(actor, of, draft),
        "measures": measures_told(actor, of, draft),
        "record": record,
        "record_url": record.path(get_language() or DEFAULT) if record else "",
        "version": queries.newest_version(draft),
        "receipts": of.address("receipts", key),
        "starts": [
            {"label": other.phrases.link, "url": start_address(other, of.kind, key)}
            for other in _starts(actor, of, draft)
        ],
        "links": [link for kind, links in declared("desk_links") if kind == of.kind for link in links(draft)]
        if draft.state in {*of.states.public, SubmissionState.MERGED}
        else [],
    }
    return render(request, "desk/submissions/detail.html", context)


@desk_view
@require_safe
def receipt(request: HttpRequest, of: SubmissionType, key: UUID, number: str = "") -> HttpResponse:
    """The receipt of one version; without a number that of the newest."""
    draft = visible(request, of, key)
    version = _version(draft, number)
    if version is None:
        return redirect(of.address("detail", key))
    context = {
        "crumbs": _crumbs(request, of, draft),
        "title": of.phrases.received,
        "version": version,
        "at": moment(version.submitted_at, is_full=True),
        "text": _what_follows(of, draft, version),
        "links": _receipt_links(actor_of(request), of, draft, version),
    }
    return render(request, "desk/submissions/receipt.html", context)


@desk_view
@require_safe
def receipts(request: HttpRequest, of: SubmissionType, key: UUID) -> HttpResponse:
    """Every version that was submitted, the newest first."""
    draft = visible(request, of, key)
    rows = [
        {
            "version": version,
            "at": moment(version.submitted_at, is_full=True),
            "url": of.address("receipt_of", key, version.receipt_number),
            "file": of.address("sent_file_of", key, version.receipt_number) if version.content else "",
        }
        for version in reversed(queries.versions_of(draft))
    ]
    context = {"crumbs": _crumbs(request, of, draft), "rows": rows, "back": of.address("detail", key)}
    return render(request, "desk/submissions/receipts.html", context)


@desk_view
@require_safe
def sent_file(request: HttpRequest, of: SubmissionType, key: UUID, number: str = "") -> HttpResponse:
    """What was submitted, byte by byte as the receipt's control code counts it."""
    draft = visible(request, of, key)
    version = _version(draft, number)
    if version is None or not version.content:
        raise Http404
    if passages_of(version) and not may_read_original(actor_of(request), draft):
        raise Http404
    response = HttpResponse(version.content.encode(), content_type="application/json")
    response.headers["Content-Disposition"] = f'attachment; filename="{version.receipt_number}.json"'
    return response


@desk_view
@form_view
def withdraw(request: HttpRequest, of: SubmissionType, key: UUID) -> HttpResponse:
    draft = visible(request, of, key)
    back = of.address("detail", key)
    if not rules.can_withdraw(actor_of(request), draft):
        return redirect(back)
    if request.method == "POST":
        domain.withdraw(draft, actor=actor_of(request), now=timezone.now())
        messages.success(
            request, _("Withdrawn. Nobody outside your organization and the secretariat sees it.")
        )
        return redirect(back)
    context = {
        "crumbs": _crumbs(request, of, draft),
        "heading": _("Withdraw “%(title)s”?") % {"title": draft},
        "text": [
            _("Where it was published, only its number and the date of withdrawal stay."),
            *([of.phrases.withdrawing] if of.phrases.withdrawing else []),
            _("You can take it up again later; it keeps its number.")
            if of.is_correctable
            else _("This cannot be undone."),
            _("Your organization keeps the text on its desk."),
        ],
        "action": _("Withdraw"),
        "back": back,
    }
    return render(request, "desk/confirm.html", context)


@desk_view
@form_view
def delete(request: HttpRequest, of: SubmissionType, key: UUID) -> HttpResponse:
    """Asks before a draft that was never submitted is gone."""
    draft, actor = visible(request, of, key), actor_of(request)
    back = of.address("detail", key)
    if request.method == "POST":
        domain.delete_draft(draft, actor=actor, now=timezone.now())
        messages.success(request, _("Deleted. Nothing of this draft is left."))
        return redirect(desk_address())
    if not rules.can_delete(actor, draft):
        return redirect(back)
    context = {
        "crumbs": _crumbs(request, of, draft),
        "heading": _("Delete “%(title)s”?") % {"title": draft},
        "text": [
            _("This draft was never submitted. Everything that was written in it is deleted for everybody."),
            _("This cannot be undone."),
        ],
        "action": _("Delete the draft"),
        "back": back,
    }
    return render(request, "desk/confirm.html", context)


@desk_view
@form_view
def correct(request: HttpRequest, of: SubmissionType, key: UUID) -> HttpResponse:
    """Opens a correction of what is public."""
    draft = visible(request, of, key)
    if not rules.can_correct(actor_of(request), draft):
        return redirect(of.address("detail", key))
    if request.method == "POST":
        domain.open_correction(draft, actor=actor_of(request), now=timezone.now())
        return redirect(of.address(of.steps[0].name, key))
    context = {
        "crumbs": _crumbs(request, of, draft),
        "heading": _("Correct “%(title)s”?") % {"title": draft},
        "text": [
            _("What is public stays public until the secretariat has read the correction."),
            _("Where a target, a baseline or a date changes, readers see the change and your reason."),
        ],
        "action": _("Write the correction"),
        "back": of.address("detail", key),
    }
    return render(request, "desk/confirm.html", context)


@desk_view
@form_view
def take_up(request: HttpRequest, of: SubmissionType, key: UUID) -> HttpResponse:
    """What was withdrawn becomes a draft again."""
    draft = visible(request, of, key)
    if not rules.can_take_up(actor_of(request), draft):
        return redirect(of.address("detail", key))
    if request.method == "POST":
        domain.take_up_again(draft, actor=actor_of(request), now=timezone.now())
        return redirect(of.address(of.steps[0].name, key))
    context = {
        "crumbs": _crumbs(request, of, draft),
        "heading": _("Take “%(title)s” up again?") % {"title": draft},
        "text": [
            _("It becomes a draft that you can change and submit. It keeps its number."),
            _("It is public again once the secretariat has read it."),
        ],
        "action": _("Take it up again"),
        "back": of.address("detail", key),
    }
    return render(request, "desk/confirm.html", context)


def _ways_anew(actor: Actor, of: SubmissionType, draft: Submission) -> list[dict[str, str]]:
    """Correcting what is public, taking up what was withdrawn."""
    ways = []
    if of.is_correctable and rules.can_correct(actor, draft):
        ways.append({"label": _("Correct it"), "url": of.address("correct", draft.key)})
    if of.is_correctable and rules.can_take_up(actor, draft):
        ways.append({"label": _("Take it up again"), "url": of.address("take_up", draft.key)})
    return ways


def visible(request: HttpRequest, of: SubmissionType, key: UUID) -> Any:
    rows = of.visible_to(actor_of(request)).prefetch_related(*of.prefetch)
    return get_object_or_404(rows, key=key)


def standing(of: SubmissionType, draft: Submission) -> dict[str, Any]:
    """Its state in words, and why it came back."""
    return {
        "draft": draft,
        "organization": draft.organization,
        "state": of.states[draft.state],
        "state_label": of.state_label(draft),
        "reason": draft.reason if draft.state not in TOLD_ELSEWHERE else "",
    }


def reading(request: HttpRequest, of: SubmissionType, draft: Submission, related: Related) -> dict[str, Any]:
    """The text as this reader may read it, with the crumbs that lead to it."""
    shown = shown_to(request, of, draft, related)
    organization = of.phrases.of_organization % {"organization": draft.organization}
    return {
        "crumbs": crumbs_to(shown.title, shown.language),
        "shown": shown,
        "of_organization": organization,
    }


def shown_to(request: HttpRequest, of: SubmissionType, draft: Submission, related: Related) -> Shown:
    is_member = queries.role_for(actor_of(request), draft) is not None
    content: Content | None = of.sent(draft, related) if is_member else _submitted(request, of, draft)
    title = str((content or {}).get("title") or (draft if is_member else of.label))
    language = draft.language if content and content.get("title") else ""
    reader = Reader(get_language() or DEFAULT, is_review=not is_member)
    in_words = reading_of(of.fields, content, reader) if content is not None else None
    return Shown(title, language, in_words, is_member)


def _submitted(request: HttpRequest, of: SubmissionType, draft: Submission) -> Content | None:
    """Without what is left out of it, but for a protection focal point."""
    if is_focal_point(actor_of(request)):
        return queries.content_of(queries.newest_version(draft))
    return of.content(draft)


def _crumbs(request: HttpRequest, of: SubmissionType, draft: Submission) -> list[dict[str, str]]:
    """Only members read the title as it is stored now."""
    if queries.role_for(actor_of(request), draft) is None:
        return crumbs_to(str(of.label))
    return crumbs_to(str(draft), draft.language if draft.title else "")


def _version(draft: Submission, number: str) -> SubmittedVersion | None:
    if not number:
        return queries.newest_version(draft)
    return get_object_or_404(queries.versions_of(draft), receipt_number=number)


def _what_follows(of: SubmissionType, draft: Submission, version: SubmittedVersion) -> str:
    """What comes next as long as it waits; afterwards where it stands."""
    if draft.state in of.states.waiting and version.submitted_at == draft.submitted_at:
        return _(
            "The secretariat reads it next. It is then published, or returned to you with the "
            "reason. Either way you see it on your desk."
        )
    return _("Current state: %(state)s.") % {"state": of.state_label(draft)}


def _starts(actor: Actor, of: SubmissionType, draft: Submission) -> list[SubmissionType]:
    """What can start from it now, for who writes for its organization."""
    if draft.state not in LINKED_STATES or not rules.may_write_for(actor, draft):
        return []
    is_public = draft.state in of.states.public
    return [other for other in starting_from(of.kind) if is_public or not other.starts_from_public]


def _receipt_links(
    actor: Actor, of: SubmissionType, draft: Submission, version: SubmittedVersion
) -> list[dict[str, object]]:
    links: list[dict[str, object]] = []
    if version.content:
        file = of.address("sent_file_of", draft.key, version.receipt_number)
        links.append({"label": _("Download what you submitted"), "url": file})
    links.append({"label": _("See what you submitted"), "url": of.address("detail", draft.key)})
    links.append({"label": _("All receipts of this text"), "url": of.address("receipts", draft.key)})
    links += [
        {"label": other.phrases.link_to_it, "url": start_address(other, of.kind, draft.key)}
        for other in _starts(actor, of, draft)
    ]
    return [*links, {"label": _("Your desk"), "url": desk_address()}]
