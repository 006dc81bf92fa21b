"""A test database in memory, copied from one that has been migrated before; `tests/conftest.py` calls it.

Running every migration takes a sixth of the suite. The migrated database is kept in a file named after the
migrations and the locked requirements, so a change of either makes a new one: from the last where migrations
have only come, else from the tables that the demo keeps (`portal.demo.tables`), else from nothing.
"""

import fcntl
import hashlib
import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.test import TransactionTestCase

from portal.demo import tables

ROOT = Path(settings.BASE_DIR)
KEPT = ROOT / "var" / "test-databases"


class KeptDatabase:
    """The migrated database of these migrations: copied where there is one, else made and kept.

    Whoever comes first makes it and the others wait, because workers start at the same moment.
    """

    def __init__(self) -> None:
        KEPT.mkdir(parents=True, exist_ok=True)
        self._files = _digests()
        self._path = KEPT / f"{_digest(*self._files)}.sqlite3"
        self._lock = (KEPT / "lock").open("a")

    @contextmanager
    def in_memory(self) -> Iterator[None]:
        """The copy lasts as long as this connection to it."""
        fcntl.flock(self._lock, fcntl.LOCK_EX)
        memory = sqlite3.connect(str(connection.creation._get_test_db_name()), uri=True)
        start = self._path if self._path.exists() else self._last()
        if start:
            with closing(sqlite3.connect(start)) as file:
                file.backup(memory)
        else:
            tables.lay(memory)
        if start == self._path:
            fcntl.flock(self._lock, fcntl.LOCK_UN)
        try:
            yield
        finally:
            memory.close()
            self._lock.close()

    def _last(self) -> Path | None:
        """A kept database whose migrations are all still here, as they were: Django runs the others."""
        for files in KEPT.glob("*.json"):
            database = files.with_suffix(".sqlite3")
            if database.exists() and set(json.loads(files.read_text())) <= set(self._files):
                return database
        return None

    def restore_after_commits(self) -> None:
        """From here on a test that commits leaves the database as it is now.

        Django empties every table instead, reference data and all, and makes content types and permissions
        anew under other numbers: whatever runs after such a test meets another database.
        """
        whole = sqlite3.connect(":memory:", check_same_thread=False)
        connection.connection.backup(whole)

        def restore(test: TransactionTestCase) -> None:
            connection.ensure_connection()
            whole.backup(connection.connection)

        TransactionTestCase._fixture_teardown = restore

    def keep(self) -> None:
        """Once the migrations have run."""
        if not self._path.exists():
            for old in (*KEPT.glob("*.sqlite3"), *KEPT.glob("*.json")):
                old.unlink(missing_ok=True)
            draft = self._path.with_suffix(f".{os.getpid()}")
            with closing(sqlite3.connect(draft)) as file:
                connection.connection.backup(file)
            draft.replace(self._path)
            self._path.with_suffix(".json").write_text(json.dumps(self._files))
        fcntl.flock(self._lock, fcntl.LOCK_UN)


def can_copy() -> bool:
    creation = connection.creation
    return connection.vendor == "sqlite" and bool(creation.is_in_memory_db(creation._get_test_db_name()))


def _digests() -> list[str]:
    """Of the locked requirements, whose apps bring migrations of their own, and of each migration of ours."""
    migrations = sorted([*ROOT.glob("portal/**/migrations/*.py"), *ROOT.glob("search/**/migrations/*.py")])
    requirements = _digest(*(path.read_text() for path in sorted(ROOT.glob("requirements/*.txt"))))
    return [requirements, *(f"{path.relative_to(ROOT)} {_digest(path.read_text())}" for path in migrations)]


def _digest(*texts: str) -> str:
    digest = hashlib.blake2b(digest_size=12)
    for text in texts:
        digest.update(text.encode())
    return digest.hexdigest()
