"""Reference data once per test database; the cast lives in `tests/cast.py` (a pytest plugin)."""

import gc
from collections.abc import Callable, Iterator
from contextlib import nullcontext

import pytest
from django.core.cache import cache
from django.db import connection
from django.db.models.signals import post_save
from django.utils import translation
from modelsearch.index import get_indexed_models
from modelsearch.signal_handlers import post_save_signal_handler
from wagtail.models import Page
from wagtail.signal_handlers import disconnect_reference_index_signal_handlers

from portal.accounts.groups import ensure_groups
from portal.taxonomy.reference import load_reference
from search.models import OutboxEntry
from tests import database
from tests.factories.pages import make_consultation, make_home
from tests.kept_rows import keep
from tests.thinning import leave_few

pytest_plugins = ["tests.cast"]
gc.set_threshold(50_000, 20, 50)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Before those marked `long` are left out."""
    leave_few(items)


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
    _leave_the_admins_indexes_alone()
    with django_db_blocker.unblock():
        if kept_database:
            kept_database.keep()
        # Asked of SQLite once a connection: whichever test comes first would count one query more.
        assert connection.features.supports_json_field
        load_reference()
        ensure_groups()
        # Wagtail's welcome page; deleting it in each test that makes a home page is slow.
        Page.objects.filter(depth=2).delete()
        OutboxEntry.objects.all().delete()
        keep(make_home)
        keep(make_consultation)
        keep_cast()
        if kept_database:
            kept_database.restore_after_commits()


@pytest.fixture(autouse=True)
def _fresh_process() -> None:
    """A request leaves its language to the thread; the next test would speak it."""
    cache.clear()
    translation.deactivate()


def _leave_the_admins_indexes_alone() -> None:
    """What Wagtail's own search and its list of usages note with each save is Wagtail's to test."""
    disconnect_reference_index_signal_handlers()
    for model in get_indexed_models():
        post_save.disconnect(post_save_signal_handler, sender=model)
