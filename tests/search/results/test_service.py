"""What readers find: page and API over the embedded index, and what is said when an engine is away."""

import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from portal.accounts.models import User
from portal.common.actors import system
from portal.library.domain import withdraw_document
from portal.library.models import LibraryDocument
from portal.organizations.models import Organization
from portal.publication.domain import withdraw
from portal.publication.enums import RecordKind
from portal.submissions.states import SubmissionState
from portal.taxonomy.models import Concept
from search.engines import fallback
from search.engines.base import Engine
from search.index.drain import drain
from search.index.health import report
from search.results.query_expansion import expand
from search.results.query_parser import parse
from search.results.service import Notice, Question, find
from tests.cast import make_focal_point, make_red_uno
from tests.factories import make_intervention, make_pledge, publish_intervention
from tests.factories.pages import ConsultationTree
from tests.markup import dense
from tests.thinning import rarely

Add = Callable[..., LibraryDocument]
LANGUAGES = ("es", "en", "pt", "fr")


def api(client: Client, **query: Any) -> dict[str, Any]:
    response = client.get("/api/v1/search", query)
    assert response.status_code == 200
    return response.json()


def page(client: Client, language: str = "en", **query: Any) -> str:
    response = client.get(f"/{language}/search/", query)
    assert (response.status_code, response.cookies) == (200, {})
    return dense(response.content.decode())


@pytest.fixture(scope="module")
def focal_point(module_rows: None) -> User:
    return make_focal_point()


@pytest.fixture(scope="module")
def organization(focal_point: User) -> Organization:
    return make_red_uno()


@pytest.fixture(scope="module")
def kept_index(organization: Organization, module_index: Callable[[Callable[[Add], None]], Path]) -> Path:
    """A document in each language on one subject, an intervention and an organization."""

    def fill(add: Add) -> None:
        add("Los niños apátridas nacidos en tránsito", title="Nota de prueba", language="es")
        add("Stateless children born in transit", title="A note", language="en", year=2020)
        add("As crianças apátridas nascidas em trânsito", title="Uma nota", language="pt")
        add("L'apatridie des enfants", title="Une note", language="fr")
        publish_intervention(make_intervention(organization, body="Apátridas en la frontera"))

    return module_index(fill)


@pytest.fixture
def filled(kept_index: Path, index_copy: Callable[[Path], Engine]) -> Engine:
    return index_copy(kept_index)


def test_api_has_the_fields_of_the_contract(filled: Engine, client: Client) -> None:
    response = api(client, q="crianças", ui="pt")
    assert sorted(response) == ["documents", "expansions", "facets", "more", "next", "results", "total"]
    (result,) = response["results"]
    assert sorted(result) == ["id", "kind", "language", "ocr", "passages", "title", "translation", "url"]
    assert (response["total"], response["documents"], result["language"]) == (1, 1, "pt")
    text = result["passages"][0]["text"]
    assert [text[start:end] for start, end in result["passages"][0]["marks"]] == ["crianças"]
    assert result["passages"][0]["page"] is None
    assert {"value": "document", "label": "Documento", "count": 1} in [
        value | {"label": "Documento"} for value in response["facets"]["kind"]
    ]


def test_api_expands_across_languages_and_says_so(filled: Engine, client: Client) -> None:
    response = api(client, q="apátrida", ui="es")
    assert {result["language"] for result in response["results"]} == {"es", "en", "pt"}
    assert "stateless person" in response["expansions"]
    plain = api(client, q="apátrida", ui="es", expand="0")
    assert ({result["language"] for result in plain["results"]}, plain["expansions"]) == ({"es", "pt"}, [])


def test_api_narrows_by_facets_with_commas_or_repeats(filled: Engine, client: Client) -> None:
    both = api(client, q="", language=["es", "en"], kind="document")
    assert sorted(result["language"] for result in both["results"]) == ["en", "es"]
    assert both == api(client, q="", language="es,en", kind="document")
    assert {value["value"]: value["count"] for value in both["facets"]["language"]} == dict.fromkeys(
        LANGUAGES, 1
    )
    assert [result["title"] for result in api(client, q="", year="2020")["results"]] == ["A note"]
    assert [result["kind"] for result in api(client, q="", country="MX", kind="intervention")["results"]] == [
        "intervention"
    ]


