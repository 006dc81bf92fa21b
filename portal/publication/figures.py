"""Numbers over all that is public, worked out once for each state of it; apps above use it.

Every change of a record or a page leaves a row with a random token in its own transaction (`note_change`).
The rows that a reader sees, added up, name the state that the reader sees: another transaction that commits
late or rolls back can never give two states one name, and no writer waits for another. Numbers only, and
only public ones: titles and texts are always read, so that what is withdrawn or closed is gone at once.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from secrets import randbits
from typing import ParamSpec, TypeVar

from django.db import connection
from django.db.models import Max
from wagtail.models import Page, PageViewRestriction

from portal.publication.models import PublicChange, Record, RecordLink

Asked = ParamSpec("Asked")
Figures = TypeVar("Figures")
# A token is small enough to be added up.
_BITS = 48
# Each row is read with every state, so that there may not be many; the worker throws the others away.
KEPT = 32
# So many questions at a time: a page of each record would be too many to keep.
MOST = 500
# Beside the tokens what a change without one would alter first: rows that are added, and who may read a page,
# which Wagtail's admin changes outside a transaction.
_STATE = f"""SELECT count(*), sum(token),
(SELECT max(id) FROM {Record._meta.db_table}), (SELECT max(id) FROM {RecordLink._meta.db_table}),
(SELECT max(id) FROM {Page._meta.db_table}),
(SELECT max(id) FROM {PageViewRestriction._meta.db_table}),
(SELECT count(*) FROM {PageViewRestriction._meta.db_table})
FROM {PublicChange._meta.db_table}"""  # noqa: S608  # names of our tables

# Empty until somebody asks.
_read_before: ContextVar[list[tuple[object, ...]] | None] = ContextVar("state of the public", default=None)


def note_change() -> None:
    """Called inside the transaction that changes something public, by all that do."""
    PublicChange.objects.create(token=randbits(_BITS))


def clear_changes() -> None:
    """Throw away all but the last `KEPT`: by the clock, so that every change costs its writer the same."""
    last = PublicChange.objects.aggregate(last=Max("pk"))["last"] or 0
    PublicChange.objects.filter(pk__lte=last - KEPT).delete()


def counted_once(count: Callable[Asked, Figures]) -> Callable[Asked, Figures]:
    """The figures that a function gives, kept in this process as long as nothing public changes. One query.

    What is asked for is by position. The state is read first: what is counted after it may be newer, never
    older than its name. Of many questions the last `MOST` or fewer are kept.
    """
    kept: dict[tuple[object, ...], tuple[object, Figures]] = {}

    @wraps(count)
    def figures(*asked: Asked.args, **named: Asked.kwargs) -> Figures:
        state, last = _state(), kept.get(asked)
        if last is None or last[0] != state:
            if len(kept) >= MOST:
                kept.clear()
            last = kept[asked] = (state, count(*asked, **named))
        return last[1]

    return figures


@contextmanager
def one_state() -> Iterator[None]:
    """For a page that asks for several figures and changes nothing: within it the state is read once, by the
    first figure that is asked for.
    """
    token = _read_before.set([] if _read_before.get() is None else _read_before.get())
    try:
        yield
    finally:
        _read_before.reset(token)


def _state() -> tuple[object, ...]:
    read = _read_before.get()
    if read is None:
        return public_state()
    if not read:
        read.append(public_state())
    return read[0]


def public_state() -> tuple[object, ...]:
    """Names what is public now; two that are equal were taken while nothing public changed. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_STATE)
        told: tuple[object, ...] = cursor.fetchone()
        return told
