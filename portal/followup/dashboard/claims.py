"""What the parties claim by what others found of it; where the two do not agree the cell is outlined."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.charts.figures import Figure
from portal.charts.plots import Heat, HeatColumn, HeatRow, Name
from portal.followup.dashboard.counting import counted_by, number_of
from portal.followup.dashboard.scope import Scope
from portal.followup.dashboard.stages import ORDER
from portal.followup.dashboard.words import part
from portal.pledges.enums import Completion, Fulfilment, ReportedStage
from portal.pledges.facts import CLAIMS
from portal.pledges.standing import DIFFER, GOAL_ONLY

SLUG = "claims"
TITLE = gettext_lazy("What is claimed, and what others found")
NOT_ASSESSED = "not_assessed"
COLUMNS = (*reversed(Completion.values), DIFFER, GOAL_ONLY, NOT_ASSESSED)


def figure(scope: Scope) -> Figure:
    claimed = [row for row in scope.rows if not row.is_active]
    complete = number_of(claimed, lambda row: row.fulfilment == Fulfilment.COMPLETE)
    assessed = number_of(claimed, lambda row: row.is_assessed)
    return Figure(
        slug=SLUG,
        title=str(TITLE),
        said=_("Of the pledges that are claimed fulfilled and assessed, complete on evidence: %(part)s.")
        % {"part": part(complete, assessed)},
        plot=Heat(
            Name("stage", _("Stage")),
            tuple(HeatColumn(Name(code, label)) for code, label in _labels()),
            tuple(_rows(scope)),
            Name("total", _("pledges")),
            framed=_("outlined: claim and assessment do not agree"),
        ),
        address=scope.address(SLUG),
        note=_("The newest assessment of each body counts. Nothing is made one of several."),
    )


def _labels() -> list[tuple[str, str]]:
    labels = {code: str(label) for code, label in Completion.choices}
    labels |= {DIFFER: _("Bodies differ"), GOAL_ONLY: _("One goal only"), NOT_ASSESSED: _("Not yet assessed")}
    return [(code, labels[code]) for code in COLUMNS]


def _rows(scope: Scope) -> Iterator[HeatRow]:
    counts = counted_by(scope.rows, lambda row: (row.stage, row.completion or NOT_ASSESSED))
    for stage in ORDER:
        numbers = tuple(counts.get((stage, code), 0) for code in COLUMNS)
        urls = tuple(
            scope.pledges(stage=stage, assessed="no" if code == NOT_ASSESSED else code) for code in COLUMNS
        )
        framed = frozenset(at for at, code in enumerate(COLUMNS) if _disagree(stage, code))
        words = CLAIMS[stage] if stage == ReportedStage.FULFILLED else ReportedStage(stage).label
        name = Name(stage, str(words), scope.pledges(stage=stage))
        yield HeatRow(name, numbers, urls, sum(numbers), framed)


def _disagree(stage: ReportedStage, completion: str) -> bool:
    if completion in (NOT_ASSESSED, GOAL_ONLY):
        return False
    return (stage == ReportedStage.FULFILLED) != (completion == Completion.COMPLETE)
