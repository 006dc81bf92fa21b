"""Proof that no change is lost: the engine refuses, the follower is killed, rebuilds run, people edit.

    .venv/bin/python bench/lossless.py                                   # 10,000 operations, embedded engine
    SEARCH_URL=http://127.0.0.1:9200 .venv/bin/python bench/lossless.py  # the same on Elasticsearch
    .venv/bin/python bench/lossless.py --operations 300 --kills 5        # a small one

Works in a temporary folder with a database of its own (SQLite, or an empty one at `DATABASE_URL`). The
edits run in this process through the domain's verbs. `drain_outbox --follow` and `rebuild_index` run in
processes of their own, forked from one that is set up already so that 50 deaths do not cost 50 starts; the
follower is ended by SIGKILL at random moments. Their engine refuses a share of all calls, half of those
after it has carried them out. A thread searches all the time and counts answers that lack a document which
is never edited. Exit 1 when something was lost.
"""

import argparse
import io
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

FIGURES = ("database", "index", "missing", "stale", "orphaned")
ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))


def set_up(folder: Path) -> None:
    os.environ |= {"DJANGO_SETTINGS_MODULE": "portal.settings.dev", "VAR_DIR": str(folder)}
    os.environ.setdefault("SEARCH_INDEX", f"lossless-{uuid.uuid4().hex[:12]}")
    import django
    from django.conf import settings

    settings.DEBUG = False  # else every query is kept in memory
    # The admin's own index takes a fifth of the time of making a page and is not what is proved here.
    settings.WAGTAILSEARCH_BACKENDS = {
        "default": {"BACKEND": "wagtail.search.backends.database", "AUTO_UPDATE": False}
    }
    django.setup()


class Zygote:
    """A process that is set up and forks one child per command; children may be killed."""

    def __init__(self, folder: Path, share: float, seed: int) -> None:
        command = [
            sys.executable,
            __file__,
            "--zygote",
            str(folder),
            "--share",
            str(share),
            "--seed",
            str(seed),
        ]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=os.environ
        )
        self._answer("ready")

    def start(self, *command: str) -> int:
        """The child's process number."""
        self._tell(" ".join(command))
        return int(self._line())

    def wait(self, pid: int) -> int:
        self._tell(f"wait {pid}")
        return int(self._line())

    def stop(self) -> None:
        self._process.stdin.close()
        self._process.wait(30)

    def _tell(self, line: str) -> None:
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()

    def _line(self) -> str:
        return self._process.stdout.readline().strip()

    def _answer(self, expected: str) -> None:
        if self._line() != expected:
            raise SystemExit("The worker process did not start.")


def run_zygote(folder: Path, share: float, seed: int) -> None:
    set_up(folder)
    print("ready", flush=True)
    for number, line in enumerate(sys.stdin):
        words = line.split()
        if words[0] == "wait":
            print(os.waitstatus_to_exitcode(os.waitpid(int(words[1]), 0)[1]), flush=True)
            continue
        child = os.fork()
        if child == 0:
            run_child(words, folder, share, seed + number)
        print(child, flush=True)


def run_child(words: list[str], folder: Path, share: float, seed: int) -> None:
    from django.core.management import call_command

    from search.engines import selection
    from tests.factories.refusing import Refusals, RefusingEngine

    os.dup2(os.open(folder / "children.log", os.O_CREAT | os.O_WRONLY | os.O_APPEND), 2)
    os.dup2(2, 1)
    log = os.open(folder / "calls", os.O_CREAT | os.O_WRONLY | os.O_APPEND)
    refusals = Refusals(share, seed, lambda refused: os.write(log, b"x" if refused else b".") and None)
    chosen, beside = selection.engine, selection.fallback
    selection.engine = lambda: RefusingEngine(chosen(), refusals)
    selection.fallback = lambda: (fallback := beside()) and RefusingEngine(fallback, refusals)
    status = 1
    try:
        call_command(*words)
        status = 0
    except BaseException as error:
        os.write(2, f"{words}: {type(error).__name__}: {error}\n".encode())
    os._exit(status)


@dataclass
class Searching:
    """Searches all the time through the real engine; every answer must hold all documents never edited."""

    fixed: set[str]
    answers: int = 0
    incomplete: int = 0
    failed: int = 0
    slowest: float = 0.0
    over: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        from search.engines import selection
        from search.engines.base import EngineUnavailable, SearchRequest
        from search.results.query_parser import parse, query_of
        from tests.factories.edits import FIXED

        request = SearchRequest(query_of(parse(FIXED)), ("public",), size=50)
        while not self.over.wait(0.02):
            began = time.monotonic()
            try:
                ids = {document.id for document in selection.engine().search(request).hits}
                self.incomplete += ids != self.fixed
            except EngineUnavailable:
                self.failed += 1
            self.answers += 1
            self.slowest = max(self.slowest, time.monotonic() - began)


