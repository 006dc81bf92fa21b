"""Proof that every job is done once: two workers, random SIGKILLs, a mail server that goes away.

    .venv/bin/python bench/worker.py   # 1,000 jobs of each queue, 50 kills; 120 s away
    .venv/bin/python bench/worker.py --jobs 60 --kills 4 --away 5
    DATABASE_URL=postgres://... .venv/bin/python bench/worker.py   # the same on an empty PostgreSQL

Works in a temporary folder with a database of its own (SQLite, or an empty one at `DATABASE_URL`) and a mail
server of ours. The workers are processes, forked from one that is set up already; each job leaves a row for
each time it was run to the end. Exit 1 when something was lost or done twice; mails that were sent twice by a
worker that died between the server's yes and its note carry the same Message-ID and are counted apart.
"""

import argparse
import os
import random
import shutil
import signal
import socket
import sys
import tempfile
import threading
import time
import traceback
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from email import message_from_bytes
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
LEASE = 1.0
AT_MOST = 900.0


def set_up(folder: Path, port: int) -> None:
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "portal.settings.dev",
        "VAR_DIR": str(folder),
        "EMAIL_URL": f"smtp://127.0.0.1:{port}",
    }
    import django
    from django.conf import settings

    settings.DEBUG = False  # else every query is kept in memory
    django.setup()
    declare()


def declare() -> None:
    """Jobs of the bench: each leaves a line of the event log."""
    from django.utils import timezone

    from portal.common.models import Event
    from portal.work.declarations import LONG, SCHEDULE, JobKind, Task, job_kinds

    def leave_a_line(task: Task) -> None:
        Event.objects.create(
            at=timezone.now(), action="bench", object_kind="bench", object_key=task.payload["key"]
        )

    for queue in (LONG, SCHEDULE):
        name = f"bench_{queue}"
        job_kinds()[name] = JobKind(
            name=name, queue=queue, run=leave_a_line, is_atomic=True, max_attempts=1000
        )


def fork_worker(folder: Path) -> int:
    """The number of the process; connections are not shared with it."""
    from django.db import connections

    connections.close_all()
    child = os.fork()
    if child:
        return child
    status = 1
    try:
        os.dup2(os.open(folder / "workers.log", os.O_CREAT | os.O_WRONLY | os.O_APPEND), 2)
        from portal.work.declarations import QUEUES
        from portal.work.loop import WorkerLoop

        stop = threading.Event()
        signal.signal(signal.SIGTERM, lambda *_: stop.set())
        WorkerLoop(stop, queues=QUEUES, lease=timedelta(seconds=LEASE), with_loops=False).run()
        status = 0
    except BaseException:
        os.write(2, traceback.format_exc().encode())
    finally:
        os._exit(status)


@dataclass
class Workers:
    """Two of them; a killed one is followed by another."""

    folder: Path
    pids: list[int] = field(default_factory=list)
    killed: int = 0

    def start(self) -> None:
        self.pids.append(fork_worker(self.folder))

    def kill_one(self, dice: random.Random) -> None:
        victim = self.pids.pop(dice.randrange(len(self.pids)))
        os.kill(victim, signal.SIGKILL)
        os.waitpid(victim, 0)
        self.killed += 1
        self.start()

    def end(self) -> list[int]:
        """Their exits, after a polite signal."""
        for pid in self.pids:
            os.kill(pid, signal.SIGTERM)
        exits = [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in self.pids]
        self.pids.clear()
        return exits


def left() -> int:
    from portal.work.enums import ACTIVE
    from portal.work.models import Job

    return Job.objects.filter(state__in=ACTIVE).exclude(kind__startswith="schedule:").count()


def fill(jobs: int) -> None:
    from django.core.mail import EmailMessage
    from django.db import transaction
    from django.utils import timezone

    from portal.work.domain import enqueue

    with transaction.atomic():
        for number in range(jobs):
            EmailMessage(f"Mail {number}", "A link", to=[f"p{number}@example.org"]).send()
            for queue in ("long", "schedule"):
                enqueue(f"bench_{queue}", {"key": f"{queue} {number}"}, now=timezone.now())


def wait(seconds: float, what: str) -> None:
    end = time.monotonic() + seconds
    while left():
        if time.monotonic() > end:
            raise SystemExit(f"{what}: {left()} jobs are left after {seconds:.0f} s.")
        time.sleep(0.2)


