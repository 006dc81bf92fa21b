"""Makes `first-slice.sql.xz`, the database that `test_first_slice.py` migrates; run by hand, by nobody else.

It was run once, at commit fe7423a (the end of the first slice), and works only there: it calls the verbs of
that commit, which have moved since. To make the file again, check that commit out beside this tree, copy this
folder into it, run there with an environment of that commit's requirements, and copy the two files back:

    git worktree add ../first-slice fe7423a
    cp -r tests/migrations ../first-slice/tests/
    (cd ../first-slice && python -m tests.migrations.make_first_slice)
    cp ../first-slice/tests/migrations/first-slice.* tests/migrations/

That takes two or three minutes and prints sizes and counts: 214,536 bytes, 2,319,962 unpacked. Some hundred
bytes more or fewer are chance: times, texts and the order of things are fixed, but page keys, submit keys,
receipt numbers and password hashes are drawn anew, because the verbs draw them. The counts are always those
of `first-slice.json`, which the test compares and people can read.

The file is an SQL dump, compressed with the standard library's lzma. Left out is what is rebuilt from the
rest: Wagtail's own search index, and the note of the search engine's generation.
"""

import json
import lzma
import os
import sqlite3
import sys
import tempfile
from importlib import import_module
from pathlib import Path

import django

from tests.migrations import before

HERE = Path(__file__).resolve().parent
MOST_BYTES = 300_000
VERB = ("portal.consultations.domain", "submit_intervention")
LEFT_OUT = """
    DELETE FROM wagtailsearch_indexentry;
    DELETE FROM django_session;
    DELETE FROM search_generation;
"""


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="first-slice-") as folder:
        database = _prepared(Path(folder))
        if not _is_first_slice():
            raise SystemExit(
                "make_first_slice: this tree is not commit fe7423a (portal.consultations.domain has no "
                "submit_intervention). Run it there; how stands at the top of this file."
            )
        # Imports models, so only after `django.setup`, and only where they still are.
        import_module("tests.migrations.first_slice_content").load()
        dump, counts = _dumped(database)
    packed = lzma.compress(dump, preset=9 | lzma.PRESET_EXTREME)
    if len(packed) > MOST_BYTES:
        raise SystemExit(f"make_first_slice: {len(packed)} bytes, more than {MOST_BYTES}; nothing written.")
    (HERE / "first-slice.sql.xz").write_bytes(packed)
    (HERE / "first-slice.json").write_text(json.dumps(counts, indent=1, ensure_ascii=False) + "\n")
    print(f"first-slice.sql.xz: {len(packed)} bytes ({len(dump)} unpacked)")
    print(json.dumps(counts, indent=1, ensure_ascii=False))


def _prepared(folder: Path) -> Path:
    """Django set up on an empty database in a folder of its own; no mail leaves it."""
    database = folder / "portal.sqlite3"
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "portal.settings.dev",
        "DATABASE_URL": f"sqlite:///{database}",
        "VAR_DIR": str(folder),
        "EMAIL_URL": "memory://",
    }
    django.setup()
    return database


def _is_first_slice() -> bool:
    module, verb = VERB
    try:
        return hasattr(import_module(module), verb)
    except ModuleNotFoundError:
        return False


def _dumped(database: Path) -> tuple[bytes, before.Facts]:
    """The SQL that makes the database again. `iterdump` cannot do virtual tables: they follow at the end."""
    with sqlite3.connect(database) as connection:
        connection.executescript(LEFT_OUT)
        last = connection.execute(
            "SELECT type, name, sql FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL%' OR type = 'trigger' "
            "ORDER BY type = 'trigger', name"
        ).fetchall()
        for kind, name, _sql in reversed(last):
            connection.execute(f"DROP {kind} {name}")
        lines = [*connection.iterdump(), *(f"{sql};" for _kind, _name, sql in last)]
        facts = before.facts(connection)
    return "\n".join(lines).encode(), before.counts(facts)


if __name__ == "__main__":
    sys.exit(main())
