"""Prepares the two sites that are measured, the demo and a bare Wagtail; called by the bench drivers."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from servers import FOLDER, Site

ROOT = FOLDER.parent


def run(words: list[str], environment: Mapping[str, str]) -> str:
    """Run a Python script in the project; its standard output."""
    paths = os.pathsep.join([str(ROOT), str(FOLDER)])
    done = subprocess.run(
        [sys.executable, *words],
        cwd=ROOT,
        env={**os.environ, **environment, "PYTHONPATH": paths},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"{' '.join(words)} failed:\n{done.stdout}{done.stderr}")
    return done.stdout.strip()


def bare_site(folder: Path) -> tuple[Site, str]:
    """The bare site and the path of its page."""
    environment = {"BENCH_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "bare.settings"}
    path = run(["bench/bare/fill.py"], environment)
    return Site("bare Wagtail", "bare.wsgi:application", environment), path


def portal_site(folder: Path, *, answers: int) -> tuple[Site, str]:
    """The portal with production settings on the demo's data, and the path of a question with answers."""
    data = {"VAR_DIR": str(folder / "portal")}
    demo = {**data, "DJANGO_SETTINGS_MODULE": "portal.settings.dev"}
    run(["manage.py", "prepare_demo"], demo)
    question = run(["bench/portal_fill.py", str(answers)], demo).splitlines()[-1]
    served = {
        **data,
        "DJANGO_SETTINGS_MODULE": "portal.settings.production",
        "SECRET_KEY": "only-for-measuring",
        "SITE_URL": "http://127.0.0.1",
        "ALLOWED_HOSTS": "127.0.0.1",
        "DATABASE_URL": f"sqlite:///{folder / 'portal' / 'portal.sqlite3'}",
        "CACHE_URL": "locmem://bench",
        "SECURE_SSL_REDIRECT": "false",
    }
    run(["manage.py", "collectstatic", "--noinput"], served)
    return Site("portal", "portal.wsgi:application", served), question
