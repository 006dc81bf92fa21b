"""The figures of the dashboard by the last part of their address; page, files and views call it.

A figure of pledges stands in a module of its own and gets a line here; those of gaps come from their room.
"""

from collections.abc import Callable
from functools import partial

from django.http import Http404

from portal.charts.figures import Figure
from portal.followup.dashboard import claims, cohorts, freshness, goals, heat, outcomes, silence, stages
from portal.followup.dashboard.scope import Scope
from portal.followup.gaps import figures as of_gaps

Draw = Callable[[Scope], Figure]
_MODULES = (heat, stages, silence, claims, cohorts, goals, freshness, outcomes)


def _of_gaps(slug: str, scope: Scope) -> Figure:
    only = [row.pk for row in scope.rows] if scope.chosen else None
    return of_gaps.draw(slug, scope.of_gaps, scope.language, scope.address(slug), only)


# What the dashboard draws, in its order; then what has a page of its own.
DRAWN: dict[str, Draw] = {module.SLUG: module.figure for module in _MODULES}
FIGURES: dict[str, Draw] = DRAWN | {slug: partial(_of_gaps, slug) for slug in of_gaps.TITLES}
TITLES = {module.SLUG: module.TITLE for module in _MODULES} | of_gaps.TITLES
# Where a page of its own and a file have more than the dashboard.
IN_FULL: dict[str, Draw] = {goals.SLUG: lambda scope: goals.figure(scope, every=True)}


def figures(scope: Scope) -> list[Figure]:
    return [draw(scope) for draw in DRAWN.values()]


def figure_of(slug: str, scope: Scope) -> Figure:
    """Raises `Http404` for one that there is not."""
    if slug not in FIGURES:
        raise Http404(slug)
    return IN_FULL.get(slug, FIGURES[slug])(scope)


def titles() -> list[tuple[str, str]]:
    """Slug and heading of each, in the order of the page."""
    return [(slug, str(title)) for slug, title in TITLES.items()]
