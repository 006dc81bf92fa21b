"""What follow-up counts and lists as datasets of the catalogue; assessments are a kind of record."""

from collections.abc import Mapping

from django.db.models import Count, Max
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.followup.bodies import rows as body_rows
from portal.followup.changes import rows as change_rows
from portal.followup.changes.queries import goal_changes
from portal.followup.cycles import rows as cycle_rows
from portal.followup.dashboard.exports import FIGURE_COLUMNS
from portal.followup.figures import FIGURES
from portal.followup.models import ReviewCycle
from portal.followup.queries import public_bodies
from portal.tables.datasets import Dataset, Extent


def extents() -> Mapping[str, Extent]:
    """Three queries."""
    bodies = public_bodies().order_by().aggregate(Count("pk"), Max("updated_at"))
    changes = goal_changes()
    cycles = ReviewCycle.objects.order_by().aggregate(Count("pk"), Max("updated_at"))
    return {
        "follow-up": Extent(len(FIGURES)),
        "bodies": Extent(bodies["pk__count"], bodies["updated_at__max"]),
        "goal-changes": Extent(len(changes), max((row.on for row in changes if row.on), default=None)),
        "cycles": Extent(cycles["pk__count"], cycles["updated_at__max"]),
    }


DATASETS = (
    Dataset(
        name="follow-up",
        title=_("Figures of the follow-up"),
        row=_("Figure"),
        columns=lambda language: FIGURE_COLUMNS,
        extents=extents,
        path="follow-up/",
        api="/api/v1/follow-up",
    ),
    Dataset(
        name="bodies",
        title=_("Bodies of the follow-up"),
        row=_("Body"),
        columns=lambda language: body_rows.COLUMNS,
        extents=extents,
        path="follow-up/bodies/",
        feed="follow-up/bodies/feed/",
        api="/api/v1/bodies",
    ),
    Dataset(
        name="cycles",
        title=_("Review cycles"),
        row=_("Review cycle"),
        columns=lambda language: cycle_rows.COLUMNS,
        extents=extents,
        path="follow-up/cycles/",
        feed="follow-up/cycles/feed/",
        api="/api/v1/cycles",
    ),
    Dataset(
        name="goal-changes",
        title=_("Goals that were changed"),
        row=pgettext_lazy("dataset", "Change"),
        columns=lambda language: change_rows.COLUMNS,
        extents=extents,
        path="follow-up/changes/",
        feed="follow-up/changes/feed/",
    ),
)
