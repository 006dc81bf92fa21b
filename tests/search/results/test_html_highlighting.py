"""Marks on pages opened from a result: in the text, in its language, and never in the markup."""

import pytest
from django.test import Client

from search.engines.base import Engine
from search.index.drain import drain
from search.results.highlighting import matcher_for
from search.results.html_highlighting import marked_main, with_first_mark
from tests.factories.pages import ConsultationTree


def marked(main: str, query: str = "niño casa", language: str = "es") -> str:
    page = f"<p>niño</p><main>{main}</main><p>casa</p>"
    page_marked = marked_main(page, matcher_for(query, language, None).spans, language)
    assert (page_marked[:17], page_marked[-11:]) == ("<p>niño</p><main>", "<p>casa</p>")
    return page_marked[17:-18]


@pytest.mark.parametrize(
    ("main", "expected"),
    [
        ("<p>Los niños</p>", "<p>Los <mark>niños</mark></p>"),
        ('<a title="niño" href="?niño">x</a>', '<a title="niño" href="?niño">x</a>'),
        ("<p>&lt;niño&gt; &amp; casa</p>", "<p>&lt;<mark>niño</mark>&gt; &amp; <mark>casa</mark></p>"),
        ("<script>niño</script><p>casa", "<script>niño</script><p><mark>casa</mark>"),
        (
            '<p lang="en">casas</p><p>casas</p>',
            '<p lang="en"><mark>casas</mark></p><p><mark>casas</mark></p>',
        ),
        (
            '<div lang="en"><br>niños</div>niños',
            '<div lang="en"><br><mark>niños</mark></div><mark>niños</mark>',
        ),
        ("<button>niño</button>", "<button>niño</button>"),
        ("</p></div>niño", "</p></div><mark>niño</mark>"),
        ("<p>nada</p>", "<p>nada</p>"),
    ],
)
def test_marks_stand_in_text_only(main: str, expected: str) -> None:
    assert marked(main) == expected


def test_each_text_is_marked_by_its_own_language() -> None:
    assert marked('<p lang="pt">proteções</p><p>proteções</p>', "proteção", "fr") == (
        '<p lang="pt"><mark>proteções</mark></p><p>proteções</p>'
    )


def test_a_page_without_main_stays_as_it_is() -> None:
    assert marked_main("<p>niño</p>", matcher_for("niño", "es", None).spans, "es") == "<p>niño</p>"


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (
            "<h1><mark>a</mark></h1><p class='x'>b <mark>c</mark>",
            "<h1><mark>a</mark></h1><p class='x'@>b <mark>c</mark>",
        ),
        ("<p><mark>a</mark></p><h1>b <mark>c</mark></h1>", "<p><mark>a</mark></p><h1@>b <mark>c</mark></h1>"),
        ("<p><mark>a</mark></p><h1>b</h1>", "<p@><mark>a</mark></p><h1>b</h1>"),
        ("<h1>a</h1><p>b</p><div><mark>c</mark>", "<h1>a</h1><p>b</p><div><span@></span><mark>c</mark>"),
        ('<h1>a</h1><p id="b"><mark>c</mark>', '<h1>a</h1><p id="b"><span@></span><mark>c</mark>'),
        ("<h1>a</h1>", "<h1>a</h1>"),
    ],
)
def test_an_address_leads_to_the_first_mark(page: str, expected: str) -> None:
    assert with_first_mark(page) == expected.replace("@", ' id="found" tabindex="-1"')


def test_a_page_opened_from_a_hit_has_the_words_marked(
    index: Engine, client: Client, consultation_pages: ConsultationTree
) -> None:
    drain(index)
    response = client.get("/api/v1/search", {"q": "which step", "ui": "fr", "kind": "question"}).json()
    url = response["results"][0]["url"]
    opened = client.get(url)
    assert opened.status_code == 200
    assert "Which <mark>step</mark> number" in opened.content.decode()
    assert "<mark>" not in client.get(url.partition("?")[0]).content.decode()


@pytest.mark.few(2)
@pytest.mark.parametrize("text", ['"', "<script>", "\x00", "a" * 9_000, "🙂"])
def test_any_text_can_be_marked(
    index: Engine, client: Client, consultation_pages: ConsultationTree, text: str
) -> None:
    assert client.get("/es/consultations/", {"q": text}).status_code == 200
