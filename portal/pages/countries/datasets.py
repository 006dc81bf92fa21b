"""The list of countries as a dataset of the catalogue."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from portal.pages.countries.counting import countries
from portal.pages.countries.exports import COLUMNS
from portal.tables.datasets import Dataset, Extent


def extents() -> Mapping[str, Extent]:
    """Four queries at most."""
    return {"countries": Extent(len(countries()))}


DATASETS = (
    Dataset(
        name="countries",
        title=_("Countries"),
        row=_("Country"),
        columns=lambda language: COLUMNS,
        extents=extents,
        path="countries/",
        api="/api/v1/countries",
    ),
)
