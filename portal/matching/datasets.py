"""Needs and who could help as a dataset of the catalogue."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from portal.matching.public_pages import COLUMNS
from portal.tables.datasets import Dataset, Extent


def extents() -> Mapping[str, Extent]:
    return {"matches": Extent(None)}


DATASETS = (
    Dataset(
        name="matches",
        title=_("Needs and offers"),
        row=_("A need with one pledge that could help"),
        columns=lambda language: COLUMNS,
        extents=extents,
        path="matches/",
    ),
)
