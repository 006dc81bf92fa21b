"""A group of near-copies: each with its own link, counted, and decided about together by a list of which."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.common.actors import actor_of
from portal.common.crumbs import crumbs_to
from portal.common.desk import desk_view, form_view
from portal.common.formatting import day, local_day
from portal.common.languages import DEFAULT
from portal.common.reviews import Content, DecisionType, Phrase, Reader, ReviewType, Row, reading_of
from portal.moderation import queries, rules
from portal.moderation.copies import likenesses
from portal.moderation.forms import ReasonForm, reason_form
from portal.moderation.listing import listing_of
from portal.moderation.queries import Waiting
from portal.moderation.queue_views import asked_of, require_reader
from portal.moderation.several import SeveralRefused, decide_all, refs_of
from portal.submissions.cuts import told_contents
from portal.submissions.differences import Excerpt, differences

# So many are compared with the first on the page of the group.
COMPARED = 20


@dataclass(frozen=True, slots=True)
class Otherwise:
    """A text by its label, and the passages of it that are not those of the first."""

    label: Phrase
    excerpt: Excerpt


@dataclass(frozen=True, slots=True)
class Member:
    """One of a group; `why` it cannot be decided about by this person, empty where it can.

    `otherwise`: its texts that say something else than the first, None where nobody has compared them.
    """

    row: Waiting
    subject: Row
    likeness: int
    why: str = ""
    is_first: bool = False
    content: Content | None = None
    otherwise: tuple[Otherwise, ...] | None = None

    @property
    def value(self) -> str:
        return f"{self.row.ref}|{queries.mark_of(self.row.of, self.subject)}"


@desk_view
@require_safe
def group(request: HttpRequest, group: UUID) -> HttpResponse:
    """What they have in common, shown once, and each of them."""
    members = _compared(_members(request, group))
    of, content = members[0].row.of, members[0].content
    reader = Reader(get_language() or DEFAULT, is_review=True)
    context = _context(request, group, members) | {
        "reading": reading_of(of.fields, content, reader) if content else None,
        "decisions": _decisions(request, members),
    }
    return render(request, "moderation/group.html", context)


@desk_view
@form_view
def decide(request: HttpRequest, group: UUID, action: str) -> HttpResponse:
    """One decision about those that are chosen, all or none of them; a refusal names each and why."""
    members = _members(request, group)
    chosen = next((each for each in _decisions(request, members) if each.code == action), None)
    if chosen is None:
        raise Http404(action)
    form = _reason(chosen, request, members[0].row.language)
    refs = refs_of(request.POST.getlist("chosen"))
    if request.method == "POST" and _is_complete(request, form, refs):
        given = form.cleaned_data if form else {}
        try:
            number = decide_all(refs, action, **given, actor=actor_of(request), now=timezone.now())
        except SeveralRefused as refusal:
            tell_refused(request, refusal, {ref.key: ref.title for ref in (each.row for each in members)})
            members = _members(request, group)
        else:
            _say(request, chosen, number)
            return redirect(f"{reverse('moderation:queue')}{asked_of(request).query()}")
    context = _context(request, group, members) | {
        "decision": chosen,
        "form": form,
        "chosen": {f"{ref.kind}:{ref.key}" for ref in refs} if request.method == "POST" else None,
    }
    return render(request, "moderation/decide_group.html", context)


def tell_refused(request: HttpRequest, refusal: SeveralRefused, titles: dict[UUID, str]) -> None:
    messages.error(request, str(refusal.message))
    for each in refusal.refused:
        told = {"title": titles.get(each.key, "–"), "why": each.why}
        messages.warning(request, _("%(title)s: %(why)s") % told)


def _is_complete(request: HttpRequest, form: ReasonForm | None, refs: Sequence[object]) -> bool:
    if not refs:
        messages.error(request, _("Nothing was decided: choose at least one of them."))
    if form is not None and not form.is_valid():
        messages.error(request, _("Nothing was decided: the reason needs your attention."))
        return False
    return bool(refs)


def _say(request: HttpRequest, decision: DecisionType, number: int) -> None:
    told = ngettext("%(number)s text: %(decision)s.", "%(number)s texts: %(decision)s.", number)
    messages.success(request, told % {"number": number, "decision": str(decision.label).lower()})


def _reason(decision: DecisionType, request: HttpRequest, language: str) -> ReasonForm | None:
    if not decision.needs_reason:
        return None
    typed = request.POST if request.method == "POST" else None
    return reason_form(decision, typed, language=language)


def _members(request: HttpRequest, group: UUID) -> list[Member]:
    """Those that wait and may be read by this person, the oldest first; raises `Http404` without any."""
    require_reader(request)
    actor = actor_of(request)
    rows = [row for row in listing_of(actor, {}, timezone.now()).every if row.group == group]
    if not rows:
        raise Http404(str(group))
    alike = likenesses(group, rows[0].key)
    # All of a group are of one kind.
    subjects = queries.subjects(rows[0].of, [row.key for row in rows], actor)
    return [
        Member(
            row,
            subjects[row.key],
            alike.get(row.key, 100),
            rules.why_not(actor, row.of, subjects[row.key]),
            is_first=row is rows[0],
        )
        for row in rows
    ]


def _compared(members: Sequence[Member]) -> list[Member]:
    """With what each was submitted as, and what the oldest of them say otherwise. Three queries at most."""
    of = members[0].row.of
    contents = {row["key"]: row for row in told_contents(of, [str(each.row.key) for each in members])}
    told = [replace(each, content=contents.get(str(each.row.key))) for each in members]
    compared = [replace(each, otherwise=_otherwise(of, told[0], each)) for each in told[1 : 1 + COMPARED]]
    return [told[0], *compared, *told[1 + COMPARED :]]


def _otherwise(of: ReviewType, first: Member, other: Member) -> tuple[Otherwise, ...] | None:
    if first.content is None or other.content is None:
        return None
    reader = Reader(get_language() or DEFAULT, is_review=True)
    texts = [field for field in of.fields if field.is_text]
    changes = differences(texts, first.content, other.content, reader)
    return tuple(Otherwise(change.label, change.excerpt) for change in changes)


def _decisions(request: HttpRequest, members: Sequence[Member]) -> list[DecisionType]:
    """Those that this person may take about one of them at least."""
    open_to = [each for each in members if not each.why]
    of = members[0].row.of
    actor = actor_of(request)
    return [row for row in of.decisions if any(of.offers(row, actor, each.subject) for each in open_to)]


def _number(members: Sequence[Member]) -> str:
    organizations = len({each.row.author for each in members})
    text = ngettext(
        "%(texts)s texts from %(number)s organization",
        "%(texts)s texts from %(number)s organizations",
        organizations,
    )
    return text % {"texts": len(members), "number": organizations}


def _days(since: datetime, until: datetime) -> str:
    first, last = day(local_day(since)), day(local_day(until))
    if first == last:
        return _("submitted on %(day)s") % {"day": first}
    return _("submitted from %(first_day)s to %(last_day)s") % {"first_day": first, "last_day": last}


def _context(request: HttpRequest, group: UUID, members: Sequence[Member]) -> dict[str, Any]:
    first, last = members[0].row, members[-1].row
    desk, here = crumbs_to(first.title, first.language)
    queue = {"title": _("Moderation"), "url": f"{reverse('moderation:queue')}{asked_of(request).query()}"}
    return {
        "group": group,
        "members": members,
        "first": first,
        "number": _number(members),
        "days": _days(first.since, last.since),
        "query": asked_of(request).query(),
        "crumbs": [desk, queue, here],
    }
