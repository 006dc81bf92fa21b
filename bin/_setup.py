"""Makes or refreshes .venv from a locked requirements file; run by bin/_env, standard library only."""

from __future__ import annotations

import contextlib
import fcntl
import shutil
import subprocess
import sys
import time
import venv
from collections import deque
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMPS = VENV / "portal"
LOCK = ROOT / "var" / "setup.lock"
SAY_EVERY = 10


def say(message: str) -> None:
    print(f"setup: {message}", flush=True)


@contextlib.contextmanager
def only_one() -> Iterator[None]:
    """Hold the setup lock, so that two starts at once do not write into one environment."""
    LOCK.parent.mkdir(parents=True, exist_ok=True)
    with LOCK.open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("another start is preparing the environment, waiting for it")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def requirements(kind: str) -> Path:
    return ROOT / "requirements" / f"{kind}.txt"


def installed_kinds() -> list[str]:
    """Which requirements files this environment was made from, whatever they have become since."""
    return [kind for kind in ("dev", "run") if (STAMPS / f"{kind}.txt").exists()]


def usable() -> bool:
    """An interpreter that starts, in an environment made for this folder (its scripts carry its path)."""
    marker = STAMPS / "root"
    if marker.exists() and marker.read_text().strip() != str(ROOT):
        return False
    if not PYTHON.exists():
        return False
    check = [str(PYTHON), "-c", "import sys, pip; sys.exit(sys.version_info < (3, 11))"]
    return subprocess.run(check, capture_output=True, check=False).returncode == 0


def current(kind: str) -> bool:
    return usable() and any(
        (STAMPS / f"{name}.txt").exists()
        and (STAMPS / f"{name}.txt").read_bytes() == requirements(name).read_bytes()
        for name in ("dev", kind)
    )


def install(kind: str) -> None:
    """Install exactly what the lock file names, by hash, with a line of progress every few packages."""
    lock_file = requirements(kind)
    total = sum("==" in line for line in lock_file.read_text().splitlines())
    say(f"installing {total} packages (requirements/{kind}.txt)")
    command = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
    command += ["--progress-bar=off", "--no-deps", "--require-hashes", "-r", str(lock_file)]
    last_lines: deque[str] = deque(maxlen=30)
    seen = 0
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as pip:
        assert pip.stdout is not None
        for line in pip.stdout:
            last_lines.append(line)
            if line.startswith("Collecting "):
                seen += 1
                if seen % SAY_EVERY == 0:
                    say(f"  {seen} of {total} fetched")
            elif line.startswith("Installing collected packages"):
                say("  unpacking")
    if pip.returncode:
        sys.stdout.writelines(last_lines)
        raise SystemExit(f"setup: pip could not install requirements/{kind}.txt (exit {pip.returncode}).")


def require_own() -> None:
    """Building empties the environment: one behind a link belongs to another checkout and stays as it is."""
    if VENV.is_symlink():
        raise SystemExit(
            f"setup: .venv is a link to {VENV.resolve()}, which is another checkout's environment and would "
            "be emptied. Nothing was changed. Remove the link to get an environment of this folder's own."
        )


def prepare(kind: str) -> None:
    if current(kind):
        return
    require_own()
    started = time.monotonic()
    kept = installed_kinds()
    if not usable():
        version = ".".join(map(str, sys.version_info[:3]))
        say(f"making the environment .venv with Python {version}")
        venv.create(VENV, with_pip=True, clear=VENV.exists())
    shutil.rmtree(STAMPS, ignore_errors=True)
    chosen = "dev" if "dev" in kept else kind
    install(chosen)
    STAMPS.mkdir()
    shutil.copyfile(requirements(chosen), STAMPS / f"{chosen}.txt")
    (STAMPS / "root").write_text(str(ROOT))
    say(f"environment ready after {time.monotonic() - started:.1f} s")


if __name__ == "__main__":
    if sys.argv[1:] not in (["run"], ["dev"]):
        raise SystemExit("usage: bin/_setup.py run|dev")
    with only_one():
        prepare(sys.argv[1])
