"""A gunicorn with one worker whose processor time and memory can be read; called by the bench drivers."""

from __future__ import annotations

import contextlib
import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
START_SECONDS = 60
TICKS = os.sysconf("SC_CLK_TCK")
# Places of user and system time in /proc/<pid>/stat, counted after the process name.
USER_TIME, SYSTEM_TIME = 11, 12


@dataclass(frozen=True, slots=True)
class Site:
    """A WSGI application with the environment it wants."""

    name: str
    application: str
    environment: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Answer:
    size: int
    queries: int


class Server:
    """A running site; one connection, one request after another."""

    def __init__(self, site: Site, process: subprocess.Popen[bytes], port: int) -> None:
        self.site, self.process, self.port = site, process, port
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    @property
    def worker(self) -> int:
        pid = self.process.pid
        return int(Path(f"/proc/{pid}/task/{pid}/children").read_text().split()[0])

    def cpu_seconds(self) -> float:
        fields = Path(f"/proc/{self.worker}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[USER_TIME]) + int(fields[SYSTEM_TIME])) / TICKS

    def resident_megabytes(self) -> float:
        lines = Path(f"/proc/{self.worker}/status").read_text().splitlines()
        resident = next(line for line in lines if line.startswith("VmRSS:"))
        return int(resident.split()[1]) / 1024

    def get(self, path: str, headers: Mapping[str, str]) -> Answer:
        self.connection.request("GET", path, headers={"Accept-Language": "en", **headers})
        answer = self.connection.getresponse()
        body = answer.read()
        if answer.status != http.HTTPStatus.OK:
            raise SystemExit(f"{self.site.name}: {path} answers {answer.status}\n{body[:500]!r}")
        return Answer(len(body), int(answer.headers.get("X-Queries", 0)))

    def answers(self) -> bool:
        try:
            socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
        except OSError:
            return False
        return True


@contextlib.contextmanager
def running(site: Site, *, counting: bool = False) -> Iterator[Server]:
    """Serve the site; with `counting` every answer tells its number of queries."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    target = "counting_wsgi:application" if counting else site.application
    command = [sys.executable, "-m", "gunicorn", target, "--bind", f"127.0.0.1:{port}", "--workers", "1"]
    command += ["--worker-class", "gthread", "--threads", "2", "--keep-alive", "3600", "--no-control-socket"]
    environment = {**os.environ, **site.environment, "BENCH_APPLICATION": site.application}
    environment["PYTHONPATH"] = os.pathsep.join([str(FOLDER.parent), str(FOLDER)])
    process = subprocess.Popen([*command, "--log-level", "warning"], env=environment, cwd=FOLDER.parent)
    server = Server(site, process, port)
    try:
        deadline = time.monotonic() + START_SECONDS
        while not server.answers():
            if process.poll() is not None or time.monotonic() > deadline:
                raise SystemExit(f"{site.name} does not start.")
            time.sleep(0.1)
        yield server
    finally:
        server.connection.close()
        process.terminate()
        process.wait(20)
