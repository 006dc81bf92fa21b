"""The two public lists of networks as datasets of the catalogue."""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Count, Max

from portal.networks.addresses import MECHANISMS, NETWORKS, PublicList
from portal.networks.exports import COLUMNS
from portal.networks.models import Network
from portal.tables.datasets import Dataset, Extent


def extents() -> Mapping[str, Extent]:
    """One query."""
    rows = Network.objects.filter(is_public=True).order_by().values_list("kind")
    told = {kind: (number, at) for kind, number, at in rows.annotate(Count("pk"), Max("updated_at"))}
    return {listed.name: _extent(listed, told) for listed in (MECHANISMS, NETWORKS)}


def _extent(listed: PublicList, told: Mapping[str, tuple[int, datetime]]) -> Extent:
    rows = [told[kind] for kind in listed.kinds if kind in told]
    return Extent(sum(number for number, _at in rows), max((at for _number, at in rows), default=None))


DATASETS = tuple(
    Dataset(
        name=listed.name,
        title=listed.title,
        row=listed.row,
        columns=lambda language: COLUMNS,
        extents=extents,
        path=f"{listed.name}/",
        feed=f"{listed.name}/feed/",
        api=f"/api/v1/{listed.name}",
    )
    for listed in (MECHANISMS, NETWORKS)
)
