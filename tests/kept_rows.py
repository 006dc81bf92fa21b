"""Rows made once per test database and copied into the tests that ask for them.

Saving 28 pages takes Wagtail longer than most tests need for all the rest, and every second test wants the
same 28; nearly as many want the same people and organizations. So the rows that such a factory writes are
put into tables beside Django's (a flush leaves them alone); a copy is one statement per table.
"""

import pickle
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Generic, TypeVar

from django.apps import apps
from django.db import connection, models, transaction
from wagtail.models import Page, Site

Made = TypeVar("Made")


@dataclass(frozen=True)
class _Copy(Generic[Made]):
    """What a factory returned, and the statements that write its rows again."""

    value: bytes
    statements: tuple[str, ...]

    def write(self) -> Made:
        with connection.cursor() as cursor:
            for statement in self.statements:
                cursor.execute(statement)
        Site.clear_site_root_paths_cache()
        return pickle.loads(self.value)


_copies: dict[Callable[..., Any], _Copy[Any]] = {}


def kept(
    *, unless: Callable[[], bool] = lambda: False
) -> Callable[[Callable[..., Made]], Callable[..., Made]]:
    """A factory that is copied when it is called without arguments, unless something stands in its way."""

    def decorate(make: Callable[..., Made]) -> Callable[..., Made]:
        @wraps(make)
        def copied_or_made(*args: object, **kwargs: object) -> Made:
            copy = _copies.get(copied_or_made)
            return make(*args, **kwargs) if args or kwargs or copy is None or unless() else copy.write()

        return copied_or_made

    return decorate


def keep(factory: Callable[[], object], *given: Callable[[], object]) -> None:
    """Calls a `kept` factory once for all and takes its rows out of the database again.

    Copies of `given`, kept before, are there meanwhile. Rows keep their keys, which no other row will get:
    the database has counted on.
    """
    with transaction.atomic():
        empty = _last_keys()
        for other in given:
            other()
        before = _last_keys()
        value = factory()
        after = _last_keys()
        statements = [
            _put_beside(factory.__name__, model, before[model])
            for model in after
            if after[model] > before[model]
        ]
        pages = Page.objects.get(depth=1).numchild
        _copies[factory] = _Copy(pickle.dumps(value), (*statements, *_counted(pages)))
        _take_out({model: key for model, key in empty.items() if after[model] > key})


def _last_keys() -> dict[type[models.Model], int]:
    """Models that number their rows, parents before children, with the last number given."""
    numbered = [model for model in apps.get_models(include_auto_created=True) if _is_numbered(model)]
    parts = [
        f"SELECT {position}, COALESCE(MAX({model._meta.pk.column}), 0) FROM {model._meta.db_table}"
        for position, model in enumerate(numbered)
    ]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts))
        return {numbered[position]: key for position, key in sorted(cursor.fetchall())}


def _is_numbered(model: type[models.Model]) -> bool:
    key = model._meta.pk
    return model._meta.managed and isinstance(key.target_field if key.remote_field else key, models.AutoField)


def _put_beside(name: str, model: type[models.Model], after: int) -> str:
    """The new rows of a model go into a table beside; the answer is the statement that copies them back."""
    table, key = model._meta.db_table, model._meta.pk.column
    columns = ", ".join(
        connection.ops.quote_name(field.column) for field in model._meta.local_concrete_fields
    )
    beside = f"kept_{name}_{table}"
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TABLE {beside} AS SELECT {columns} FROM {table} WHERE {key} > {after} ORDER BY {key}"
        )
    return f"INSERT INTO {table} ({columns}) SELECT {columns} FROM {beside}"


def _counted(pages: int) -> list[str]:
    """The tree's root says how many pages stand below it."""
    return [f"UPDATE {Page._meta.db_table} SET numchild = {pages} WHERE depth = 1"] if pages else []


def _take_out(last: dict[type[models.Model], int]) -> None:
    """Foreign keys are checked at the end, so the order does not matter."""
    with connection.cursor() as cursor:
        for model, number in last.items():
            cursor.execute(f"DELETE FROM {model._meta.db_table} WHERE {model._meta.pk.column} > {number}")
        cursor.execute(f"UPDATE {Page._meta.db_table} SET numchild = 0 WHERE depth = 1")
