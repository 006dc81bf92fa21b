"""The parts of all frameworks as a dataset of the catalogue."""

from collections.abc import Mapping

from django.db.models import Count, Max
from django.utils.translation import gettext_lazy as _

from portal.plan.exports import COLUMNS
from portal.plan.queries import nodes
from portal.tables.datasets import Dataset, Extent


def extents() -> Mapping[str, Extent]:
    """One query."""
    told = nodes().order_by().aggregate(Count("pk"), Max("updated_at"))
    return {"plan": Extent(told["pk__count"], told["updated_at__max"])}


DATASETS = (
    Dataset(
        name="plan",
        title=_("Plan of action and other frameworks"),
        row=_("Part of a framework"),
        columns=lambda language: COLUMNS,
        extents=extents,
        path="plan/",
        feed="plan/feed/",
        api="/api/v1/actions",
    ),
)
