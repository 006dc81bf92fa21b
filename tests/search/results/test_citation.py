"""Passages as they are cited and opened: lasting addresses, BibTeX, RIS, marks on every kind of page."""

import html
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone, translation

from portal.common.actors import system
from portal.library.domain import add_document, withdraw_document
from portal.library.models import LibraryDocument
from portal.organizations.models import Organization
from portal.publication.domain import withdraw
from portal.publication.enums import RecordKind
from search.engines.base import Engine
from search.index.drain import drain
from search.results.citation import Citation, as_bibtex, as_ris, as_text, permalink
from search.results.service import Question, find
from tests.factories import make_intervention, make_pledge, publish_intervention
from tests.factories.pages import ConsultationTree
from tests.library.conftest import PARAGRAPH
from tests.markup import dense
from tests.thinning import in_turn

Add = Callable[..., LibraryDocument]
HOSTILE = (
    'A "title"} with {braces & 100 % of\r\nTY  - BOOK\u2028ER  - ,\n  note = {x}, \\input{y} #1 _a_ ~ ^ $ ñ'
)


def cited(**changes: Any) -> Citation:
    told = {
        "identity": "I-00007",
        "kind": "intervention",
        "language": "es",
        "position": 2,
        "author": "Red Uno",
        "title": "Nacer en tránsito",
        "year": 2024,
        "page": "3",
        "url": "https://portal.example/r/I-00007/?passage=2&lang=es",
        "seen": date(2026, 11, 21),
        "text": "…",
    }
    return Citation(**(told | changes))


def test_text_names_who_when_what_where() -> None:
    with translation.override("en"):
        assert as_text(cited()) == (
            "Red Uno (2024). Nacer en tránsito [Intervention], page 3. Cartagena+40. "
            "https://portal.example/r/I-00007/?passage=2&lang=es Accessed on 21 November 2026."
        )
        assert as_text(cited(year=None, page="", author="Cartagena+40")).startswith(
            "Cartagena+40 (no year). Nacer en tránsito [Intervention]. https://"
        )


def test_bibtex_is_one_entry() -> None:
    assert as_bibtex(cited()) == (
        "@misc{I-00007-es-2,\n  author = {{Red Uno}},\n  title = {{Nacer en tránsito}},\n  year = {2024},\n"
        "  pages = {3},\n  publisher = {Cartagena+40},\n  language = {es},\n"
        "  url = {https://portal.example/r/I-00007/?passage=2&lang=es},\n  urldate = {2026-11-21},\n}\n"
    )


def test_ris_has_its_line_ends() -> None:
    assert as_ris(cited(page="")) == (
        "TY  - ELEC\r\nID  - I-00007-es-2\r\nAU  - Red Uno\r\nTI  - Nacer en tránsito\r\nPY  - 2024\r\n"
        "PB  - Cartagena+40\r\nLA  - es\r\nUR  - https://portal.example/r/I-00007/?passage=2&lang=es\r\n"
        "Y2  - 2026/11/21\r\nER  - \r\n"
    )


@pytest.fixture
def hostile(index: Engine, organization: Organization, client: Client) -> str:
    """The address of the citation of something whose title tries to break out."""
    record = publish_intervention(make_intervention(organization, title=HOSTILE, body="Asilo"))
    return f"/en/search/cite/{record.public_id}/{record.language}/1"


def test_a_title_cannot_break_out_of_bibtex(hostile: str, client: Client) -> None:
    response = client.get(f"{hostile}.bib")
    assert response["Content-Type"] == "application/x-bibtex; charset=utf-8"
    assert re.fullmatch(r'attachment; filename="I-\d+-\w\w-1\.bib"', response["Content-Disposition"])
    text = response.content.decode()
    depth, lowest = 0, 1
    for sign in text.strip()[len("@misc{") :]:
        depth += {"{": 1, "}": -1}.get(sign, 0)
        lowest = min(lowest, depth)
    assert (depth, lowest) == (-1, -1)
    assert re.findall(r"^  (\w+) = ", text, re.M) == [
        *("author", "title", "year", "publisher", "language", "url", "urldate")
    ]
    (title,) = re.findall(r"^  title = \{\{(.*)\}\},$", text, re.M)
    assert not re.search(r"(?<!\\)[%&#$_~^]", title)
    assert r"\textbraceright{} with \textbraceleft{}braces \& 100 \% of TY - BOOK ER - , note" in title
    assert title.endswith(r"\textasciitilde{} \textasciicircum{} \$ ñ")


