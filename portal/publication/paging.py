"""Lists of the read API by cursor: `{count, next, results}`."""

from collections.abc import Callable
from typing import TypeVar

from django.db.models import Model, QuerySet
from ninja import Schema

PAGE_SIZE = 50
MAX_PAGE_SIZE = 200
Row = TypeVar("Row", bound=Model)


class Page(Schema):
    """One part of a list; `next` is the path of the next part, or null at the end."""

    count: int
    next: str | None
    results: list[dict[str, object]]


def page_of(
    rows: QuerySet[Row], *, path: str, cursor: str, size: int, show: Callable[[Row], dict[str, object]]
) -> Page:
    """Rows by descending primary key after `cursor` (the last key of the part before).

    An unreadable cursor starts at the beginning. `path` carries the query without the cursor.
    """
    size = max(1, min(size, MAX_PAGE_SIZE))
    part = rows.order_by("-pk")
    if cursor.isdigit() and len(cursor) < 19:
        part = part.filter(pk__lt=int(cursor))
    found = list(part[: size + 1])
    following = None
    if len(found) > size:
        found = found[:size]
        following = f"{path}{'&' if '?' in path else '?'}cursor={found[-1].pk}"
    return Page(count=rows.count(), next=following, results=[show(row) for row in found])
