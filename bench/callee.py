"""A site called without a server, in a process of its own: what each request costs. Run by bench/callers.py.

Reads one JSON order a line on standard input and answers each with one line: `{"ask": path, "times": n}` with
the processor time of each request in nanoseconds, `{"count": path}` with queries, rows and steps of the
database, `{"memory": true}` with the resident megabytes. `{"cookie": text}` goes with all later requests;
`{"change": true}` tells the portal that something public has changed.
"""

import gc
import io
import json
import os
import sys
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from django.db import connection
from django.db.backends.signals import connection_created
from django.db.backends.sqlite3.base import SQLiteCursorWrapper

# Steps are instructions of SQLite's virtual machine: what a query reads and compares, whatever it returns.
# Counted by the hundred, because the counting itself takes time.
STEP = 100


class Site:
    def __init__(self, name: str) -> None:
        module, attribute = name.split(":")
        self.application: Callable[..., Any] = getattr(import_module(module), attribute)
        self.cookie = ""

    def get(self, path: str, accepts: str = "") -> tuple[str, bytes]:
        path, _mark, query = path.partition("?")
        environ = {
            "REQUEST_METHOD": "GET",
            "SCRIPT_NAME": "",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": "127.0.0.1",
            "HTTP_ACCEPT_LANGUAGE": "en",
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(),
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": True,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
        }
        if accepts:
            environ["HTTP_ACCEPT_ENCODING"] = accepts
        if self.cookie:
            environ["HTTP_COOKIE"] = self.cookie
        told: list[str] = []
        answer = self.application(environ, lambda status, headers, *rest: told.append(status))
        body = b"".join(answer)
        answer.close()
        return told[0], body

    def sign_in(self, cookie: str) -> dict[str, Any]:
        self.cookie = cookie
        return {}

    def change(self) -> dict[str, Any]:
        """What was counted before is counted again."""
        import_module("portal.publication.figures").note_change()
        return {}

    def ask(self, path: str, times: int, accepts: str) -> dict[str, Any]:
        gc.collect()
        spent = []
        for _ in range(times):
            began = time.process_time_ns()
            self.get(path, accepts)
            spent.append(time.process_time_ns() - began)
        return {"spent": spent}

    def count(self, path: str, accepts: str) -> dict[str, Any]:
        """The page is warm: it is asked for twice before."""
        for _ in range(2):
            self.get(path, accepts)
        counts = {"queries": 0, "rows": 0, "steps": 0}
        with Counting(counts):
            status, body = self.get(path, accepts)
        return {**counts, "status": status, "size": len(body)}


class Counting:
    """Counts what the database does, also on connections that are opened meanwhile."""

    def __init__(self, counts: dict[str, int]) -> None:
        self.counts = counts
        self.fetches = {name: getattr(SQLiteCursorWrapper, name) for name in FETCHES}

    def __enter__(self) -> None:
        connection.close()
        connection_created.connect(self._watch)
        connection.execute_wrappers.append(self._query)
        for name, (fetch, size) in FETCHES.items():
            setattr(SQLiteCursorWrapper, name, self._fetching(fetch, size))

    def __exit__(self, *error: object) -> None:
        for name, fetch in self.fetches.items():
            setattr(SQLiteCursorWrapper, name, fetch)
        connection.execute_wrappers.remove(self._query)
        connection_created.disconnect(self._watch)
        connection.close()

    def _watch(self, connection: Any, **_rest: object) -> None:
        connection.connection.set_progress_handler(self._step, STEP)

    def _step(self) -> int:
        self.counts["steps"] += STEP
        return 0

    def _query(self, execute: Callable[..., Any], *args: Any) -> Any:
        self.counts["queries"] += 1
        return execute(*args)

    def _fetching(self, fetch: Callable[..., Any], size: Callable[[Any], int]) -> Callable[..., Any]:
        def fetched(cursor: Any, *args: Any) -> Any:
            rows = fetch(cursor, *args)
            self.counts["rows"] += size(rows)
            return rows

        return fetched


FETCHES: dict[str, tuple[Callable[..., Any], Callable[[Any], int]]] = {
    "fetchone": (SQLiteCursorWrapper.fetchone, lambda row: row is not None),
    "fetchmany": (SQLiteCursorWrapper.fetchmany, len),
    "fetchall": (SQLiteCursorWrapper.fetchall, len),
}


def resident_megabytes() -> float:
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmRSS:")).split()[1]) / 1024


def main() -> None:
    # Whatever the site prints must not stand among the answers.
    answers = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)
    site = Site(sys.argv[1])
    for line in sys.stdin:
        order = json.loads(line)
        accepts = order.get("accepts", "")
        if "ask" in order:
            answer = site.ask(order["ask"], order["times"], accepts)
        elif "count" in order:
            answer = site.count(order["count"], accepts)
        elif "cookie" in order:
            answer = site.sign_in(order["cookie"])
        elif "change" in order:
            answer = site.change()
        else:
            answer = {"megabytes": resident_megabytes()}
        print(json.dumps(answer), file=answers)


if __name__ == "__main__":
    main()
