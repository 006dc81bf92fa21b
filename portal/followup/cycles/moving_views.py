"""The pages that open, freeze and close a review cycle: what it means, in numbers, and one button."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from portal.common.actors import Actor, actor_of
from portal.common.crumbs import crumbs_to
from portal.common.desk import desk_view, form_view
from portal.common.errors import WrongState
from portal.common.formatting import day
from portal.common.languages import DEFAULT
from portal.followup import rules
from portal.followup.addresses import path_of_cycle
from portal.followup.cycles import rows as cycle_rows
from portal.followup.cycles.domain import BEFORE, close_cycle, open_cycle
from portal.followup.cycles.freezing import ask_to_freeze, is_being_frozen
from portal.followup.cycles.priorities import carried_to
from portal.followup.enums import CycleState
from portal.followup.models import Assessment, ReviewCycle
from portal.followup.queries import priority_rows
from portal.followup.reminding.queries import waiting_reports
from portal.followup.snapshots.turnout import counted_turnout
from portal.publication.enums import RecordKind
from portal.publication.queries import published
from portal.submissions.states import STATES
from portal.work.enums import JobState

VERBS: dict[str, Callable[..., ReviewCycle]] = {
    "open": open_cycle,
    "freeze": ask_to_freeze,
    "close": close_cycle,
}
TO = {"open": CycleState.OPEN, "freeze": CycleState.FROZEN, "close": CycleState.CLOSED}
TITLES = {
    "open": gettext_lazy("Open the cycle"),
    "freeze": gettext_lazy("Freeze the cycle"),
    "close": gettext_lazy("Close the cycle"),
}


@desk_view
@form_view
def move(request: HttpRequest, slug: str, verb: str) -> HttpResponse:
    """The worker freezes, and this page says how far it is.

    What cannot be done now would be refused again, so that its page leads back instead of offering the form.
    """
    actor = _running(request, slug)
    cycle = get_object_or_404(ReviewCycle.objects.select_related("freeze_job"), slug=slug)
    if request.method == "POST":
        try:
            VERBS[verb](cycle, actor=actor, now=timezone.now())
        except WrongState as refused:
            return _refused(request, slug, verb, refused)
        if verb == "freeze":
            messages.success(request, _("The worker freezes the cycle. This page says how far it is."))
            return redirect("followup_desk:freeze", slug)
        messages.success(request, _("Done. Everybody sees it on the page of the cycle."))
        return redirect("followup_desk:cycles")
    return render(request, "followup/desk/confirm.html", _page(cycle, verb, get_language() or DEFAULT))


def _refused(request: HttpRequest, slug: str, verb: str, refused: WrongState) -> HttpResponse:
    """The cycle as it stands now, without the button."""
    cycle = ReviewCycle.objects.select_related("freeze_job").get(slug=slug)
    page = _page(cycle, verb, get_language() or DEFAULT)
    context = {**page, "refusal": str(refused.message), "may_press": False}
    response = render(request, "followup/desk/confirm.html", context, status=409)
    # Nothing was typed that could be sent again.
    response.gives_back = True  # type: ignore[attr-defined]
    return response


def _running(request: HttpRequest, slug: str) -> Actor:
    """Nobody else knows of these addresses."""
    actor = actor_of(request)
    if not rules.may_run_cycles(actor, timezone.now().date()):
        raise Http404(slug)
    return actor


def _page(cycle: ReviewCycle, verb: str, language: str) -> dict[str, Any]:
    room = {"title": _("Review cycles"), "url": reverse("followup_desk:cycles")}
    desk, last = crumbs_to(str(TITLES[verb]))
    is_next = cycle.state == BEFORE[TO[verb]]
    is_busy = verb == "freeze" and is_being_frozen(cycle)
    return {
        "crumbs": [desk, room, last],
        "title": TITLES[verb],
        "name": cycle.title(language),
        "here": reverse(f"followup_desk:{verb}", args=[cycle.slug]),
        "url": path_of_cycle(cycle, language),
        "line": cycle_rows.line_of(cycle),
        "verb": verb,
        "may_press": is_next and not is_busy,
        "state": "" if is_next else cycle.get_state_display(),
        "job": cycle.freeze_job if is_busy else None,
        "problem": _problem(cycle) if verb == "freeze" and is_next else "",
        **(_SAYS[verb](cycle, language) if is_next and not is_busy else {}),
    }


def _problem(cycle: ReviewCycle) -> str:
    """Why the worker could not freeze it the last time somebody asked."""
    job = cycle.freeze_job
    return job.problem if job is not None and job.state == JobState.FAILED else ""


def _opening(cycle: ReviewCycle, language: str) -> dict[str, Any]:
    carried, own = carried_to(cycle), priority_rows(cycle)
    chosen = {row.node_id for row in own}
    going_on = [node for node in carried.going_on if node.pk not in chosen]
    groups = cycle_rows.priority_groups(own, language)
    if carried.cycle and going_on:
        title = cycle_rows.carried_words(carried.cycle.title(language))
        groups.append({"title": title, "rows": [cycle_rows.node_row(node, language) for node in going_on]})
    return {
        "priorities": groups,
        "complete": len(carried.complete),
        "is_taken": ReviewCycle.objects.filter(state=CycleState.OPEN).exists(),
    }


def _freezing(cycle: ReviewCycle, language: str) -> dict[str, Any]:
    turnout = counted_turnout(cycle.slug)[0].total
    assessments = published(RecordKind.ASSESSMENT).order_by().count()
    reports = published(RecordKind.REPORT).order_by().count()
    return {
        "keys": [
            {"value": turnout.published, "label": _("pledges published")},
            {
                "value": turnout.reported,
                "label": _("pledges reported on in this cycle"),
                "note": _("of %(asked)s asked, of %(number)s published")
                % {"asked": turnout.asked, "number": turnout.published},
            },
            {"value": reports, "label": _("progress reports published")},
            {"value": assessments, "label": _("assessments published")},
        ],
        "waiting": waiting_reports(cycle).count(),
        "days": _days_left(cycle),
        "is_early": timezone.now().date() < cycle.closes_on,
        "first": cycle.priorities.count(),
    }


def _closing(cycle: ReviewCycle, language: str) -> dict[str, Any]:
    waiting = Assessment.objects.filter(state__in=STATES.waiting, submitted_at__gte=cycle.opened_at)
    return {"waiting": waiting.count(), "snapshot": cycle.snapshot}


def _days_left(cycle: ReviewCycle) -> str:
    days = (cycle.closes_on - timezone.now().date()).days
    if days < 0:
        return _("Its last day was %(day)s.") % {"day": day(cycle.closes_on)}
    told = ngettext(
        "Its last day is %(day)s: %(number)s day is left.",
        "Its last day is %(day)s: %(number)s days are left.",
        days,
    )
    return told % {"day": day(cycle.closes_on), "number": days}


_SAYS = {"open": _opening, "freeze": _freezing, "close": _closing}
