"""The room of the follow-up: what the commission does next, whom it contacts, what it assesses."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.charts.files import figure_file
from portal.common.actors import Actor, actor_of
from portal.common.crumbs import crumbs_to
from portal.common.desk import desk_view
from portal.common.desk_duties import Asker, research_for
from portal.common.languages import DEFAULT
from portal.followup import rules
from portal.followup.assessing.parties import own_keys
from portal.followup.cycles.desk_views import NEXT
from portal.followup.cycles.rows import line_of
from portal.followup.cycles.turns import why_not_open
from portal.followup.enums import BodyKind, CycleState
from portal.followup.models import ReviewCycle, ReviewPack, Seat
from portal.followup.rooms import parts
from portal.followup.rooms.commission import assessments_waiting, board, replies_open
from portal.followup.rooms.lists import hidden, reply_rows, waiting_rows
from portal.followup.rooms.seats import focus_cycle, require_room, require_seat, rooms_of, titles_of
from portal.followup.snapshots.turnout import counted_turnout, turnout_of_cycle
from portal.pledges.standing import standings

PAGE_SIZE = 25


@desk_view
@require_safe
def room(request: HttpRequest) -> HttpResponse:
    """The commission's board; who holds only a seat of another kind is led to the room of that seat."""
    actor, today = actor_of(request), timezone.now().date()
    seats = require_seat(actor, today)
    if not rooms_of(seats).commission:
        return redirect(rooms_of(seats).first)
    return render(request, "followup/desk/commission.html", _board_of(actor, seats))


def _board_of(actor: Actor, seats: list[Seat]) -> dict[str, Any]:
    language, today = get_language() or DEFAULT, timezone.now().date()
    cycle = focus_cycle()
    told = board(actor, language, today)
    return {
        "crumbs": crumbs_to(cycle.title(language) if cycle else _("Follow-up")),
        "bodies": titles_of(seats, language),
        "others": rooms_of(seats).links(BodyKind.COMMISSION),
        "may_run": rules.may_run_cycles(actor, today),
        "today": today,
        **(_cycle(cycle, language) if cycle else {}),
        "parts": parts.of_commission(told, language, today),
        "week": parts.week(today, language),
        "cards": research_for(Asker(actor, language, timezone.now(), is_member=True)),
    }


def _cycle(cycle: ReviewCycle, language: str) -> dict[str, Any]:
    turnout = turnout_of_cycle(cycle)
    today = timezone.now().date()
    verb, button = NEXT.get(CycleState(cycle.state), ("", ""))
    if cycle.state == CycleState.PLANNED and why_not_open(cycle, today):
        verb = ""
    return {
        "cycle": cycle,
        "cycle_title": cycle.title(language),
        "line": line_of(cycle),
        "now": parts.now_words(cycle, today),
        "heading": parts.heading_of(turnout, cycle, language),
        "reported": parts.reported(turnout, language) if turnout else None,
        "pack": _pack(cycle, language),
        "step": {"slug": cycle.slug, "verb": verb, "button": button},
    }


def _pack(cycle: ReviewCycle, language: str) -> dict[str, Any]:
    """Where the review pack is prepared, and when it was made last; nothing before the cycle is open."""
    if cycle.state == CycleState.PLANNED:
        return {}
    last = ReviewPack.objects.filter(cycle=cycle, language=language).first()
    return {
        "url": reverse("followup_desk:pack", args=[cycle.slug]),
        "made_at": last.made_at if last else None,
        "is_ready": bool(last) and cycle.is_frozen,
    }


@desk_view
@require_safe
def reported(request: HttpRequest) -> HttpResponse:
    """The figure alone, and as a file with `?format=`."""
    language, today = get_language() or DEFAULT, timezone.now().date()
    require_room(actor_of(request), today, BodyKind.COMMISSION)
    cycle = focus_cycle()
    turnout = turnout_of_cycle(cycle) if cycle else counted_turnout("")[0]
    if turnout is None:
        raise Http404
    figure = parts.reported(turnout, language)
    if form := request.GET.get("format", ""):
        return figure_file(figure, form)
    desk, last = crumbs_to(figure.title)
    crumbs = [desk, {"title": _("Follow-up"), "url": reverse("followup_desk:room")}, last]
    return render(request, "followup/desk/figure.html", {"figure": figure, "crumbs": crumbs})


@desk_view
@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """All assessments that wait, for the rooms that name them."""
    actor, language, today = actor_of(request), get_language() or DEFAULT, timezone.now().date()
    require_room(actor, today, BodyKind.COMMISSION, BodyKind.OBSERVATORY)
    every, hidden_ones = assessments_waiting(standings(), own_keys(actor), actor, today)
    page = Paginator(every, PAGE_SIZE).get_page(request.GET.get("page"))
    rows = waiting_rows(list(page), language)
    title = _("Assessments waiting")
    return _list(request, title, rows, page, (hidden(hidden_ones),))


@desk_view
@require_safe
def replies(request: HttpRequest) -> HttpResponse:
    """All assessments to which a party can still reply."""
    actor, language, today = actor_of(request), get_language() or DEFAULT, timezone.now().date()
    require_room(actor, today, BodyKind.COMMISSION)
    page = Paginator(replies_open(language, today), PAGE_SIZE).get_page(request.GET.get("page"))
    rows = reply_rows(list(page), language, today)
    return _list(request, _("Replies due"), rows, page, (parts.reply_note(),))


def _list(
    request: HttpRequest, title: str, rows: list[Any], page: Any, notes: tuple[str, ...]
) -> HttpResponse:
    desk, last = crumbs_to(title)
    crumbs = [desk, {"title": _("Follow-up"), "url": reverse("followup_desk:room")}, last]
    context = {"title": title, "rows": rows, "page": page, "notes": notes, "crumbs": crumbs}
    return render(request, "followup/desk/list.html", context)
