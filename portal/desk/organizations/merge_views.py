"""The desk's pages of organizations that are there twice: find, compare, merge, part. Moderators only."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.common.actors import Actor, actor_of
from portal.common.crumbs import crumbs_to
from portal.common.desk import desk_view, form_view, typed_before_sign_in
from portal.common.errors import Incomplete, NotAllowed, WrongState
from portal.common.forms import put_at_fields
from portal.desk.organizations.merge_forms import MergeForm, NameForm, ReasonForm
from portal.desk.organizations.merge_words import beside, course, heads, left, line, moved, numbers
from portal.organizations.enums import MergeState
from portal.organizations.lookalikes.queries import lookalikes_of
from portal.organizations.lookalikes.words import in_words
from portal.organizations.merging import domain, queries, rules
from portal.organizations.models import Merge, Organization
from portal.organizations.queries import visible_to
from portal.organizations.states import MERGE_STATES, STATES

SIZE, MOST = 20, 20


@desk_view
@require_safe
def candidates(request: HttpRequest, key: UUID) -> HttpResponse:
    """What looks like an organization, and what is called as was typed, each with a page to compare them."""
    actor = _moderator(request)
    row = _organization(actor, key)
    form = NameForm(request.GET if "q" in request.GET else None)
    asked = form.cleaned_data["q"] if form.is_valid() else ""
    context = {
        "organization": row,
        "form": form,
        "asked": asked,
        "alike": [_candidate(row, each.organization, in_words(each.signals)) for each in lookalikes_of(row)],
        "called": [
            _candidate(row, each)
            for each in queries.called(visible_to(actor), asked)[:MOST]
            if each.pk != row.pk
        ],
        "open": [line(each) for each in queries.open_of(row)],
        "crumbs": _crumbs(_("Is it here twice?")),
    }
    return render(request, "desk/organizations/merge_find.html", context)


@desk_view
@form_view
def merge(request: HttpRequest, key: UUID, other: UUID) -> HttpResponse:
    """Both beside each other, what each has, and the form that makes one of them."""
    actor, is_sent = _moderator(request), request.method == "POST"
    pair = (_organization(actor, key), _organization(actor, other))
    if pair[0] == pair[1]:
        raise Http404(str(key))
    sides = [
        (name, f"{row.name} ({STATES.label(row.state)})")
        for name, row in zip(("one", "other"), pair, strict=True)
    ]
    form = MergeForm(request.POST if is_sent else typed_before_sign_in(request), sides=sides)
    if is_sent and form.is_valid() and (made := _proposed(form, pair, actor)):
        messages.success(request, _told(made))
        return redirect("organizations:merged", key=made.key)
    return render(request, "desk/organizations/merge.html", _compared(pair, actor, form))


@desk_view
@require_safe
def merges(request: HttpRequest) -> HttpResponse:
    """What waits for a second yes, then all others, the newest first."""
    _moderator(request)
    page = Paginator(queries.merges(), SIZE).get_page(request.GET.get("page"))
    title = _("Organizations that were there twice")
    context = {"page": page, "rows": [line(row) for row in page], "crumbs": crumbs_to(title)}
    return render(request, "desk/organizations/merges.html", context)


@desk_view
@require_safe
def merged(request: HttpRequest, key: UUID) -> HttpResponse:
    """One merge: who said what, what moved, and what can be done about it now."""
    return _page(request, _merge(request, key), ReasonForm(typed_before_sign_in(request)))


@desk_view
@require_POST
def confirm(request: HttpRequest, key: UUID) -> HttpResponse:
    """The second yes."""
    return _decided(request, key, domain.confirm)


@desk_view
@require_POST
def decline(request: HttpRequest, key: UUID) -> HttpResponse:
    return _decided(request, key, domain.decline)


@desk_view
@require_POST
def part(request: HttpRequest, key: UUID) -> HttpResponse:
    """Two again, with the reason that was typed."""
    row, form = _merge(request, key), ReasonForm(request.POST)
    if not form.is_valid():
        return _page(request, row, form)
    given = {"reason": form.cleaned_data["reason"], "actor": actor_of(request), "now": timezone.now()}
    try:
        row = domain.part(row, **given)
    except WrongState as refusal:
        form.add_error(None, str(refusal.message))
        return _page(request, row, form)
    messages.success(request, _told(row))
    return redirect("organizations:merged", key=key)


def _proposed(form: MergeForm, pair: tuple[Organization, Organization], actor: Actor) -> Merge | None:
    """None where it was refused: the form says why."""
    kept, gone = pair if form.cleaned_data["keep"] == "one" else pair[::-1]
    try:
        return domain.propose(gone, kept, reason=form.cleaned_data["reason"], actor=actor, now=timezone.now())
    except Incomplete as refusal:
        put_at_fields(form, refusal.problems)
    except WrongState as refusal:
        form.add_error(None, str(refusal.message))
    return None


def _decided(request: HttpRequest, key: UUID, verb: Callable[..., Merge]) -> HttpResponse:
    row = _merge(request, key)
    try:
        messages.success(request, _told(verb(row, actor=actor_of(request), now=timezone.now())))
    except WrongState as refusal:
        messages.error(request, str(refusal.message))
    except NotAllowed:
        messages.error(request, _("Somebody else has to decide about this."))
    return redirect("organizations:merged", key=key)


def _told(row: Merge) -> str:
    said = {
        MergeState.PROPOSED: _("Noted. Somebody else of the secretariat says the second yes."),
        MergeState.MERGED: _("Merged. What one had is with the other now, and they can be parted again."),
        MergeState.DECLINED: _("They stay two."),
        MergeState.PARTED: _("Parted. Each has what it had before."),
    }
    return said[MergeState(row.state)]


def _compared(pair: tuple[Organization, Organization], actor: Actor, form: MergeForm) -> dict[str, Any]:
    one, other = (queries.side_of(row) for row in pair)
    return {
        "heads": heads((one, other)),
        "facts": beside(*pair),
        "numbers": numbers(one, other),
        "form": form,
        "may_merge": rules.may_merge(actor, *pair),
        "open": queries.proposed_of(*pair).first(),
        "crumbs": _crumbs(_("Are these one organization?")),
    }


def _page(request: HttpRequest, row: Merge, form: ReasonForm) -> HttpResponse:
    actor = actor_of(request)
    context = {
        "merge": row,
        "heads": heads((queries.side_of(row.merged), queries.side_of(row.kept))),
        "state": MERGE_STATES[row.state],
        "label": MERGE_STATES.label(row.state),
        "course": course(row),
        "moved": moved(row),
        "left": left(row),
        "form": form,
        "may_confirm": rules.can_confirm(actor, row),
        "may_decline": rules.can_decline(actor, row),
        "may_part": rules.can_part(actor, row),
        "is_mine": row.state == MergeState.PROPOSED and row.proposed_by_id == actor.user_id,
        "crumbs": _crumbs(f"{row.merged} · {row.kept}"),
    }
    return render(request, "desk/organizations/merged.html", context)


def _candidate(row: Organization, other: Organization, why: str = "") -> dict[str, Any]:
    return {
        "organization": other,
        "meta": [STATES.label(other.state), why],
        "url": reverse("organizations:merge", args=[row.key, other.key]),
    }


def _merge(request: HttpRequest, key: UUID) -> Merge:
    _moderator(request)
    return get_object_or_404(queries.merges(), key=key)


def _organization(actor: Actor, key: UUID) -> Organization:
    return get_object_or_404(visible_to(actor).distinct(), key=key)


def _crumbs(title: str) -> list[dict[str, str]]:
    desk, last = crumbs_to(title)
    room = {"title": _("Organizations that were there twice"), "url": reverse("organizations:merges")}
    return [desk, room, last]


def _moderator(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    if not rules.may_read_merges(actor):
        raise Http404("merges")
    return actor
