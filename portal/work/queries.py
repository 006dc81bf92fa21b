"""How queues and workers stand; the command `work`, `/readyz` and the admin's first page ask here."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Min, Q, QuerySet

from portal.work.declarations import QUEUES, Backlog, work_loops
from portal.work.enums import JobState
from portal.work.models import Job, Worker

# A due job this old, or a heartbeat: somebody should look.
LATE_SECONDS = 300
RECENT = 50


@dataclass(frozen=True, slots=True)
class Report:
    """All queues of jobs together."""

    due: int
    failed: int
    oldest_seconds: int
    heartbeat_seconds: int | None

    @property
    def state(self) -> str:
        if self.heartbeat_seconds is None or self.heartbeat_seconds > LATE_SECONDS:
            return "absent"
        return "late" if self.oldest_seconds > LATE_SECONDS else "ok"

    def as_dict(self) -> dict[str, object]:
        """The part of the answer of `/readyz` that is about work."""
        return {
            "worker": self.state,
            "worker_heartbeat_seconds": self.heartbeat_seconds,
            "jobs_due": self.due,
            "jobs_oldest_seconds": self.oldest_seconds,
            "jobs_failed": self.failed,
        }


def report(*, now: datetime) -> Report:
    """Two queries."""
    row = Job.objects.aggregate(
        due=Count("pk", filter=_due(now)),
        failed=Count("pk", filter=Q(state=JobState.FAILED)),
        oldest=Min("run_after", filter=_due(now)),
    )
    last = Worker.objects.aggregate(last=Max("heartbeat_at"))["last"]
    return Report(
        due=row["due"],
        failed=row["failed"],
        oldest_seconds=_seconds(row["oldest"], now) or 0,
        heartbeat_seconds=_seconds(last, now),
    )


def backlogs(*, now: datetime) -> dict[str, Backlog]:
    """Every queue of jobs and every loop, by name. One query for the jobs, and what the loops need."""
    rows = Job.objects.values("queue").annotate(
        due=Count("pk", filter=_due(now)),
        running=Count("pk", filter=Q(state=JobState.RUNNING)),
        failed=Count("pk", filter=Q(state=JobState.FAILED)),
        oldest=Min("run_after", filter=_due(now)),
    )
    by_queue = {
        row["queue"]: Backlog(row["due"], row["running"], row["failed"], row["oldest"]) for row in rows
    }
    empty = Backlog(0, 0, 0, None)
    return {queue: by_queue.get(queue, empty) for queue in sorted({*QUEUES, *by_queue})} | {
        loop.name: loop.backlog() for loop in work_loops()
    }


def recent_jobs() -> QuerySet[Job]:
    """Jobs with progress that run or have ended lately, and failed ones; without what they were given."""
    told = Q(state=JobState.RUNNING) | Q(state=JobState.FAILED) | Q(result__isnull=False)
    return Job.objects.filter(told).defer("payload").order_by("-pk")[:RECENT]


def _due(now: datetime) -> Q:
    return Q(state=JobState.WAITING, run_after__lte=now)


def _seconds(moment: datetime | None, now: datetime) -> int | None:
    return None if moment is None else max(0, int((now - moment).total_seconds()))
