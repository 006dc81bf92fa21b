"""Notes every write to a table that public pages read, in the transaction that writes; connected when ready.

An app names these tables by its models (`public_models` of its configuration). Nobody calls a note by hand:
whoever writes, by a verb, the admin, a command or a line of SQL through Django, passes here.
"""

import re
from collections.abc import Callable
from functools import cache, lru_cache
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection as default_connection
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

from portal.common.declarations import declarations
from portal.publication.figures import new_token
from portal.publication.models import SiteChange

_WRITE = re.compile(
    r"""\s*(?:INSERT(?:\s+OR\s+\w+)?\s+INTO|REPLACE\s+INTO|UPDATE(?:\s+OR\s+\w+)?(?:\s+ONLY)?
    |DELETE\s+FROM(?:\s+ONLY)?|TRUNCATE(?:\s+TABLE)?)\s+"?(\w+)""",
    re.IGNORECASE | re.VERBOSE,
)
_WRITES_INSIDE = re.compile(r"\b(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM)\b", re.IGNORECASE)
_BACK = re.compile(r"\s*ROLLBACK\s+TO\b", re.IGNORECASE)
_WORD = re.compile(r"\w+")
_STATE = f"SELECT count(*), sum(token) FROM {SiteChange._meta.db_table}"  # noqa: S608  # name of our table
Execute = Callable[[str, Any, bool, dict[str, Any]], Any]


@cache
def watched_tables() -> frozenset[str]:
    """Those that the apps name: every table that a page may have read and still be kept."""
    told = declarations("public_models", apps.get_app_configs())
    names = (name if "." in name else f"{app.label}.{name}" for app, models in told for name in models)
    return frozenset(apps.get_model(name)._meta.db_table for name in names)


@cache
def _all_tables() -> frozenset[str]:
    return frozenset(model._meta.db_table for model in apps.get_models(include_auto_created=True))


@lru_cache(maxsize=512)
def tables_in(sql: str) -> frozenset[str]:
    """The tables of our models that a statement names, however it names them."""
    return _all_tables().intersection(_WORD.findall(sql))


def shown_state() -> tuple[object, ...]:
    """Names what the watched tables hold: equal ones were taken while nothing was written. One query.

    Asked inside a transaction, what that writes later has another name again.
    """
    _forget(default_connection)
    with default_connection.cursor() as cursor:
        cursor.execute(_STATE)
        told: tuple[object, ...] = cursor.fetchone()
        return told


def connect() -> None:
    """From now on in this process."""
    if not settings.KEEP_PAGES:
        return
    connection_created.connect(_watch, dispatch_uid="writes to what pages read")
    for connection in connections.all(initialized_only=True):
        _watch(connection=connection)


def disconnect() -> None:
    connection_created.disconnect(dispatch_uid="writes to what pages read")
    for connection in connections.all(initialized_only=True):
        if note_writes in connection.execute_wrappers:
            connection.execute_wrappers.remove(note_writes)


def _watch(connection: BaseDatabaseWrapper, **_told: object) -> None:
    if note_writes not in connection.execute_wrappers:
        # First, because Django takes the last away when one that was set for a while ends.
        connection.execute_wrappers.insert(0, note_writes)


def note_writes(execute: Execute, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """A wrapper as Django's connections take them."""
    connection: BaseDatabaseWrapper = context["connection"]
    if _BACK.match(sql):
        _forget(connection)
    if not _is_watched_write(sql) or not _has_table(connection):
        return execute(sql, params, many, context)
    if connection.in_atomic_block or not connection.get_autocommit():
        return _noted(execute, sql, params, many, context)
    if connection.vendor == "sqlite" and "RETURNING" in sql:
        # SQLite commits nothing while rows of the statement wait to be read: a note before it, so that pages
        # made of what was there are not kept under the name of what is there then, and one after it.
        _note(connection)
        return _noted(execute, sql, params, many, context)
    with transaction.atomic(using=connection.alias):
        return _noted(execute, sql, params, many, context)


def _is_watched_write(sql: str) -> bool:
    if write := _WRITE.match(sql):
        return write[1] in watched_tables()
    starts = sql.lstrip()[:4].upper()
    return starts == "WITH" and bool(_WRITES_INSIDE.search(sql)) and bool(tables_in(sql) & watched_tables())


def _noted(execute: Execute, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """What changed no row is no change. SQLite counts rows that are returned only once they are read."""
    result = execute(sql, params, many, context)
    if "RETURNING" in sql or context["cursor"].rowcount != 0:
        _note(context["connection"])
    return result


def _note(connection: BaseDatabaseWrapper) -> None:
    """Once a transaction: with a savepoint that is rolled back Django forgets what was to follow a commit."""
    if connection.in_atomic_block:
        if any(row[1] is _is_noted for row in connection.run_on_commit):
            return
        transaction.on_commit(_is_noted, using=connection.alias)
    SiteChange.objects.using(connection.alias).create(token=new_token())


def _is_noted() -> None:
    """Stands among what follows a commit; nothing is left to do then."""


def _forget(connection: BaseDatabaseWrapper) -> None:
    """The next write is noted again; so, too, after a savepoint of one's own that takes the note back."""
    if connection.run_on_commit:
        connection.run_on_commit = [row for row in connection.run_on_commit if row[1] is not _is_noted]


_with_table: set[str] = set()


def _has_table(connection: BaseDatabaseWrapper) -> bool:
    """Not while the first migrations run."""
    if connection.alias in _with_table:
        return True
    if SiteChange._meta.db_table in connection.introspection.table_names():
        _with_table.add(connection.alias)
        return True
    return False
