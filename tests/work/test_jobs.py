"""Jobs: noted once, claimed once, tried again with growing pauses, given up, taken back."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from portal.work import domain
from portal.work.declarations import JobKind, PermanentFailure, Task, TemporarilyUnavailable
from portal.work.models import Job, Worker
from portal.work.running import run
from tests.rivals import after_query
from tests.work.conftest import claim, do_all

Declare = Callable[..., JobKind]
SECOND = timedelta(seconds=1)


def fails(task: Task) -> None:
    raise ValueError("no luck")


def running() -> bool:
    return False


def test_a_job_goes_with_its_transaction(declare: Declare, now: datetime) -> None:
    declare("one", lambda task: None)
    with transaction.atomic():
        domain.enqueue("one", now=now)
        transaction.set_rollback(True)
    assert (Job.objects.count(), claim()) == (0, None)


def test_a_job_is_done_once_and_keeps_no_payload(declare: Declare, now: datetime) -> None:
    seen: list[object] = []
    declare("one", lambda task: seen.append(task.payload["word"]) or {"length": 6})
    domain.enqueue("one", {"word": "secret"}, now=now)
    assert (do_all("long"), do_all("long"), seen) == (1, 0, ["secret"])
    job = Job.objects.get()
    assert (job.state, job.payload, job.result, job.attempts) == ("done", {}, {"length": 6}, 1)


def test_a_key_is_noted_once_while_it_waits_or_runs(declare: Declare, now: datetime) -> None:
    declare("one", lambda task: None)
    assert domain.enqueue("one", now=now, key="k") is not None
    assert domain.enqueue("one", now=now, key="k") is None
    assert domain.enqueue("one", now=now + SECOND, key="k") is None
    job = claim()
    assert job is not None
    assert domain.enqueue("one", now=now + SECOND, key="k") is None
    run(job, stopped=running)
    assert domain.enqueue("one", now=now + SECOND, key="k") is not None


def test_two_workers_never_have_the_same_job(declare: Declare, now: datetime) -> None:
    declare("one", lambda task: None)
    for _number in range(3):
        domain.enqueue("one", now=now)
    taken = [claim(worker=name) for name in ("one", "two", "one", "two")]
    first, second, third = Job.objects.order_by("pk").values_list("pk", flat=True)
    assert [job and (job.pk, job.worker) for job in taken] == [
        (first, "one"),
        (second, "two"),
        (third, "one"),
        None,
    ]


def test_a_failed_attempt_is_tried_again_with_growing_pauses(declare: Declare, now: datetime) -> None:
    kind = declare("bad", fails, max_attempts=4, max_backoff=timedelta(seconds=5))
    domain.enqueue("bad", now=now)
    pauses = []
    for _attempt in range(3):
        job = claim(at=now + timedelta(hours=1))
        assert job is not None
        domain.fail(job, "no luck", now=now, kind=kind)
        job.refresh_from_db()
        pauses.append((job.run_after - now).total_seconds())
    assert (pauses, claim(at=now)) == ([2, 4, 5], None)
    assert do_all("long", at=now + timedelta(hours=1)) == 1
    failed = Job.objects.get()
    assert (failed.state, failed.attempts, failed.problem) == ("failed", 4, "ValueError: no luck")
    assert (Job.objects.filter(state="failed").count(), do_all("long", at=now + timedelta(days=9))) == (1, 0)


def test_failed_jobs_wait_again_when_somebody_says_so(declare: Declare, now: datetime) -> None:
    declare("bad", fails, max_attempts=1)
    domain.enqueue("bad", now=now, key="k")
    do_all("long")
    newer = domain.enqueue("bad", now=now, key="k")
    assert newer is not None
    assert (domain.retry_failed("long", now=now), Job.objects.get()) == (0, newer)
    do_all("long")
    assert domain.retry_failed("long", now=now) == 1
    again = Job.objects.get()
    assert (again.state, again.attempts) == ("waiting", 0)


def test_a_hopeless_job_is_not_tried_again(declare: Declare, now: datetime) -> None:
    def hopeless(task: Task) -> None:
        raise PermanentFailure("gone")

    declare("bad", hopeless)
    domain.enqueue("bad", now=now)
    do_all("long")
    assert Job.objects.values_list("state", "problem").get() == ("failed", "gone")


def test_an_unknown_kind_fails_and_says_so(declare: Declare, now: datetime) -> None:
    declare("one", lambda task: None)
    domain.enqueue("one", now=now)
    Job.objects.update(kind="other")
    do_all("long")
    assert Job.objects.values_list("state", "problem").get() == ("failed", "No app declares the kind other.")


def test_a_queue_that_must_wait_counts_no_attempt(declare: Declare, now: datetime) -> None:
    def away(task: Task) -> None:
        raise TemporarilyUnavailable("away")

    declare("bad", away)
    domain.enqueue("bad", now=now)
    job = claim()
    assert job is not None
    assert run(job, stopped=running) is False
    job.refresh_from_db()
    assert (job.state, job.attempts, job.problem) == ("waiting", 0, "away")


def test_the_job_of_a_dead_worker_is_taken_back(declare: Declare, now: datetime) -> None:
    declare("one", lambda task: None)
    domain.enqueue("one", now=now)
    claim(worker="dead", at=now)
    later = now + timedelta(seconds=31)
    assert (domain.reclaim_expired(now=now), domain.reclaim_expired(now=later), do_all("long", at=later)) == (
        0,
        1,
        1,
    )
    job = Job.objects.get()
    assert (job.state, job.attempts) == ("done", 2)


def test_a_job_that_kills_its_workers_is_given_up(declare: Declare, now: datetime) -> None:
    declare("deadly", lambda task: None, max_attempts=3)
    domain.enqueue("deadly", now=now)
    later = now + timedelta(hours=1)
    for _death in range(3):
        assert claim(at=now) is not None
        domain.reclaim_expired(now=later)
    assert do_all("long", at=later) == 1
    assert Job.objects.values_list("state", "problem").get() == (
        "failed",
        "The worker died. Tried 3 times.",
    )


def test_a_living_worker_keeps_its_job(declare: Declare, now: datetime) -> None:
    declare("one", lambda task: None)
    domain.enqueue("one", now=now)
    claim(worker="one", at=now)
    domain.keep_leases(worker="one", lease=timedelta(seconds=30), now=now + timedelta(seconds=20))
    assert domain.reclaim_expired(now=now + timedelta(seconds=40)) == 0
    assert Worker.objects.get().heartbeat_at == now + timedelta(seconds=20)


def test_what_was_taken_back_writes_nothing_more(declare: Declare, now: datetime) -> None:
    """The first worker was only slow: its effect in the database goes, and the second one's stays."""

    def writes(task: Task) -> None:
        Worker.objects.create(name=task.payload["word"], started_at=now, heartbeat_at=now)

    kind = declare("writes", writes, is_atomic=True)
    domain.enqueue("writes", {"word": "once"}, now=now)
    slow = claim(worker="slow", at=now)
    assert slow is not None
    later = now + timedelta(hours=1)
    domain.reclaim_expired(now=later)
    assert run(slow, stopped=running)
    assert Worker.objects.count() == 0
    assert not domain.fail(slow, "late", now=later, kind=kind)
    assert (do_all("long", at=later), Worker.objects.get().name) == (1, "once")


