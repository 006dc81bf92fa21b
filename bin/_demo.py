"""Prepares the demo, then runs web server and worker until one of them ends; run by bin/demo."""

from __future__ import annotations

import argparse
import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).resolve().parent.parent
MANAGE = [sys.executable, str(ROOT / "manage.py")]
HOST = "127.0.0.1"
LAST_PORT = 65535
READY_PATHS = ("/healthz", "/readyz")
READY_SECONDS = 60
GRACE_SECONDS = 10
SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)

Children = Mapping[str, "subprocess.Popen[bytes]"]


class Ended(Exception):
    """Somebody asked us to end."""


def stop_politely(signum: int, frame: FrameType | None) -> None:
    """Only the first signal counts: a second one must not cut the ending short."""
    for number in SIGNALS:
        signal.signal(number, signal.SIG_IGN)
    raise Ended


def wanted_port() -> int:
    text = os.environ.get("PORT", "8000")
    if not text.isdigit() or not 0 < int(text) <= LAST_PORT:
        raise SystemExit(f"bin/demo: PORT must be a number from 1 to {LAST_PORT}, not {text!r}.")
    port = int(text)
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((HOST, port))
        except OSError as error:
            raise SystemExit(
                f"bin/demo: port {port} on {HOST} cannot be used ({error.strerror}). "
                f"End what uses it, or choose another: PORT=8123 bin/demo"
            ) from None
    return port


def environment(port: int) -> dict[str, str]:
    """Of preparing and serving alike: mails name addresses. Without a port nothing is served."""
    return ({"SITE_URL": f"http://{HOST}:{port}"} if port else {}) | dict(os.environ)


def prepare(port: int) -> None:
    done = subprocess.run([*MANAGE, "prepare_demo"], env=environment(port), check=False)
    if done.returncode:
        raise SystemExit(f"bin/demo: the demo could not be prepared (exit {done.returncode}).")


def commands(port: int) -> dict[str, list[str]]:
    web = [
        *(sys.executable, "-m", "gunicorn", "portal.wsgi:application"),
        *("--chdir", str(ROOT), "--bind", f"{HOST}:{port}"),
        *("--worker-class", "gthread", "--workers", "1", "--threads", "4"),
        # Anything typed in the search box gets an answer, however long: the form sends it in the address.
        *("--limit-request-line", "0"),
        *("--graceful-timeout", "5", "--log-level", "warning", "--no-control-socket"),
    ]
    return {"web server": web, "worker": [*MANAGE, "work"]}


@contextlib.contextmanager
def children(named: Mapping[str, list[str]], environment: Mapping[str, str]) -> Iterator[Children]:
    """The named commands, running; all ended on the way out, whatever the way."""
    started: dict[str, subprocess.Popen[bytes]] = {}
    try:
        for name, command in named.items():
            started[name] = subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL)
        yield started
    finally:
        for process in started.values():
            if process.poll() is None:
                process.terminate()
        deadline = time.monotonic() + GRACE_SECONDS
        for process in started.values():
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def ended(processes: Children) -> str:
    """Which child has ended and how; empty while both run."""
    for name, process in processes.items():
        if process.poll() is not None:
            return f"the {name} ended (exit {process.returncode})"
    return ""


def problem_at(port: int, path: str) -> str:
    """Empty when the path answers 200, else what it said."""
    try:
        with urllib.request.urlopen(f"http://{HOST}:{port}{path}", timeout=10):
            return ""
    except urllib.error.HTTPError as error:
        return f"{path} answers {error.code}: {error.read(500).decode(errors='replace').strip()}"
    except OSError as error:
        return f"{path} does not answer: {error}"


def wait_until_ready(processes: Children, port: int) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while problem := next(filter(None, (problem_at(port, path) for path in READY_PATHS)), ""):
        if gone := ended(processes):
            raise SystemExit(f"bin/demo: {gone} while starting.")
        if time.monotonic() > deadline:
            raise SystemExit(f"bin/demo: not ready after {READY_SECONDS} s: {problem}")
        time.sleep(0.1)


def serve(port: int) -> None:
    with children(commands(port), environment(port)) as processes:
        wait_until_ready(processes, port)
        print(f"ready: http://{HOST}:{port}/", flush=True)
        while not (gone := ended(processes)):
            time.sleep(0.5)
    raise SystemExit(f"bin/demo: {gone}; the other was ended too.")


def main() -> None:
    parser = argparse.ArgumentParser(prog="bin/demo", description="Prepares and serves the demo.")
    parser.add_argument("--no-serve", action="store_true", help="only prepare")
    options = parser.parse_args()
    for number in SIGNALS:
        signal.signal(number, stop_politely)
    started = time.monotonic()
    try:
        port = 0 if options.no_serve else wanted_port()
        prepare(port)
        print(f"prepared in {time.monotonic() - started:.1f} s", flush=True)
        if port:
            serve(port)
    except Ended:
        print("bin/demo: ended.", flush=True)


if __name__ == "__main__":
    main()
