"""Several found passages into a dossier at once: what is added, told, refused, and how often it asks."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal.accounts.models import User
from portal.common.actors import system
from portal.library.domain import withdraw_document
from portal.library.models import LibraryDocument
from portal.observatory.dossiers.limits import COMMENT
from portal.observatory.dossiers.models import Dossier, Item
from search.engines.base import Engine
from search.index import outbox
from search.index.drain import drain
from search.models import Source
from search.results.service import PAGE_SIZE
from tests.observatory.dossiers.conftest import SECRET

PICK = "/en/desk/dossiers/pick/"
Add = Callable[..., LibraryDocument]


@pytest.fixture
def desk(client: Client, owner: User) -> Client:
    client.force_login(owner)
    return client


@pytest.fixture
def fill(index: Engine, library_document: Add) -> Callable[[int], list[str]]:
    """Documents with one passage each about the border; their ticks."""

    def made(number: int) -> list[str]:
        rows = [
            library_document(f"La frontera número {at} abre los sábados.", title=f"Nota {at}")
            for at in range(number)
        ]
        drain(index)
        return [f"{row.public_id}/es@1" for row in rows]

    return made


def url(ticks: list[str], q: str = "frontera", **more: str) -> str:
    return f"{PICK}?{urlencode([('search', f'q={q}'), *(('p', tick) for tick in ticks), *more.items()])}"


def told(answer: Any) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", answer.text)).split())


def ticked(answer: Any) -> set[str]:
    return set(re.findall(r'value="([^"]*@\d+)" checked', answer.text))


def test_the_search_page_has_boxes_and_their_form(client: Client, fill: Any) -> None:
    ticks = fill(2)
    html = client.get("/en/search/?q=frontera").text
    assert sorted(re.findall(r'form="pick"\s+name="p"\s+value="([^"]*)"', html)) == ticks
    assert f'action="{PICK}"' in html
    assert '<input type="hidden" name="search" value="q=frontera">' in html


def test_a_visitor_is_led_to_sign_in_and_back_to_the_ticks(client: Client, fill: Any) -> None:
    answer = client.get(url(fill(1)))
    assert (answer.status_code, "D-0" in answer["Location"]) == (302, True)


def test_ticked_passages_go_into_a_dossier_once(desk: Client, dossier: Dossier, fill: Any) -> None:
    ticks = fill(3)
    page = desk.get(url(ticks[:2]))
    assert ticked(page) == set(ticks[:2])
    sent = {"p": ticks[:2], "dossier": str(dossier.key), "comment": "Both"}
    answer = desk.post(url(ticks[:2]), sent, follow=True)
    assert "2 passages are in your dossier now." in told(answer)
    rows = list(Item.objects.values_list("document", "comment", "question", "path", "anchor", "source"))
    stored = [LibraryDocument.objects.get(pk=int(tick[2:7])) for tick in ticks[:2]]
    assert sorted(rows) == [
        (f"{row.public_id}/es", "Both", "frontera", f"/{{ui}}/library/{row.public_id}/", "p1", row.source)
        for row in stored
    ]
    again = desk.post(url(ticks), {**sent, "p": ticks}, follow=True)
    assert "1 passage is in your dossier now. 2 were there already and were not added again." in told(again)
    assert Item.objects.count() == 3


def test_all_on_the_page_and_everything_found(desk: Client, dossier: Dossier, fill: Any) -> None:
    number = PAGE_SIZE + 3
    ticks = fill(number)
    assert len(ticked(desk.get(url([], all="page")))) == PAGE_SIZE
    assert f"{number} passages are added" in told(desk.get(url([], all="found")))
    desk.post(url([], all="found"), {"title": "New one", "comment": ""})
    assert sorted(Item.objects.values_list("document", flat=True)) == [tick.split("@")[0] for tick in ticks]
    assert Item.objects.first().dossier.title == "New one"


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        ({"p": [], "comment": "kept"}, "Tick at least one passage."),
        ({"dossier": "", "comment": "kept"}, "Choose a dossier, or give a new one a title."),
        ({"comment": "kept" * COMMENT}, "characters"),
    ],
)
def test_what_is_refused_keeps_ticks_and_words(
    desk: Client, dossier: Dossier, fill: Any, sent: dict[str, Any], message: str
) -> None:
    ticks = fill(2)
    given = {"p": ticks[:1], "dossier": str(dossier.key), **sent}
    answer = desk.post(url(ticks), given)
    assert (answer.status_code, message in told(answer), "kept" in answer.text) == (200, True, True)
    assert ticked(answer) == set(given["p"])
    assert Item.objects.count() == 0


def test_a_dossier_without_room_takes_nothing(
    desk: Client, dossier: Dossier, fill: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.observatory.dossiers.domain.ITEMS_A_DOSSIER", 1)
    ticks = fill(2)
    answer = desk.post(url(ticks), {"p": ticks, "dossier": str(dossier.key), "comment": ""})
    assert "Room left in this one: 1." in told(answer)
    assert (ticked(answer), Item.objects.count()) == (set(ticks), 0)


def test_nothing_withdrawn_or_hidden_comes_in(
    desk: Client, dossier: Dossier, fill: Any, library_document: Add, index: Engine
) -> None:
    ticks = fill(1)
    gone = library_document("La frontera zanahoria cierra.", title="Nota zanahoria")
    drain(index)
    withdraw_document(gone, actor=system("tests"), now=gone.created_at, reason="error")
    asked = [*ticks, f"{gone.public_id}/es@1", "D-99999/es@1", "x"]
    page = desk.get(url(asked))
    assert ("zanahoria" in page.text, ticked(page)) == (False, set(ticks))
    assert "2 passages that were ticked are not found any more." in told(page)
    desk.post(url(asked), {"p": asked, "dossier": str(dossier.key), "comment": ""})
    desk.post(url([], all="found"), {"dossier": str(dossier.key), "comment": ""})
    assert list(Item.objects.values_list("text", flat=True)) == ["La frontera número 0 abre los sábados."]


def test_words_that_changed_before_the_index_knows_are_left_out(
    desk: Client, dossier: Dossier, fill: Any
) -> None:
    (tick,) = fill(1)
    document = LibraryDocument.objects.get()
    document.passages.update(text="Otra cosa.")
    outbox.enqueue(Source.DOCUMENT, [document.public_id], now=document.created_at)
    desk.post(url([tick]), {"p": [tick], "dossier": str(dossier.key), "comment": ""})
    assert Item.objects.count() == 0


def test_nobody_adds_to_the_dossiers_of_others(
    client: Client, shared: Dossier, outsider: User, reader: User, fill: Any
) -> None:
    ticks = fill(1)
    for user in (outsider, reader):
        client.force_login(user)
        page = client.get(url(ticks))
        assert (page.status_code, SECRET in page.text) == (200, False)
        answer = client.post(url(ticks), {"p": ticks, "dossier": str(shared.key), "comment": ""})
        assert (answer.status_code, SECRET in answer.text, Item.objects.count()) == (200, False, 0)


def test_an_unconfirmed_person_cannot(client: Client, unconfirmed: User, fill: Any) -> None:
    client.force_login(unconfirmed)
    assert client.get(url(fill(1))).status_code == 403


@pytest.mark.parametrize("method", ["get", "post"])
def test_one_and_ten_passages_ask_the_same(desk: Client, dossier: Dossier, fill: Any, method: str) -> None:
    ticks = fill(10)
    counts = []
    for chosen, q in ((ticks[:1], "0"), (ticks, "frontera")):
        sent = {"p": chosen, "dossier": str(dossier.key), "comment": ""}
        with CaptureQueriesContext(connection) as asked:
            answer = getattr(desk, method)(url(chosen, q=q), *([sent] if method == "post" else []))
        assert answer.status_code == (302 if method == "post" else 200)
        counts.append(len(asked))
        Item.objects.all().delete()
    assert counts[0] == counts[1]
