"""What pages, feed and exports say of nodes in words."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.plan.enums import NodeKind
from portal.plan.figures import Counts
from portal.plan.models import PlanNode, PriorityCycle
from portal.records.stages import Stage, counted, with_unchanged
from portal.records.types import Badge

NOT_CHECKED = gettext_lazy("Title not checked")
UNCONFIRMED = gettext_lazy("Asserted by the secretariat, not confirmed yet")


def badges(node: PlanNode) -> list[Badge]:
    """What readers must know of it wherever it is named."""
    marks = [] if node.verified else [Badge(NOT_CHECKED, "warn")]
    return [*marks, Badge(_("Retired"))] if node.is_retired else marks


def numbers(counts: Counts) -> list[str]:
    return [
        counted(Stage.RECOMMENDATION, counts.recommendations),
        counted(Stage.PLEDGE, counts.pledges),
        with_unchanged(counted(Stage.REPORT, counts.reports), counts.unchanged, counts.unchanged),
    ]


def gaps(node: PlanNode, counts: Counts) -> list[str]:
    """Where the trace breaks off at this node, as sentences; none where it does not."""
    sentences = []
    if node.kind == NodeKind.ACTION and not counts.recommendations:
        sentences.append(_("No recommendation leads here yet."))
    if not counts.pledges:
        sentences.append(_("No pledge carries it out yet."))
    elif not counts.reports:
        sentences.append(_("Nobody has reported on its pledges yet."))
    return sentences


def years(cycle: PriorityCycle) -> str:
    """Such as 2025-2027; addresses carry it too."""
    return f"{cycle.first_year}-{cycle.last_year}"