def test_api_without_words_gives_everything_newest_first(filled: Engine, client: Client) -> None:
    response = api(client)
    assert (response["documents"], len(response["results"])) == (6, 6)
    assert response["results"][-1]["title"] == "A note"


@pytest.mark.parametrize(
    "query", [{"ui": "de"}, {"page": "0"}, {"page": "x"}, {"page": "9999999"}, {"expand": "2"}]
)
def test_api_refuses_what_it_cannot_read(client: Client, query: dict[str, str], db: None) -> None:
    response = client.get("/api/v1/search", query)
    assert (response.status_code, response["Content-Type"][:16]) == (422, "application/json")


def test_a_hit_opens_in_the_readers_language_with_the_words_marked(filled: Engine, client: Client) -> None:
    (result,) = api(client, q="enfants", ui="pt")["results"]
    assert result["url"].startswith("/pt/library/D-")
    assert result["url"].endswith("#p1")
    opened = client.get(result["url"].partition("#")[0]).content.decode()
    assert "<mark>enfants</mark>" in opened


@pytest.mark.long
def test_each_thing_is_found_in_the_version_shown(
    index: Engine, client: Client, consultation_pages: ConsultationTree
) -> None:
    drain(index)
    for language in LANGUAGES:
        results = api(client, q="step number 1", ui=language, kind="question")["results"]
        assert [(result["language"], result["title"][-4:]) for result in results] == [
            (language, f"({language})")
        ]
    everywhere = api(client, q="step number 1", ui="en", kind="question", language="es,fr")["results"]
    assert sorted(result["language"] for result in everywhere) == ["es", "fr"]
    assert len({result["id"] for result in everywhere}) == 1


@pytest.mark.long
def test_labels_of_facets_are_in_the_readers_language(
    index: Engine, client: Client, consultation_pages: ConsultationTree
) -> None:
    drain(index)
    for language in LANGUAGES:
        (value,) = api(client, q="", ui=language)["facets"]["consultation"]
        assert value["label"] == f"Consultation ({language})"


def test_the_page_shows_marks_facets_and_the_way_back(filled: Engine, client: Client) -> None:
    shown = page(client, "en", q="stateless", kind="document")
    assert "<mark>Stateless</mark> children" in shown
    assert "<mark>apátridas</mark>" in shown
    assert 'name="kind" value="document" checked' in shown
    assert "Only what I typed" in shown
    assert "expand=0" in shown
    assert "<mark>" not in page(client, "en", q="frontera", kind="document")


def test_the_page_without_the_glossary_offers_it(filled: Engine, client: Client) -> None:
    shown = page(client, "en", q="stateless", expand="0")
    assert ("Also searched" in shown, "Search in all four languages" in shown) == (False, True)


def test_an_empty_page_offers_three_steps_that_work(filled: Engine, client: Client) -> None:
    shown = page(client, "en", q='"zzz" -yyy', kind="pledge")
    steps = shown.partition("You could:")[2].partition("</ul>")[0].split('href="')[1:]
    addresses = [step.partition('"')[0].replace("&amp;", "&") for step in steps]
    assert len(addresses) == 3
    for address in addresses:
        assert client.get(address).status_code == 200


def test_some_words_are_better_than_none(filled: Engine, client: Client) -> None:
    response = client.get("/api/v1/search", {"q": "zzz frontera", "ui": "es"})
    assert (response.json()["documents"], response["X-Search-Notice"]) == (1, "relaxed")
    assert "No passage has all your words" in page(client, "en", q="zzz frontera")


def test_what_has_some_of_the_words_stands_below_and_in_no_count(filled: Engine, client: Client) -> None:
    response = api(client, q="apátridas frontera", ui="es", expand="0")
    titles = {each["title"] for each in response["more"]}
    assert (response["total"], response["documents"], len(response["results"])) == (1, 1, 1)
    assert (response["results"][0]["kind"], titles) == ("intervention", {"Nota de prueba", "Uma nota"})
    assert response["facets"]["kind"] == [{"value": "intervention", "label": "Intervención", "count": 1}]
    shown = page(client, "es", q="apátridas frontera", expand="0")
    assert shown.index("frontera</mark>") < shown.index("Nota de prueba")


