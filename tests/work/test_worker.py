"""The worker as a whole: its loop, its command, what `/readyz` says, the import as a job, deaths."""

import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from portal.common.actors import system
from portal.organizations.enums import OrganizationState
from portal.pledges.models import Pledge, PledgeTable
from portal.pledges.uploads import take_in_unseen
from portal.tables.report import BATCH
from portal.work import domain, queries
from portal.work.declarations import JobKind, Task
from portal.work.loop import WorkerLoop
from portal.work.models import Job, Worker
from portal.work.running import run
from portal.work.schedules import schedules
from tests.factories import make_organization, publish_organization
from tests.work.conftest import claim, do_all

Declare = Callable[..., JobKind]
AT_MOST = 120.0
HELD = "Held: nothing lost, nothing failed, each effect in the database once."
TABLE = "external_id,title,description,stage,forum,organization,language,outcomes\n"


def status() -> dict[str, object]:
    out = StringIO()
    call_command("work", "--status", "--json", stdout=out)
    return json.loads(out.getvalue())


def fails(task: Task) -> None:
    raise ValueError("no luck")


def test_status_lists_queues_and_failed_jobs_without_their_payload(declare: Declare, now: datetime) -> None:
    declare("bad", fails, max_attempts=1)
    domain.enqueue("bad", {"word": "secret"}, now=now)
    do_all("long")
    domain.enqueue("bad", now=now)
    told = status()
    assert set(told["queues"]) == {"index", "long", "mail", "schedule"}
    assert told["queues"]["long"] | {"oldest": ""} == {"due": 1, "running": 0, "failed": 1, "oldest": ""}
    assert [(job["kind"], job["state"]) for job in told["jobs"]] == [("bad", "failed")]
    assert ("secret" in json.dumps(told), told["worker"], told["jobs_failed"]) == (False, "absent", 1)


def test_failed_jobs_wait_again_by_command(declare: Declare, now: datetime) -> None:
    declare("bad", fails, max_attempts=1)
    domain.enqueue("bad", now=now)
    do_all("long")
    out = StringIO()
    call_command("work", "--retry-failed", "long", stdout=out)
    assert (out.getvalue(), Job.objects.get().state) == ("long: 1 wait again\n", "waiting")
    with pytest.raises(CommandError, match="There is no queue other; there are mail, long, schedule, index"):
        call_command("work", "--retry-failed", "other")


@pytest.mark.parametrize(
    ("heartbeat", "due", "state"),
    [(None, 0, "absent"), (301, 0, "absent"), (10, 301, "late"), (10, 0, "ok")],
)
def test_ready_tells_of_worker_and_jobs(
    client: Client, declare: Declare, now: datetime, heartbeat: int | None, due: int, state: str
) -> None:
    declare("one", lambda task: None)
    if heartbeat is not None:
        domain.keep_leases(worker="w", lease=timedelta(1), now=now - timedelta(seconds=heartbeat))
    domain.enqueue("one", now=now - timedelta(seconds=due))
    told = client.get("/readyz").json()["checks"]
    assert (told["worker"], told["jobs_due"], told["jobs_failed"]) == (state, 1, 0)
    assert told["jobs_oldest_seconds"] >= due


def test_until_empty_does_what_is_due_and_leaves_no_worker(declare: Declare, now: datetime) -> None:
    done: list[int] = []
    declare("one", lambda task: done.append(task.payload["n"]))
    for number in range(3):
        domain.enqueue("one", {"n": number}, now=now)
    call_command("work", "--until-empty", "--queue", "long")
    assert (done, Worker.objects.count()) == ([0, 1, 2], 0)


def import_table(rows: int) -> bytes:
    organization = make_organization(state=OrganizationState.VERIFIED)
    publish_organization(organization)
    line = "{n},Promesa {n},Una descripción,in_progress,2023,{name},es,statelessness\n"
    return (TABLE + "".join(line.format(n=n, name=organization.name) for n in range(rows))).encode()