def test_a_title_cannot_begin_a_line_of_ris(hostile: str, client: Client) -> None:
    response = client.get(f"{hostile}.ris")
    assert response["Content-Type"] == "application/x-research-info-systems; charset=utf-8"
    text = response.content.decode()
    assert "\n" not in text.replace("\r\n", "")
    lines = text.split("\r\n")
    assert [line[:2] for line in lines] == ["TY", "ID", "AU", "TI", "PY", "PB", "LA", "UR", "Y2", "ER", ""]
    assert "\u2028" not in text


def test_the_page_shows_passage_address_and_downloads(
    index: Engine, library_document: Add, client: Client
) -> None:
    document = library_document("Los niños & las niñas <b>cruzan</b>", title="Nota", year=2021)
    address = f"/pt/search/cite/{document.public_id}/es/1/"
    response = client.get(address)
    assert (response.status_code, response.cookies) == (200, {})
    shown = dense(response.content.decode())
    assert "Los niños &amp; las niñas &lt;b&gt;cruzan" in shown
    assert f"http://testserver/r/{document.public_id}/?passage=1" in shown
    links = re.findall(r'href="([^"]+\.(?:bib|ris))" download', shown)
    assert [client.get(link).status_code for link in links] == [200, 200]
    assert client.post(address).status_code == 405


def test_withdrawn_is_gone_and_unknown_is_unknown(
    index: Engine, library_document: Add, organization: Organization, client: Client
) -> None:
    document = library_document("Secreto de ayer", title="Secreto")
    record = publish_intervention(make_intervention(organization, title="Secreto", body="Secreto de ayer"))
    private = make_intervention(organization, title="Secreto", body="Secreto de ayer")
    bases = [
        f"/es/search/cite/{document.public_id}/es/1",
        f"/es/search/cite/{record.public_id}/{record.language}/1",
    ]
    for base in bases:
        assert [client.get(base + end).status_code for end in ("/", ".bib", ".ris", ".exe")] == [
            200,
            200,
            200,
            404,
        ]
    withdraw_document(document, actor=system("tests"), now=timezone.now())
    withdraw(RecordKind.INTERVENTION, record.source_key, actor=system("tests"), now=timezone.now())
    for base in bases:
        for end in ("/", ".bib", ".ris"):
            response = client.get(base + end)
            assert (response.status_code, "Secreto" in response.content.decode()) == (410, False)
    for unknown in (
        *(
            "I-99999/es/1",
            "D-99999/es/1",
            "X-00001/es/1",
            f"{private.key}/es/1",
            "x/es/1",
            "I-1/es/99999999999",
        ),
        *(f"{organization.key}/es/1", "00000000-0000-0000-0000-000000000000/es/1", "%00/es/1", "🙂/es/1"),
    ):
        assert client.get(f"/es/search/cite/{unknown}/").status_code == 404


@pytest.mark.parametrize("language", ["xx", "fr"])
def test_another_language_or_place_is_unknown(
    index: Engine, library_document: Add, client: Client, language: str
) -> None:
    document = library_document("Uno", language="es")
    assert client.get(f"/es/search/cite/{document.public_id}/{language}/1/").status_code == 404
    assert client.get(f"/es/search/cite/{document.public_id}/es/2/").status_code == 404


def test_a_lasting_address_opens_the_passage_with_its_words(
    index: Engine, library_document: Add, client: Client
) -> None:
    document = library_document("\n\n".join(f"{PARAGRAPH * 3} number {n}." for n in range(60)), language="en")
    last = document.passages_count
    assert last > 40
    response = client.get(
        f"{permalink(document.public_id, 'en', last)}&q=river", headers={"accept-language": "pt"}
    )
    assert response["Location"] == f"/pt/library/{document.public_id}/?q=river&passage={last}#p{last}"
    shown = client.get(response["Location"]).content.decode()
    assert f'<div id="p{last}" tabindex="-1">' in shown