@dataclass
class Run:
    """One run and its figures."""

    zygote: Zygote
    operations: int
    kills: int
    seed: int
    done: Counter = field(default_factory=Counter)
    failed: Counter = field(default_factory=Counter)
    killed: int = 0
    rebuilds: list[int] = field(default_factory=list)
    follower: int = 0

    def edit(self, edits: object) -> None:
        chance = random.Random(self.seed)
        deaths = Counter(chance.randrange(self.operations) for _ in range(self.kills))
        rebuild_at = {self.operations // 3, self.operations * 2 // 3}
        running: list[int] = []
        self.follower = self.zygote.start("drain_outbox", "--follow")
        for number in range(self.operations):
            for _ in range(deaths[number]):
                self.kill(chance.random() * 0.2)
            if number in rebuild_at:
                self.rebuilds += [self.zygote.wait(pid) for pid in running]
                running.clear()
                running.append(self.zygote.start("rebuild_index"))
            try:
                self.done[edits.once()] += 1
            except Exception as error:
                self.failed[f"{type(error).__name__}: {error}"[:200]] += 1
        self.rebuilds += [self.zygote.wait(pid) for pid in running]

    def kill(self, after: float) -> None:
        time.sleep(after)
        os.kill(self.follower, signal.SIGKILL)
        self.killed += self.zygote.wait(self.follower) == -signal.SIGKILL
        self.follower = self.zygote.start("drain_outbox", "--follow")

    def end(self) -> None:
        os.kill(self.follower, signal.SIGTERM)
        self.zygote.wait(self.follower)


def wait_for_calm(longest: float) -> float:
    """Seconds until nothing waits."""
    from search.index import outbox

    began = time.monotonic()
    while (backlog := outbox.backlog()).waiting and time.monotonic() - began < longest:
        time.sleep(0.1)
    return time.monotonic() - began if not backlog.waiting else float("inf")


def wait_for_repair(longest: float) -> float:
    """Seconds until the follower has answered every comparison that a failing fallback asked for."""
    from search.models import Comparison

    began = time.monotonic()
    while Comparison.objects.filter(finished_at=None).exists() and time.monotonic() - began < longest:
        time.sleep(0.2)
    return time.monotonic() - began


def main(options: argparse.Namespace) -> int:
    folder = Path(tempfile.mkdtemp(prefix="lossless-"))
    set_up(folder)
    from django.core.management import call_command
    from django.db import connections

    from search.engines import selection
    from search.engines.base import EngineUnavailable
    from search.index.rebuild import rebuild
    from tests.factories.edits import Edits

    (folder / "search").mkdir(exist_ok=True)
    call_command("migrate", verbosity=0)
    call_command("load_reference", verbosity=0, stdout=io.StringIO())
    edits = Edits(options.seed, folder, records=options.records, pages=40, fixed=20)
    engines = [engine for engine in (selection.engine(), selection.fallback()) if engine]
    for engine in engines:
        rebuild(engine)
    connections.close_all()
    run = Run(Zygote(folder, options.share, options.seed), options.operations, options.kills, options.seed)
    searching = Searching(edits.fixed)
    thread = threading.Thread(target=searching.run)
    thread.start()
    began = time.monotonic()
    try:
        run.edit(edits)
        edited = time.monotonic() - began
        calm = wait_for_calm(120)
        time.sleep(max(0.0, 5.0 - calm))
        rows = figures(run, searching, edited, calm, folder)
        if len(engines) > 1:
            rows.append(("seconds until the fallback was repaired too", f"{calm + wait_for_repair(120):.0f}"))
        lost = report(rows, engines)
    finally:
        searching.over.set()
        thread.join()
        run.end()
        run.zygote.stop()
        for engine in engines:
            try:
                clean_up(engine)
            except EngineUnavailable as error:
                print(f"{engine.name}: {error}", file=sys.stderr)
        if options.keep:
            print(folder)
        else:
            shutil.rmtree(folder, ignore_errors=True)
    wrong = lost or run.failed or searching.incomplete or searching.failed or any(run.rebuilds)
    return 1 if wrong or run.killed < options.kills else 0


def figures(
    run: Run, searching: Searching, edited: float, calm: float, folder: Path
) -> list[tuple[str, object]]:
    from django.db import connection

    from search.engines import selection
    from search.index import outbox

    calls = (folder / "calls").read_bytes()
    engine = selection.engine()
    return [
        ("engine", engine.name),
        ("database", connection.vendor),
        ("operations", sum(run.done.values())),
        ("of these on pages", sum(n for name, n in run.done.items() if "page" in name or "segment" in name)),
        ("seconds of editing", f"{edited:.0f}"),
        ("saves that failed", sum(run.failed.values())),
        *((f"failed: {reason}", number) for reason, number in run.failed.items()),
        ("calls of the engine by drain and rebuild", len(calls)),
        ("of these refused", f"{calls.count(b'x')} ({calls.count(b'x') / max(1, len(calls)):.0%})"),
        ("followers killed by SIGKILL", run.killed),
        ("rebuilds that ended well", run.rebuilds.count(0)),
        ("searches meanwhile", searching.answers),
        ("of these incomplete or failed", searching.incomplete + searching.failed),
        ("slowest search, ms", f"{searching.slowest * 1000:.0f}"),
        ("seconds from the last edit to an empty outbox", f"{calm:.1f}"),
        ("failed", outbox.backlog().failed),
        ("generations left", len(engine.generations())),
    ]


def report(rows: list[tuple[str, object]], engines: list[object]) -> int:
    from search.index.comparison import compare

    lost = 0
    for engine in engines:
        difference = compare(engine)
        lost += difference.total
        rows.append(
            (
                f"{engine.name}: database, index, missing, stale, orphaned",
                ", ".join(str(getattr(difference, name)) for name in FIGURES),
            )
        )
    for name, value in rows:
        print(f"| {name} | {value} |")
    return lost


def clean_up(engine: object) -> None:
    """What was made on a server."""
    if engine.name != "embedded":
        for generation in engine.generations():
            engine._writing.indices.delete(index=generation)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--operations", type=int, default=10_000)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--share", type=float, default=0.3, help="of calls that the engine refuses")
    parser.add_argument("--records", type=int, default=400)
    parser.add_argument("--seed", type=int, default=40)
    parser.add_argument("--keep", action="store_true", help="leave the temporary folder")
    parser.add_argument("--zygote", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.zygote:
        run_zygote(given.zygote, given.share, given.seed)
        sys.exit(0)
    sys.exit(main(given))
