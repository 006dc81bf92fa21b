"""Folders, ports, processes and waiting, shared by the servers beside this module; nobody else calls it."""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
LOG_LINES = 20


class ServiceError(Exception):
    """A server that could not be started or stopped; the message is for a person."""


def base_folder() -> Path:
    """Where the servers keep their files.

    Started by root, the servers run as accounts of their own, which must be able to walk to their files: a
    checkout in a closed home folder will not do.
    """
    named = os.environ.get("PORTAL_SERVICES_DIR")
    if named:
        return Path(named)
    if os.geteuid() != 0 or all(parent.stat().st_mode & 0o001 for parent in (ROOT, *ROOT.parents)):
        return ROOT / "var" / "services"
    mark = hashlib.sha256(str(ROOT).encode()).hexdigest()[:10]
    return Path(tempfile.gettempdir()) / f"portal-services-{mark}"


def chosen_port(folder: Path, variable: str) -> int:
    """The port in the environment variable, else the one used last time, else a free one."""
    remembered = folder / "port"
    if os.environ.get(variable):
        port = int(os.environ[variable])
    elif remembered.exists() and port_is_free(int(remembered.read_text())):
        port = int(remembered.read_text())
    else:
        port = free_port()
    remembered.write_text(str(port))
    return port


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def port_is_free(port: int) -> bool:
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def run_as(
    account: str | None, command: Sequence[str | Path], *, folder: Path, env: Mapping[str, str], log: Path
) -> int:
    """Run to the end as `account` (None: as ourselves), output to the end of `log`; the exit status."""
    words = [str(word) for word in command]
    if account:
        words = ["runuser", "-u", account, "--", *words]
    with log.open("ab") as sink:
        done = subprocess.run(
            words,
            cwd=folder,
            env={**os.environ, **env},
            stdin=subprocess.DEVNULL,
            stdout=sink,
            stderr=subprocess.STDOUT,
            check=False,
        )
    return done.returncode


def give_to(account: str | None, folder: Path) -> None:
    if not account:
        return
    shutil.chown(folder, account)
    for path in folder.rglob("*"):
        if not path.is_symlink():
            shutil.chown(path, account)


def our_process(pid_file: Path, mark: str) -> int | None:
    """The process named in the file, if it runs and its command line carries our folder; never another's."""
    try:
        pid = int(pid_file.read_text().split()[0])
    except (OSError, ValueError, IndexError):
        return None
    shown = subprocess.run(
        ["ps", "-ww", "-o", "stat=,args=", "-p", str(pid)], capture_output=True, text=True, check=False
    ).stdout.strip()
    return pid if mark in shown and not shown.startswith("Z") else None


def end_process(pid_file: Path, mark: str, *, seconds: float) -> None:
    for sign in (signal.SIGTERM, signal.SIGKILL):
        pid = our_process(pid_file, mark)
        if pid is None:
            return
        os.kill(pid, sign)
        deadline = time.monotonic() + seconds
        while our_process(pid_file, mark) and time.monotonic() < deadline:
            time.sleep(0.2)
    if our_process(pid_file, mark):
        raise ServiceError(f"process {pid} does not end.")


def wait_until(ready: Callable[[], bool], *, alive: Callable[[], bool], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not ready():
        if not alive():
            raise ServiceError("it ended while starting.")
        if time.monotonic() > deadline:
            raise ServiceError(f"it did not answer within {seconds:.0f} s.")
        time.sleep(0.25)


def last_lines(log: Path) -> str:
    if not log.exists():
        return ""
    return "\n".join("    " + line for line in log.read_text(errors="replace").splitlines()[-LOG_LINES:])
