"""The calendar as a dataset of the catalogue."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from portal.calendar.entries import entries
from portal.calendar.words import COLUMNS
from portal.common.languages import DEFAULT
from portal.tables.datasets import Dataset, Extent


def extents() -> Mapping[str, Extent]:
    rows = entries(DEFAULT)
    return {"calendar": Extent(len(rows), max((row.changed for row in rows), default=None))}


DATASETS = (
    Dataset(
        name="calendar",
        title=_("Dates"),
        row=_("Date"),
        columns=lambda language: COLUMNS,
        extents=extents,
        path="calendar/",
        feed="calendar/feed/",
    ),
)
