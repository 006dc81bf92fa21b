"""Makes the review pack of a cycle with thousands of pledges, reports and assessments; prints JSON figures.

    nice .venv/bin/python bench/review_pack.py           # 5,000 pledges, 25,000 reports, 2,000 assessments
    nice .venv/bin/python bench/review_pack.py --pledges 500 --reports 2500 --assessments 200

Works in a temporary folder with the demo (`--folder` keeps it and uses it again). The open cycle is frozen,
and a worker in a process of its own makes the pack in four languages; then the same for one language step by
step. Exit 1 where the worker did not make it.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path += [str(ROOT), str(ROOT / "bench")]
Figures = dict[str, Any]
WORKER = [sys.executable, "manage.py", "work", "--until-empty", "--queue", "long"]
# A demo account with a seat of the body that runs cycles.
RUNS_CYCLES = "commissioner@demo.invalid"


def set_up(folder: Path) -> None:
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "portal.settings.dev",
        "VAR_DIR": str(folder),
        "SITE_URL": "http://127.0.0.1",
    }
    if not (folder / "portal.sqlite3").exists():
        command = [sys.executable, "manage.py", "prepare_demo"]
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    import django
    from django.conf import settings

    settings.DEBUG = False  # else every query is kept in memory
    django.setup()


def fill(pledges: int, reports: int, assessments: int) -> None:
    from bench import followup_fill, pledges_fill

    pledges_fill.fill(pledges, reports)
    followup_fill.fill(assessments, 0)


def freeze() -> Figures:
    """By a worker in a process of its own, as the commission asks for it; then the command that checks it."""
    from portal.followup.models import ReviewCycle
    from portal.followup.snapshots.files import bytes_of

    row = ReviewCycle.objects.filter(state__in=("open", "frozen")).order_by("-opened_at")[0]
    told = _freeze(row.pk) if row.state == "open" else {}
    row.refresh_from_db()
    began = time.monotonic()
    subprocess.run([sys.executable, "manage.py", "verify_snapshots"], cwd=ROOT, check=True)
    verified = _since(began)
    return {"cycle": row.slug, **told, "snapshot_bytes": len(bytes_of(row)), "verify_seconds": verified}


def _freeze(cycle: int) -> Figures:
    from django.utils import timezone

    from portal.accounts.models import User
    from portal.common.actors import person
    from portal.followup.cycles.freezing import FREEZE, ask_to_freeze
    from portal.followup.models import ReviewCycle
    from portal.work.models import Job

    Job.objects.filter(queue="long").delete()
    actor = person(User.objects.get(email=RUNS_CYCLES))
    row = ask_to_freeze(ReviewCycle.objects.get(pk=cycle), actor=actor, now=timezone.now())
    jobs = Job.objects.filter(kind=FREEZE, key=row.slug)
    began, before = time.monotonic(), _processor(resource.RUSAGE_CHILDREN)
    with subprocess.Popen(WORKER, cwd=ROOT, stdout=subprocess.DEVNULL) as process:
        peak = _peak(process, lambda: jobs.get().finished_at is not None)
        seconds = _since(began)
        process.terminate()  # the pack is measured by itself
    used = round(_processor(resource.RUSAGE_CHILDREN) - before, 2)
    job = jobs.get()
    told = {"state": job.state, "steps": [job.done, job.total], "problem": job.problem}
    return {"seconds": seconds, "processor": used, "peak_megabytes": peak, **told}


def worker(slug: str) -> Figures:
    """The job in a process of its own, without what else waits in the queue."""
    from django.utils import timezone

    from portal.followup.models import ReviewCycle, ReviewPack
    from portal.followup.pack.domain import prepare
    from portal.work.models import Job

    ReviewPack.objects.all().delete()
    Job.objects.filter(queue="long").delete()
    prepare(ReviewCycle.objects.get(slug=slug), now=timezone.now())
    began, before = time.monotonic(), _processor(resource.RUSAGE_CHILDREN)
    with subprocess.Popen(WORKER, cwd=ROOT, stdout=subprocess.DEVNULL) as process:
        peak = _peak(process)
    job = Job.objects.get(kind="make_review_pack")
    rows = ReviewPack.objects.filter(cycle__slug=slug).order_by("language")
    return {
        "seconds": _since(began),
        "processor": round(_processor(resource.RUSAGE_CHILDREN) - before, 2),
        "state": job.state,
        "steps": [job.done, job.total],
        "peak_megabytes": peak,
        "files": {row.language: {"pages": row.pages, "bytes": row.size} for row in rows},
    }


def steps(slug: str) -> Figures:
    """What each step takes in one language, and a page that finds the pack made."""
    from django.conf import settings
    from django.test import Client

    from portal.followup.models import ReviewCycle
    from portal.followup.pack import content, files
    from portal.pdf.writing import pdf_of

    row = ReviewCycle.objects.get(slug=slug)
    told: Figures = {}

    def timed(name: str, call: Callable[[], Any]) -> Any:
        began, before = time.monotonic(), _processor(resource.RUSAGE_SELF)
        result = call()
        told[name] = {
            "seconds": _since(began),
            "processor": round(_processor(resource.RUSAGE_SELF) - before, 2),
        }
        return result

    source = timed("read_snapshot", lambda: files.source_kept(row, row.snapshot))
    names = timed("read_names", lambda: content.names_of(source, "es"))
    document = timed("document", lambda: content.document_of(source, names))
    timed("pdf", lambda: pdf_of(document, site=settings.SITE_URL))
    client, address = Client(headers={"host": "127.0.0.1"}), f"/es/follow-up/cycles/{slug}/pack/"
    client.get("/es/")  # what every first page pays for
    for name in ("page_after_a_change", "page"):
        answer = timed(name, lambda: client.get(address))
        told[name] |= {"bytes": len(answer.content)}
    return told


def _peak(process: "subprocess.Popen[bytes]", is_done: Callable[[], bool] = bool) -> int:
    """Resident megabytes at most, until it is done. What `getrusage` tells of a child may be its parent's."""
    peak, status = 0, Path(f"/proc/{process.pid}/status")
    while process.poll() is None and not is_done():
        told = [line.split()[1] for line in status.read_text().splitlines() if line.startswith("VmHWM")]
        peak = max([peak, *(int(kilobytes) // 1024 for kilobytes in told)])
        time.sleep(0.1)
    return peak


def _processor(whose: int) -> float:
    used = resource.getrusage(whose)
    return used.ru_utime + used.ru_stime


def _since(began: float) -> float:
    return round(time.monotonic() - began, 2)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--pledges", type=int, default=5000)
    parser.add_argument("--reports", type=int, default=25_000)
    parser.add_argument("--assessments", type=int, default=2000)
    parser.add_argument("--folder", type=Path, help="kept, and used again")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = asked.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        set_up(folder)
        fill(asked.pledges, asked.reports, asked.assessments)
        frozen = freeze()
        made = worker(frozen["cycle"])
        print(json.dumps({"freezing": frozen, "worker": made, "steps": steps(frozen["cycle"])}, indent=1))
    return 0 if made["state"] == "done" else 1


if __name__ == "__main__":
    sys.exit(main())
