"""Which tables are locked, in which order, on a database that locks whole files."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

_LOCK = re.compile(r'^SELECT (?:DISTINCT )?"(\w+)"\..*?( FOR UPDATE.*)$', re.DOTALL)


@contextmanager
def locked_tables() -> Iterator[list[str]]:
    """The tables of rows that are read for update meanwhile, one after another."""
    tables: list[str] = []
    features: Any = connection.features
    before = features.has_select_for_update, features.has_select_for_update_of
    features.has_select_for_update = features.has_select_for_update_of = True
    try:
        with connection.execute_wrapper(_noting(tables, is_real=before[0])):
            yield tables
    finally:
        features.has_select_for_update, features.has_select_for_update_of = before


def _noting(tables: list[str], *, is_real: bool) -> Callable[..., Any]:
    def run(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if lock := _LOCK.search(sql):
            tables.append(lock[1])
            sql = sql if is_real else sql[: lock.start(2)]
        return execute(sql, params, many, context)

    return run