def test_a_lasting_address_of_a_version_opens_that_version(
    index: Engine, organization: Organization, client: Client
) -> None:
    record = publish_intervention(make_intervention(organization, body="Asilo"))
    response = client.get(permalink(record.public_id, "fr", 1))
    assert response["Location"] == f"/fr/interventions/{record.public_id}/"
    marked = client.get(permalink(record.public_id, "fr", 1) + "&q=asilo&expand=0&passage=<x>&lang=es")
    assert marked["Location"] == f"/es/interventions/{record.public_id}/?q=asilo&expand=0#found"


@pytest.mark.few(2)
@pytest.mark.parametrize(("ui", "expand"), in_turn(["es", "en", "pt", "fr"], [True, False]))
def test_every_kind_opens_where_the_words_are_marked(
    index: Engine,
    library_document: Add,
    organization: Organization,
    consultation_pages: ConsultationTree,
    client: Client,
    ui: str,
    expand: bool,
) -> None:
    library_document("Persona apátrida en la frontera", title="Nota")
    publish_intervention(
        make_intervention(organization, title="Aportación", body="Una persona apátrida cruza")
    )
    drain(index)
    text = {"es": "persona apátrida", "en": "stateless person", "pt": "pessoa apátrida", "fr": "apatride"}[ui]
    asked = Question(text if expand else "apátrida", ui, expand=expand)
    hits = list(find(asked).hits)
    assert {hit.kind for hit in hits} >= {"document", "intervention"}
    hits += find(Question("which step", ui, expand=expand)).hits[:1]
    for hit in hits:
        path, _, place = hit.url.partition("#")
        shown = client.get(path).content.decode()
        opened = {html.unescape(mark).casefold() for mark in re.findall(r"<mark>(.*?)</mark>", shown)}
        wanted = {
            passage.text[start:end].casefold() for passage in hit.passages for start, end in passage.marks
        }
        assert wanted
        assert wanted <= opened
        assert re.search(rf'<[a-z0-9]+[^>]* id="{place}" tabindex="-1"', shown), hit.url


def test_a_loosened_search_opens_with_the_same_marks(
    index: Engine, library_document: Add, client: Client
) -> None:
    library_document("La persona que cruza la frontera es apátrida", title="Nota")
    drain(index)
    (hit,) = find(Question("persona apátrida", "es")).hits
    shown = client.get(hit.url.partition("#")[0]).content.decode()
    (passage,) = hit.passages
    marks = [passage.text[start:end] for start, end in passage.marks]
    assert re.findall(r"<mark>(.*?)</mark>", shown) == marks
    assert "apátrida" in marks


def test_a_document_has_no_author_and_no_year_but_what_is_known(
    index: Engine, client: Client, tmp_path: Path
) -> None:
    for source, author in (
        ("Corte Interamericana", ["AU  - Corte Interamericana"]),
        ("https://x.example/", []),
    ):
        path = tmp_path / f"{len(source)}.txt"
        path.write_text(f"Texto {source}")
        added = add_document(
            path=path, language="es", title="T", source=source, actor=system("t"), now=timezone.now()
        )
        text = client.get(f"/es/search/cite/{added.document.public_id}/es/1.ris").content.decode()
        told = [line for line in text.split("\r\n") if line[:2] in ("AU", "PY", "PB")]
        assert told == author
        item = client.get(f"/es/search/cite/{added.document.public_id}/es/1.json").json()[0]
        assert {"issued", "publisher"} & set(item) == set()
        assert (item["title"], "author" in item) == ("T", bool(author))


def test_a_pledge_and_a_page_are_cited_too(
    index: Engine, organization: Organization, consultation_pages: ConsultationTree, client: Client
) -> None:
    make_pledge(organization)
    key = consultation_pages.questions[0]
    text = client.get(f"/en/search/cite/{key}/pt/1.ris").content.decode()
    assert f"UR  - http://testserver/r/{key}/?passage=1&lang=pt\r\n" in text
    opened = client.get(f"/r/{key}/?passage=1&lang=pt")
    assert opened["Location"].startswith("/pt/")
    assert client.get(opened["Location"]).status_code == 200
