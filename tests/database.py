"""A test database in memory, copied from one that has been migrated before; `tests/conftest.py` calls it.

Running every migration takes longer than most of the suite. The migrated database is kept in a file named
after the migrations and the locked requirements, so a change of either makes a new one.
"""

import fcntl
import hashlib
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.test import TransactionTestCase

ROOT = Path(settings.BASE_DIR)
KEPT = ROOT / "var" / "test-databases"


class KeptDatabase:
    """The migrated database of these migrations: copied where there is one, else made and kept.

    Whoever comes first makes it and the others wait, because workers start at the same moment.
    """

    def __init__(self) -> None:
        KEPT.mkdir(parents=True, exist_ok=True)
        self._path = KEPT / f"{_digest()}.sqlite3"
        self._lock = (KEPT / "lock").open("a")

    @contextmanager
    def in_memory(self) -> Iterator[None]:
        """The copy lasts as long as this connection to it."""
        fcntl.flock(self._lock, fcntl.LOCK_EX)
        memory = sqlite3.connect(str(connection.creation._get_test_db_name()), uri=True)
        if self._path.exists():
            with closing(sqlite3.connect(self._path)) as file:
                file.backup(memory)
            fcntl.flock(self._lock, fcntl.LOCK_UN)
        try:
            yield
        finally:
            memory.close()
            self._lock.close()

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
            for old in KEPT.glob("*.sqlite3"):
                old.unlink(missing_ok=True)
            draft = self._path.with_suffix(f".{os.getpid()}")
            with closing(sqlite3.connect(draft)) as file:
                connection.connection.backup(file)
            draft.replace(self._path)
        fcntl.flock(self._lock, fcntl.LOCK_UN)


def can_copy() -> bool:
    creation = connection.creation
    return connection.vendor == "sqlite" and bool(creation.is_in_memory_db(creation._get_test_db_name()))


def _digest() -> str:
    files = [*ROOT.glob("portal/*/migrations/*.py"), *ROOT.glob("search/**/migrations/*.py")]
    digest = hashlib.blake2b(digest_size=12)
    for path in (*sorted(files), *sorted(ROOT.glob("requirements/*.txt"))):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()
