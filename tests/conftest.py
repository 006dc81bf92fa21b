"""Reference data once per test database; the cast lives in `tests/cast.py` (a pytest plugin)."""

import gc
from collections.abc import Callable, Iterator
from contextlib import nullcontext

import pytest
from django.core.cache import cache
from wagtail.models import Page

from portal.accounts.groups import ensure_groups
from portal.taxonomy.reference import load_reference
from search.models import OutboxEntry
from tests import database
from tests.factories.pages import make_consultation, make_home
from tests.kept_rows import keep

pytest_plugins = ["tests.cast"]
gc.set_threshold(50_000, 20, 50)


def pytest_collection_finish() -> None:
    """What is loaded by now stays: looking through it for garbage again took a fifth of the suite."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def kept_database() -> database.KeptDatabase | None:
    return database.KeptDatabase() if database.can_copy() else None


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings: None, kept_database: database.KeptDatabase | None
) -> Iterator[None]:
    """Runs before the test database is made: a copied one has nothing to migrate."""
    with kept_database.in_memory() if kept_database else nullcontext():
        yield


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None,
    django_db_blocker: pytest.FixtureRequest,
    kept_database: database.KeptDatabase | None,
    keep_cast: Callable[[], None],
) -> None:
    with django_db_blocker.unblock():
        if kept_database:
            kept_database.keep()
        load_reference()
        ensure_groups()
        # Wagtail's welcome page; deleting it in each test that makes a home page is slow.
        Page.objects.filter(depth=2).delete()
        OutboxEntry.objects.all().delete()
        keep(make_home)
        keep(make_consultation)
        keep_cast()


@pytest.fixture(autouse=True)
def _fresh_cache() -> None:
    cache.clear()
