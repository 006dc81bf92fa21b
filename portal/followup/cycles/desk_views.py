"""All review cycles at the desk: who holds a seat in a body that runs them takes them further."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.common.actors import Actor, actor_of
from portal.common.crumbs import crumbs_to
from portal.common.desk import desk_view
from portal.common.languages import DEFAULT
from portal.followup import rules
from portal.followup.addresses import path_of_cycle
from portal.followup.cycles import rows as cycle_rows
from portal.followup.cycles.turns import why_not_among
from portal.followup.enums import CycleState
from portal.followup.models import ReviewCycle
from portal.followup.queries import seats_of

# What can be done next, by state: the verb and its button.
NEXT = {
    CycleState.PLANNED: ("open", gettext_lazy("Open the cycle")),
    CycleState.OPEN: ("freeze", gettext_lazy("Freeze the cycle")),
    CycleState.FROZEN: ("close", gettext_lazy("Close the cycle")),
}


@desk_view
@require_safe
def room(request: HttpRequest) -> HttpResponse:
    """The seats one acts on, and the cycles with what can be done next."""
    actor, language = _seated(request), get_language() or DEFAULT
    today = timezone.now().date()
    context = {
        "crumbs": crumbs_to(_("Review cycles")),
        "seats": [_seat(row, language) for row in seats_of(actor, today)],
        "cycles": _cycles(language),
        "may_run": rules.may_run_cycles(actor, today),
    }
    return render(request, "followup/desk/room.html", context)


def _seated(request: HttpRequest) -> Actor:
    """Nobody else knows of these addresses."""
    actor = actor_of(request)
    if not rules.may_follow_up(actor, timezone.now().date()):
        raise Http404("follow-up")
    return actor


def _seat(row: Any, language: str) -> dict[str, Any]:
    return {"label": row.body.title(language), "badge": row.organization.name}


def _cycles(language: str) -> list[dict[str, Any]]:
    rows = cycle_rows.cycles()
    today = timezone.now().date()
    return [_cycle(row, language, _why_not(row, rows, today)) for row in rows]


def _why_not(row: ReviewCycle, rows: list[ReviewCycle], today: date) -> str:
    return why_not_among(row, rows, today) if row.state == CycleState.PLANNED else ""


def _cycle(row: ReviewCycle, language: str, why_not: str) -> dict[str, Any]:
    """What cannot be opened says why instead."""
    verb, button = NEXT.get(CycleState(row.state), ("", ""))
    if why_not:
        verb = ""
    return {
        "slug": row.slug,
        "title": row.title(language),
        "url": path_of_cycle(row, language),
        "badges": list(cycle_rows.badges(row)),
        "days": cycle_rows.days_of(row),
        "why_not": why_not,
        "verb": verb,
        "button": button,
    }
