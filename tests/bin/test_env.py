"""bin/_env: when an environment counts as current; bin/manage leaves standard output to the command."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import django
import pytest

ROOT = Path(__file__).resolve().parents[2]


def checkout(folder: Path, *, kind: str) -> Path:
    """A checkout whose environment was made from requirements/<kind>.txt."""
    (folder / "bin").mkdir(parents=True)
    shutil.copy(ROOT / "bin" / "_env", folder / "bin")
    (folder / "requirements").mkdir()
    for name in ("run", "dev"):
        (folder / "requirements" / f"{name}.txt").write_text(f"{name}==1\n")
    (folder / ".venv" / "bin").mkdir(parents=True)
    (folder / ".venv" / "bin" / "python").symlink_to("/bin/true")
    (folder / ".venv" / "portal").mkdir()
    shutil.copy(folder / "requirements" / f"{kind}.txt", folder / ".venv" / "portal")
    (folder / ".venv" / "portal" / "root").write_text(str(folder))
    return folder


def is_current(folder: Path, kind: str) -> bool:
    done = subprocess.run(["bash", "-c", f". bin/_env && _env_current {kind}"], cwd=folder, check=False)
    return done.returncode == 0


@pytest.mark.parametrize(
    ("made_from", "wanted", "current"),
    [("run", "run", True), ("dev", "dev", True), ("dev", "run", True), ("run", "dev", False)],
)
def test_environment_serves_the_smaller_set_too(
    tmp_path: Path, made_from: str, wanted: str, current: bool
) -> None:
    assert is_current(checkout(tmp_path / "portal", kind=made_from), wanted) is current


def test_environment_is_stale_when_requirements_change(tmp_path: Path) -> None:
    folder = checkout(tmp_path / "portal", kind="run")
    (folder / "requirements" / "run.txt").write_text("run==2\n")
    assert not is_current(folder, "run")


def test_environment_is_stale_when_the_folder_moved(tmp_path: Path) -> None:
    folder = checkout(tmp_path / "portal", kind="run")
    moved = folder.rename(tmp_path / "elsewhere")
    assert not is_current(moved, "run")


def test_environment_is_stale_without_its_interpreter(tmp_path: Path) -> None:
    folder = checkout(tmp_path / "portal", kind="run")
    (folder / ".venv" / "bin" / "python").unlink()
    assert not is_current(folder, "run")


def test_an_environment_behind_a_link_is_not_emptied(tmp_path: Path) -> None:
    theirs = checkout(tmp_path / "theirs", kind="dev") / ".venv"
    folder = checkout(tmp_path / "portal", kind="run")
    shutil.copy(ROOT / "bin" / "_setup.py", folder / "bin")
    shutil.rmtree(folder / ".venv")
    (folder / ".venv").symlink_to(theirs)
    before = sorted(theirs.rglob("*"))
    command = [sys.executable, folder / "bin" / "_setup.py", "dev"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, sorted(theirs.rglob("*"))) == (1, before)
    assert done.stderr.startswith(f"setup: .venv is a link to {theirs}, which is another checkout's")


def test_manage_writes_only_the_commands_own_output() -> None:
    done = subprocess.run(
        [ROOT / "bin" / "manage", "version"],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "portal.settings.dev"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, f"{django.get_version()}\n")
