"""Marks of what is ready, and the page on which many are published at once."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from portal.common.actors import Actor, actor_of
from portal.common.crumbs import crumbs_to
from portal.common.desk import desk_view
from portal.common.errors import NotAllowed, OutOfDate, WrongState
from portal.common.reviews import Row
from portal.moderation import beside, queries, ready, rules
from portal.moderation.group_views import tell_refused
from portal.moderation.listing import listing_of
from portal.moderation.models import ReadyMark
from portal.moderation.queries import Waiting
from portal.moderation.queue_views import require_reader
from portal.moderation.several import Ref, SeveralRefused, decide_all, refs_of
from portal.submissions.domain.reviewing import REPEATED
from portal.submissions.repeats import with_redactions
from portal.submissions.rules import has_repeats
from portal.submissions.types import review_type


@desk_view
@require_POST
def mark(request: HttpRequest, kind: str, key: UUID) -> HttpResponse:
    """Then to the next of the same list."""
    of, _subject = beside.readable(request, kind, key)
    onwards = beside.after_deciding(request, of, key)
    try:
        seen = request.POST.get("seen", "")
        ready.mark_ready(kind, key, seen=seen, actor=actor_of(request), now=timezone.now())
    except (OutOfDate, WrongState) as refusal:
        messages.error(request, str(refusal.message))
        return redirect(beside.address_of(request, kind, key))
    except NotAllowed:
        messages.error(request, _("Somebody else has to decide about it."))
        return redirect(beside.address_of(request, kind, key))
    messages.success(request, _("Marked as ready. It is published with the others from the list of these."))
    return redirect(onwards)


@desk_view
@require_POST
def unmark(request: HttpRequest, kind: str, key: UUID) -> HttpResponse:
    beside.readable(request, kind, key)
    try:
        ready.unmark(kind, key, actor=actor_of(request), now=timezone.now())
    except NotAllowed:
        messages.error(request, _("Somebody else has to decide about it."))
    return redirect(beside.address_of(request, kind, key))


@desk_view
@require_safe
def check(request: HttpRequest) -> HttpResponse:
    """Each that was marked and still waits; one that this person may not publish says why."""
    return _page(request)


@desk_view
@require_POST
def release(request: HttpRequest) -> HttpResponse:
    """Publishes those that are chosen, all of them or none."""
    require_reader(request)
    refs = refs_of(request.POST.getlist("chosen"))
    if not refs:
        messages.error(request, _("Nothing was published: choose at least one of them."))
        return _page(request)
    try:
        number = decide_all(refs, ready.RELEASE, actor=actor_of(request), now=timezone.now())
    except SeveralRefused as refusal:
        tell_refused(request, refusal, _titles(request, refs))
        return _page(request)
    told = ngettext("%(number)s text is public now.", "%(number)s texts are public now.", number)
    messages.success(request, told % {"number": number})
    return redirect(reverse("moderation:ready"))


def _titles(request: HttpRequest, refs: list[Ref]) -> dict[UUID, str]:
    """Of those that this person may read, without what is left out."""
    told = {}
    for ref in refs:
        try:
            of, subject = beside.readable(request, ref.kind, ref.key)
        except Http404:
            continue
        told[ref.key] = beside.called(of, subject)
    return told


def _page(request: HttpRequest) -> HttpResponse:
    require_reader(request)
    actor = actor_of(request)
    waiting = {(row.of.kind, row.key): row for row in listing_of(actor, {}, timezone.now()).every}
    marks = [mark for mark in ready.marks() if (mark.kind, mark.object_key) in waiting]
    subjects = _subjects(marks, actor)
    cut = with_redactions([mark.object_key for mark in marks])
    rows = [_row(actor, mark, waiting[mark.kind, mark.object_key], subjects, cut) for mark in marks]
    context = {
        "rows": rows,
        "number": sum(not row["why"] for row in rows),
        "crumbs": crumbs_to(_("Moderation")),
    }
    return render(request, "moderation/ready.html", context)


def _subjects(marks: Sequence[ReadyMark], actor: Actor) -> dict[UUID, Row]:
    """Three queries a kind."""
    keys: dict[str, list[UUID]] = defaultdict(list)
    for mark in marks:
        keys[mark.kind].append(mark.object_key)
    return {
        key: row
        for kind, own in keys.items()
        for key, row in queries.subjects(review_type(kind), own, actor).items()
    }


def _row(
    actor: Actor, mark: ReadyMark, row: Waiting, subjects: Mapping[UUID, Row], cut: Collection[UUID]
) -> dict[str, object]:
    return {
        "row": row,
        "mark": mark,
        "value": f"{row.ref}|{mark.seen}",
        "why": _why_not(actor, mark, row, subjects[row.key], is_cut=row.key in cut),
    }


def _why_not(actor: Actor, mark: ReadyMark, row: Waiting, subject: Row, *, is_cut: bool) -> str:
    """Four queries more for a text of which something was ever left out."""
    if mark.seen != queries.mark_of(row.of, subject):
        return _("It was submitted again after it was marked. Read it once more.")
    if not ready.is_releasable(actor, row.of, subject):
        return rules.why_not(actor, row.of, subject) or _("It cannot be published now.")
    if is_cut and has_repeats(subject):
        return str(REPEATED)
    return ""
