"""The Atom feed of a saved search: valid, the same for everybody, nothing of its owner."""

from collections.abc import Callable
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from portal.accounts.models import User
from portal.common.actors import system
from portal.library.domain import withdraw_document
from portal.library.models import LibraryDocument
from portal.observatory.saved.models import SavedSearch
from search.engines.base import Engine
from search.index.drain import drain
from tests.thinning import rarely

Add = Callable[..., LibraryDocument]
Keep = Callable[..., SavedSearch]
ATOM = {"a": "http://www.w3.org/2005/Atom"}


def address(search: SavedSearch) -> str:
    return f"/feeds/searches/{search.token}.atom"


def test_the_feed_has_what_is_new(
    client: Client, keep: Keep, library_document: Add, index: Engine, observer: User
) -> None:
    library_document("La niñez de antes")
    drain(index)
    search = keep("niñez", name="Secret name")
    document = library_document("La niñez <b>", title="Zanahoria & más")
    drain(index)
    response = client.get(address(search))
    assert (response.status_code, response.cookies) == (200, {})
    assert response.headers["Content-Type"].startswith("application/atom+xml")
    feed = ElementTree.fromstring(response.content)
    (entry,) = feed.findall("a:entry", ATOM)
    assert entry.findtext("a:title", "", ATOM) == "Zanahoria & más"
    assert entry.get("{http://www.w3.org/XML/1998/namespace}lang") == "es"
    link = entry.find("a:link", ATOM)
    assert link is not None
    assert link.get("href") == f"http://testserver/es/library/{document.public_id}/?q=ni%C3%B1ez&passage=1#p1"
    text = response.content.decode()
    assert [word in text for word in ("Secret name", observer.email, observer.name)] == [False] * 3


def test_the_feed_is_asked_again_only_when_it_changed(
    client: Client, keep: Keep, library_document: Add, index: Engine
) -> None:
    search = keep("niñez")
    first = client.get(address(search))
    assert first.headers["Cache-Control"] == "private, max-age=300"
    tag = first.headers["ETag"]
    again = client.get(address(search), headers={"if-none-match": tag})
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", tag)
    library_document("La niñez")
    drain(index)
    changed = client.get(address(search), headers={"if-none-match": tag})
    assert (changed.status_code, changed.headers["ETag"] != tag) == (200, True)


def test_what_is_withdrawn_leaves_the_feed(
    client: Client, keep: Keep, library_document: Add, index: Engine
) -> None:
    search, document = keep("niñez"), library_document("La niñez", title="Zanahoria")
    drain(index)
    search.matches.update(told_at=timezone.now())
    withdraw_document(document, actor=system("tests"), now=timezone.now())
    drain(index)
    assert "Zanahoria" not in client.get(address(search)).content.decode()


def test_the_feed_of_somebody_who_has_left_ends(client: Client, keep: Keep, observer: User) -> None:
    search = keep("niñez")
    User.objects.filter(pk=observer.pk).update(is_active=False)
    assert client.get(address(search)).status_code == 404


def test_a_feed_cannot_be_guessed(client: Client, keep: Keep) -> None:
    search = keep("niñez")
    assert len(search.token) == 32
    for guess in (search.token[:-1], str(search.key), str(search.pk), search.token.swapcase()):
        assert client.get(f"/feeds/searches/{guess}.atom").status_code == 404
    assert client.post(address(search)).status_code == 405


@pytest.mark.parametrize("number", [rarely(1), 5, rarely(20)])
def test_a_feed_costs_two_queries(
    client: Client,
    keep: Keep,
    library_document: Add,
    index: Engine,
    django_assert_num_queries: DjangoAssertNumQueries,
    number: int,
) -> None:
    search = keep("niñez")
    for count in range(number):
        library_document(f"La niñez {count}")
    drain(index)
    with django_assert_num_queries(2):
        response = client.get(address(search))
    assert response.content.decode().count("<entry") == number


def test_a_title_with_what_xml_cannot_hold_is_in_a_valid_feed(
    client: Client, keep: Keep, library_document: Add, index: Engine
) -> None:
    shown = {"\x01": "", "\x1f": "", "\x0b": " ", "\ufffe": " ", "\uffff": " "}
    search = keep("niñez")
    for number, sign in enumerate(shown):
        library_document(f"La niñez {number}", title=f"Zana{sign}horia {number}")
    drain(index)
    feed = ElementTree.fromstring(client.get(address(search)).content)
    titles = {title.text for title in feed.findall("a:entry/a:title", ATOM)}
    assert titles == {f"Zana{sign}horia {number}" for number, sign in enumerate(shown.values())}
