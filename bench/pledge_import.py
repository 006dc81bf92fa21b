"""Takes thousands of pledges from a messy sheet while people save at the desk; prints JSON figures.

    .venv/bin/python bench/pledge_import.py              # 3,500 rows, 20 saves; --rows 300 for a short look
    DATABASE_URL=postgres://... .venv/bin/python bench/pledge_import.py   # the same on an empty PostgreSQL

Works in a temporary folder with a database of its own. The command runs as people run it, in a process of its
own; the saves are made by this one through the verb that the desk calls. Then the same table again, as CSV, a
run that is killed and goes on, and a table with faults. Exit 1 where something did not hold.
"""

import argparse
import io
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
Figures = dict[str, Any]


def set_up(folder: Path) -> None:
    os.environ |= {"DJANGO_SETTINGS_MODULE": "portal.settings.dev", "VAR_DIR": str(folder)}
    import django
    from django.conf import settings

    settings.DEBUG = False  # else every query is kept in memory
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("load_reference", verbosity=0, stdout=io.StringIO())


def start(path: Path, *options: str) -> "subprocess.Popen[str]":
    command = [sys.executable, str(ROOT / "manage.py"), "import_pledges", str(path), "--json", *options]
    return subprocess.Popen(command, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def timed(path: Path, *options: str, beside: Callable[[], Figures] | None = None) -> Figures:
    """What the command told, its exit code, its seconds by the clock and of the processor."""
    before, began = _children_seconds(), time.monotonic()
    process = start(path, *options)
    figures: Figures = {}
    if beside is not None:
        figures["saves"] = beside()
    out, err = process.communicate()
    told = json.loads(out.strip().splitlines()[-1])
    seconds = {"seconds": round(time.monotonic() - began, 1), "cpu": round(_children_seconds() - before, 1)}
    counts = {name: told[name] for name in ("created", "updated", "unchanged", "rejected")}
    return {"exit": process.returncode, **counts, **seconds, **figures, "lines": err.strip().splitlines()}


def _children_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def desk_saves(number: int, running: Callable[[], bool]) -> Figures:
    """A draft saved again and again as the desk does it, from the first row that is stored."""
    from django.db import connection
    from django.utils import timezone

    from portal.common.actors import person
    from portal.pledges.drafts import PledgeFields
    from portal.pledges.models import Pledge
    from portal.pledges.submission import PLEDGE
    from portal.submissions.domain import create_draft, save_draft
    from tests.cast import make_focal_point, make_red_uno

    actor, organization = person(make_focal_point()), make_red_uno()
    draft = create_draft(PLEDGE, organization=organization, language="es", actor=actor, now=timezone.now())
    stored = Pledge.objects.exclude(pk=draft.pk)
    while not stored.exists():
        time.sleep(0.05)
    seconds, failed, beside = [], [], 0
    for at in range(number):
        began = time.monotonic()
        try:
            draft = save_draft(
                draft,
                fields=PledgeFields(title=f"Save {at}"),
                revision=draft.revision,
                actor=actor,
                now=timezone.now(),
            )
        except Exception as error:
            failed.append(f"{type(error).__name__}: {error}")
        seconds.append(time.monotonic() - began)
        beside += running()
        time.sleep(0.25)
    connection.close()
    told = {"made": number, "failed": len(failed), "while_it_ran": beside, "reasons": failed[:3]}
    return told | {"slowest": round(max(seconds), 2), "median": round(sorted(seconds)[number // 2], 3)}


def whole(but: int) -> Figures:
    """How many pledges there are beyond `but`, and how many of each thing that belongs to one."""
    from portal.pledges.models import ImportedRow, Pledge
    from portal.publication.models import Record, RecordVersion
    from portal.submissions.models import SubmittedVersion

    return {
        "pledges": Pledge.objects.filter(state="published").count() - but,
        "rows": ImportedRow.objects.count() - but,
        "records": Record.objects.filter(kind="pledge", state="published").count() - but,
        "versions": RecordVersion.objects.filter(record__kind="pledge").count() - but,
        "receipts": SubmittedVersion.objects.filter(kind="pledge").count() - but,
    }


def killed(path: Path, known: int, rows: int) -> Figures:
    """SIGKILL once a third is stored; the same command again."""
    process = start(path)
    while whole(known)["pledges"] < rows / 3 and process.poll() is None:
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    left = whole(known)
    again = timed(path)
    return {"left": left, "again": again, "in_the_end": whole(known)}


def held(figures: Figures, rows: int) -> list[str]:
    """What did not hold."""
    first, broken = figures["first"], []
    if (first["created"], first["rejected"], first["saves"]["failed"]) != (rows, 0, 0):
        broken.append("first")
    for name in ("again", "as_csv"):
        if (figures[name]["created"], figures[name]["updated"], figures[name]["unchanged"]) != (0, 0, rows):
            broken.append(name)
    run = figures["killed"]
    if len(set(run["left"].values())) > 1 or set(run["in_the_end"].values()) != {rows}:
        broken.append("killed")
    if run["again"]["created"] + run["left"]["pledges"] != rows:
        broken.append("goes on")
    if (figures["faults"]["exit"], figures["without_them"]["exit"]) != (1, 0):
        broken.append("faults")
    return broken


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=3500)
    parser.add_argument("--saves", type=int, default=20)
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="pledges-"))
    try:
        set_up(folder)
        figures = play(folder, options.rows, options.saves)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(json.dumps(figures, ensure_ascii=False, indent=1))
    if broken := held(figures, options.rows):
        raise SystemExit(f"NOT held: {', '.join(broken)}")


def play(folder: Path, rows: int, saves: int) -> Figures:
    from django.db import connection

    from bench import pledge_sheet

    def kept(name: str, content: bytes) -> Path:
        (folder / name).write_bytes(content)
        return folder / name

    made = list(pledge_sheet.rows(rows))
    book = kept("pledges.xlsx", pledge_sheet.workbook(made))
    figures: Figures = {"rows": rows, "bytes": book.stat().st_size, "database": connection.vendor}
    began = time.monotonic()
    figures["first"] = timed(book, beside=lambda: desk_saves(saves, lambda: whole(0)["pledges"] < rows))
    figures["first"]["lines"] = len(figures["first"]["lines"])
    figures["again"] = timed(book)
    figures["as_csv"] = timed(kept("pledges.csv", pledge_sheet.text(made)))
    others = kept(
        "others.xlsx", pledge_sheet.workbook(list(pledge_sheet.rows(rows, seed=41, first=rows + 1)))
    )
    figures["killed"] = killed(others, rows, rows)
    faulty = pledge_sheet.with_faults(list(pledge_sheet.rows(30, seed=42, first=2 * rows + 1)))
    path = kept("faulty.xlsx", pledge_sheet.workbook(faulty))
    figures["faults"] = timed(path)
    figures["without_them"] = timed(path, "--skip-rejected")
    figures["rejected_file"] = (folder / "faulty-rejected.csv").read_text("utf-8-sig").count("\n") - 1
    figures["seconds"] = round(time.monotonic() - began, 1)
    return figures


if __name__ == "__main__":
    main()
