"""The page of a passage: what stands around it, its page, what is like it; and what it never shows."""

import re
from collections.abc import Callable
from dataclasses import replace
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from portal.common.actors import system
from portal.library.domain import add_document, withdraw_document
from portal.library.models import LibraryDocument
from search.engines.base import Engine
from search.engines.documents import IndexDocument, Passage
from search.index.drain import drain
from search.results.passage_panel import panel, telling_words
from tests.library.test_page_images import pdf

Add = Callable[..., LibraryDocument]
LONG = " ".join(["registro consular apátrida frontera"] * 40)


@pytest.fixture
def document(index: Engine, library_document: Add) -> LibraryDocument:
    row = library_document("\n\n".join(f"{LONG} parte {at}" for at in range(3)), title="Nota A")
    row.refresh_from_db()
    drain(index)
    return row


def test_the_neighbours_stand_before_and_after(document: LibraryDocument, client: Client) -> None:
    number = document.passages.count()
    assert number >= 3
    first, second = (panel(document.public_id, "es", at, "en") for at in (1, 2))
    assert first
    assert second
    texts = list(document.passages.order_by("position").values_list("text", flat=True))
    assert (first.before, first.after and first.after.text) == (None, texts[1])
    assert (second.before and second.before.text, second.after and second.after.text) == (texts[0], texts[2])
    assert second.url == f"/en/library/{document.public_id}/?passage=2#p2"
    html = client.get(f"/en/search/cite/{document.public_id}/es/2/").text
    assert f'href="{second.url}"' in html
    assert "What stands around it" in html


def test_similar_documents_are_public_ones_and_never_itself(
    document: LibraryDocument, index: Engine, library_document: Add
) -> None:
    like = library_document("Un apátrida en el registro consular.", title="Parecida")
    library_document("Receta de pan.", title="Otra")
    gone = library_document("El registro consular de la frontera.", title="Zanahoria retirada")
    drain(index)
    hidden = IndexDocument(
        id="D-09999/es",
        kind="document",
        language="es",
        title="Zanahoria secreta",
        path="/{ui}/x/",
        passages=(Passage("El registro consular", 1),),
    )
    with index.writer() as writer:
        assert writer.index([replace(hidden, visibility="desk")]) == {}
        writer.refresh()
    withdraw_document(gone, actor=system("tests"), now=gone.created_at, reason="error")
    shown = panel(document.public_id, "es", 1, "en")
    assert shown
    assert [hit.id for hit in shown.similar] == [like.public_id]


def test_its_page_stands_beside_it_with_the_passage_marked(
    index: Engine, tmp_path: Path, client: Client
) -> None:
    path = tmp_path / "book.pdf"
    path.write_bytes(pdf(3))
    row = add_document(
        path=path, language="en", title="Book", actor=system("tests"), now=timezone.now()
    ).document
    position = row.passages.get(page=2).position
    with translation.override("en"):
        shown = panel(row.public_id, "en", position, "en")
    address = f"/en/library/{row.public_id}/page/2"
    assert shown
    assert (shown.page_url, shown.picture_url) == (
        f"{address}/?passage={position}",
        f"{address}.svg?passage={position}",
    )
    html = client.get(f"/en/search/cite/{row.public_id}/en/{position}/").text
    assert f'src="{shown.picture_url}"' in html


def test_the_way_into_a_dossier_names_the_passage(document: LibraryDocument, client: Client) -> None:
    html = client.get(f"/en/search/cite/{document.public_id}/es/2/").text
    (href,) = re.findall(r'<a class="button button--quiet" href="([^"]*)"\s+rel="nofollow">', html)
    (add,) = parse_qs(urlsplit(unescape(href)).query)["next"]
    assert parse_qs(urlsplit(add).query) == {"document": [f"{document.public_id}/es"], "position": ["2"]}
    whole = client.get(f"/en/search/cite/{document.public_id}/").text
    assert "Add to a dossier" not in whole


def test_a_withdrawn_passage_shows_nothing(document: LibraryDocument, client: Client) -> None:
    withdraw_document(document, actor=system("tests"), now=document.created_at, reason="error")
    answer = client.get(f"/en/search/cite/{document.public_id}/es/2/")
    assert (answer.status_code, "consular" in answer.text) == (410, False)
    assert panel(document.public_id, "es", 2, "en") is None


def test_one_and_many_similar_documents_ask_the_same(
    document: LibraryDocument, index: Engine, library_document: Add
) -> None:
    counts = []
    for at in range(4):
        library_document(f"Registro consular {at}", title=f"Nota {at}")
        drain(index)
        if at in (0, 3):
            with CaptureQueriesContext(connection) as asked:
                shown = panel(document.public_id, "es", 1, "en")
            assert shown
            counts.append((len(shown.similar), len(asked)))
    assert [number for number, _asked in counts] == [1, 4]
    assert counts[0][1] == counts[1][1]


def test_telling_words_are_long_frequent_and_told_once() -> None:
    assert telling_words("De la frontera, fronteras y el registro de 2024", "es") == ["frontera", "registro"]
    assert telling_words("de la 2024", "es") == []
