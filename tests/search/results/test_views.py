"""The search page: order, days, better spellings, suggestions, reasons; what hidden documents never tell."""

import gzip
import html
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from portal.library.models import LibraryDocument
from portal.organizations.models import Organization
from search.engines import fallback
from search.engines.base import Engine
from search.engines.documents import IndexDocument, Passage
from search.index.drain import drain
from search.results.did_you_mean import correction
from search.results.service import Question, find
from search.results.suggestions import suggestions
from tests.factories import make_intervention, make_listed, publish_intervention
from tests.factories.pages import ConsultationTree
from tests.markup import dense
from tests.thinning import rarely

Add = Callable[..., LibraryDocument]
BOTH = ("public", "desk")


def page(client: Client, language: str = "en", **query: Any) -> str:
    response = client.get(f"/{language}/search/", query)
    assert (response.status_code, response.cookies) == (200, {})
    return html.unescape(dense(response.content.decode()))


def titles(shown: str) -> list[str]:
    headings = re.findall(r'<h3 class="item__title"><a [^>]*>(.*?)</a>', shown)
    return [re.sub("<[^>]*>", "", title) for title in headings]


@pytest.fixture
def filled(index: Engine, library_document: Add) -> Engine:
    library_document("La persona apátrida cruza la frontera", title="Nota A", language="es", year=2020)
    library_document("Stateless persons at the border", title="Note B", language="en", year=2022)
    library_document("La frontera y el refugio", title="Nota C", language="es", year=2024)
    drain(index)
    return index


@pytest.fixture
def with_hidden(filled: Engine) -> Engine:
    """A document that only the desk may see, with words and a title that nothing public has."""
    hidden = IndexDocument(
        id="D-09999/es",
        kind="document",
        language="es",
        title="Zanahoria secreta",
        path="/{ui}/x/",
        visibility="desk",
        passages=(Passage("La zanahoria y la frontera", 1),),
    )
    with filled.writer() as writer:
        assert writer.index([hidden]) == {}
        writer.refresh()
    return filled


@pytest.mark.few(1)
@pytest.mark.parametrize(
    ("sort", "expected"),
    [("newest", ["Nota C", "Nota A"]), ("oldest", ["Nota A", "Nota C"])],
)
def test_results_come_in_the_chosen_order(
    filled: Engine, client: Client, sort: str, expected: list[str]
) -> None:
    shown = page(client, q="frontera", expand="0", sort=sort)
    assert titles(shown) == expected
    assert f'<option value="{sort}" selected>' in shown


@pytest.mark.few(2)
@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ({"from": "2022"}, ["Nota C", "Note B"]),
        ({"to": "2022-01"}, ["Note B", "Nota A"]),
        ({"from": "2021", "to": "2023-12-31"}, ["Note B"]),
        ({"from": "2024-01-02"}, []),
    ],
)
def test_days_narrow_the_search(
    filled: Engine, client: Client, days: dict[str, str], expected: list[str]
) -> None:
    assert titles(page(client, **days)) == expected


def test_a_wrong_day_is_said_at_the_field_and_kept(filled: Engine, client: Client) -> None:
    shown = page(client, q="frontera", expand="0", **{"from": 'abc"', "to": "2023"})
    assert titles(shown) == ["Nota A"]
    field = re.search(r'<input type="text" id="day-from"[^>]*>', shown)
    assert field is not None
    assert 'value="abc""' in field[0]
    assert 'aria-describedby="days-hint day-from-error" aria-invalid="true"' in field[0]
    assert re.findall(r'id="day-from-error"><span class="hidden">Error:</span>Write a day', shown)
    assert 'id="day-to-error"' not in shown


def test_a_new_search_keeps_order_days_and_facets(filled: Engine, client: Client) -> None:
    shown = page(client, q="frontera", kind="document", sort="oldest", **{"from": "2020-06", "to": "2024"})
    box = shown.partition('id="q-page"')[2].partition("</form>")[0]
    kept = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', box)
    assert kept == [("kind", "document"), ("from", "2020-06"), ("to", "2024"), ("sort", "oldest")]


@pytest.mark.long
def test_segments_and_themes_are_facets_of_the_page(
    index: Engine, client: Client, consultation_pages: ConsultationTree
) -> None:
    drain(index)
    shown = page(client, "en")
    for name in ("consultation", "segment", "theme"):
        values = re.findall(
            rf'<input type="checkbox" id="f-{name}-\d+" name="{name}" value="([^"]+)">', shown
        )
        assert values
        for value in values:
            narrowed = page(client, "en", **{name: value})
            assert f'name="{name}" value="{value}" checked' in narrowed
            assert titles(narrowed)


def test_a_misspelt_word_is_offered_with_its_accents(filled: Engine, client: Client) -> None:
    shown = page(client, "es", q="apatirda")
    assert '<a href="?q=ap%C3%A1trida"><strong>apátrida</strong></a>' in shown
    (number,) = re.findall(r"</strong></a> \((\d+) ", shown)
    assert number == str(find(Question("apátrida", "es")).documents) == "2"


def test_a_better_spelling_keeps_everything_else(filled: Engine, client: Client) -> None:
    question = Question('apatirda -"zzz yyy" fronetra', "es", {"kind": ("document",)})
    better = correction(find(question))
    assert better is not None
    assert (better.text, better.documents) == ('apátrida -"zzz yyy" frontera', 2)
    shown = page(client, "es", q=question.text, kind="document")
    assert "kind=document&q=ap%C3%A1trida" in shown


