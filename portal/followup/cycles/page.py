"""What the page of a review cycle says: where it stands, who has reported of whom, what is compared."""

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.charts.figures import Figure
from portal.common.formatting import day, moment
from portal.followup.addresses import file_name, path_of_cycle, path_of_snapshot
from portal.followup.changes.queries import goal_changes, window_of
from portal.followup.changes.rows import rows_of
from portal.followup.cycles.rows import badges, line_of, priority_groups
from portal.followup.enums import FROZEN, CycleState
from portal.followup.figures import FIGURES, Figures
from portal.followup.models import ReviewCycle
from portal.followup.queries import priority_rows
from portal.followup.snapshots.turnout import counted_turnout, turnout_of_cycle
from portal.followup.snapshots.turnout_figures import figure_of
from portal.plan.enums import OWN_WORDS
from portal.publication.enums import RecordKind
from portal.publication.figures import counted_once
from portal.publication.queries import published
from portal.records.trace_links import foreign
from portal.records.types import record_type

NAMED = 10


def page_of(cycle: ReviewCycle, language: str, *, beside: str = "") -> dict[str, Any]:
    """Inputs of `followup/cycle.html`. `beside`: the slug of the frozen cycle to compare with.

    The same number of queries however much there is.
    """
    title, spoken = cycle.titled(language)
    changed = goal_changes(window_of(cycle)) if cycle.opened_at else []
    return {
        "cycle": cycle,
        "title": title,
        "lang": foreign(spoken, language),
        "badges": [row for row in badges(cycle) if row.tone == "warn"],
        "line": line_of(cycle),
        "now": _now(cycle),
        "source": "" if cycle.source == OWN_WORDS else cycle.source,
        "figure": turnout_figure(cycle, language) if cycle.opened_at else None,
        "priorities": priority_groups(priority_rows(cycle), language),
        "reports": _reports(cycle, language),
        "changes": rows_of(changed[:NAMED], language),
        "changes_number": len(changed),
        "changes_more": len(changed) - NAMED if len(changed) > NAMED else 0,
        "compared": _compared(cycle, language, beside),
        "snapshot": path_of_snapshot(cycle, language) if cycle.is_frozen else "",
        "file": file_name(cycle),
    }


def turnout_figure(cycle: ReviewCycle, language: str) -> Figure | None:
    """None for a cycle that was frozen before who had reported was kept."""
    turnout = turnout_of_cycle(cycle)
    if turnout is None:
        return None
    told = _("%(number)s of %(asked)s pledges asked have a report of this cycle")
    title = told % {"number": turnout.total.reported, "asked": turnout.total.asked}
    return figure_of(turnout, language, title=title, address=f"{path_of_cycle(cycle, language)}turnout/")


def _now(cycle: ReviewCycle) -> str:
    """What happens next, for a cycle that has not come to its end."""
    today = timezone.now().date()
    if cycle.state == CycleState.FROZEN and cycle.frozen_at:
        return _frozen(cycle.closes_on, cycle.frozen_at)
    if cycle.state != CycleState.OPEN:
        return ""
    left = (cycle.closes_on - today).days
    if left < 0:
        return _("Its last day was %(day)s. Until it is frozen reports still carry it.") % {
            "day": day(cycle.closes_on)
        }
    told = ngettext(
        "%(number)s day until its last one, %(day)s. Reports that are submitted now carry it.",
        "%(number)s days until its last one, %(day)s. Reports that are submitted now carry it.",
        left,
    )
    return told % {"number": left, "day": day(cycle.closes_on)}


def _frozen(last: date, frozen: datetime) -> str:
    """A cycle may be frozen long after its last day."""
    told = _("Frozen on %(moment)s: what was public then is read together.")
    if frozen.date() > last:
        told = _(
            "Its last day was %(day)s. Reports carried it until it was frozen on %(moment)s: what was public "
            "then is read together."
        )
    return told % {"day": day(last), "moment": moment(frozen, is_full=True)}


@counted_once
def _number_of_reports(cycle: str) -> int:
    return published(RecordKind.REPORT).filter(facts__cycle=cycle).order_by().count()


def _reports(cycle: ReviewCycle, language: str) -> dict[str, Any]:
    """One query."""
    reports = record_type(RecordKind.REPORT)
    number = _number_of_reports(cycle.slug)
    return {
        "label": reports.counted(number) % {"number": number},
        "number": number,
        "url": f"{reports.address(language)}?cycle={cycle.slug}",
    }


def _compared(cycle: ReviewCycle, language: str, beside: str) -> dict[str, Any]:
    """The figures of the cycle beside those of another frozen one, by default the one before. One query."""
    if not cycle.opened_at:
        return {}
    own, frozen = _figures_of(cycle), _others(cycle)
    other = next((row for row in frozen if row.slug == beside), frozen[0] if frozen else None)
    headers = [_("Figure"), cycle.title(language), *([other.title(language)] if other else [])]
    rows = [
        [str(FIGURES[name]), own[name], *([other.figures.get(name, "–")] if other else [])]
        for name in FIGURES
        if name in own
    ]
    return {
        "headers": [*headers, *([_("Difference")] if other else [])],
        "rows": [[*row, _difference(row)] if other else row for row in rows],
        "others": [
            {"label": row.title(language), "url": f"?compare={row.slug}#figures"}
            for row in frozen
            if row != other
        ],
        "is_unknown": bool(beside) and all(row.slug != beside for row in frozen),
        "is_now": not cycle.is_frozen,
    }


def _others(cycle: ReviewCycle) -> list[ReviewCycle]:
    """Frozen ones, the nearest before it first."""
    rows = list(ReviewCycle.objects.filter(state__in=FROZEN).exclude(pk=cycle.pk).order_by("-opened_at"))
    return sorted(rows, key=lambda row: row.opens_on > cycle.opens_on)


def _figures_of(cycle: ReviewCycle) -> dict[str, int]:
    if cycle.is_frozen:
        return dict(cycle.figures)
    figures: Figures = counted_turnout(cycle.slug)[1]
    return asdict(figures)


def _difference(row: list[Any]) -> str:
    numbers = [cell for cell in row[1:] if isinstance(cell, int)]
    return f"{numbers[0] - numbers[1]:+d}".replace("-", "−") if len(numbers) == len(row) - 1 else "–"
