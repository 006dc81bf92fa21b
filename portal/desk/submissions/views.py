"""The desk's pages for a submission at rest: where it stands, its receipts, withdrawal. For every type."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.common.actors import Actor, actor_of
from portal.common.crumbs import crumbs_to, desk_address
from portal.common.declarations import declared
from portal.common.desk import desk_view, form_view
from portal.common.languages import DEFAULT
from portal.common.reviews import Content, Reader, Reading, reading_of
from portal.desk.submissions.amendment_views import open_amendments
from portal.desk.submissions.anew import ways_anew, why_not_anew
from portal.desk.submissions.copies import ways_of
from portal.desk.submissions.course import course_of
from portal.desk.submissions.joint_ways import ways_to_joint
from portal.desk.submissions.progress import tasks_of, writing_address
from portal.desk.submissions.redress_views import measures_told
from portal.organizations.rules import is_focal_point
from portal.publication.queries import published
from portal.submissions import domain, queries, rules
from portal.submissions.deadline_words import all_told
from portal.submissions.models import Submission
from portal.submissions.states import GIVEN, SubmissionState
from portal.submissions.types import Related, SubmissionType, start_address, starting_from

# Their reason is that of a measure, or none.
TOLD_ELSEWHERE = frozenset({SubmissionState.WITHDRAWN, SubmissionState.DECLINED, SubmissionState.TAKEN_DOWN})


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
    shut = why_not_anew(actor, of, draft)
    context = {
        **standing(of, draft),
        **reading(request, of, draft, related),
        "tasks": tasks_of(of, draft, related) if may_edit else [],
        "go_on": writing_address(of, draft, related) if may_edit else "",
        "withdraw": of.address("withdraw", key) if _can_withdraw(actor, of, draft) else "",
        "delete": of.address("delete", key) if rules.can_delete(actor, draft) else "",
        "anew": [*ways_anew(actor, of, draft, is_shut=bool(shut)), *ways_to_joint(actor, of, draft)],
        "shut": shut,
        "measures": measures_told(actor, of, draft),
        "amendments": open_amendments(actor, of, draft),
        "course": course_of(of, draft, timezone.now()) if rules.may_read_own(actor, draft) else [],
        **ways_of(of, draft, actor),
        "record": record,
        "record_url": record.path(get_language() or DEFAULT) if record else "",
        "version": queries.newest_version(draft),
        "deadlines": all_told(of.deadlines_of(draft, timezone.now())) if may_edit else [],
        "receipts": of.address("receipts", key),
        "starts": [
            {"label": other.phrases.link, "url": start_address(other, of.kind, key)}
            for other in starts_of(actor, of, draft)
        ],
        "links": [link for kind, links in declared("desk_links") if kind == of.kind for link in links(draft)]
        if draft.state in {*of.states.public, SubmissionState.MERGED}
        else [],
    }
    return render(request, "desk/submissions/detail.html", context)


@desk_view
@form_view
def withdraw(request: HttpRequest, of: SubmissionType, key: UUID) -> HttpResponse:
    draft = visible(request, of, key)
    back = of.address("detail", key)
    if request.method == "POST":
        domain.withdraw(draft, actor=actor_of(request), now=timezone.now())
        messages.success(
            request, _("Withdrawn. Nobody outside your organization and the secretariat sees it.")
        )
        return redirect(back)
    if not _can_withdraw(actor_of(request), of, draft):
        return _no_more(request, back)
    context = {
        "crumbs": crumbs(request, of, draft),
        "heading": _("Withdraw “%(title)s”?") % {"title": draft},
        "text": [
            _leaves(of, key),
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


def _leaves(of: SubmissionType, key: UUID) -> str:
    if published(of.kind).filter(source_key=key).exists():
        return _("Where it was published, only its number and the date of withdrawal stay.")
    return _("It was never public: nothing of it stays with readers.")


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
        return _no_more(request, back)
    context = {
        "crumbs": crumbs(request, of, draft),
        "heading": _("Delete “%(title)s”?") % {"title": draft},
        "text": [
            _("This draft was never submitted. Everything that was written in it is deleted for everybody."),
            _("This cannot be undone."),
        ],
        "action": _("Delete the draft"),
        "back": back,
    }
    return render(request, "desk/confirm.html", context)


def _no_more(request: HttpRequest, back: str) -> HttpResponse:
    told = _("This step is no longer possible. Open it again to see its current state.")
    messages.warning(request, told)
    return redirect(back)


def _can_withdraw(actor: Actor, of: SubmissionType, draft: Submission) -> bool:
    if not rules.can_withdraw(actor, draft):
        return False
    is_read = draft.state == SubmissionState.IN_REVIEW
    return not is_read or not domain.is_replaceable(of, draft, timezone.now())


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


def crumbs(request: HttpRequest, of: SubmissionType, draft: Submission) -> list[dict[str, str]]:
    """Only members read the title as it is stored now."""
    if queries.role_for(actor_of(request), draft) is None:
        return crumbs_to(str(of.label))
    return crumbs_to(str(draft), draft.language if draft.title else "")


def starts_of(actor: Actor, of: SubmissionType, draft: Submission) -> list[SubmissionType]:
    """What can start from it now, for who writes for its organization."""
    if draft.state not in GIVEN or not rules.may_write_for(actor, draft):
        return []
    is_public = draft.state in of.states.public
    return [other for other in starting_from(of.kind) if is_public or not other.starts_from_public]
