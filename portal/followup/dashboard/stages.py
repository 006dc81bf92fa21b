"""What the parties claim, split by what stands behind it; what nobody has reported on stands apart."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.charts.figures import Figure
from portal.charts.plots import Name, Part, Stack, StackRow
from portal.charts.shades import FULL, HATCH, LIGHT, MIDDLE, STRONG
from portal.common.formatting import number
from portal.followup.dashboard.counting import counted_by, number_of
from portal.followup.dashboard.scope import Scope
from portal.followup.dashboard.words import part, pledge_number
from portal.pledges.enums import EvidenceTier, ReportedStage
from portal.pledges.facts import CLAIMS, STATED

SLUG = "evidence"
TITLE = gettext_lazy("What is claimed, and what backs it")
SHADES = dict(zip(EvidenceTier, (HATCH, LIGHT, MIDDLE, STRONG, FULL), strict=True))
ORDER = (ReportedStage.FULFILLED, ReportedStage.IN_PROGRESS, ReportedStage.PLANNING)


def figure(scope: Scope) -> Figure:
    reported = number_of(scope.rows, lambda row: row.is_reported)
    backed = number_of(scope.rows, lambda row: row.is_documented)
    return Figure(
        slug=SLUG,
        title=str(TITLE),
        said=_(
            "Stage as the parties report it, by the best that they show for it. With a document: %(part)s."
        )
        % {"part": part(backed, reported)},
        plot=Stack(
            Name("stage", _("Stage")),
            tuple(Part(Name(f"tier_{tier}", str(tier.label)), SHADES[tier]) for tier in EvidenceTier),
            tuple(_rows(scope)),
            pledge_number(),
        ),
        address=scope.address(SLUG),
    )


def _rows(scope: Scope) -> Iterator[StackRow]:
    counts = counted_by(scope.rows, lambda row: (row.stage, row.evidence))
    for stage in ORDER:
        name = Name(stage, str(CLAIMS[stage]), scope.pledges(stage=stage, reported="yes"))
        numbers = tuple(counts.get((stage, tier), 0) for tier in EvidenceTier)
        urls = tuple(scope.pledges(stage=stage, evidence=tier) for tier in EvidenceTier)
        yield StackRow(name, numbers, urls)
    silent = [counts.get((stage, ""), 0) for stage in ORDER]
    told = [f"{STATED[stage]} {number(count)}" for stage, count in zip(ORDER, silent, strict=True) if count]
    yield StackRow(
        Name("never_reported", _("No report yet"), scope.pledges(reported="no")),
        (0,) * len(EvidenceTier),
        note=" · ".join(told) or "–",
        apart=sum(silent),
    )
