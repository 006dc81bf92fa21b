"""What the search page says of its numbers: by year in a small drawing, by language in words and links."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from portal.library.models import LibraryDocument
from search.engines.base import Engine
from search.engines.documents import IndexDocument, Passage
from search.index.drain import drain
from search.results.service import Question, find
from search.results.timeline import MOST_YEARS, timeline

Add = Callable[..., LibraryDocument]
LIMIT = 4096


def version(number: int, language: str, year: int, shown: tuple[str, ...]) -> IndexDocument:
    return IndexDocument(
        id=f"D-{number:05}/{language}",
        kind="document",
        language=language,
        title=f"Nota {number}",
        path="/{ui}/x/",
        year=year,
        shown_in=shown,
        passages=(Passage("The border" if language == "en" else "La frontera", 1),),
    )


def put(engine: Engine, documents: list[IndexDocument]) -> None:
    with engine.writer() as writer:
        assert writer.index(documents) == {}
        writer.refresh()


def drawing(client: Client, **query: Any) -> str:
    html = client.get("/en/search/", query).text
    match = re.search(r'<details class="years">.*?</details>', html, re.S)
    return match[0] if match else ""


def plain(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split()).replace(" ,", ",")


@pytest.fixture
def years(index: Engine) -> Engine:
    every = ("es", "en", "pt", "fr")
    put(index, [version(at, "es", year, every) for at, year in enumerate([1990, 2020, 2024, 2024], 1)])
    return index


def test_bars_are_as_high_as_their_numbers_and_filter(years: Engine, client: Client) -> None:
    shown = drawing(client, q="frontera")
    assert re.findall(r"<title>([^<]*)</title>", shown) == ["2020: 1", "2024: 2"]
    assert re.findall(r'height="(\d+)" class="shape--full"', shown) == ["28", "56"]
    assert 'href="?q=frontera&amp;year=2020"' in shown
    assert re.findall(r'<th scope="row">(\d+)</th><td>(\d+)', shown) == [("2024", "2"), ("2020", "1")]
    assert "From 2005 to 2024; at most 2 documents in a year. 1 document is older." in plain(shown)
    answer = find(Question("frontera", "en", {"year": ("2020",)}))
    assert answer.documents == 1


def test_the_bar_of_a_chosen_year_takes_the_choice_back(years: Engine, client: Client) -> None:
    shown = drawing(client, q="frontera", year="2020")
    assert re.search(r'<a href="\?q=frontera"><title>2020: 1</title><rect [^>]*shape--framed', shown)


def test_one_year_draws_nothing(index: Engine, client: Client) -> None:
    put(index, [version(1, "es", 2024, ("en",))])
    assert (drawing(client, q="frontera"), drawing(client, q="nothing")) == ("", "")


def test_a_drawing_is_small_and_a_long_question_has_no_links(index: Engine, client: Client) -> None:
    put(index, [version(at, "es", 2024 - at, ("en",)) for at in range(MOST_YEARS)])
    short, long = drawing(client, q="frontera"), drawing(client, q="frontera " + '"la frontera" ' * 20)
    assert (short.count("<a "), long.count("<a ")) == (MOST_YEARS, 0)
    assert (len(short.encode()) < LIMIT, len(long.encode()) < LIMIT) == (True, True)
    assert 'aria-hidden="true"' in long


def test_a_drawing_asks_nothing(years: Engine, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    answer = find(Question("frontera", "en"))
    with django_assert_num_queries(0):
        assert timeline(answer) is not None


def test_languages_are_counted_by_version_and_documents_once(index: Engine, client: Client) -> None:
    both = [version(1, "es", 2024, ("es", "pt", "fr")), version(1, "en", 2024, ("en",))]
    put(index, [*both, version(2, "es", 2024, ("es", "en", "pt", "fr"))])
    html = client.get("/en/search/", {"q": "frontera", "sort": "newest"}).text
    told = plain(html)
    assert "Each document is counted once: in its version in English or, where there is none" in told
    assert told.partition("By language: ")[2].partition(" Why")[0] == "Spanish 2, English 1"
    assert "in 2 documents" in told
    assert 'href="?q=frontera&amp;sort=newest&amp;language=en"' in html
    narrowed = client.get("/en/search/", {"q": "frontera", "language": "en"}).text
    assert "in 1 document" in plain(narrowed)
    assert "Only versions in the languages you chose are counted." in plain(narrowed)
    assert '<a href="?q=frontera">Count each document once' in narrowed


def test_hidden_documents_are_in_no_count_by_language(index: Engine, client: Client) -> None:
    put(index, [version(1, "es", 2024, ("en",)), version(2, "fr", 2020, ("en",))])
    from dataclasses import replace

    put(index, [replace(version(2, "fr", 2020, ("en",)), visibility="desk", version=1)])
    told = plain(client.get("/en/search/", {"q": "frontera"}).text)
    assert "By language: Spanish 1 " in told
    assert drawing(client, q="frontera") == ""


def test_the_page_of_the_library(index: Engine, library_document: Add, client: Client) -> None:
    library_document("La frontera", year=2020)
    library_document("La frontera norte", year=2023)
    drain(index)
    assert re.findall(r"<title>(\d+: \d)", drawing(client, q="frontera")) == ["2020: 1", "2023: 1"]
