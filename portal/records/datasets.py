"""Every kind of record as a dataset of the catalogue."""

from functools import partial

from django.db.models import Count, Max, Min

from portal.publication.queries import published
from portal.records.columns import codebook_of
from portal.records.types import RecordType, record_types
from portal.tables.codebook import Columns
from portal.tables.datasets import Dataset, Extent


def datasets() -> tuple[Dataset, ...]:
    """Those of the lowest app first."""
    return tuple(_dataset(declared) for declared in record_types())


def extents() -> dict[str, Extent]:
    """One query for all kinds."""
    rows = published().select_related(None).order_by().values_list("kind")
    told = rows.annotate(Count("pk"), Max("updated_at"), Min("year"), Max("year"))
    by_kind = {kind: Extent(number, at, (first, last)) for kind, number, at, first, last in told}
    return {each.path: by_kind.get(each.kind, Extent(0)) for each in record_types()}


def _dataset(declared: RecordType) -> Dataset:
    return Dataset(
        name=declared.path,
        title=declared.plural,
        row=declared.label,
        columns=partial(_columns, declared),
        extents=extents,
        path=f"{declared.path}/",
        feed=f"{declared.path}/feed/",
        api=f"/api/v1/{declared.path}",
        is_record=True,
    )


def _columns(declared: RecordType, language: str) -> Columns:
    return codebook_of(declared)
