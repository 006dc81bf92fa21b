"""What Wagtail saves outside a transaction: the change is never without a note, whenever the process ends.

Each test saves in autocommit, as the admin does.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, OperationalError, connection
from django.db.models import Model
from django.utils import timezone
from wagtail.models import Locale, Page, PageViewRestriction, Site

from portal.pages.models import ContentPage
from search.engines.base import Engine
from search.index import outbox
from search.index.comparison import compare
from search.index.drain import drain
from search.index.outbox import AHEAD, Subject
from search.models import OutboxEntry, Source
from tests.factories import make_home

pytestmark = pytest.mark.django_db(transaction=True)


class Killed(BaseException):
    """The end of a process: nothing that follows is done."""


@pytest.fixture
def page(transactional_db: None, index: Engine) -> ContentPage:
    """A live page in the index, whatever an earlier test has emptied."""
    spanish, _ = Locale.objects.get_or_create(language_code="es")
    if not Page.objects.exists():
        Page.add_root(instance=Page(title="Root", slug="root", locale=spanish))
    page = ContentPage(title="Sobre", slug="sobre", introduction="Texto", locale=spanish)
    make_home(("es",))["es"].add_child(instance=page)
    drain(index)
    OutboxEntry.objects.all().delete()
    return page


def restrict(page: ContentPage) -> None:
    PageViewRestriction(page=page, restriction_type="login").save()


def new_home(page: ContentPage) -> None:
    site = Site.objects.get(is_default_site=True)
    site.root_page = Page.objects.get(pk=page.pk)
    site.save()


def other_language(page: ContentPage) -> None:
    Locale.objects.filter(language_code="fr").update(language_code="xx")
    locale = Locale.objects.get(language_code="es")
    locale.language_code = "fr"
    locale.save()


WAYS = {"restriction": restrict, "site": new_home, "locale": other_language}
every_way = pytest.mark.parametrize("way", WAYS)


def state() -> tuple[Any, ...]:
    return (
        list(PageViewRestriction.objects.values_list("page_id", "restriction_type")),
        Site.objects.get(is_default_site=True).root_page_id,
        Locale.objects.filter(language_code="es").exists(),
    )


def at_note(number: int, error: BaseException) -> Callable[..., Any]:
    """The database as it fails at the first or second time that notes are written."""
    seen: list[str] = []

    def execute(proceed: Callable[..., Any], sql: str, *arguments: Any) -> Any:
        if sql.startswith('INSERT INTO "search_outboxentry"'):
            seen.append(sql)
            if len(seen) == number:
                raise error
        return proceed(sql, *arguments)

    return execute


@pytest.mark.few(1)
@every_way
def test_a_note_that_cannot_be_made_before_it_prevents_the_change(page: ContentPage, way: str) -> None:
    before = state()
    with (
        connection.execute_wrapper(at_note(1, OperationalError("disk full"))),
        pytest.raises(OperationalError, match="disk full"),
    ):
        WAYS[way](page)
    assert (state(), OutboxEntry.objects.count()) == (before, 0)


@pytest.mark.few(2)
@every_way
@pytest.mark.parametrize("error", [Killed(), OperationalError("disk full")])
def test_what_ends_between_the_change_and_its_note_is_found_a_minute_later(
    page: ContentPage, index: Engine, way: str, error: BaseException
) -> None:
    before, now = state(), timezone.now()
    with connection.execute_wrapper(at_note(2, error)), pytest.raises(type(error)):
        WAYS[way](page)
    assert (state() != before, compare(index).total > 0) == (True, True)
    assert outbox.take(now=now, limit=9) == {}
    assert Subject(Source.PAGE, str(page.translation_key)) in outbox.take(now=now + AHEAD * 2, limit=9)
    OutboxEntry.objects.update(not_before=now)
    drain(index)
    assert (compare(index).total, outbox.backlog().waiting) == (0, 0)


@pytest.mark.few(2)
@every_way
def test_a_change_is_in_the_index_at_once_and_nothing_stays_behind(
    page: ContentPage, index: Engine, way: str
) -> None:
    before = state()
    WAYS[way](page)
    noted = list(OutboxEntry.objects.values_list("key", "not_before"))
    assert (state() != before, len(noted), len(set(noted))) == (True, len(noted), len(noted))
    assert (str(page.translation_key), None) in noted
    drain(index)
    assert (compare(index).total, outbox.backlog().waiting) == (0, 0)


def test_a_change_that_the_database_refuses_leaves_the_index_as_it_is(
    page: ContentPage, index: Engine
) -> None:
    site = Site.objects.get(is_default_site=True)
    twice = Site(hostname=site.hostname, port=site.port, root_page=site.root_page)
    with pytest.raises(IntegrityError):
        twice.save()
    OutboxEntry.objects.update(not_before=None)
    drain(index)
    assert (compare(index).total, outbox.backlog().waiting) == (0, 0)


def test_no_method_of_wagtail_is_replaced() -> None:
    assert [model for model in (Site, Locale) if model.save is not Model.save] == []
    assert (PageViewRestriction.save.__module__, hasattr(PageViewRestriction.save, "__wrapped__")) == (
        "wagtail.models.pages",
        False,
    )
