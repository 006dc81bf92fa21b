"""Page trees made once per test database and copied into the tests that ask for them.

Saving 28 pages takes Wagtail longer than most tests need for all the rest, and every second test wants the
same 28. So the rows that such a factory writes are kept in tables beside Django's (a flush leaves
them alone); a copy is one statement per table, a few milliseconds for all.
"""

import pickle
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import wraps
from typing import Any, Generic, ParamSpec, TypeVar

from django.apps import apps
from django.db import connection, models, transaction
from django.db.models import Max
from wagtail.models import Page, Site

Made = TypeVar("Made")
Arguments = ParamSpec("Arguments")


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


def kept(make: Callable[Arguments, Made]) -> Callable[Arguments, Made]:
    """A factory of pages that is copied when called without arguments where no page stands yet."""

    @wraps(make)
    def copied_or_made(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Made:
        copy = _copies.get(copied_or_made)
        if args or kwargs or copy is None or Page.objects.filter(depth__gt=1).exists():
            return make(*args, **kwargs)
        return copy.write()

    return copied_or_made


def keep(factory: Callable[[], Made]) -> None:
    """Calls a `kept` factory once for all and takes its rows out of the database again."""
    with transaction.atomic():
        last = {model: model._default_manager.aggregate(last=Max("pk"))["last"] or 0 for model in _numbered()}
        value = factory()
        written = {
            model: number
            for model, number in last.items()
            if model._default_manager.filter(pk__gt=number).exists()
        }
        statements = tuple(_kept_rows(factory.__name__, model, number) for model, number in written.items())
        statements += (f"UPDATE {Page._meta.db_table} SET numchild = {_root().numchild} WHERE depth = 1",)
        _copies[factory] = _Copy(pickle.dumps(value), statements)
        _take_out(written)


def _root() -> Page:
    return Page.objects.get(depth=1)


def _numbered() -> Iterator[type[models.Model]]:
    """Models that number their rows, parents before children."""
    for model in apps.get_models():
        key = model._meta.pk
        if isinstance(key.target_field if key.remote_field else key, models.AutoField):
            yield model


def _kept_rows(name: str, model: type[models.Model], after: int) -> str:
    """The new rows of a model go into a table beside; the answer is the statement that copies them back.

    Rows of pages and sites keep their keys, because others refer to them; all others get new ones.
    """
    table, key = model._meta.db_table, model._meta.pk.column
    columns = [field.column for field in model._meta.local_concrete_fields]
    if not issubclass(model, Page | Site):
        columns.remove(key)
    listed, beside = ", ".join(map(connection.ops.quote_name, columns)), f"kept_{name}_{table}"
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TABLE {beside} AS SELECT {listed} FROM {table} WHERE {key} > {after} ORDER BY {key}"
        )
    return f"INSERT INTO {table} ({listed}) SELECT {listed} FROM {beside}"


def _take_out(written: dict[type[models.Model], int]) -> None:
    """Foreign keys are checked at the end, so the order does not matter."""
    with connection.cursor() as cursor:
        for model, number in written.items():
            cursor.execute(f"DELETE FROM {model._meta.db_table} WHERE {model._meta.pk.column} > {number}")
        cursor.execute(f"UPDATE {Page._meta.db_table} SET numchild = 0 WHERE depth = 1")
