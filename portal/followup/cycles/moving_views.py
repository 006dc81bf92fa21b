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
from portal.common.desk import desk_view, form_view, typed_before_sign_in
from portal.common.errors import WrongState
from portal.common.formatting import day
from portal.common.languages import DEFAULT
from portal.followup import rules
from portal.followup.addresses import path_of_cycle
from portal.followup.cycles import rows as cycle_rows
from portal.followup.cycles.domain import BEFORE, close_cycle, open_cycle
from portal.followup.cycles.forms import EarlyForm
from portal.followup.cycles.freezing import ask_to_freeze, is_being_frozen
from portal.followup.cycles.moved import done, is_done
from portal.followup.cycles.priorities import carried_to
from portal.followup.cycles.turns import is_early, why_not_open
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
DONE = {
    "open": gettext_lazy("“%(name)s” is open. Everybody sees it on its page."),
    "freeze": gettext_lazy("The worker freezes “%(name)s”. This page says how far it is."),
    "close": gettext_lazy("“%(name)s” is closed. Everybody sees it on its page."),
}


@desk_view
@form_view
def move(request: HttpRequest, slug: str, verb: str) -> HttpResponse:
    """The worker freezes, and this page says how far it is. A step that is done shows what was done.

    What cannot be done now would be refused again, so that its page leads back instead of offering the form.
    """
    actor = _running(request, slug)
    cycle, form = _cycle(slug), None
    if cycle.state == BEFORE[TO[verb]]:
        form = _early_form(request, cycle, verb)
    if request.method == "POST":
        if _is_done(cycle, verb):
            messages.info(request, _("Nothing was done again: it is done already."))
            return redirect(f"followup_desk:{verb}", slug)
        if form is None or form.is_valid():
            return _move(request, cycle, verb, actor, form)
    return render(request, "followup/desk/confirm.html", _page(cycle, verb, form))


def _cycle(slug: str) -> ReviewCycle:
    return get_object_or_404(ReviewCycle.objects.select_related("freeze_job"), slug=slug)


def _is_done(cycle: ReviewCycle, verb: str) -> bool:
    """Or under way, for what the worker does."""
    return is_done(cycle, TO[verb]) or (verb == "freeze" and is_being_frozen(cycle))


def _early_form(request: HttpRequest, cycle: ReviewCycle, verb: str) -> EarlyForm | None:
    """None where nothing is asked for."""
    today = timezone.now().date()
    if verb == "open" or not is_early(cycle, today):
        return None
    typed = request.POST if request.method == "POST" else typed_before_sign_in(request)
    return EarlyForm(typed, cycle=cycle, today=today)


def _move(
    request: HttpRequest, cycle: ReviewCycle, verb: str, actor: Actor, form: EarlyForm | None
) -> HttpResponse:
    given = {"reason": form.cleaned_data["reason"]} if form else {}
    try:
        VERBS[verb](cycle, actor=actor, now=timezone.now(), **given)
    except WrongState as refused:
        return _refused(request, cycle.slug, verb, refused)
    messages.success(request, DONE[verb] % {"name": cycle.title(get_language() or DEFAULT)})
    return redirect(f"followup_desk:{verb}", cycle.slug)


def _refused(request: HttpRequest, slug: str, verb: str, refused: WrongState) -> HttpResponse:
    """The cycle as it stands now, without the button."""
    page = _page(_cycle(slug), verb)
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


def _page(cycle: ReviewCycle, verb: str, form: EarlyForm | None = None) -> dict[str, Any]:
    language = get_language() or DEFAULT
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
        "form": form if is_next and not is_busy else None,
        "moved": done(cycle, TO[verb], language) if is_done(cycle, TO[verb]) else None,
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
        "why_not": why_not_open(cycle, timezone.now().date()),
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
        "is_early": is_early(cycle, timezone.now().date()),
        "first": cycle.priorities.count(),
    }


def _closing(cycle: ReviewCycle, language: str) -> dict[str, Any]:
    waiting = Assessment.objects.filter(state__in=STATES.waiting, submitted_at__gte=cycle.opened_at)
    days, early = _days_left(cycle), is_early(cycle, timezone.now().date())
    return {"waiting": waiting.count(), "snapshot": cycle.snapshot, "days": days, "is_early": early}


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
