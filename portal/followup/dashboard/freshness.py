"""How fresh the parties' reports are."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.charts.figures import Figure
from portal.charts.plots import Bar, Bars, Name
from portal.followup.dashboard.counting import counted_by
from portal.followup.dashboard.scope import Scope
from portal.followup.dashboard.words import pledge_number, pledge_total
from portal.pledges.facts import Health
from portal.reports.records import counted_apart

SLUG = "freshness"
TITLE = gettext_lazy("How recent the reports are")


def figure(scope: Scope) -> Figure:
    counts = counted_by(scope.rows, lambda row: row.health(scope.today))
    return Figure(
        slug=SLUG,
        title=str(TITLE),
        said=_("What its end date and its newest report say of each pledge; each counts once."),
        plot=Bars(
            Name("health", _("State")),
            tuple(_bar(scope, each, counts.get(each, 0)) for each in Health),
            pledge_number(),
            pledge_total(),
        ),
        address=scope.address(SLUG),
        note=_reports(scope),
    )


def _reports(scope: Scope) -> str:
    """Reports too, and no new progress: told apart."""
    every = sum(row.reports for row in scope.rows)
    return counted_apart(every, sum(row.reports_unchanged for row in scope.rows))


def _bar(scope: Scope, health: Health, number: int) -> Bar:
    url = scope.pledges(health=health.value) if number else ""
    return Bar(Name(health.value, str(health.label), url), number, len(scope.rows))
