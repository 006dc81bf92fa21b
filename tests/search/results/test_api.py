"""The scroll of the read API: everything once, of one moment, nothing withdrawn; addresses of next pages."""

from collections.abc import Callable
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from portal.accounts.models import User
from portal.common.actors import system
from portal.organizations.models import Organization
from portal.publication.domain import withdraw
from portal.publication.enums import RecordKind
from search.engines.base import Cursor, Engine, SnapshotGone
from search.index.builders import BUILDERS, build, subjects
from search.index.drain import drain
from search.results import service
from search.results.cursors import opened, sealed
from search.results.service import Question, find, scroll
from search.results.visibility import public_ids
from tests.cast import make_focal_point, make_red_uno
from tests.factories import make_intervention, publish_intervention
from tests.factories.pages import ConsultationTree

ADDRESS = "/api/v1/search"


@pytest.fixture(scope="module")
def focal_point(module_rows: None) -> User:
    return make_focal_point()


@pytest.fixture(scope="module")
def organization(focal_point: User) -> Organization:
    return make_red_uno()


@pytest.fixture(scope="module")
def kept_index(
    organization: Organization, module_index: Callable[[Callable[..., None]], Path]
) -> tuple[list[Any], Path]:
    published: list[Any] = []

    def fill(add: Callable[..., Any]) -> None:
        published.extend(
            publish_intervention(make_intervention(organization, body="Asilo")) for _ in range(23)
        )

    return published, module_index(fill)


@pytest.fixture
def index(kept_index: tuple[list[Any], Path], index_copy: Callable[[Path], Engine]) -> Engine:
    return index_copy(kept_index[1])


@pytest.fixture
def records(index: Engine, kept_index: tuple[list[Any], Path]) -> list[Any]:
    return kept_index[0]


def scrolled(client: Client, address: str) -> list[list[str]]:
    """The ids of each page of a scroll."""
    pages = []
    while address:
        response = client.get(address)
        assert response.status_code == 200
        part = response.json()
        pages.append([result["id"] for result in part["results"]])
        address = part["next"]
    return pages


def test_a_scroll_gives_everything_once(records: list[Any], client: Client) -> None:
    pages = scrolled(client, f"{ADDRESS}?q=asilo&walk=1&ui=es")
    assert [len(page) for page in pages if page] == [10, 10, 3]
    assert sorted(chain(*pages)) == sorted(record.public_id for record in records)
    large = scrolled(client, f"{ADDRESS}?q=asilo&walk=1&size=20&sort=oldest&from=2000&kind=intervention")
    assert [len(page) for page in large if page] == [20, 3]


def test_pages_lead_to_the_next_one(records: list[Any], client: Client) -> None:
    pages = scrolled(client, f"{ADDRESS}?q=asilo&ui=pt")
    assert [len(page) for page in pages] == [10, 10, 3]
    assert sorted(chain(*pages)) == sorted(record.public_id for record in records)


def test_a_scroll_does_not_mind_what_is_written_meanwhile(
    records: list[Any], index: Engine, organization: Organization, client: Client
) -> None:
    first = client.get(f"{ADDRESS}?q=asilo&walk=1").json()
    later = publish_intervention(make_intervention(organization, body="Asilo"))
    drain(index)
    rest = scrolled(client, first["next"])
    ids = [result["id"] for result in first["results"]] + list(chain(*rest))
    assert sorted(ids) == sorted(record.public_id for record in records)
    assert later.public_id in {each.id for each in scroll(Question("asilo", "es"))}


def test_a_scroll_leaves_out_what_was_withdrawn_since(
    records: list[Any], index: Engine, client: Client
) -> None:
    first = client.get(f"{ADDRESS}?q=asilo&walk=1").json()
    seen = {result["id"] for result in first["results"]}
    gone = next(record for record in records if record.public_id not in seen)
    withdraw(RecordKind.INTERVENTION, gone.source_key, actor=system("tests"), now=timezone.now())
    rest = list(chain(*scrolled(client, first["next"])))
    assert len(rest) == 12
    assert gone.public_id not in rest


def test_scroll_gives_hits_with_marks_in_parts(
    records: list[Any], organization: Organization, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "SCROLL_SIZE", 5)
    hits = list(scroll(Question("asilo zzz", "es")))
    assert sorted(hit.id for hit in hits) == sorted(record.public_id for record in records)
    text = hits[0].passages[0]
    assert [text.text[start:end] for start, end in text.marks] == ["Asilo"]


def changed(text: str) -> str:
    return text[:8] + ("A" if text[8] != "A" else "B") + text[9:]


