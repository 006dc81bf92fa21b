"""What is due by the clock: each app names its schedules in its AppConfig, and the worker asks here."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from portal.common.declarations import declared


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
