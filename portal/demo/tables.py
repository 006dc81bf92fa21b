"""The tables of an empty SQLite database as the migrations make them, kept as SQL in `tables.json`.

Running the migrations takes the most of a minute, nearly all of it spent on the models between one and the
next. What is kept names every migration that it stands for, with a digest of its file: where one of them is
another now, nothing is laid out and Django runs them all; those that have come since run on top.
`bin/_tables.py --write` makes the file; `prepare_demo` and the tests read it. No server ever does.
"""

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from django.apps import apps
from modelsearch.backends.database.sqlite.utils import fts5_available

FILE = Path(__file__).with_name("tables.json")
Kept = dict[str, Any]
_ROWS = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL TABLE%'"


def lay(database: sqlite3.Connection, path: Path = FILE) -> bool:
    """Lay all tables out in one transaction. False, and nothing done, where the migrations make others."""
    kept: Kept = json.loads(path.read_text())
    if not (fts5_available() and kept["migrations"].items() <= digests().items() and _is_empty(database)):
        return False
    with database:
        database.execute("BEGIN IMMEDIATE")
        for statement in kept["statements"]:
            database.execute(statement)
        _note_as_applied(kept["applied"], database)
    return True


def digests() -> dict[str, str]:
    """Of the file of every migration there is, ours and those of packages, by `app.name`; imports none."""
    return {
        f"{app.label}.{path.stem}": hashlib.blake2b(path.read_bytes(), digest_size=6).hexdigest()
        for app in sorted(apps.get_app_configs(), key=lambda app: app.label)
        for path in sorted(Path(app.path, "migrations").glob("[!_~]*.py"))
    }


def kept_from(database: sqlite3.Connection) -> Kept:
    """What `lay` reads, of a database in which the migrations have run and nothing else has."""
    applied = database.execute("SELECT app, name FROM django_migrations ORDER BY id")
    return {
        "migrations": digests(),
        "applied": [list(row) for row in applied],
        "statements": [*_schema(database), *_rows(database), *_numbers(database)],
    }


def _note_as_applied(migrations: list[list[str]], database: sqlite3.Connection) -> None:
    """One after the other: packages ask which of theirs was the last."""
    now = datetime.now(UTC).replace(tzinfo=None)
    rows = [
        (app, name, str(now - timedelta(microseconds=behind)))
        for behind, (app, name) in zip(range(len(migrations), 0, -1), migrations, strict=True)
    ]
    database.executemany("INSERT INTO django_migrations (app, name, applied) VALUES (?, ?, ?)", rows)


def _is_empty(database: sqlite3.Connection) -> bool:
    return database.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone() is None


def _schema(database: sqlite3.Connection) -> Iterator[str]:
    """Without what SQLite makes of itself beside these: its own tables, and those behind virtual ones."""
    shadows = _shadows(database)
    rows = database.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid")
    return (sql for name, sql in rows if not name.startswith("sqlite_") and name not in shadows)


def _rows(database: sqlite3.Connection) -> Iterator[str]:
    own = {"sqlite_sequence", "django_migrations", *_shadows(database)}
    for (table,) in database.execute(f"{_ROWS} ORDER BY rowid").fetchall():
        if table not in own:
            columns = [row[1] for row in database.execute(f'PRAGMA table_info("{table}")')]
            values = " || ', ' || ".join(f'quote("{column}")' for column in columns)
            for (row,) in database.execute(f'SELECT {values} FROM "{table}" ORDER BY rowid'):  # noqa: S608  # reason: names of our tables
                yield f'INSERT INTO "{table}" VALUES ({row})'  # noqa: S608  # reason: quoted by SQLite


def _numbers(database: sqlite3.Connection) -> Iterator[str]:
    """The last number that each table has given, also to rows that have gone since."""
    yield "DELETE FROM sqlite_sequence"
    rows = database.execute(
        "SELECT quote(name), seq FROM sqlite_sequence WHERE name != 'django_migrations' ORDER BY name"
    )
    for name, last in rows:
        yield f"INSERT INTO sqlite_sequence (name, seq) VALUES ({name}, {last})"  # noqa: S608  # reason: quoted by SQLite


def _shadows(database: sqlite3.Connection) -> set[str]:
    return {row[1] for row in database.execute("PRAGMA table_list") if row[2] == "shadow"}
