"""Every write to a table that public pages read is noted in the transaction that writes, whoever writes."""

from collections.abc import Callable

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.utils import timezone
from wagtail.models import Locale, Page

from portal.common.models import Event
from portal.publication.models import SiteChange
from portal.publication.watching import shown_state, tables_in, watched_tables
from portal.taxonomy.models import OrganizationType

pytestmark = pytest.mark.usefixtures("kept_pages")


def _raw(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def _spanish() -> Locale:
    """After a test that commits, PostgreSQL is empty."""
    return Locale.objects.get_or_create(language_code="es")[0]


def _type(code: str = "new") -> OrganizationType:
    return OrganizationType(code=code, name=code, locale=_spanish())


TYPES = OrganizationType._meta.db_table
WRITES: dict[str, Callable[[], object]] = {
    "saved": lambda: _type().save(),
    "saved again": lambda: OrganizationType.objects.first().save(),  # type: ignore[union-attr]
    "many made": lambda: OrganizationType.objects.bulk_create([_type("a"), _type("b")]),
    "updated": lambda: OrganizationType.objects.update(position=1),
    "deleted": lambda: OrganizationType.objects.filter(pk=OrganizationType.objects.first().pk).delete(),  # type: ignore[union-attr]
    "by hand": lambda: _raw(f"update {TYPES} set position = 1"),
    "by hand, with a query before": lambda: _raw(f"WITH one AS (SELECT 1) UPDATE {TYPES} SET position = 1"),
}
EVERY_WRITE = pytest.mark.parametrize("write", WRITES.values(), ids=WRITES.keys())


@EVERY_WRITE
@pytest.mark.django_db(transaction=True)
def test_a_write_gives_what_is_shown_another_name(write: Callable[[], object]) -> None:
    _type("first").save()
    before = shown_state()
    write()
    assert shown_state() != before


@EVERY_WRITE
def test_a_write_inside_a_transaction_is_noted_once(db: None, write: Callable[[], object]) -> None:
    before = SiteChange.objects.count()
    with transaction.atomic():
        write()
        _type("another").save()
        assert SiteChange.objects.count() == before + 1


def test_what_is_rolled_back_has_the_name_it_had(db: None) -> None:
    before = shown_state()
    with transaction.atomic():
        _type().save()
        assert shown_state() != before
        transaction.set_rollback(True)
    assert shown_state() == before


@pytest.mark.parametrize("by_hand", [False, True])
def test_a_note_that_is_taken_back_with_a_savepoint_is_made_again(db: None, by_hand: bool) -> None:
    before = SiteChange.objects.count()
    with transaction.atomic():
        if by_hand:
            savepoint = transaction.savepoint()
            _type("a").save()
            transaction.savepoint_rollback(savepoint)
        else:
            with transaction.atomic():
                _type("a").save()
                transaction.set_rollback(True)
        assert SiteChange.objects.count() == before
        _type("b").save()
        assert SiteChange.objects.count() == before + 1


def test_a_write_after_the_name_was_read_is_noted_again(db: None) -> None:
    with transaction.atomic():
        _type("a").save()
        between = shown_state()
        _type("b").save()
        assert shown_state() != between


@pytest.mark.parametrize(
    "write",
    [
        lambda: Event.objects.create(action="any", at=timezone.now()),
        lambda: OrganizationType.objects.filter(code="nobody").update(position=1),
        lambda: OrganizationType.objects.filter(code="nobody").delete(),
        lambda: list(OrganizationType.objects.select_for_update()),
    ],
    ids=["another table", "no row updated", "no row deleted", "a lock"],
)
def test_what_changes_nothing_that_pages_read_is_not_noted(db: None, write: Callable[[], object]) -> None:
    with transaction.atomic():
        before = shown_state()
        write()
        assert shown_state() == before


def test_tables_are_found_however_a_statement_names_them() -> None:
    assert tables_in('SELECT a.b FROM "wagtailcore_page" a, publication_record') == {
        "wagtailcore_page",
        "publication_record",
    }


def test_what_is_private_is_not_watched() -> None:
    """Whoever names such a table as one that public pages read has to say so here."""
    private = {
        model._meta.db_table
        for name in ("accounts", "moderation", "submissions", "work", "sessions", "dossiers", "saved")
        for model in apps.get_app_config(name).get_models()
    }
    assert watched_tables() & private == set()
    assert Page._meta.db_table in watched_tables()
