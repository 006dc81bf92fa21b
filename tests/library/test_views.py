"""The library's pages: list, filters, reading at a passage, marks, withdrawn and unknown numbers."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from django.test import Client
from pypdf import PdfReader, PdfWriter
from pytest_django import DjangoAssertNumQueries

from portal.common.actors import system
from portal.library.domain import add_document, withdraw_document
from portal.library.models import LibraryDocument
from portal.library.queries import PASSAGES_PER_PART, passage_path
from portal.library.signals import words_sought
from search.results import highlighting
from tests.library.builders import column, pdf_of
from tests.library.conftest import IN, NOW, PARAGRAPH, AddDocument
from tests.library.marker import marks
from tests.thinning import rarely

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _literal_marks() -> Iterator[None]:
    words_sought.disconnect(dispatch_uid="search")
    words_sought.connect(marks, dispatch_uid="tests")
    yield
    words_sought.disconnect(dispatch_uid="tests")
    words_sought.connect(highlighting.marks, dispatch_uid="search")


def text_of(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status
    return response.content.decode()


def many(number: int) -> None:
    LibraryDocument.objects.bulk_create(
        LibraryDocument(
            title=f"Row {n}",
            language="es",
            kind="report",
            sha256=f"{n:064d}",
            passages_count=1,
            created_at=NOW,
            updated_at=NOW,
        )
        for n in range(number)
    )


def test_list_shows_public_documents_in_their_language(client: Client, added: AddDocument) -> None:
    added(title="Libro de ríos", language="es", year=2023)
    gone = added(title="Gone book")
    withdraw_document(gone, actor=system("test"), now=NOW)
    page = text_of(client, "/en/library/")
    assert re.findall(r'<a href="(/en/library/D-\d+/)" lang="es">([^<]+)', page) == [
        (LibraryDocument.objects.get(live=True).path("en"), "Libro de ríos")
    ]
    assert "Gone book" not in page


def test_list_narrows_by_kind_and_language(client: Client, added: AddDocument) -> None:
    added(title="Plan in Spanish", language="es", kind="plan")
    added(title="Plan in French", language="fr", kind="plan")
    added(title="Report in French", language="fr", kind="report")
    titles = re.compile(r">((?:Plan|Report) in \w+)<")
    assert titles.findall(text_of(client, "/en/library/?kind=plan")) == ["Plan in French", "Plan in Spanish"]
    assert titles.findall(text_of(client, "/en/library/?kind=plan&language=fr")) == ["Plan in French"]
    assert titles.findall(text_of(client, "/en/library/?kind=report&language=es")) == []
    assert titles.findall(text_of(client, "/en/library/?kind=nonsense&language=%00")) == []


@pytest.mark.parametrize("number", [10, rarely(200)])
def test_list_takes_the_same_queries_at_any_length(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries, number: int
) -> None:
    many(number)
    with django_assert_max_num_queries(6):
        page = text_of(client, "/es/library/?language=es")
    assert page.count('class="item__title"') == min(number, 20)


def test_list_is_paged(client: Client, db: None) -> None:
    many(25)
    assert text_of(client, "/en/library/?page=2").count('class="item__title"') == 5
    assert text_of(client, "/en/library/?page=x").count('class="item__title"') == 20


def test_document_shows_every_passage_with_its_anchor(client: Client, added: AddDocument) -> None:
    document = added(text=f"# Fish & boats\n\n{IN['pt'] * 20}", name="a.md", language="pt")
    page = text_of(client, f"/en/library/{document.public_id}/")
    assert re.findall(r'<div id="p(\d+)">', page) == [str(n) for n in range(1, document.passages_count + 1)]
    assert '<div class="prose" lang="pt">' in page
    assert "<h2>Fish &amp; boats</h2>" in page


def test_document_marks_the_searched_words_and_escapes_the_rest(client: Client, added: AddDocument) -> None:
    document = added(text="Births <script>alert(1)</script> & births of the river. " * 3)
    page = text_of(client, f"/en/library/{document.public_id}/?q=births")
    assert page.count("<mark>Births</mark>") == 3
    assert page.count("<mark>births</mark>") == 3
    assert "<script>alert" not in page
    assert "<mark>" not in text_of(client, f"/en/library/{document.public_id}/")


@pytest.mark.few(3)
@pytest.mark.parametrize("q", ['"', "((", "<b>", "*:*", "\x00", "a" * 5000, "🙂", "\u202eabc"])
def test_document_answers_whatever_is_searched(client: Client, added: AddDocument, q: str) -> None:
    document = added()
    assert client.get(f"/en/library/{document.public_id}/", {"q": q}).status_code == 200


def test_link_to_a_passage_opens_its_part(client: Client, added: AddDocument) -> None:
    document = added(text="\n\n".join(f"{PARAGRAPH * 3} number {n}." for n in range(120)))
    last = document.passages_count
    assert last > 2 * PASSAGES_PER_PART
    path = passage_path(document.path("en"), last, "river")
    assert path == f"/en/library/{document.public_id}/?q=river&passage={last}#p{last}"
    page = text_of(client, path)
    assert f'<div id="p{last}" tabindex="-1">' in page
    assert '<div id="p1">' not in page
    assert "<mark>river</mark>" in page
    assert f'<div id="p{PASSAGES_PER_PART + 1}">' in text_of(
        client, f"/en/library/{document.public_id}/?page=2"
    )


def test_headings_and_lists_are_such_and_lead_from_the_contents(client: Client, added: AddDocument) -> None:
    chapter = "# Chapter {0}\n\n{1}\n\n- first of the R&D items {0}\n- second of the items {0}\n\n{1}"
    text = "\n\n".join(chapter.format(n, PARAGRAPH) for n in (1, 2, 3))
    document = added(text=text, name="book.md")
    page = text_of(client, f"/en/library/{document.public_id}/?q=items")
    assert re.findall(r"<h2>(Chapter \d)</h2>", page) == ["Chapter 1", "Chapter 2", "Chapter 3"]
    items = re.findall(r"<ul><li>(.*?)</li><li>(.*?)</li></ul>", page)
    assert items[0] == (
        "first of the R&amp;D <mark>items</mark> 1",
        "second of the <mark>items</mark> 1",
    )
    links = re.findall(r'\?passage=(\d+)#p\1">(Chapter \d)</a>', page)
    assert [heading for _position, heading in links] == ["Chapter 1", "Chapter 2", "Chapter 3"]


def test_no_heading_skips_a_level(client: Client, added: AddDocument) -> None:
    parts = ("#### Deep", "# Top", "#### Deeper", "## Second")
    document = added(text="\n\n".join(f"{part}\n\n{PARAGRAPH}" for part in parts), name="book.md")
    page = text_of(client, f"/en/library/{document.public_id}/")
    told = re.findall(r"<(h[234])>(Deep|Top|Deeper|Second)</", page)
    assert told == [("h2", "Deep"), ("h2", "Top"), ("h3", "Deeper"), ("h3", "Second")]


def test_what_was_read_before_forms_were_kept_is_shown_as_well(client: Client, added: AddDocument) -> None:
    document = added(text=f"# Chapter\n\n{PARAGRAPH}", name="book.md")
    document.passages.update(forms=[])
    page = text_of(client, f"/en/library/{document.public_id}/")
    assert "<h2>Chapter</h2>" in page


def test_the_printed_number_of_a_page_stands_beside_its_place(
    client: Client, db: None, tmp_path: Path
) -> None:
    pages = [column([f"Page {n} says so."]) for n in range(3)]
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf_of(pages))))
    writer.set_page_label(0, 2, style="/D", start=15)
    writer.write(tmp_path / "report.pdf")
    actor = system("test")
    added = add_document(path=tmp_path / "report.pdf", language="en", title="Report", actor=actor, now=NOW)
    number = added.document.public_id
    page = " ".join(text_of(client, f"/en/library/{number}/").split())
    assert "Page 15 (page 1 of the file)" in page
    assert "SP  - 16\r\n" in client.get(f"/en/search/cite/{number}/en/2.ris").text


def test_document_takes_few_queries(
    client: Client, added: AddDocument, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    document = added(text="\n\n".join(f"{PARAGRAPH * 3} number {n}." for n in range(120)))
    with django_assert_max_num_queries(5):
        text_of(client, f"/fr/library/{document.public_id}/?q=river")


def test_withdrawn_is_gone_and_unknown_is_not_found(client: Client, added: AddDocument) -> None:
    document = added(title="Secret words")
    withdraw_document(document, actor=system("test"), now=NOW)
    assert "Secret words" not in text_of(client, f"/pt/library/{document.public_id}/", 410)
    for unknown in ("D-99999", "I-00001", "x", "D-", "D-" + "9" * 30):
        text_of(client, f"/fr/library/{unknown}/", 404)


@pytest.mark.few(2)
@pytest.mark.parametrize("language", ["es", "en", "pt", "fr"])
def test_pages_speak_the_readers_language_and_set_no_cookie(
    client: Client, added: AddDocument, language: str
) -> None:
    document = added(language="es")
    for path in (f"/{language}/library/", f"/{language}/library/{document.public_id}/?q=books"):
        response = client.get(path)
        assert f'<html lang="{language}">' in response.content.decode()
        assert response.cookies == {}
        assert "Cookie" not in response.headers.get("Vary", "")
