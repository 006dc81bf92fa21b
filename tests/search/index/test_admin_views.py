"""The operators' page of the index: who may see it, what it shows, what its buttons leave behind."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.accounts.models import User
from portal.common.actors import VISITOR, Actor, Group, system
from portal.library.models import LibraryDocument
from search.engines.base import Engine
from search.index import consistency, outbox
from search.index.comparison import compare
from search.index.drain import drain
from search.index.rebuild import rebuild
from search.index.rules import can_operate_index
from search.models import Comparison, OutboxEntry, Source

Add = Callable[..., LibraryDocument]
PAGE = "/admin/search-index/"
AGAIN, COMPARE = f"{PAGE}try-again/", f"{PAGE}compare/"


@pytest.fixture
def operator(db: None, editor: User, client: Client) -> Client:
    client.force_login(editor)
    return client


def failed_entry(key: str, problem: str = "ValueError: bad content") -> OutboxEntry:
    outbox.enqueue(Source.DOCUMENT, [key], now=timezone.now())
    entry = OutboxEntry.objects.get(key=key)
    for _ in range(outbox.MOST_ATTEMPTS):
        outbox.fail([entry.pk], problem, now=timezone.now())
    return entry


@pytest.mark.parametrize("group", Group)
def test_editors_and_administrators_look_after_the_index(group: Group) -> None:
    actor = Actor(name="x", user_id=1, groups=frozenset({group.value}))
    assert can_operate_index(actor) == (group in {Group.EDITOR, Group.ADMINISTRATOR})
    assert (can_operate_index(VISITOR), can_operate_index(system("x"))) == (False, True)


def test_the_page_shows_how_the_index_stands(operator: Client, index: Engine, library_document: Add) -> None:
    library_document("Una nota")
    drain(index)
    rebuild(index)
    consistency.keep(index, compare(index), 0, now=timezone.now())
    library_document("Otra")
    failed_entry("D-00099")
    response = operator.get(PAGE)
    shown, row = response.content.decode(), response.context["engines"][0]
    assert (row.health.engine, row.is_fallback, row.compared.database, row.compared.index) == (
        "embedded",
        False,
        1,
        1,
    )
    assert [generation.name for generation in row.generations] == list(reversed(index.generations()))
    assert (response.context["report"].waiting, response.context["report"].failed) == (1, 1)
    for part in (*index.generations(), "D-00099", "ValueError: bad content"):
        assert part in shown


def test_the_page_works_without_an_index(operator: Client, settings: object, tmp_path: object) -> None:
    settings.SEARCH_URL, settings.SEARCH_DIR = "", tmp_path / "nothing"  # type: ignore[attr-defined, operator]
    response = operator.get(PAGE)
    health = response.context["engines"][0].health
    assert (response.status_code, health.is_ready, health.generation) == (200, False, None)
    assert health.problem in response.content.decode()


def test_a_failed_change_is_tried_again(operator: Client, index: Engine) -> None:
    first, second = failed_entry("D-00098"), failed_entry("D-00099")
    response = operator.post(f"{AGAIN}{first.pk}/")
    assert (response.status_code, response["Location"]) == (302, PAGE)
    assert [entry.pk for entry in outbox.failed()] == [second.pk]
    operator.post(AGAIN)
    assert (outbox.backlog().failed, outbox.backlog().waiting) == (0, 2)


def test_what_is_done_or_waits_is_not_touched_by_trying_again(operator: Client, index: Engine) -> None:
    outbox.enqueue(Source.DOCUMENT, ["D-00099"], now=timezone.now())
    entry = OutboxEntry.objects.get()
    outbox.fail([entry.pk], "busy", now=timezone.now())
    operator.post(f"{AGAIN}{entry.pk}/")
    assert OutboxEntry.objects.get().attempts == 1


def test_a_comparison_is_only_asked_for(operator: Client, index: Engine, editor: User) -> None:
    for _ in range(2):
        operator.post(COMPARE)
    row = Comparison.objects.get()
    assert (row.engine, row.asked_by, row.finished_at) == ("embedded", f"account {editor.pk}", None)


@pytest.mark.parametrize("address", [AGAIN, f"{AGAIN}1/", COMPARE])
def test_buttons_are_for_posts(operator: Client, address: str) -> None:
    assert operator.get(address).status_code == 405


@pytest.mark.parametrize("address", [PAGE, AGAIN, COMPARE])
def test_others_are_kept_out(client: Client, moderator: User, index: Engine, address: str) -> None:
    failed_entry("D-00099", "a secret reason")
    client.force_login(moderator)
    response = client.get(address) if address == PAGE else client.post(address)
    assert b"a secret reason" not in response.content
    assert (response.status_code, outbox.backlog().failed, Comparison.objects.count()) == (403, 1, 0)


@pytest.mark.long
def test_the_page_costs_the_same_with_many_rows(operator: Client, index: Engine) -> None:
    failed_entry("D-00001")
    operator.get(PAGE)
    numbers = []
    for count in (0, 9):
        for number in range(count):
            failed_entry(f"D-1{number:04d}")
        with CaptureQueriesContext(connection) as captured:
            operator.get(PAGE)
        numbers.append(len(captured))
    assert numbers[0] == numbers[1]
