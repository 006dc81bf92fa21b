"""bin/_demo.py: ports, and the two children that end together."""

import os
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

ROOT = Path(__file__).resolve().parents[2]
Script = Callable[[str], ModuleType]
SLEEPS = [sys.executable, "-c", "import time; time.sleep(60)"]
FAILS = [sys.executable, "-c", "raise SystemExit(3)"]


def demo(port: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, ROOT / "bin" / "_demo.py"],
        env={**os.environ, "PORT": port},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_port_in_use_is_said_and_nothing_is_prepared() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = demo(str(port))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"bin/demo: port {port} on 127.0.0.1 cannot be used")


@pytest.mark.parametrize("port", ["", "0", "65536", "http", "-1"])
def test_port_that_is_none_is_refused(port: str) -> None:
    done = demo(port)
    assert (done.returncode, done.stderr) == (
        1,
        f"bin/demo: PORT must be a number from 1 to 65535, not {port!r}.\n",
    )


def test_mails_name_the_port_also_while_preparing(script: Script, monkeypatch: pytest.MonkeyPatch) -> None:
    module = script("_demo.py")
    monkeypatch.delenv("SITE_URL", raising=False)
    assert (module.environment(8123)["SITE_URL"], "SITE_URL" in module.environment(0)) == (
        "http://127.0.0.1:8123",
        False,
    )
    monkeypatch.setenv("SITE_URL", "https://portal.example")
    assert module.environment(8123)["SITE_URL"] == "https://portal.example"


def test_ended_names_the_child_and_its_exit(script: Script) -> None:
    module = script("_demo.py")
    with module.children({"first": SLEEPS, "second": FAILS}, os.environ) as processes:
        processes["second"].wait(60)
        assert module.ended(processes) == "the second ended (exit 3)"


def test_children_end_when_the_block_fails(script: Script) -> None:
    module = script("_demo.py")
    with (
        pytest.raises(ValueError, match="on the way"),
        module.children({"first": SLEEPS}, os.environ) as running,
    ):
        raise ValueError("on the way")
    assert running["first"].returncode == -15


def test_waiting_stops_when_a_child_ends(script: Script, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without one pause, however long a server may take to start."""
    module, pauses = script("_demo.py"), list[float]()
    with module.children({"web server": FAILS}, os.environ) as processes:
        processes["web server"].wait(60)
        clock = SimpleNamespace(monotonic=lambda: 1_000.0 + sum(pauses), sleep=pauses.append)
        monkeypatch.setattr(module, "time", clock)
        with pytest.raises(SystemExit, match="the web server ended \\(exit 3\\) while starting"):
            module.wait_until_ready(processes, 9)
    assert pauses == []


def test_waiting_ends_when_a_server_is_never_ready(script: Script, monkeypatch: pytest.MonkeyPatch) -> None:
    module, pauses = script("_demo.py"), list[float]()
    with module.children({"web server": SLEEPS}, os.environ) as processes:
        clock = SimpleNamespace(monotonic=lambda: 1_000.0 + sum(pauses), sleep=pauses.append)
        monkeypatch.setattr(module, "time", clock)
        with pytest.raises(SystemExit, match="not ready after 60 s: /healthz does not answer"):
            module.wait_until_ready(processes, 9)
    assert module.READY_SECONDS < sum(pauses) < module.READY_SECONDS + 1
