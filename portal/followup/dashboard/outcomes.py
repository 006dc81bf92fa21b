"""Pledges by the outcomes of the multi-stakeholder pledge that they serve."""

from collections import Counter

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portal.charts.figures import Figure
from portal.charts.plots import Bar, Bars, Name
from portal.common.formatting import number
from portal.followup.dashboard.counting import number_of
from portal.followup.dashboard.scope import Scope
from portal.followup.dashboard.words import pledge_number, pledge_total
from portal.pledges.standing import Standing
from portal.publication.enums import Relation
from portal.taxonomy.enums import Outcome

SLUG = "outcomes"
TITLE = gettext_lazy("Pledges by outcome")


def figure(scope: Scope) -> Figure:
    counts = Counter(each for row in scope.rows for each in _served(row))
    without = number_of(scope.rows, lambda row: not _served(row))
    return Figure(
        slug=SLUG,
        title=str(TITLE),
        said=_said(without),
        plot=Bars(
            Name("outcome", _("Outcome")),
            tuple(_bar(scope, each, counts[each]) for each in Outcome),
            pledge_number(),
            pledge_total(),
        ),
        address=scope.address(SLUG),
    )


def _served(row: Standing) -> frozenset[str]:
    return row.linked.get(Relation.SERVES, frozenset())


def _bar(scope: Scope, outcome: Outcome, number: int) -> Bar:
    url = scope.pledges(outcome=outcome.value) if number else ""
    return Bar(Name(outcome.value, str(outcome.label), url), number, len(scope.rows))


def _said(without: int) -> str:
    if not without:
        return _("A pledge may serve several.")
    return ngettext(
        "A pledge may serve several. %(number)s pledge names none.",
        "A pledge may serve several. %(number)s pledges name none.",
        without,
    ) % {"number": number(without)}
