"""Lists of the read API in parts: `{count, next, results}`, and what their parameters have in common."""

from collections.abc import Callable, Sequence
from typing import Annotated, TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest
from ninja import Query, Schema

from portal.common.languages import CODES, DEFAULT, CodeOrNone

PAGE_SIZE = 50
MAX_PAGE_SIZE = 200
Row = TypeVar("Row", bound=Model)
# Parameters that every list takes.
Cursor = Annotated[str, Query(pattern=r"^[0-9]{0,18}$", description="From `next` of the part before.")]
Size = Annotated[int, Query(ge=1, le=MAX_PAGE_SIZE, description="How many at once.")]
Reader = Annotated[CodeOrNone, Query(description="The reader's language; without it that of the browser.")]


class Page(Schema):
    """One part of a list; `next` is the path of the next part, or null at the end."""

    count: int
    next: str | None
    results: list[dict[str, object]]


class Asked(Schema):
    """What can be asked of every list."""

    ui: Reader = ""
    cursor: Cursor = ""
    size: Size = PAGE_SIZE


def reader_language(request: HttpRequest, ui: str | None) -> str:
    """`ui` where it was given, else what the reader asked for by `lang` or the browser."""
    guessed = getattr(request, "LANGUAGE_CODE", DEFAULT)
    return ui or (guessed if guessed in CODES else DEFAULT)


def path_of(request: HttpRequest) -> str:
    """The path of the list with its query, but without the cursor."""
    query = request.GET.copy()
    query.pop("cursor", None)
    return f"{request.path}?{query.urlencode()}" if query else request.path


def page_of(
    rows: QuerySet[Row],
    *,
    path: str,
    cursor: str,
    size: int,
    show: Callable[[Row], dict[str, object]],
    whole: QuerySet[Row] | None = None,
) -> Page:
    """Rows by descending primary key after `cursor` (the last key of the part before). Two queries.

    `path` carries the query without the cursor. With `whole`, all rows as they are to be read, what is chosen
    among `rows` are keys only: a database then puts keys in order, not whole rows.
    """
    part = rows.order_by("-pk")
    if cursor:
        part = part.filter(pk__lt=int(cursor))
    part = part[: size + 1]
    if whole is not None:
        part = whole.filter(pk__in=part.values("pk")).order_by("-pk")
    page_rows = list(part)
    following = None
    if len(page_rows) > size:
        page_rows = page_rows[:size]
        following = _next(path, page_rows[-1].pk)
    return Page(count=rows.count(), next=following, results=[show(row) for row in page_rows])


def part_of(rows: Sequence[dict[str, object]], *, path: str, cursor: str, size: int) -> Page:
    """The same for rows at hand; here the cursor is the number of rows before the part."""
    start = int(cursor or 0)
    following = _next(path, start + size) if start + size < len(rows) else None
    return Page(count=len(rows), next=following, results=list(rows[start : start + size]))


def _next(path: str, cursor: int) -> str:
    return f"{path}{'&' if '?' in path else '?'}cursor={cursor}"
