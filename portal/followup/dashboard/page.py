"""What the dashboard and the page of one figure show; their views call it."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.charts.figures import Figure
from portal.common.formatting import moment, number
from portal.followup.addresses import path_of_cycle
from portal.followup.dashboard.drawn import figures
from portal.followup.dashboard.scope import Scope
from portal.followup.dashboard.totals import line, totals
from portal.followup.dashboard.words import pledges
from portal.followup.enums import CycleState
from portal.followup.models import ReviewCycle
from portal.pledges.standing import standings
from portal.tables.writing import FORMATS

WIDE = ("countries",)


def dashboard(scope: Scope) -> dict[str, Any]:
    """Inputs of `followup/dashboard.html`."""
    drawn = figures(scope) if scope.rows else []
    return filter_row(scope) | {
        "title": _title(len(scope.rows)),
        "cycle": open_cycle(scope.language),
        "totals": [_total(each) for each in totals(scope)] if scope.rows else [],
        "figures": [{"figure": figure, "is_wide": figure.slug in WIDE} for figure in drawn],
        "downloads": list(_downloads(scope)),
        "places": places(scope.language),
    }


def figure_page(figure: Figure, scope: Scope) -> dict[str, Any]:
    """Inputs of `followup/figure.html`."""
    return filter_row(scope) | {
        "figure": figure,
        "dashboard": f"/{scope.language}/follow-up/{scope.query}",
        "address": f"/{scope.language}/follow-up/figures/{figure.slug}/",
    }


def filter_row(scope: Scope) -> dict[str, Any]:
    """The form, what it shows now, and where the pledges are listed."""
    shown = _("%(part)s of %(whole)s published") % {
        "part": number(len(scope.rows)),
        "whole": pledges(len(standings())),
    }
    return {
        "filters": scope.filters.form,
        "unknown": scope.unknown,
        "is_filtered": bool(scope.chosen),
        "chosen": list(_chosen(scope)),
        "shown": shown if scope.chosen else pledges(len(scope.rows)),
        "list": scope.pledges(),
        "is_empty": not scope.rows,
        "counted_at": moment(scope.counted_at, is_full=True),
    }


def open_cycle(language: str) -> dict[str, str]:
    """Its name and address; empty while none is open."""
    cycle = ReviewCycle.objects.filter(state=CycleState.OPEN).first()
    if cycle is None:
        return {}
    told = _("A review cycle is open: %(name)s.") % {"name": cycle.title(language)}
    return {"text": told, "url": path_of_cycle(cycle, language)}


def places(language: str) -> list[dict[str, str]]:
    """Where the follow-up leads."""
    rows = (
        (_("Recommendations"), "recommendations"),
        (_("Plan of action"), "plan"),
        (_("Pledges"), "pledges"),
        (_("Progress reports"), "reports"),
        (_("Assessments"), "assessments"),
        (_("Bodies of the follow-up"), "follow-up/bodies"),
        (_("Review cycles"), "follow-up/cycles"),
    )
    return [{"label": label, "url": f"/{language}/{path}/"} for label, path in rows]


def _title(count: int) -> str:
    told = ngettext("What became of %(number)s pledge", "What became of %(number)s pledges", count)
    return told % {"number": number(count)} if count else _("What became of the pledges")


def _total(total: Any) -> dict[str, Any]:
    """Inputs of a row of `components/key_totals.html`."""
    return {
        "value": number(total.number),
        "label": total.name.label,
        "url": total.name.url if total.number else "",
        "notes": [line(part) for part in total.parts],
    }


def _chosen(scope: Scope) -> Iterator[str]:
    """Each filter with its value in words."""
    for name, value in scope.chosen.items():
        label = scope.filters.filters[name].label
        told = scope.label_of(name, value)
        yield f"{label}: {told}" if label else told


def _downloads(scope: Scope) -> Iterator[dict[str, str]]:
    joint = "&" if scope.query else "?"
    for name in FORMATS:
        yield {"label": name.upper(), "url": f"{scope.query}{joint}format={name}"}
