"""Compares the message catalogues with the texts in the source; run by bin/test --all, needs gettext.

.venv/bin/python bin/_catalogues.py            says what differs (exit 1)
.venv/bin/python bin/_catalogues.py --write    writes above each message the files that use it
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
SOURCE_LANGUAGE = "en"
SHOWN = 8

Key = tuple[str | None, str, str]


def key_of(entry: polib.POEntry) -> Key:
    return entry.msgctxt, entry.msgid, entry.msgid_plural


def keys(catalogue: polib.POFile) -> set[Key]:
    return {key_of(entry) for entry in catalogue if not entry.obsolete}


def references(catalogue: polib.POFile) -> dict[Key, list[str]]:
    """The files that use each message, without lines: a change of lines is no change of a catalogue."""
    return {
        key_of(entry): sorted({file for file, _line in entry.occurrences})
        for entry in catalogue
        if not entry.obsolete
    }


def with_references(text: str, files: Mapping[Key, Sequence[str]]) -> str:
    """A catalogue that names above each message its files, one a line; all else stays as it is written."""
    lines = [line for line in text.split("\n") if not line.startswith("#:")]
    # Starting with the last one, so that the numbers of lines before it stay right.
    for entry in reversed([each for each in polib.pofile("\n".join(lines)) if not each.obsolete]):
        at = entry.linenum - 1
        while lines[at] == "#" or lines[at].startswith(("# ", "#.")):
            at += 1
        lines[at:at] = [f"#: {file}" for file in files.get(key_of(entry), ())]
    return "\n".join(lines)


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
    lines = [f"not in the catalogue: {key[1]!r}" for key in sorted(wanted - kept, key=str)]
    lines += [f"no longer in the source: {key[1]!r}" for key in sorted(kept - wanted, key=str)]
    if language != SOURCE_LANGUAGE:
        lines += [f"not translated: {entry.msgid!r}" for entry in committed.untranslated_entries()]
        lines += [f"marked as unsure: {entry.msgid!r}" for entry in committed.fuzzy_entries()]
    return lines + stale_references(committed, fresh)


def stale_references(committed: polib.POFile, fresh: polib.POFile) -> list[str]:
    """Messages that name other files than use them; `--write` puts them right."""
    named, used = references(committed), references(fresh)
    return [
        f"used in other files than it names (--write): {key[1]!r}"
        for key in sorted(named.keys() & used.keys(), key=str)
        if named[key] != used[key]
    ]


def compare(name: Path, fresh: polib.POFile) -> bool:
    """Say what differs in one catalogue; whether anything does."""
    committed = polib.pofile(str(ROOT / name))
    lines = problems(committed, fresh, name.parent.parent.name)
    print(f"{name}: {len(keys(committed))} messages, {len(lines)} problems")
    for line in lines[:SHOWN]:
        print(f"    {line}")
    if len(lines) > SHOWN:
        print(f"    and {len(lines) - SHOWN} more")
    return bool(lines)


def write(name: Path, fresh: polib.POFile) -> None:
    path = ROOT / name
    path.write_text(with_references(path.read_text(), references(fresh)))


def main(arguments: Sequence[str]) -> int:
    if not shutil.which("xgettext"):
        raise SystemExit("xgettext is needed (Debian and Ubuntu: apt-get install gettext).")
    names = [path.relative_to(ROOT) for path in catalogues(ROOT)]
    if not names:
        raise SystemExit("there are no message catalogues below locale/.")
    failed = False
    with tempfile.TemporaryDirectory(prefix="portal-catalogues-") as folder:
        extract(Path(folder))
        for name in names:
            fresh = polib.pofile(str(Path(folder) / name))
            if "--write" in arguments:
                write(name, fresh)
            failed = compare(name, fresh) or failed
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