@pytest.mark.few(2)
@pytest.mark.parametrize("spoil", [changed, lambda text: text[:-1], lambda text: "x", lambda text: "ñ:🙂:"])
def test_a_damaged_cursor_is_refused(records: list[Any], client: Client, spoil: Any) -> None:
    query = {"q": "asilo", "walk": "1"}
    address = client.get(ADDRESS, query).json()["next"]
    cursor = address.partition("cursor=")[2]
    assert client.get(ADDRESS, {"q": "asilo", "cursor": cursor.replace("%3A", ":")}).status_code == 200
    response = client.get(ADDRESS, {"q": "asilo", "cursor": spoil(cursor.replace("%3A", ":"))})
    assert (response.status_code, list(response.json())) == (400, ["detail"])


@pytest.mark.few(3)
@pytest.mark.parametrize(
    "other",
    [
        {"q": "asilos"},
        {"ui": "fr"},
        {"kind": "pledge"},
        {"from": "2001"},
        {"sort": "oldest"},
        {"expand": "0"},
    ],
)
def test_a_cursor_is_good_for_its_search_only(
    records: list[Any], client: Client, other: dict[str, str]
) -> None:
    cursor = client.get(ADDRESS, {"q": "asilo", "walk": "1"}).json()["next"].partition("cursor=")[2]
    query = {"q": "asilo", "ui": "es", "cursor": cursor.replace("%3A", ":")}
    assert client.get(ADDRESS, query).status_code == 200
    assert client.get(ADDRESS, query | other).status_code == 400


def test_a_snapshot_that_is_gone_is_said(records: list[Any], client: Client) -> None:
    question = Question("asilo", "es")
    cursor = client.get(ADDRESS, {"q": "asilo", "walk": "1"}).json()["next"].partition("cursor=")[2]
    place = opened(cursor.replace("%3A", ":"), question)
    old = sealed(replace(place, cursor=Cursor("no such snapshot", place.cursor.after)), question)
    response = client.get(ADDRESS, {"q": "asilo", "cursor": old})
    assert (response.status_code, list(response.json())) == (410, ["detail"])
    with pytest.raises(SnapshotGone):
        service.scroll_page(question, opened(old, question))


def test_a_scroll_without_an_engine_is_no_end(db: None, client: Client, settings: Any, tmp_path: Any) -> None:
    settings.SEARCH_URL, settings.SEARCH_DIR = "", tmp_path / "nothing"
    assert client.get(ADDRESS, {"walk": "1"}).status_code == 503
    response = client.get(ADDRESS)
    assert (response.status_code, response["X-Search-Notice"]) == (200, "down")


@pytest.mark.parametrize(
    "query",
    [{"from": "abc"}, {"to": "2024-13"}, {"sort": "best"}, {"size": "0"}, {"size": "101"}, {"walk": "2"}],
)
def test_the_api_refuses_what_it_cannot_read(client: Client, query: dict[str, str], db: None) -> None:
    response = client.get(ADDRESS, query)
    (name,) = query
    assert (response.status_code, response.json()["detail"][0]["parameter"]) == (422, name)


def test_api_and_page_find_the_same(records: list[Any], client: Client) -> None:
    for text in ("asilo", '"asilo"', "asil*", "asilo -asilo", "asilo zzz", ""):
        api = client.get(ADDRESS, {"q": text, "ui": "en", "sort": "oldest"}).json()
        answer = find(Question(text, "en", sort=service.Sort.OLDEST))
        assert [result["id"] for result in api["results"]] == [hit.id for hit in answer.hits]
        assert (api["documents"], api["total"]) == (answer.documents, answer.total)


def test_everything_builders_make_is_known_to_be_public(
    index: Engine, library_document: Any, organization: Organization, consultation_pages: ConsultationTree
) -> None:
    document = library_document("Asilo")
    record = publish_intervention(make_intervention(organization))
    ids = {built.id for each in subjects() for built in build(each, 0).documents}
    assert {
        f"{document.public_id}/es",
        f"{record.public_id}/es",
        f"{consultation_pages.questions[0]}/fr",
    } <= ids
    assert len(BUILDERS) == 4
    assert public_ids(ids) == ids
    unknown = ("I-99999", "D-99999", "X-00001", "nonsense", "00000000-0000-0000-0000-000000000000")
    assert public_ids({f"{each}/es" for each in unknown}) == set()
    withdraw(RecordKind.INTERVENTION, record.source_key, actor=system("tests"), now=timezone.now())
    assert public_ids(ids) == ids - {f"{record.public_id}/es"}


def test_a_scroll_leaves_out_the_language_that_was_taken_back(
    index: Engine, consultation_pages: ConsultationTree
) -> None:
    drain(index)
    question = Question("", "pt", chosen={"kind": ("segment",), "language": ("pt", "es")})
    answer = service.scroll_page(question, size=1)
    (first,) = answer.hits
    consultation_pages.segment[{"pt": "es", "es": "pt"}[first.language]].unpublish()
    assert answer.place is not None
    assert service.scroll_page(question, answer.place, size=1).hits == ()
