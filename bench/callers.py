"""Sites that are called without a server, each in a process of its own; called by the bench drivers."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class Site:
    """A WSGI application with the environment it wants."""

    name: str
    application: str
    environment: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Counts:
    """What one request reads; `steps` are instructions of SQLite's virtual machine."""

    queries: int
    rows: int
    steps: int
    size: int


class Caller:
    """A running site, asked one request after another."""

    def __init__(self, site: Site, process: subprocess.Popen[str]) -> None:
        self.site, self.process = site, process

    def spent(self, path: str, times: int, accepts: str = "") -> list[float]:
        """Milliseconds of processor time of each of so many requests."""
        spent = self._told(ask=path, times=times, accepts=accepts)["spent"]
        return [nanoseconds / 1e6 for nanoseconds in spent]

    def counts(self, path: str, accepts: str = "") -> Counts:
        told = self._told(count=path, accepts=accepts)
        status = told.pop("status")
        if not status.startswith("200"):
            raise SystemExit(f"{self.site.name}: {path} answers {status}")
        return Counts(**told)

    def sign_in(self, cookie: str) -> None:
        """`cookie` goes with all later requests."""
        self._told(cookie=cookie)

    def change(self) -> None:
        """Of the portal only: what it counted before it counts again."""
        self._told(change=True)

    def megabytes(self) -> float:
        """Resident memory."""
        return float(self._told(memory=True)["megabytes"])

    def _told(self, **order: Any) -> dict[str, Any]:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit(f"{self.site.name} has ended.")
        told: dict[str, Any] = json.loads(line)
        return told


@contextlib.contextmanager
def called(site: Site) -> Iterator[Caller]:
    environment = {**os.environ, **site.environment}
    environment["PYTHONPATH"] = os.pathsep.join([str(FOLDER.parent), str(FOLDER)])
    process = subprocess.Popen(
        [sys.executable, str(FOLDER / "callee.py"), site.application],
        env=environment,
        cwd=FOLDER.parent,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield Caller(site, process)
    finally:
        assert process.stdin is not None
        process.stdin.close()
        process.wait(20)