def test_what_has_some_of_the_words_is_narrowed_alike(filled: Engine, client: Client) -> None:
    assert api(client, q="apátridas frontera", ui="es", expand="0", kind="intervention")["more"] == []


def test_a_long_question_is_cut_and_says_so(filled: Engine, client: Client) -> None:
    assert "only its first words were searched" in page(client, "en", q="frontera " * 40)


ODD = ['"', "((", "a" * 10_000, "AND OR NOT", "\u202eabc", "*:*", "title:[* TO *]", "🙂", "'; --"]


@pytest.mark.few(5)
@pytest.mark.parametrize("text", [*ODD, "<script>alert(1)</script>", "%s{0}", "-", '"' * 500, "{{ q }}"])
def test_any_text_gets_an_answer(filled: Engine, client: Client, text: str) -> None:
    for language in LANGUAGES:
        assert "<script>alert" not in page(client, language, q=text)
    assert api(client, q=text)["documents"] >= 0


def test_a_sign_that_no_database_takes_is_dropped_by_the_page_and_refused_by_the_api(
    filled: Engine, client: Client
) -> None:
    assert "<html" in page(client, "en", q="\x00")
    assert client.get("/api/v1/search", {"q": "\x00"}).status_code == 422


@pytest.mark.few(4)
@pytest.mark.parametrize(
    "query",
    [
        "page=0",
        "page=x",
        "page=99999",
        "page=-1",
        "kind=&kind=%00&kind=zzz",
        "year=%F0",
        "q=%FF",
        "country=" + "x" * 999,
    ],
)
def test_any_address_gets_an_answer(filled: Engine, client: Client, query: str) -> None:
    assert client.get(f"/en/search/?{query}").status_code == 200


def test_other_methods_are_refused(index: Engine, client: Client) -> None:
    assert client.post("/en/search/", {"q": "x"}).status_code == 405


