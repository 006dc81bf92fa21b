"""What became of the pledges of each year: reported on, claimed fulfilled, assessed."""

from collections.abc import Collection, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.charts.figures import Figure
from portal.charts.plots import Bar, Bars, Name
from portal.followup.dashboard.counting import number_of
from portal.followup.dashboard.scope import Scope
from portal.followup.dashboard.words import pledge_number, pledge_total
from portal.pledges.standing import Standing

SLUG = "years"
TITLE = gettext_lazy("What became of the pledges of each year")


def figure(scope: Scope) -> Figure:
    return Figure(
        slug=SLUG,
        title=str(TITLE),
        said=_(
            "Of the pledges of each year, that of their forum or of their submission: those with a report, "
            "those that their parties call fulfilled, those that others have assessed."
        ),
        plot=Bars(
            Name("what", _("What")),
            tuple(_bars(scope)),
            pledge_number(),
            pledge_total(),
            group=Name("year", _("Year")),
        ),
        address=scope.address(SLUG),
    )


def _bars(scope: Scope) -> Iterator[Bar]:
    for year in sorted({row.year for row in scope.rows}, reverse=True):
        rows = [row for row in scope.rows if row.year == year]
        asked = {"year": str(year)}
        group = Name(str(year), str(year), scope.pledges(**asked))
        for code, label, number, more in _measures(rows):
            yield Bar(Name(code, label, scope.pledges(**asked, **more)), number, len(rows), group)


def _measures(rows: Collection[Standing]) -> Iterator[tuple[str, str, int, dict[str, str]]]:
    """Code, words, number, and the filter that says the same."""
    reported = number_of(rows, lambda row: row.is_reported)
    yield "reported", _("with a report"), reported, {"reported": "yes"}
    claimed = number_of(rows, lambda row: not row.is_active)
    yield "claimed_fulfilled", _("claimed fulfilled"), claimed, {"active": "no"}
    assessed = number_of(rows, lambda row: row.is_assessed)
    yield "assessed", _("assessed"), assessed, {"assessed": "yes"}
