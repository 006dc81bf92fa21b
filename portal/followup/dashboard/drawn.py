"""The figures of the dashboard by the last part of their address; page, files and views call it.

An app above adds none: a figure of the follow-up stands in a module of its own and gets a line here.
"""

from collections.abc import Callable

from django.http import Http404

from portal.charts.figures import Figure
from portal.followup.dashboard import claims, cohorts, goals, heat, silence, stages
from portal.followup.dashboard.scope import Scope

Draw = Callable[[Scope], Figure]
# In the order of the page.
FIGURES: dict[str, Draw] = {
    heat.SLUG: heat.figure,
    stages.SLUG: stages.figure,
    silence.SLUG: silence.figure,
    cohorts.SLUG: cohorts.figure,
    claims.SLUG: claims.figure,
    goals.SLUG: goals.figure,
}
# Where a page of its own and a file have more than the dashboard.
IN_FULL: dict[str, Draw] = {goals.SLUG: lambda scope: goals.figure(scope, every=True)}


def figures(scope: Scope) -> list[Figure]:
    return [draw(scope) for draw in FIGURES.values()]


def figure_of(slug: str, scope: Scope) -> Figure:
    """Raises `Http404` for one that there is not."""
    if slug not in FIGURES:
        raise Http404(slug)
    return IN_FULL.get(slug, FIGURES[slug])(scope)
