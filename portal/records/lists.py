"""One list of records with its filters: what its page, export, feed and the read API have in common."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict

from portal.publication.figures import one_state
from portal.publication.models import Record
from portal.publication.queries import counted_by, in_language, published
from portal.records.filters import Reader, RecordFilters
from portal.records.types import RecordType
from portal.taxonomy.queries import vocabulary_names

PAGE_SIZE = 20
# What an address may carry that is no filter.
_APART = ("page", "format")


@dataclass(frozen=True, slots=True)
class Listing:
    """The records of a type that pass the filters of an address, for one reader, in the order of the type."""

    type: RecordType
    reader: Reader
    filters: RecordFilters
    query: QueryDict

    @property
    def rows(self) -> QuerySet[Record]:
        language = self.reader.language
        return in_language(self.type.in_order(self.filters.qs, language), language)

    @property
    def address(self) -> str:
        return self.type.address(self.reader.language)

    def page(self, number: str | None) -> Page:
        """The part that `?page=` asks for; an unreadable number gives the nearest part. Two queries,
        and one where choices know what they keep.

        What counts the rows also tells which values of the longest choice lead to any.
        """
        pages = Paginator(self.rows, PAGE_SIZE)
        with one_state():
            self.filters.narrow_kept()
        if name := self.filters.narrowed:
            counts = self._counts(name)
            self.filters.narrow(counts)
            chosen = self.filters.chosen().get(name)
            pages.count = counts.get(chosen, 0) if chosen else sum(counts.values())
        page = pages.get_page(number)
        if self.type.is_by_name:
            page.object_list = self._by_key(cast("QuerySet[Record]", page.object_list))
        return page

    def _by_key(self, part: QuerySet[Record]) -> QuerySet[Record]:
        """The same rows: a database that has no index for an order sorts keys, not whole rows."""
        rows = published(self.type.kind).filter(pk__in=part.values("pk"))
        language = self.reader.language
        return in_language(self.type.in_order(rows, language), language)

    def _counts(self, name: str) -> Mapping[str, int]:
        """Rows by the value of the narrowed choice; without other filters as they were counted once."""
        if self.filters.chosen().keys() <= {name} and not self.filters.form.errors:
            return counted_by(self.type.kind, self.filters.filters[name].field_name)
        return self.filters.counts()

    @property
    def query_of_filters(self) -> str:
        """The filters as an address carries them; empty without any."""
        query = self.query.copy()
        for name in _APART:
            query.pop(name, None)
        return f"?{query.urlencode()}" if query else ""

    def address_with(self, **changes: Any) -> str:
        """The same list with its filters and something more."""
        filters = self.query_of_filters
        return f"{filters}&{urlencode(changes)}" if filters else f"?{urlencode(changes)}"


def listing_of(declared: RecordType, request: HttpRequest, language: str) -> Listing:
    """The list that an address asks for. One query, and those of the filters."""
    names = vocabulary_names(language)
    reader = Reader(language, names.types, names.marks)
    filters = declared.all_filters(request.GET, declared.list_rows(), reader)
    return Listing(declared, reader, filters, request.GET)
