"""What the dashboard and the page of one figure show; their views call it."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.charts.figures import Figure
from portal.charts.plots import Bar, Bars, Name
from portal.common.formatting import colon, moment, number
from portal.followup.addresses import path_of_cycle
from portal.followup.dashboard.drawn import DRAWN, figures, titles
from portal.followup.dashboard.method import DEFINITIONS
from portal.followup.dashboard.scope import Scope
from portal.followup.dashboard.totals import key_row, totals
from portal.followup.dashboard.words import pledges
from portal.followup.gaps.queries import counts
from portal.followup.queries import current_cycle
from portal.pledges.records import PLEDGE
from portal.pledges.standing import standings
from portal.tables.writing import FORMATS

WIDE = ("countries", "claims")


def dashboard(scope: Scope) -> dict[str, Any]:
    """Inputs of `followup/dashboard.html`."""
    drawn = figures(scope) if scope.rows else []
    return filter_row(scope) | {
        "title": _title(len(scope.rows)),
        "cycle": _cycle(scope.language),
        "totals": [key_row(each) for each in totals(scope)] if scope.rows else [],
        "figures": [{"figure": figure, "is_wide": figure.slug in WIDE} for figure in drawn],
        "more": [row for row in _named(scope) if row["slug"] not in DRAWN],
        "gaps": None if scope.is_asked else _gaps(scope.language),
        "count_gaps": _path_of_gaps(scope),
        "downloads": list(_downloads(scope)),
        "places": places(scope.language),
        "feed": f"{PLEDGE.address(scope.language)}feed/{scope.query}",
        "feed_title": PLEDGE.plural,
        "action": f"/{scope.language}/follow-up/",
    }


def figure_page(figure: Figure, scope: Scope) -> dict[str, Any]:
    """Inputs of `followup/figure.html`."""
    return filter_row(scope) | {
        "figure": figure,
        "dashboard": f"/{scope.language}/follow-up/{scope.query}",
        "action": f"/{scope.language}/follow-up/figures/{figure.slug}/",
        "crumbs": [{"title": _("Follow-up"), "url": f"/{scope.language}/follow-up/"}],
    }


def method_page(language: str) -> dict[str, Any]:
    """Inputs of `followup/method.html`."""
    address = f"/{language}/follow-up/"
    return {
        "crumbs": [{"title": _("Follow-up"), "url": address}],
        "figures": [{"label": title, "url": f"{address}figures/{slug}/"} for slug, title in titles()],
        "words": DEFINITIONS,
    }


def filter_row(scope: Scope) -> dict[str, Any]:
    """The form, what it shows now, and where the pledges are listed."""
    shown = _("%(part)s of %(whole)s published") % {
        "part": number(len(scope.rows)),
        "whole": pledges(len(standings())),
    }
    return {
        "filters": scope.filters.form if scope.filters else None,
        "unknown": scope.unknown,
        "is_filtered": scope.is_asked,
        "chosen": list(_chosen(scope)),
        "shown": shown if scope.is_asked else pledges(len(scope.rows)),
        "list": scope.pledges(),
        "is_empty": not scope.rows,
        "counted_at": moment(scope.counted_at, is_full=True),
        "method": f"/{scope.language}/follow-up/figures/",
        "data": f"/{scope.language}/data/",
    }


def _cycle(language: str) -> dict[str, str]:
    """Name and address of the open one; empty while none is."""
    cycle = current_cycle()
    if cycle is None:
        return {}
    told = _("A review cycle is open: %(name)s.") % {"name": cycle.title(language)}
    return {"text": told, "url": path_of_cycle(cycle, language)}


def _named(scope: Scope) -> list[dict[str, str]]:
    """Every figure by its heading, under the same filters."""
    return [{"slug": slug, "label": title, "url": scope.address(slug)} for slug, title in titles()]


def _gaps(language: str) -> Bars:
    """What has no next step, each in the outline of all there is of its kind."""
    rows = [
        Bar(Name(gap.slug, gap.title, gap.url), gap.number, gap.of_all) for gap in counts(language=language)
    ]
    return Bars(Name("gap", _("Gap")), tuple(rows), Name("number", _("without a next step")))


def _path_of_gaps(scope: Scope) -> str:
    """Under the filters that gaps have too: there they are counted."""
    asked = scope.of_gaps.query
    return f"/{scope.language}/follow-up/gaps/{f'?{urlencode(asked)}' if asked else ''}"


def places(language: str) -> list[dict[str, str]]:
    """Where the follow-up leads."""
    rows = (
        (_("Recommendations"), "recommendations"),
        (_("Plan of action"), "plan"),
        (_("Pledges"), "pledges"),
        (_("Progress reports"), "reports"),
        (_("Assessments"), "assessments"),
        (_("Countries"), "countries"),
        (_("Bodies of the follow-up"), "follow-up/bodies"),
        (_("Review cycles"), "follow-up/cycles"),
    )
    return [{"label": label, "url": f"/{language}/{path}/"} for label, path in rows]


def _title(count: int) -> str:
    told = ngettext("What became of %(number)s pledge", "What became of %(number)s pledges", count)
    return told % {"number": number(count)} if count else _("What became of the pledges")


def _chosen(scope: Scope) -> Iterator[str]:
    """Each filter with its value in words."""
    for name, value in scope.chosen.items():
        label = scope.filters.filters[name].label if scope.filters else ""
        told = scope.label_of(name, value)
        yield f"{colon(label)} {told}" if label else told


def _downloads(scope: Scope) -> Iterator[dict[str, str]]:
    joint = "&" if scope.query else "?"
    for name in FORMATS:
        yield {"label": name.upper(), "url": f"{scope.query}{joint}format={name}"}