def note_import(content: bytes, now: datetime) -> Job:
    table = take_in_unseen(
        content, name="x.csv", language="en", skip_rejected=False, actor=system("tests"), now=now
    )
    assert table.job is not None
    return table.job


def test_a_table_is_taken_in_by_the_worker(db: None, now: datetime) -> None:
    job = note_import(import_table(3), now)
    assert (Pledge.objects.count(), do_all("long")) == (0, 1)
    job.refresh_from_db()
    assert job.result is not None
    assert (job.result["created"], job.result["rejected"], job.done, job.total) == (3, 0, 3, 3)
    assert (Pledge.objects.count(), job.payload) == (3, {})


def test_a_table_that_is_none_fails_with_its_reason(db: None, now: datetime) -> None:
    note_import(import_table(1), now)
    PledgeTable.objects.update(content=b"%PDF-1.4")
    do_all("long")
    failed = Job.objects.get(kind="import_pledges")
    assert (failed.state, failed.attempts, failed.problem != "") == ("failed", 1, True)


@pytest.mark.long
def test_an_import_goes_on_where_its_worker_ended(db: None, now: datetime) -> None:
    job = note_import(import_table(BATCH + 10), now)
    taken = claim()
    assert taken is not None
    run(taken, stopped=Pledge.objects.exists)
    job.refresh_from_db()
    assert (job.state, job.done, Pledge.objects.count()) == ("waiting", BATCH, BATCH)
    do_all("long")
    job.refresh_from_db()
    assert job.result is not None
    told = (job.result["created"], job.result["unchanged"], Pledge.objects.count())
    assert told == (10, BATCH, BATCH + 10)


def test_the_command_leaves_a_table_to_the_worker(db: None, tmp_path: Path) -> None:
    path, out = tmp_path / "pledges.csv", StringIO()
    path.write_bytes(import_table(1))
    call_command("import_pledges", str(path), "--in-background", stdout=out)
    assert (Pledge.objects.count(), out.getvalue().startswith("noted:")) == (0, True)
    do_all("long")
    assert Pledge.objects.count() == 1


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("in_a_file")
def test_two_workers_do_each_job_once_and_end_when_told(declare: Declare, now: datetime) -> None:
    def write(task: Task) -> None:
        Worker.objects.create(name=task.payload["key"], started_at=now, heartbeat_at=now)

    declare("write", write, is_atomic=True)
    for number in range(30):
        domain.enqueue("write", {"key": f"effect {number}"}, now=now)
    stop = threading.Event()
    workers = [WorkerLoop(stop, queues=("long",), with_loops=False) for _each in range(2)]
    threads = [
        threading.Thread(target=lambda each=each: (each.run(), connection.close())) for each in workers
    ]
    for thread in threads:
        thread.start()
    end = time.monotonic() + AT_MOST
    while Job.objects.exclude(state="done").filter(kind="write").exists() and time.monotonic() < end:
        time.sleep(0.05)
    stop.set()
    for thread in threads:
        thread.join(AT_MOST)
    assert not any(thread.is_alive() for thread in threads)
    states = Job.objects.filter(kind="write").values_list("state", "attempts").distinct()
    assert (list(states), Worker.objects.count()) == ([("done", 1)], 30)


@pytest.mark.long
def test_jobs_and_mails_survive_kills_and_a_server_that_is_away() -> None:
    script = Path(settings.BASE_DIR) / "bench" / "worker.py"
    done = subprocess.run(
        [sys.executable, script, "--jobs", "60", "--kills", "4", "--away", "5"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout.splitlines()[-1:]) == (0, [HELD]), done


def test_every_schedule_stands_in_the_page_of_the_worker() -> None:
    page = (Path(settings.BASE_DIR) / "docs" / "work.md").read_text()
    assert [each.name for each in schedules() if f"| `{each.name}` |" not in page] == []
    names = queries.Report(0, 0, 0, None).as_dict()
    assert [name for name in names if f"`{name}`" not in page] == []
