"""Prepares what is measured, a bare Wagtail and the demo in several sizes; the bench drivers call it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from callers import FOLDER, Site

ROOT = FOLDER.parent
DEMO, FOLLOW_UP = "demo", "2,000 assessments"
# What each size of the portal has more than the demo.
SIZES: dict[str, list[str]] = {
    DEMO: [],
    "3,000 pages": ["--pages", "3000"],
    "5,000 interventions": ["--interventions", "5000"],
    "50 pledges": ["--pledges", "50", "--reports", "250"],
    "5,000 pledges": ["--pledges", "5000", "--reports", "25000"],
    FOLLOW_UP: [
        *("--pledges", "5000", "--reports", "25000"),
        *("--assessments", "2000", "--observations", "500"),
    ],
}
# What is compared: sizes, and the pages that depend on them; no names are all pages.
SETS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "pages": ((DEMO, "3,000 pages", "5,000 interventions"), ()),
    "pledges": (
        ("50 pledges", "5,000 pledges"),
        (
            *("list: pledges", "list: pledges of an action", "list: pledges overdue", "record: pledge"),
            *("plan", "plan action", "record: recommendation", "list: reports", "record: report"),
            *("mechanism", "follow-up", "home"),
        ),
    ),
}


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


def portal_sites(folder: Path, sizes: Sequence[str]) -> list[tuple[Site, dict[str, str]]]:
    """The portal in these sizes, with the paths to measure by name; each kept in `folder` and used again."""
    demo = _folder(folder, DEMO)
    if not demo.exists():
        run(["manage.py", "prepare_demo"], _data(demo) | {"DJANGO_SETTINGS_MODULE": "portal.settings.dev"})
    for size in sizes:
        if not _folder(folder, size).exists():
            shutil.copytree(demo, _folder(folder, size))
    return [_portal_site(_folder(folder, size), size) for size in sizes]


def _portal_site(folder: Path, size: str) -> tuple[Site, dict[str, str]]:
    settings = {"DJANGO_SETTINGS_MODULE": "portal.settings.dev"}
    paths = json.loads(run(["bench/portal_fill.py", *SIZES[size]], _data(folder) | settings).splitlines()[-1])
    if not (folder / "static").exists() and size in SETS["pages"][0]:
        # First time here: the index does not know yet what was filled in. Of pledges no search is measured.
        run(["manage.py", "rebuild_index"], _data(folder) | settings)
    served = {
        **_data(folder),
        "DJANGO_SETTINGS_MODULE": "portal.settings.production",
        "SECRET_KEY": "only-for-measuring",
        "SITE_URL": "http://127.0.0.1",
        "ALLOWED_HOSTS": "127.0.0.1",
        "DATABASE_URL": f"sqlite:///{folder / 'portal.sqlite3'}",
        "CACHE_URL": "locmem://bench",
        "SECURE_SSL_REDIRECT": "false",
    }
    run(["manage.py", "collectstatic", "--noinput"], served)
    return Site(size, "portal.wsgi:application", served), paths


def _folder(folder: Path, size: str) -> Path:
    return folder / f"portal-{size.replace(',', '').replace(' ', '-')}"


def _data(folder: Path) -> dict[str, str]:
    return {"VAR_DIR": str(folder)}
