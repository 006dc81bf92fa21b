"""Reference data once per test database; the cast lives in `tests/cast.py` (a pytest plugin)."""

import pytest
from django.core.cache import cache
from wagtail.models import Page

from portal.taxonomy.reference import load_reference
from search.models import OutboxEntry

pytest_plugins = ["tests.cast"]


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> None:
    with django_db_blocker.unblock():
        load_reference()
        # Wagtail's welcome page; deleting it in each test that makes a home page is slow.
        Page.objects.filter(depth=2).delete()
        OutboxEntry.objects.all().delete()


@pytest.fixture(autouse=True)
def _fresh_cache() -> None:
    cache.clear()
