"""Compares the message catalogues with the texts in the source; run by bin/test --all, needs gettext."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
SOURCE_LANGUAGE = "en"
SHOWN = 8

Key = tuple[str | None, str, str]


def keys(catalogue: polib.POFile) -> set[Key]:
    return {(entry.msgctxt, entry.msgid, entry.msgid_plural) for entry in catalogue if not entry.obsolete}


def extract(copy: Path) -> None:
    """Make the catalogues anew in a copy of the tracked and new files; the checkout is not touched."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, copy / name)
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "portal.settings.dev"}
    languages = [f"--locale={path.parent.parent.name}" for path in catalogues(ROOT)]
    left_out = ["--ignore=tests/*", "--ignore=bench/*"]
    command = [sys.executable, "manage.py", "makemessages", *languages, *left_out]
    done = subprocess.run(command, cwd=copy, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"makemessages failed:\n{done.stdout}{done.stderr}")


def catalogues(root: Path) -> list[Path]:
    return sorted(root.glob("locale/*/LC_MESSAGES/*.po"))


def problems(committed: polib.POFile, fresh: polib.POFile, language: str) -> list[str]:
    kept, wanted = keys(committed), keys(fresh)
    found = [f"not in the catalogue: {key[1]!r}" for key in sorted(wanted - kept, key=str)]
    found += [f"no longer in the source: {key[1]!r}" for key in sorted(kept - wanted, key=str)]
    if language != SOURCE_LANGUAGE:
        found += [f"not translated: {entry.msgid!r}" for entry in committed.untranslated_entries()]
        found += [f"marked as unsure: {entry.msgid!r}" for entry in committed.fuzzy_entries()]
    return found


def main() -> int:
    if not shutil.which("xgettext"):
        raise SystemExit("xgettext is needed (Debian and Ubuntu: apt-get install gettext).")
    if not catalogues(ROOT):
        raise SystemExit("there are no message catalogues below locale/.")
    failed = False
    with tempfile.TemporaryDirectory(prefix="portal-catalogues-") as folder:
        extract(Path(folder))
        for path in catalogues(ROOT):
            name = path.relative_to(ROOT)
            committed = polib.pofile(str(path))
            found = problems(committed, polib.pofile(str(Path(folder) / name)), path.parent.parent.name)
            failed = failed or bool(found)
            print(f"{name}: {len(keys(committed))} messages, {len(found)} problems")
            for line in found[:SHOWN]:
                print(f"    {line}")
            if len(found) > SHOWN:
                print(f"    and {len(found) - SHOWN} more")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
