"""The ledger is read in one moment, and nobody who writes waits for it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from portal.opendata import ledger_lines
from portal.opendata.models import OpenDataSettings
from portal.opendata.words import terms
from portal.records.types import record_type


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'sqlite'")
def test_reading_the_ledger_is_no_write() -> None:
    """Every other transaction begins as a writer's, for which all others would wait."""
    with statements() as said, ledger_lines.one_moment():
        list(ledger_lines.lines_of(record_type("pledge"), timezone.now()))
    assert (said[0], said[-1]) == ("BEGIN DEFERRED", "ROLLBACK")
    assert [sql for sql in said[1:-1] if not sql.startswith("SELECT")] == []
    assert not connection.in_atomic_block


@contextmanager
def statements() -> Iterator[list[str]]:
    """What is said to the database."""
    said: list[str] = []

    def noted(run: Any, sql: str, *rest: Any) -> Any:
        said.append(sql)
        return run(sql, *rest)

    with connection.execute_wrapper(noted):
        yield said


@pytest.mark.django_db
def test_saying_the_terms_writes_nothing() -> None:
    """On a fresh installation nobody has saved them yet."""
    with statements() as said:
        terms("en")
    assert ([sql for sql in said if not sql.startswith("SELECT")], OpenDataSettings.objects.count()) == (
        [],
        0,
    )
