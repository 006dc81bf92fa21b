"""Verbs of jobs: note, claim, keep, finish, fail, retry; apps above call `enqueue`, the worker the rest.

Whoever writes a running job names its worker and attempt: a worker whose lease ran out changes nothing.
"""

from contextlib import nullcontext
from datetime import datetime, timedelta

from django.db import IntegrityError, connection, transaction

from portal.work.declarations import SCHEDULE, JobKind, Payload, job_kinds
from portal.work.enums import JobState
from portal.work.models import Job, ScheduledTime, Worker
from portal.work.schedules import Schedule

LONGEST_PROBLEM = 2000


def enqueue(kind: str, payload: Payload | None = None, *, now: datetime, key: str = "") -> Job | None:
    """Note a job in the transaction that wants it. None when one with this key waits or runs already."""
    job = Job(
        kind=kind,
        queue=job_kinds()[kind].queue,
        key=key,
        payload=dict(payload or {}),
        run_after=now,
        created_at=now,
    )
    try:
        with transaction.atomic():
            job.save()
    except IntegrityError:
        # Another job has the key.
        return None
    return job


def claim(queue: str, *, worker: str, lease: timedelta, now: datetime) -> Job | None:
    """The job that is due longest, now this worker's. One query when nothing is due."""
    due = Job.objects.filter(queue=queue, state=JobState.WAITING, run_after__lte=now).order_by(
        "run_after", "pk"
    )
    while due.exists():
        locks = connection.features.has_select_for_update_skip_locked
        with transaction.atomic() if locks else nullcontext():
            job = due.select_for_update(skip_locked=True).first()
            if job is None:
                return None
            # Without row locks this condition decides which of several workers has it.
            mine = Job.objects.filter(pk=job.pk, state=JobState.WAITING, attempts=job.attempts).update(
                state=JobState.RUNNING, worker=worker, attempts=job.attempts + 1, leased_until=now + lease
            )
        if mine:
            job.refresh_from_db()
            return job
    return None


def keep_leases(*, worker: str, lease: timedelta, now: datetime) -> None:
    """A sign of life, and the leases of what this worker runs go on."""
    Worker.objects.update_or_create(
        name=worker, defaults={"heartbeat_at": now}, create_defaults={"started_at": now, "heartbeat_at": now}
    )
    Job.objects.filter(worker=worker, state=JobState.RUNNING).update(leased_until=now + lease)


def reclaim_expired(*, now: datetime) -> int:
    """Jobs whose worker has died wait again."""
    lost = Job.objects.filter(state=JobState.RUNNING, leased_until__lt=now)
    if not lost.exists():
        return 0
    return lost.update(state=JobState.WAITING, worker="", leased_until=None, problem="The worker died.")


def release(job: Job, *, now: datetime, pause: timedelta = timedelta(), problem: str = "") -> bool:
    """Not done and not to blame: the attempt does not count."""
    return _change(
        job,
        state=JobState.WAITING,
        worker="",
        leased_until=None,
        attempts=job.attempts - 1,
        run_after=now + pause,
        problem=problem,
    )


def note_progress(job: Job, done: int, total: int) -> bool:
    return _change(job, done=done, total=total)


def finish(job: Job, result: Payload | None, *, now: datetime) -> bool:
    """False when the job is no longer this worker's."""
    return _change(
        job,
        state=JobState.DONE,
        payload={},
        result=dict(result) if result is not None else None,
        problem="",
        leased_until=None,
        finished_at=now,
    )


def fail(job: Job, problem: str, *, now: datetime, kind: JobKind | None) -> bool:
    """Later again with growing pauses, until it has been tried often enough; never again without a kind."""
    said = problem[:LONGEST_PROBLEM]
    if kind is None or job.attempts >= kind.max_attempts:
        return _change(job, state=JobState.FAILED, problem=said, leased_until=None, finished_at=now)
    pause = min(timedelta(seconds=2 ** min(job.attempts, 20)), kind.max_backoff)
    return _change(
        job, state=JobState.WAITING, problem=said, worker="", leased_until=None, run_after=now + pause
    )


def retry_failed(queue: str, *, now: datetime) -> int:
    """Failed jobs wait again; one whose key another job has meanwhile is dropped for that one."""
    retried = 0
    for pk in list(Job.objects.filter(queue=queue, state=JobState.FAILED).values_list("pk", flat=True)):
        row = Job.objects.filter(pk=pk, state=JobState.FAILED)
        try:
            with transaction.atomic():
                retried += row.update(
                    state=JobState.WAITING, attempts=0, run_after=now, worker="", finished_at=None
                )
        except IntegrityError:
            row.delete()
    return retried


@transaction.atomic
def enqueue_due(schedule: Schedule, *, now: datetime) -> bool:
    """Note the job of the latest due time, unless somebody has."""
    due_at = schedule.due(now)
    _row, is_new = ScheduledTime.objects.get_or_create(name=schedule.name, defaults={"due_at": due_at})
    moved = ScheduledTime.objects.filter(name=schedule.name, due_at__lt=due_at).update(due_at=due_at)
    if is_new or moved:
        return enqueue(f"{SCHEDULE}:{schedule.name}", now=now, key=schedule.name) is not None
    return False


def _change(job: Job, **changes: object) -> bool:
    mine = Job.objects.filter(pk=job.pk, state=JobState.RUNNING, worker=job.worker, attempts=job.attempts)
    return bool(mine.update(**changes))
