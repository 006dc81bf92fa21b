"""What another does in between: once, right after a query."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection


@contextmanager
def after_query(start: str, act: Callable[[], object]) -> Iterator[None]:
    """`act` runs after the first query that starts so, before its answer is used."""
    waits = [act]

    def execute(run: Callable[..., Any], sql: str, *rest: Any) -> Any:
        answer = run(sql, *rest)
        if waits and sql.startswith(start):
            waits.pop()()
        return answer

    with connection.execute_wrapper(execute):
        yield
    assert waits == [], "the moment did not come"
