"""`work [--until-empty] [--status [--json]] [--retry-failed QUEUE]`: the worker, and how its queues stand."""

import json
import signal
import threading
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from portal.work import domain, queries
from portal.work.declarations import QUEUES, work_loops
from portal.work.loop import LEASE, WorkerLoop
from portal.work.models import Job


class Command(BaseCommand):
    help = "Send mails, run jobs and schedules, keep the index up to date; goes on until told to stop."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--until-empty", "--once", action="store_true", help="do what is due and end")
        parser.add_argument("--queue", action="append", choices=QUEUES, help="only this queue of jobs")
        parser.add_argument("--lease", type=float, default=LEASE.total_seconds(), help="seconds")
        parser.add_argument("--status", action="store_true", help="say how the queues stand")
        parser.add_argument("--json", action="store_true", help="with --status: one line of JSON")
        parser.add_argument("--retry-failed", metavar="QUEUE", help="failed jobs of a queue wait again")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["retry_failed"]:
            self._retry(options["retry_failed"])
        elif options["status"]:
            self._say(as_json=options["json"])
        else:
            self._work(options)

    def _work(self, options: dict[str, Any]) -> None:
        stop = threading.Event()
        worker = WorkerLoop(
            stop,
            queues=tuple(options["queue"] or QUEUES),
            lease=timedelta(seconds=options["lease"]),
            with_loops=not options["queue"],
        )
        if options["until_empty"]:
            worker.until_empty()
            return
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        worker.run()

    def _retry(self, queue: str) -> None:
        loops = {loop.name: loop for loop in work_loops()}
        if queue not in {*QUEUES, *loops}:
            raise CommandError(f"There is no queue {queue}; there are {', '.join((*QUEUES, *loops))}.")
        if queue in loops:
            number = loops[queue].retry_failed()
        else:
            number = domain.retry_failed(queue, now=timezone.now())
        self.stdout.write(f"{queue}: {number} wait again")

    def _say(self, *, as_json: bool) -> None:
        now = timezone.now()
        report, backlogs = queries.report(now=now), queries.backlogs(now=now)
        if as_json:
            queues = {
                name: {
                    "due": each.due,
                    "running": each.running,
                    "failed": each.failed,
                    "oldest": each.oldest.isoformat() if each.oldest else None,
                }
                for name, each in backlogs.items()
            }
            jobs = [_as_json(job) for job in queries.recent_jobs()]
            self.stdout.write(json.dumps({**report.as_dict(), "queues": queues, "jobs": jobs}))
            return
        heartbeat = "never" if report.heartbeat_seconds is None else f"{report.heartbeat_seconds} s ago"
        self.stdout.write(f"worker: {report.state}, last heartbeat {heartbeat}")
        for name, each in backlogs.items():
            self.stdout.write(f"{name}: {each.due} due, {each.running} running, {each.failed} failed")
        for job in queries.recent_jobs():
            steps = f" {job.done} of {job.total}" if job.total else ""
            told = job.problem or (json.dumps(job.result, ensure_ascii=False) if job.result else "")
            self.stdout.write(f"job {job.pk} {job.kind}: {job.state}{steps} {told}".rstrip())


def _as_json(job: Job) -> dict[str, object]:
    names = ("pk", "queue", "kind", "state", "attempts", "done", "total", "result", "problem")
    return {"id" if name == "pk" else name: getattr(job, name) for name in names}
