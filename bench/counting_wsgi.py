"""Wraps a WSGI application so that each answer tells its database queries; run by bench/servers.py."""

import os
from collections.abc import Callable, Iterable
from importlib import import_module
from typing import Any

from django.db import connection

module_name, attribute = os.environ["BENCH_APPLICATION"].split(":")
inner = getattr(import_module(module_name), attribute)


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    queries = 0

    def count(execute: Callable[..., Any], *args: Any) -> Any:
        nonlocal queries
        queries += 1
        return execute(*args)

    def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
        return start_response(status, [*headers, ("X-Queries", str(queries))], *rest)

    with connection.execute_wrapper(count):
        return inner(environ, start)
