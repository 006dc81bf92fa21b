"""Reads for the public pages of pledges, from the ledger."""

from django.db.models import QuerySet

from portal.publication.enums import RecordKind, Relation
from portal.publication.models import Record
from portal.publication.queries import by_organization, linking_to, published


def pledges(filters: dict[str, str]) -> QuerySet[Record]:
    """Published pledges that pass the filters, newest first; see `PledgeFilters`."""
    rows = published(RecordKind.PLEDGE)
    if "outcome" in filters:
        rows = linking_to(Relation.SERVES, [filters["outcome"]])
    if "organization" in filters:
        rows = by_organization(rows, filters["organization"])
    exact = {"country": "country", "stage": "facts__stage"}
    return rows.filter(**{exact[name]: value for name, value in filters.items() if name in exact})