def test_an_atomic_job_that_fails_leaves_nothing(declare: Declare, now: datetime) -> None:
    def writes_and_fails(task: Task) -> None:
        Worker.objects.create(name="half", started_at=now, heartbeat_at=now)
        raise ValueError("no luck")

    declare("writes", writes_and_fails, is_atomic=True)
    domain.enqueue("writes", now=now)
    do_all("long")
    assert (Worker.objects.count(), Job.objects.get().problem) == (0, "ValueError: no luck")


def test_a_long_job_tells_its_progress_and_goes_back_when_the_worker_ends(
    declare: Declare, now: datetime
) -> None:
    steps: list[int] = []

    def long(task: Task) -> None:
        for number in range(1, 4):
            steps.append(number)
            task.progress(number, 3)

    declare("long", long)
    domain.enqueue("long", now=now)
    job = claim()
    assert job is not None
    run(job, stopped=lambda: True)
    job.refresh_from_db()
    assert (steps, job.state, job.attempts, job.done, job.total) == ([1], "waiting", 0, 1, 3)
    do_all("long")
    job.refresh_from_db()
    assert (steps, job.state, job.done) == ([1, 1, 2, 3], "done", 3)


def test_an_idle_poll_is_one_query(db: None, django_assert_num_queries: Callable[[int], Any]) -> None:
    with django_assert_num_queries(1):
        assert claim() is None


def test_a_job_that_another_takes_at_the_same_moment_is_not_claimed(declare: Declare, now: datetime) -> None:
    """It is gone between the look whether anything is due and the claim."""
    declare("one", lambda task: None)
    domain.enqueue("one", now=now)

    with after_query("SELECT", lambda: Job.objects.all().delete()):
        assert claim() is None
