"""Makes `first-slice.sql.xz`, the database that `test_first_slice.py` migrates; run by hand, by nobody else.

It was run once, at commit fe7423a (the end of the first slice), and works only there: it calls the verbs of
that commit, which have moved since. To make the file again, check that commit out beside this tree, copy this
folder into it and run there, with an environment made from that commit's requirements:

    git worktree add ../first-slice fe7423a
    cp -r tests/migrations ../first-slice/tests/
    cd ../first-slice && python -m tests.migrations.make_first_slice

It needs about three minutes, and prints the size and the counts. `first-slice.json` holds the counts, for
people to read and for the test to compare. Times, texts and the order of things are fixed; page keys, submit
keys, receipt numbers and password hashes are drawn anew each time, because their verbs draw them.

The file is an SQL dump, compressed with the standard library's lzma. Left out is what is rebuilt from the
rest: Wagtail's own search index and the note of the search engine's generation.
"""

import json
import lzma
import os
import sqlite3
import sys
import tempfile
from importlib import import_module
from importlib.util import find_spec
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
        "LOG_LEVEL": "ERROR",
    }
    django.setup()
    return database


def _is_first_slice() -> bool:
    module, verb = VERB
    return find_spec(module) is not None and hasattr(import_module(module), verb)


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
