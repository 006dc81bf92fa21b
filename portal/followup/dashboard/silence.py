"""How many active pledges have had no report for longer than so many months."""

from collections import Counter
from collections.abc import Iterable
from itertools import accumulate

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.charts.figures import Figure
from portal.charts.plots import Name, Steps
from portal.common.formatting import number, percent
from portal.followup.dashboard.scope import Scope
from portal.followup.dashboard.words import part
from portal.pledges.facts import CURRENT_MONTHS, DUE_MONTHS

SLUG = "silence"
TITLE = gettext_lazy("How long pledges stay silent")
MONTHS = 36
MARKED = (CURRENT_MONTHS, DUE_MONTHS)


def figure(scope: Scope) -> Figure:
    months = [row.silent_for(scope.today) for row in scope.rows if row.is_active]
    numbers = _at_least(months)
    return Figure(
        slug=SLUG,
        title=str(TITLE),
        said=_("Active pledges without a report for so many months or longer. For a year: %(part)s.")
        % {"part": part(numbers[CURRENT_MONTHS], len(months))},
        plot=Steps(
            Name("months", _("Months")),
            Name("silent", _("Silent pledges")),
            Name("of", _("Of active pledges")),
            len(months),
            numbers,
            _marked(numbers, len(months)),
            unit=_("months"),
            share=_("share of %(number)s active pledges") % {"number": number(len(months))},
        ),
        address=scope.address(SLUG),
        note=_("Where nobody has ever reported, the months count from the end of the year of the pledge."),
        links=tuple(
            Name(str(at), label, url)
            for at, label in zip(MARKED, (_("Silent for a year"), _("Silent for two years")), strict=True)
            if numbers[at] and (url := scope.pledges(silent=str(at)))
        ),
    )


def _at_least(months: Iterable[int]) -> tuple[int, ...]:
    """For each number of months to `MONTHS`, how many are as long or longer."""
    counts = Counter(min(each, MONTHS) for each in months)
    longest_first = accumulate(counts[at] for at in range(MONTHS, -1, -1))
    return tuple(longest_first)[::-1]


def _marked(numbers: tuple[int, ...], whole: int) -> tuple[tuple[int, str], ...]:
    if not whole:
        return ()
    first, second = (percent(numbers[at] / whole) for at in MARKED)
    words = _("12 months: %(share)s, %(number)s") % {
        "share": first,
        "number": number(numbers[CURRENT_MONTHS]),
    }
    return (CURRENT_MONTHS, words), (DUE_MONTHS, _("24: %(share)s") % {"share": second})
