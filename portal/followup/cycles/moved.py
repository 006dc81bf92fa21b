"""What was done to a review cycle, and where to go on: the pages of its steps once they are done."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.common.formatting import day, moment
from portal.followup.addresses import path_of_cycle, path_of_snapshot
from portal.followup.enums import CycleState
from portal.followup.models import ReviewCycle

ORDER = list(CycleState)


def is_done(cycle: ReviewCycle, step: CycleState) -> bool:
    return ORDER.index(CycleState(cycle.state)) >= ORDER.index(step)


def done(cycle: ReviewCycle, step: CycleState, language: str) -> dict[str, Any]:
    """Inputs of `followup/desk/moved.html`."""
    name, at = cycle.title(language), {"open": cycle.opened_at, "frozen": cycle.frozen_at}
    words = {
        CycleState.OPEN: _("“%(name)s” was opened on %(moment)s."),
        CycleState.FROZEN: _("“%(name)s” was frozen on %(moment)s."),
        CycleState.CLOSED: _("“%(name)s” was closed on %(moment)s."),
    }
    when = at.get(step, cycle.closed_at)
    return {
        "told": words[step] % {"name": name, "moment": moment(when, is_full=True) if when else "–"},
        "early": {CycleState.FROZEN: cycle.frozen_early, CycleState.CLOSED: cycle.closed_early}.get(step, ""),
        "digest": cycle.snapshot,
        "next": _next(cycle),
        "links": [*_files(cycle, language), *_steps(cycle), _public(cycle, language)],
    }


def _next(cycle: ReviewCycle) -> str:
    words = {
        CycleState.OPEN: _("Reports carry it now. What comes next is freezing it, after %(day)s."),
        CycleState.FROZEN: _("What comes next is its review, and then closing it."),
    }
    return words.get(CycleState(cycle.state), "") % {"day": day(cycle.closes_on)}


def _files(cycle: ReviewCycle, language: str) -> list[dict[str, str]]:
    if not cycle.is_frozen:
        return []
    return [
        {"label": _("Download the snapshot (JSON)"), "url": path_of_snapshot(cycle, language)},
        {"label": _("Review pack"), "url": reverse("followup_desk:pack", args=[cycle.slug])},
    ]


def _steps(cycle: ReviewCycle) -> list[dict[str, str]]:
    steps = {
        CycleState.OPEN: ("followup_desk:freeze", _("Freeze the cycle")),
        CycleState.FROZEN: ("followup_desk:close", _("Close the cycle")),
    }
    if cycle.state not in steps:
        return []
    name, label = steps[CycleState(cycle.state)]
    return [{"label": label, "url": reverse(name, args=[cycle.slug])}]


def _public(cycle: ReviewCycle, language: str) -> dict[str, str]:
    return {"label": _("See the cycle"), "url": path_of_cycle(cycle, language)}
