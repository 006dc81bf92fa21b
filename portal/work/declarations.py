"""What the worker can do, declared by each app in its AppConfig; whoever enqueues and the worker ask here.

`job_kinds()` names kinds of jobs, `work_loops()` outboxes that an app keeps in tables of its own; what is
due by the clock stands in `portal.work.schedules`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any, Protocol

from portal.common.declarations import declared
from portal.work.schedules import schedules

# What a job needs, as JSON, and what it came to.
Payload = Mapping[str, Any]
# Queues are served beside each other: a mail does not wait for an import.
MAIL, LONG, SCHEDULE = "mail", "long", "schedule"
QUEUES = (MAIL, LONG, SCHEDULE)


class Task(Protocol):
    """A job as its function sees it. Each call raises `LeaseLost` when the job is somebody else's by now."""

    payload: Payload

    def progress(self, done: int, total: int) -> None:
        """Tell how far it is. Raises `Interrupted` when the worker is told to end: the job goes on later."""

    def finish(self, result: Payload | None = None) -> None:
        """Done: for an effect outside the database that should be followed by this at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JobKind:
    """`run` does a job. `is_atomic`: in one transaction with the note that it is done, so exactly once.

    Otherwise a job whose worker died is run again from the beginning and has to bear that.
    """

    name: str
    queue: str
    run: Callable[[Task], Payload | None]
    is_atomic: bool = False
    max_attempts: int = 8
    max_backoff: timedelta = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Backlog:
    """A queue in figures. `oldest` is since when the oldest due one is due."""

    due: int
    running: int
    failed: int
    oldest: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Loop:
    """An outbox with a table of its own. `follow` serves it until told to stop, `drain` serves it once."""

    name: str
    follow: Callable[[Callable[[], bool]], None]
    drain: Callable[[], object]
    backlog: Callable[[], Backlog]
    retry_failed: Callable[[], int]


class Interrupted(Exception):
    """The worker ends; the job goes back and is taken up again."""


class LeaseLost(Exception):
    """The job was taken back from this worker; what it does now is no longer wanted."""


class TemporarilyUnavailable(Exception):
    """What the whole queue needs is away, such as a mail server; no attempt is counted."""


class PermanentFailure(Exception):
    """Trying again cannot help."""


@cache
def job_kinds() -> dict[str, JobKind]:
    """By name; every schedule is a kind of job too."""
    scheduled = [
        JobKind(name=f"schedule:{each.name}", queue=SCHEDULE, run=_called(each.run)) for each in schedules()
    ]
    return {kind.name: kind for kind in (*declared("job_kinds"), *scheduled)}


@cache
def work_loops() -> tuple[Loop, ...]:
    return declared("work_loops")


def _called(run: Callable[[], object]) -> Callable[[Task], Payload | None]:
    def job(task: Task) -> None:
        run()

    return job
