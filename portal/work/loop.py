"""The worker: serves every queue and loop until told to stop; the command `work` runs it.

Each queue and each loop has a thread, so that none waits for another. The first thread keeps the leases,
takes back jobs of workers that died and notes what schedules have due. Any number of workers may run.
"""

import logging
import os
import secrets
import socket
import threading
import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import DatabaseError, close_old_connections, connection
from django.utils import timezone

from portal.work import domain
from portal.work.declarations import QUEUES, Loop, work_loops
from portal.work.models import Worker
from portal.work.running import run
from portal.work.schedules import schedules

logger = logging.getLogger(__name__)
LEASE = timedelta(seconds=30)
IDLE = 0.5
FIRST_REST, LONGEST_REST = 1.0, 15.0


def worker_name() -> str:
    """Host, process and a word of its own: process numbers come again."""
    return f"{socket.gethostname()[:80]}:{os.getpid()}:{secrets.token_hex(4)}"


@dataclass(slots=True)
class WorkerLoop:
    """One worker. `stop` ends it after the jobs that run now, at the next step of long ones."""

    stop: threading.Event
    queues: tuple[str, ...] = QUEUES
    lease: timedelta = LEASE
    with_loops: bool = True
    name: str = field(default_factory=worker_name)
    _kept: float = float("-inf")
    _taken: dict[str, datetime] = field(default_factory=dict)

    def run(self) -> None:
        """Ends when told to stop; a thread that ends by itself ends the worker with an error."""
        self._maintain()
        threads = [threading.Thread(target=self._serve, args=[queue], name=queue) for queue in self.queues]
        if self.with_loops:
            threads += [
                threading.Thread(target=self._follow, args=[loop], name=loop.name) for loop in work_loops()
            ]
        for thread in threads:
            thread.start()
        try:
            while not self.stop.wait(min(1.0, self.lease.total_seconds() / 4)):
                close_old_connections()
                self._maintain()
                if dead := [thread.name for thread in threads if not thread.is_alive()]:
                    raise RuntimeError(f"Ended by themselves: {', '.join(dead)}")
        finally:
            self.stop.set()
            while any(thread.is_alive() for thread in threads):
                self._maintain(is_ending=True)
                for thread in threads:
                    thread.join(0.1)
            Worker.objects.filter(name=self.name).delete()

    def until_empty(self) -> None:
        """What is due now, in this thread: jobs and loops, and what schedules have due."""
        self._maintain()
        while sum(bool(self._do_one(queue)) for queue in self.queues):
            self._maintain()
        if self.with_loops:
            for loop in work_loops():
                loop.drain()
        Worker.objects.filter(name=self.name).delete()

    def _maintain(self, *, is_ending: bool = False) -> None:
        """Cheap when nothing is due: one read a second, one write every quarter of a lease."""
        now = timezone.now()
        try:
            if time.monotonic() - self._kept >= self.lease.total_seconds() / 4:
                domain.keep_leases(worker=self.name, lease=self.lease, now=now)
                self._kept = time.monotonic()
            if not is_ending:
                domain.reclaim_expired(now=now)
                self._enqueue_due(now)
        except DatabaseError as error:
            logger.warning("event=worker_waits reason=%s", error)

    def _enqueue_due(self, now: datetime) -> None:
        for schedule in schedules():
            due_at = schedule.due(now)
            if self._taken.get(schedule.name) != due_at:
                domain.enqueue_due(schedule, now=now)
                self._taken[schedule.name] = due_at

    def _serve(self, queue: str) -> None:
        rests = 0
        while not self.stop.is_set():
            try:
                outcome = self._do_one(queue)
            except DatabaseError as error:
                # The job's lease runs out and it is taken up again.
                logger.warning("event=queue_waits queue=%s reason=%s", queue, error)
                outcome = False
            rests = rests + 1 if outcome is False else 0
            if outcome is None:
                close_old_connections()
                self.stop.wait(IDLE)
            elif rests:
                self.stop.wait(min(FIRST_REST * 2 ** (rests - 1), LONGEST_REST))
        connection.close()

    def _do_one(self, queue: str) -> bool | None:
        """None when nothing is due, False when the queue had better rest."""
        job = domain.claim(queue, worker=self.name, lease=self.lease, now=timezone.now())
        return None if job is None else run(job, stopped=self.stop.is_set)

    def _follow(self, loop: Loop) -> None:
        loop.follow(self.stop.is_set)
        connection.close()
