"""The figures of the dashboard by the last part of their address; page, files and views call it.

An app above adds none: a figure of the follow-up stands in a module of its own and gets a line here.
"""

from collections.abc import Callable

from django.http import Http404

from portal.charts.figures import Figure
from portal.followup.dashboard import claims, cohorts, freshness, goals, heat, outcomes, silence, stages
from portal.followup.dashboard.scope import Scope

Draw = Callable[[Scope], Figure]
# In the order of the page.
_MODULES = (heat, stages, silence, claims, cohorts, goals, freshness, outcomes)
FIGURES: dict[str, Draw] = {module.SLUG: module.figure for module in _MODULES}
TITLES = {module.SLUG: module.TITLE for module in _MODULES}
# Where a page of its own and a file have more than the dashboard.
IN_FULL: dict[str, Draw] = {goals.SLUG: lambda scope: goals.figure(scope, every=True)}


def figures(scope: Scope) -> list[Figure]:
    return [draw(scope) for draw in FIGURES.values()]


def figure_of(slug: str, scope: Scope) -> Figure:
    """Raises `Http404` for one that there is not."""
    if slug not in FIGURES:
        raise Http404(slug)
    return IN_FULL.get(slug, FIGURES[slug])(scope)


def titles() -> list[tuple[str, str]]:
    """Slug and heading of each, in the order of the page."""
    return [(slug, str(title)) for slug, title in TITLES.items()]
