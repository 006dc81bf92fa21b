"""Runs one job that was claimed; the worker calls it."""

import logging
import time
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass, field

from django.db import OperationalError, close_old_connections, connection, transaction
from django.utils import timezone

from portal.work import domain
from portal.work.declarations import (
    Interrupted,
    JobKind,
    LeaseLost,
    Payload,
    PermanentFailure,
    TemporarilyUnavailable,
    job_kinds,
)
from portal.work.models import Job

logger = logging.getLogger(__name__)
PAUSES = (0.1, 0.5, 2.0, 5.0)


@dataclass(slots=True)
class RunningJob:
    """What a job's function is given (`declarations.Task`)."""

    job: Job
    stopped: Callable[[], bool]
    is_done: bool = False
    payload: Payload = field(init=False)

    def __post_init__(self) -> None:
        self.payload = self.job.payload

    def progress(self, done: int, total: int) -> None:
        _require(domain.note_progress(self.job, done, total))
        if self.stopped() and done < total:
            raise Interrupted

    def finish(self, result: Payload | None = None) -> None:
        if not self.is_done:
            _require(_with_retries(lambda: domain.finish(self.job, result, now=timezone.now())))
            self.is_done = True


def run(job: Job, *, stopped: Callable[[], bool]) -> bool:
    """Whatever comes of it stands in the job's row. False when its queue had better rest."""
    kind = job_kinds().get(job.kind)
    if kind is None:
        domain.fail(job, f"No app declares the kind {job.kind}.", now=timezone.now(), kind=None)
    elif job.attempts > kind.max_attempts:
        domain.fail(job, f"{job.problem} Tried {job.attempts - 1} times.", now=timezone.now(), kind=None)
    else:
        return _try(job, kind, RunningJob(job, stopped))
    return True


def _try(job: Job, kind: JobKind, task: RunningJob) -> bool:
    try:
        with transaction.atomic() if kind.is_atomic else nullcontext():
            task.finish(kind.run(task))
    except Interrupted:
        domain.release(job, now=timezone.now())
    except LeaseLost:
        logger.warning("event=job_lease_lost kind=%s job=%d", job.kind, job.pk)
    except TemporarilyUnavailable as reason:
        logger.warning("event=queue_rests queue=%s reason=%s", job.queue, reason)
        domain.release(job, now=timezone.now(), problem=str(reason))
        return False
    except PermanentFailure as reason:
        logger.error("event=job_failed kind=%s job=%d reason=%s", job.kind, job.pk, reason)
        domain.fail(job, str(reason), now=timezone.now(), kind=None)
    except Exception as error:
        # Once it is done what goes wrong in its function's last lines changes nothing.
        logger.exception("event=job_attempt_failed kind=%s job=%d attempt=%d", job.kind, job.pk, job.attempts)
        domain.fail(job, f"{type(error).__name__}: {error}", now=timezone.now(), kind=kind)
    return True


def _with_retries(note: Callable[[], bool]) -> bool:
    """A job that is done outside the database must not be done again because somebody holds that."""
    for pause in PAUSES:
        try:
            return note()
        except OperationalError:
            if connection.in_atomic_block:
                raise
            close_old_connections()
            time.sleep(pause)
    return note()


def _require(is_mine: bool) -> None:
    if not is_mine:
        raise LeaseLost
