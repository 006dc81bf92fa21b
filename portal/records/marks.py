"""Cross-cutting marks of public records; declarations name the filter, the rooms show what a record bears."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.publication.enums import Relation
from portal.publication.models import Record
from portal.publication.queries import with_link
from portal.records.filters import Choice
from portal.records.types import RecordType, Shown
from portal.taxonomy.queries import mark_choices, mark_names, marks


def bearing(rows: QuerySet[Record], name: str, code: str) -> QuerySet[Record]:
    return with_link(rows, Relation.MARKED, [code])


def by_mark() -> Choice:
    """The filter `marks` of a kind that `is_marked`."""
    return Choice(
        gettext_lazy("Cross-cutting mark"),
        offered=lambda reader: mark_choices(reader.marks or marks(reader.language)),
        method=bearing,
        pattern="[a-z0-9_-]{1,40}",
        description="Code of a cross-cutting mark, such as gender.",
    )


def mark_rows(declared: RecordType, shown: Shown) -> list[dict[str, Any]]:
    """A row for the summary table, each mark with the list of what bears it too. One query."""
    codes = declared.marks_of(shown.record)
    if not codes:
        return []
    names, every = mark_names(shown.language), declared.address(shown.language)
    links = [{"label": names.get(code, code), "url": f"{every}?marks={code}"} for code in codes]
    return [{"term": _("Cross-cutting marks"), "links": links}]
