"""A database of the first slice keeps everything that was promised when today's migrations run on it.

`make_first_slice` made `first-slice.sql.xz` at commit fe7423a. `before` reads it with the SQL of that commit;
then `reading`, in a process of its own, runs `migrate` on a copy and reads that with today's models. The copy
is SQLite when the suite runs on PostgreSQL too: there only the making of the test database tries the
migrations, on empty tables.
"""

import json
import lzma
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from tests.migrations import before
from tests.migrations.before import Facts

HERE = Path(__file__).resolve().parent
PACKED, COUNTED = HERE / "first-slice.sql.xz", HERE / "first-slice.json"
MOST_BYTES = 300_000
STATES = {"draft", "submitted", "returned", "published", "withdrawn"}
SHOWN = 20
RECEIPTS_OF_ONE = 3  # submitted, returned, submitted again, returned, submitted once more


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """The database of the first slice as it was."""
    path = tmp_path / "portal.sqlite3"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(lzma.decompress(PACKED.read_bytes()).decode())
    return path


def facts_before(database: Path) -> Facts:
    with closing(sqlite3.connect(database)) as connection:
        return before.facts(connection)


def migrate_and_read(database: Path) -> Facts:
    """What `reading` prints; fails with what it says when it fails."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "portal.settings.test",
        "DATABASE_URL": f"sqlite:///{database}",
    }
    command = [sys.executable, "-m", "tests.migrations.reading"]
    done = subprocess.run(
        command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def differences(old: Any, new: Any, place: str = "") -> Iterator[str]:
    """Each value that is another one now, with the way to it."""
    if isinstance(old, dict) and isinstance(new, dict):
        for name in sorted({*old, *new}):
            yield from differences(old.get(name), new.get(name), f"{place}/{name}")
    elif old != new:
        yield f"{place}: was {old!r}, is {new!r}"


@pytest.mark.long
def test_migrated_database_says_the_same(database: Path) -> None:
    old = facts_before(database)
    new = migrate_and_read(database)
    wrong = [*differences(old, new["facts"]), *differences(before.answers(old), new["answers"], "answers")]
    assert not wrong, "\n".join([f"{len(wrong)} differences", *wrong[:SHOWN]])


def test_differences_name_what_changed_what_went_and_what_came() -> None:
    old = {"pledges": {"a": {"state": "draft", "receipt": []}, "b": {}}, "same": 1}
    new = {"pledges": {"a": {"state": "draft", "receipt": ["x"]}, "c": {}}, "same": 1}
    assert list(differences(old, new)) == [
        "/pledges/a/receipt: was [], is ['x']",
        "/pledges/b: was {}, is None",
        "/pledges/c: was None, is {}",
    ]


def test_file_is_small_and_holds_what_it_says(database: Path) -> None:
    assert PACKED.stat().st_size <= MOST_BYTES
    assert before.counts(facts_before(database)) == json.loads(COUNTED.read_text())


def test_file_holds_submissions_in_every_state(database: Path) -> None:
    old = facts_before(database)
    for kind, at_least in (("interventions", 120), ("pledges", 80)):
        rows = old[kind].values()
        assert len(rows) >= at_least
        assert {row["state"] for row in rows} == STATES
        edited_since = {row["state"] for row in rows if row["receipt"] and not row["receipt_fits"]}
        assert edited_since == {"returned"}
    assert {status for _path, status in before.answers(old).values()} == {200, 410}
    assert max(map(len, old["receipts in the log"].values())) == RECEIPTS_OF_ONE
