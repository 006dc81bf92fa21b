"""The tables kept as SQL are those that the migrations make, and are laid whole or not at all."""

import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.db.migrations.loader import MigrationLoader

from portal.demo import tables

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def empty() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:")) as database:
        yield database


@pytest.fixture
def kept() -> dict[str, Any]:
    read: dict[str, Any] = json.loads(tables.FILE.read_text())
    return read


def write(folder: Path, kept: dict[str, Any]) -> Path:
    path = folder / "tables.json"
    path.write_text(json.dumps(kept))
    return path


def names(database: sqlite3.Connection) -> list[str]:
    return [name for (name,) in database.execute("SELECT name FROM sqlite_master")]


def test_kept_tables_are_of_the_migrations_of_today(empty: sqlite3.Connection) -> None:
    assert tables.lay(empty), ".venv/bin/python bin/_tables.py --write"


def test_every_migration_that_django_knows_has_a_digest(db: None) -> None:
    known = MigrationLoader(None, load=False)
    known.load_disk()
    assert sorted(tables.digests()) == sorted(f"{app}.{name}" for app, name in known.disk_migrations)


def test_what_is_laid_out_is_what_was_kept(empty: sqlite3.Connection, kept: dict[str, Any]) -> None:
    tables.lay(empty)
    laid = tables.kept_from(empty)
    assert (laid["statements"], laid["applied"]) == (kept["statements"], kept["applied"])


def test_the_last_migration_of_an_app_is_its_last(empty: sqlite3.Connection) -> None:
    tables.lay(empty)
    by_time = empty.execute("SELECT app, name FROM django_migrations ORDER BY applied DESC").fetchall()
    by_number = empty.execute("SELECT app, name FROM django_migrations ORDER BY id DESC").fetchall()
    assert by_time == by_number
    assert empty.execute(
        "SELECT max(applied) < datetime('now', '+1 second') FROM django_migrations"
    ).fetchone() == (1,)


def test_migrations_that_have_come_since_are_left_to_django(
    empty: sqlite3.Connection, kept: dict[str, Any], tmp_path: Path
) -> None:
    last = kept["applied"].pop()
    del kept["migrations"][".".join(last)]
    assert tables.lay(empty, write(tmp_path, kept))
    assert tuple(last) not in empty.execute("SELECT app, name FROM django_migrations").fetchall()


@pytest.mark.parametrize("digest", ["another", None])
def test_a_migration_that_is_another_now_leaves_all_to_django(
    empty: sqlite3.Connection, kept: dict[str, Any], tmp_path: Path, digest: str | None
) -> None:
    """Changed since, or gone."""
    kept["migrations"]["publication.0001_gone" if digest is None else next(iter(kept["migrations"]))] = digest
    assert not tables.lay(empty, write(tmp_path, kept))
    assert names(empty) == []


def test_a_database_that_holds_anything_is_left_alone(empty: sqlite3.Connection) -> None:
    empty.execute("CREATE TABLE own (id integer)")
    assert not tables.lay(empty)
    assert names(empty) == ["own"]


def test_laying_out_that_breaks_off_leaves_nothing(
    empty: sqlite3.Connection, kept: dict[str, Any], tmp_path: Path
) -> None:
    kept["statements"].append("INSERT INTO nowhere VALUES (1)")
    with pytest.raises(sqlite3.OperationalError, match="nowhere"):
        tables.lay(empty, write(tmp_path, kept))
    assert names(empty) == []


@pytest.mark.long
def test_kept_tables_and_all_migrations_make_the_same_database() -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "bin" / "_tables.py"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, ""), done.stdout[-2000:]