@pytest.mark.parametrize("number", [rarely(1), 6, rarely(30)])
def test_query_count_does_not_grow(
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
    for address in ("/en/search/", "/api/v1/search"):
        with django_assert_num_queries(3):
            client.get(address, {"q": "asilo", "ui": "en"})


@pytest.mark.parametrize("is_expanded", [True, False])
def test_a_search_parses_and_expands_its_words_once(filled: Engine, is_expanded: bool) -> None:
    watched = {parse.__code__: 0, expand.__code__: 0}

    def count(frame: FrameType, event: str, _argument: object) -> None:
        if event == "call" and frame.f_code in watched:
            watched[frame.f_code] += 1

    sys.setprofile(count)
    try:
        answer = find(Question("stateless", "en", expand=is_expanded))
    finally:
        sys.setprofile(None)
    assert answer.total
    assert list(watched.values()) == [1, 1]


@pytest.mark.long
def test_pages_of_results_hold_everything_once(
    index: Engine, client: Client, organization: Organization
) -> None:
    records = [publish_intervention(make_intervention(organization, body="Asilo")) for _ in range(23)]
    drain(index)
    pages = [api(client, q="asilo", page=number)["results"] for number in (1, 2, 3, 4)]
    assert [len(results) for results in pages] == [10, 10, 3, 0]
    ids = sorted(result["id"] for results in pages for result in results)
    assert ids == sorted(record.public_id for record in records)


LEAK = "Zanahoria"


@pytest.mark.parametrize("who", ["visitor", "other_org_member", "focal_point", "moderator"])
def test_nothing_private_is_found_by_anybody(
    index: Engine,
    client: Client,
    organization: Organization,
    request: pytest.FixtureRequest,
    who: str,
) -> None:
    for state in set(SubmissionState) - {SubmissionState.PUBLISHED}:
        make_intervention(organization, state=state, title=LEAK, body=LEAK)
    make_pledge(organization, title=LEAK, description=LEAK)
    gone = make_intervention(organization, title=LEAK, body=LEAK, recommendations=[LEAK])
    number = publish_intervention(gone).public_id
    drain(index)
    assert api(client, q=LEAK)["documents"] == 1
    withdraw(RecordKind.INTERVENTION, gone.key, actor=system("tests"), now=timezone.now())
    drain(index)
    if who != "visitor":
        user: User = request.getfixturevalue(who)
        client.force_login(user)
    response = api(client, q=LEAK)
    assert (response["total"], response["documents"], response["results"]) == (0, 0, [])
    assert f"<mark>{LEAK}" not in client.get("/es/search/", {"q": LEAK}).content.decode()
    everything = api(client, q="", kind="intervention")
    assert [result for result in everything["results"] if result["id"].startswith(number)] == []


def test_what_is_withdrawn_is_hidden_before_the_index_knows(
    filled: Engine, library_document: Add, client: Client
) -> None:
    gone = library_document(f"{LEAK} asilo", title=f"{LEAK} nota", language="es")
    kept = library_document("asilo", title="Nota que queda", language="es")
    drain(filled)
    withdraw_document(gone, actor=system("tests"), now=timezone.now())
    response = api(client, q="asilo", ui="es")
    assert [each["id"] for each in response["results"]] == [kept.public_id]
    assert (response["total"], response["documents"]) == (1, 1)
    assert api(client, q=LEAK, ui="es")["results"] == []
    for asked in ("asilo", "asilo zzz"):
        assert LEAK.lower() not in page(client, "es", q=asked).lower()
    assert client.get("/es/search/suggest/", {"q": LEAK[:4]}).json() == {"suggestions": []}


def test_a_changed_glossary_is_used_at_once(filled: Engine, client: Client) -> None:
    assert api(client, q="nacidos", ui="es")["expansions"] == []
    concept = Concept.objects.create(key="birth")
    concept.terms.create(language="es", text="nacido", preferred=True)
    concept.terms.create(language="en", text="born", preferred=True)
    response = api(client, q="nacidos", ui="es")
    assert response["expansions"] == ["born"]
    assert {result["language"] for result in response["results"]} == {"es", "en"}


@pytest.fixture
def server_away(filled: Engine, settings: Any) -> None:
    """Elasticsearch chosen, and nothing listens at its address; the embedded index is there."""
    settings.SEARCH_URL = "http://127.0.0.1:9"
    fallback._rests_until.clear()


def test_the_fallback_answers_while_the_server_is_away(server_away: None, client: Client) -> None:
    response = client.get("/api/v1/search", {"q": "crianças"})
    assert (response.json()["documents"], response["X-Search-Notice"]) == (1, "spare")
    assert "come from a copy" in page(client, "en", q="crianças")
    assert (report().is_ready, report().as_dict()["search"]) == (True, "spare")


def test_without_any_index_the_page_says_so(
    server_away: None, client: Client, settings: Any, tmp_path: Path
) -> None:
    settings.SEARCH_DIR = tmp_path / "nothing"
    assert find(Question("crianças", "en")).notices == {Notice.DOWN}
    assert "cannot answer at the moment" in page(client, "en", q="crianças")
    assert (report().is_ready, report().as_dict()["search"]) == (False, "down")
    settings.SEARCH_URL = ""
    assert "cannot answer at the moment" in page(client, "en", q="crianças")


def test_a_saved_record_does_not_mind_a_server_that_is_away(
    server_away: None, organization: Organization
) -> None:
    publish_intervention(make_intervention(organization))
    assert report().waiting == 1


def test_health_tells_how_far_behind_the_index_is(filled: Engine, library_document: Add) -> None:
    library_document("Tarde")
    told = report().as_dict()
    assert (told["search"], told["search_engine"], told["search_documents"]) == ("ok", "embedded", 6)
    assert (told["outbox"], told["outbox_waiting"], told["outbox_parked"]) == ("ok", 1, 0)


def test_ready_answers(filled: Engine, client: Client) -> None:
    cache.clear()
    response = client.get("/readyz")
    assert (response.status_code, response.json()["checks"]["search"]) == (200, "ok")


def test_rebuilding_keeps_answering(filled: Engine, client: Client) -> None:
    before = api(client, q="apátrida", ui="es")
    call_command("rebuild_index", verbosity=0)
    assert api(client, q="apátrida", ui="es") == before


@pytest.mark.long
def test_addresses_keep_what_was_chosen(filled: Engine, client: Client) -> None:
    query = {"q": "stateless", "kind": "document", "country": "MX"}
    shown = page(client, "en", **query)
    assert f"?{urlencode(query)}&expand=0".replace("&", "&amp;") in shown
