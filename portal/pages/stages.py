"""The home page's diagram: how much there is at each stage from question to result."""

from collections.abc import Callable, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.consultations.page_queries import Summary
from portal.pages.queries import LedgerFigures
from portal.records.stages import PLURALS, Stage
from portal.records.types import types_at


def stages(rows: Sequence[Summary], figures: LedgerFigures, language: str) -> list[dict[str, Any]]:
    """Steps of `components/trace_diagram.html`; what does not exist yet stands there with its 0."""
    notes: dict[Stage, Callable[[], str]] = {
        Stage.QUESTION: lambda: _where(rows),
        Stage.INTERVENTION: lambda: _who(figures),
        Stage.PLEDGE: lambda: _claimed(figures),
    }
    steps = []
    for stage in Stage:
        kinds = types_at(stage)
        number = sum(figures.by_kind.get(kind.kind, 0) for kind in kinds)
        url = kinds[0].address(language) if kinds else ""
        if stage == Stage.QUESTION:
            number, url = sum(row.questions for row in rows), f"/{language}/consultations/"
        elif stage == Stage.PLAN_ACTION:
            number, url = figures.actions, f"/{language}/plan/"
        note = notes[stage]() if stage in notes else "" if number else _("none yet")
        step = {"count": number, "label": str(PLURALS[stage]), "url": url, "note": note}
        if stage == Stage.INTERVENTION:
            step["current"] = any(row.is_open for row in rows)
        steps.append(step)
    return steps


def _where(rows: Sequence[Summary]) -> str:
    asking = [row for row in rows if row.questions]
    if not asking:
        return _("none yet")
    segments = sum(row.segments for row in asking)
    consultations = ngettext("%(number)s consultation", "%(number)s consultations", len(asking)) % {
        "number": len(asking)
    }
    return ngettext("%(where)s, %(number)s segment", "%(where)s, %(number)s segments", segments) % {
        "where": consultations,
        "number": segments,
    }


def _who(figures: LedgerFigures) -> str:
    if not figures.contributions:
        return _("none yet")
    said = ngettext(
        "from %(number)s organization; %(led)s refugee-led",
        "from %(number)s organizations; %(led)s refugee-led",
        figures.organizations,
    )
    return said % {"number": figures.organizations, "led": figures.refugee_led}


def _claimed(figures: LedgerFigures) -> str:
    if not figures.pledges:
        return _("none yet")
    told = _("%(claimed)s claimed fulfilled, %(complete)s assessed as complete")
    return told % {"claimed": figures.claimed, "complete": figures.complete}
