"""What is due by the clock: each app names its schedules in its AppConfig, and the worker asks here."""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import TypeVar

from django.db.models import Model

from portal.common.declarations import declared

M = TypeVar("M", bound=Model)
logger = logging.getLogger("portal.work")


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """`run` is called once for each time that is due; times that were missed are made up for by one run.

    Due at `at` after midnight UTC and every `every` from there.
    """

    name: str
    every: timedelta
    run: Callable[[], object]
    at: timedelta = timedelta()

    def due(self, now: datetime) -> datetime:
        """The latest time that was due."""
        start = datetime(1970, 1, 1, tzinfo=now.tzinfo) + self.at
        return start + (now - start) // self.every * self.every


@cache
def schedules() -> tuple[Schedule, ...]:
    return declared("schedules")


def each_tried(what: str, rows: Iterable[M], verb: Callable[[M], bool]) -> int:
    """Of how many the verb says that it was done. One that fails is logged and keeps no other waiting."""
    return sum(_is_done(what, row, verb) for row in rows)


def _is_done(what: str, row: M, verb: Callable[[M], bool]) -> bool:
    try:
        return verb(row)
    except Exception:  # whatever is wrong with one, the others are due
        logger.exception("event=%s_failed row=%s", what, row.pk)
        return False