def subjects(mails: list) -> Counter:
    """How often each mail arrived, and told apart by Message-ID how often as another mail."""
    return Counter(message_from_bytes(each.content)["Subject"] for each in mails)


def kills(folder: Path, sink, jobs: int, number: int, dice: random.Random) -> bool:
    from portal.common.models import Event
    from portal.work.models import Job

    fill(jobs)
    workers, began = Workers(folder), time.monotonic()
    for _worker in range(2):
        workers.start()
    try:
        total = left()
        for kill in range(number):
            # Spread over the work: each kill meets workers that are busy.
            while left() > total * (1 - (kill + dice.random()) / (number + 1)):
                time.sleep(0.005)
            workers.kill_one(dice)
        wait(AT_MOST, "kills")
        seconds = time.monotonic() - began
    finally:
        exits = workers.end()
    lines = Counter(Event.objects.filter(action="bench").values_list("object_key", flat=True))
    arrived = subjects(sink.mails)
    ids = {message_from_bytes(each.content)["Message-ID"] for each in sink.mails}
    again = sum(arrived.values()) - len(arrived)
    failed = Job.objects.filter(state="failed").count()
    again_run = Job.objects.filter(attempts__gt=1).count()
    print(f"{workers.killed} kills, 2 workers, {seconds:.0f} s, exits at the end {exits}")
    for queue in ("long", "schedule"):
        of = {key: count for key, count in lines.items() if key.startswith(queue)}
        print(f"{queue}: {len(of)} of {jobs} done, {sum(c > 1 for c in of.values())} twice")
    print(
        f"mail: {len(arrived)} of {jobs} arrived, {again} came again under their Message-ID, {len(ids)} ids"
    )
    print(f"jobs that lost a worker and were run again: {again_run}; failed: {failed}")
    done = len(lines) == 2 * jobs and max(lines.values()) == 1
    return done and len(arrived) == len(ids) == jobs and not failed and exits == [0, 0]


def away(folder: Path, port: int, seconds: float) -> bool:
    """Nobody listens; people sign up all the time; then the server is back."""
    from django.test import Client

    from portal.work.models import Job
    from tests.factories.smtp_sink import SmtpSink

    workers, answers, slowest, number = Workers(folder), Counter(), 0.0, 0
    for _worker in range(2):
        workers.start()
    try:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            began = time.monotonic()
            person = {"name": "Ana", "email": f"away{number}@example.org"}
            # Each from an address of its own, or the limit of sign-ups a minute is what is met.
            told = Client(REMOTE_ADDR=f"10.0.{number // 250}.{number % 250}", HTTP_HOST="127.0.0.1").post(
                "/accounts/signup/", person
            )
            answers[told.status_code] += 1
            slowest = max(slowest, time.monotonic() - began)
            number += 1
            time.sleep(0.2)
        with SmtpSink(port) as sink:
            wait(120.0, "away")
            time.sleep(1)
            exits = workers.end()
            arrived = Counter(each.recipients[0] for each in sink.mails)
    finally:
        workers.end()
    failed = Job.objects.filter(state="failed").count()
    print(f"away for {seconds:.0f} s: {number} sign-ups, answers {dict(answers)}, slowest {slowest:.2f} s")
    print(
        f"after it came back: {len(arrived)} of {number} mails, {sum(c > 1 for c in arrived.values())} twice"
    )
    print(f"failed: {failed}, exits {exits}")
    return (
        set(answers) == {302}
        and len(arrived) == number == sum(arrived.values())
        and not failed
        and exits == [0, 0]
    )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--jobs", type=int, default=1000)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--away", type=float, default=120.0)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="worker-"))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    set_up(folder, port)
    from django.core.management import call_command

    from tests.factories.smtp_sink import SmtpSink

    try:
        call_command("migrate", verbosity=0)
        with SmtpSink(port) as sink:
            held = kills(folder, sink, options.jobs, options.kills, random.Random(options.seed))
        held = away(folder, port, options.away) and held
        if not held:
            print("".join((folder / "workers.log").read_text().splitlines(True)[-60:]))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print("Held: nothing lost, nothing failed, each effect in the database once." if held else "NOT held.")
    raise SystemExit(0 if held else 1)


if __name__ == "__main__":
    main()