@pytest.mark.few(3)
@pytest.mark.parametrize(
    "text", ["frontera", "refugio frontera", "", "zzzzzzzz", '"apatirda"', "-apatirda", "xy"]
)
def test_known_and_hopeless_words_get_no_other_spelling(filled: Engine, text: str) -> None:
    assert correction(find(Question(text, "es"))) is None


def test_a_word_only_hidden_documents_have_is_not_offered(with_hidden: Engine, client: Client) -> None:
    assert "zanahoria" in fallback.similar("zanahorai")
    assert correction(find(Question("zanahorai", "es"))) is None
    assert "Did you mean" not in page(client, "es", q="zanahorai")
    seen = correction(find(Question("zanahorai", "es", visibility=BOTH)))
    assert seen is not None
    assert seen.text == "zanahoria"


def test_hidden_documents_are_in_no_count_and_no_suggestion(with_hidden: Engine, client: Client) -> None:
    public, all_seen = find(Question("frontera", "es")), find(Question("frontera", "es", visibility=BOTH))
    assert (public.documents, all_seen.documents) == (3, 4)
    assert dict(public.facets["kind"]) == {"document": 3}
    assert client.get("/es/search/suggest/", {"q": "zanah"}).json() == {"suggestions": []}
    assert suggestions("zanah", "es", visibility=BOTH) == ["Zanahoria secreta"]
    assert "anahoria" not in page(client, "es").casefold()


def test_suggestions_are_titles_and_terms_of_the_readers_language(filled: Engine, client: Client) -> None:
    def offered(language: str, text: str) -> list[str]:
        response = client.get(f"/{language}/search/suggest/", {"q": text})
        assert (response.status_code, response["Content-Type"]) == (200, "application/json")
        return response.json()["suggestions"]

    assert sorted(offered("en", "not")) == ["Nota A", "Nota C", "Note B"]
    assert "apátrida" in offered("es", "APATR")
    assert "apátrida" not in offered("en", "APATR")
    assert offered("es", "") == offered("es", '"" -') == []
    assert len(offered("es", "n")) <= 8


def test_why_tells_what_the_glossary_led_to(filled: Engine, client: Client) -> None:
    shown = page(client, "en", q="stateless person")
    whys = [
        re.sub(r"<[^>]*>", "", why)
        for why in re.findall(r"Why this result</summary>(.*?)</details>", shown, re.S)
    ]
    assert [why.split() for why in whys if "apátrida" in why] == [
        [
            "persona",
            "apátrida",
            "in",
            "the",
            "text,",
            "through",
            "the",
            "glossary,",
            "from",
            "your",
            "“stateless",
            "person”",
        ]
    ]
    assert "glossary" not in page(client, "en", q="frontera", expand="0").partition("Why this result")[2]


def test_a_hit_has_its_citation(filled: Engine, client: Client) -> None:
    shown = page(client, "en", q="refugio")
    (address,) = re.findall(r'href="(/en/search/cite/[^"]+)"', shown)
    assert client.get(address).status_code == 200


@pytest.mark.long
def test_the_steps_of_an_empty_page_lead_to_content(filled: Engine, client: Client) -> None:
    shown = page(client, "en", q='"frontera"* -frontera', kind="document", **{"from": "2024"})
    steps = re.findall(r'<li><a href="([^"]+)">', shown.partition("You could:")[2].partition("</ul>")[0])
    assert len(steps) == 3
    for address in steps:
        assert "frontera" in client.get(address).content.decode() or "/search/" in address


@pytest.mark.parametrize("number", [rarely(1), 6, rarely(30)])
def test_query_count_does_not_grow_with_all_of_the_page(
    index: Engine,
    client: Client,
    organization: Organization,
    consultation_pages: ConsultationTree,
    django_assert_num_queries: DjangoAssertNumQueries,
    number: int,
) -> None:
    for _ in range(number):
        publish_intervention(
            make_intervention(organization, questions=consultation_pages.questions[:1], body="Asilo")
        )
    drain(index)
    client.get("/en/search/", {"q": "asilo"})
    for query in ({"q": "asilo", "sort": "oldest", "from": "2000"}, {"q": "asiol"}, {"q": "asilo zzz"}):
        with django_assert_num_queries(3 if query["q"] != "asiol" else 1):
            client.get("/en/search/", query)


def test_the_page_is_light(index: Engine, client: Client, library_document: Add) -> None:
    for number in range(12):
        library_document("frontera " * 900 + f"número {number}", title=f"Nota larga {number}")
    drain(index)
    content = client.get("/en/search/", {"q": "frontera"}).content
    assert len(gzip.compress(content, 6)) < 12_000


def test_a_listed_organization_bears_its_mark_and_is_found_by_other_names(
    index: Engine, organization: Organization, client: Client
) -> None:
    make_listed(name="Ministry of the Coast", aliases=("Guardacostas Azul",))
    drain(index)
    shown = page(client, q="guardacostas")
    assert titles(shown) == ["Ministry of the Coast"]
    assert shown.count("Listed by the secretariat") == 1
    assert "Listed by the secretariat" not in page(client, q="Red Uno")
