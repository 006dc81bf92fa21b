"""Headless delivery of pages: content by path, type and locale, in parts, without what is hidden."""

import json
from typing import Any

import pytest
from django.test import Client
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page, PageViewRestriction

from portal.pages.models import ContentPage
from tests.factories import make_consultation, make_home
from tests.factories.pages import ConsultationTree, Pages
from tests.thinning import rarely

# Wagtail leaves the temporary file of a new rendition to the garbage collector.
renders = pytest.mark.filterwarnings("ignore:Unclosed file <tempfile.Spooled:ResourceWarning")
TEXT = {"type": "paragraph", "id": "a1", "value": "<p>One <b>bold</b> word.</p>"}
HEADING = {"type": "heading", "id": "a2", "value": "A heading"}


@pytest.fixture
def home(db: None) -> Pages:
    return make_home()


def _get(client: Client, **query: object) -> dict[str, Any]:
    answer = client.get("/api/v1/pages", query)
    assert answer.status_code == 200
    data: dict[str, Any] = answer.json()
    return data


def _content(parent: Page, slug: str, blocks: list[dict[str, Any]] | None = None) -> ContentPage:
    page = ContentPage(title=slug, slug=slug, locale=parent.locale, body=json.dumps(blocks or [TEXT]))
    parent.add_child(instance=page)
    return page


def test_path_gives_the_one_page_with_its_content(client: Client, home: Pages) -> None:
    page = _content(home["es"], "acerca", [HEADING, TEXT])
    data = _get(client, path="/es/acerca/")
    assert (data["count"], data["next"]) == (1, None)
    [row] = data["results"]
    assert row["blocks"] == [
        {"type": "heading", "value": "A heading", "id": "a2", "field": "body"},
        {"type": "paragraph", "value": TEXT["value"], "id": "a1", "field": "body"},
    ]
    assert {name: row[name] for name in ("id", "type", "locale", "title", "url", "translations")} == {
        "id": page.pk,
        "type": "pages.ContentPage",
        "locale": "es",
        "title": "acerca",
        "url": "/es/acerca/",
        "translations": {"es": "/es/acerca/"},
    }
    assert row["parent"] == {"translation_key": str(home["es"].translation_key), "url": "/es/"}


@pytest.mark.few(1)
@pytest.mark.parametrize("code", ["es", "en", "pt", "fr"])
def test_home_is_given_in_each_language(client: Client, home: Pages, code: str) -> None:
    [row] = _get(client, path=f"/{code}/")["results"]
    assert (row["id"], row["locale"], row["parent"]) == (home[code].pk, code, None)
    assert row["translations"] == {"es": "/es/", "en": "/en/", "pt": "/pt/", "fr": "/fr/"}


@pytest.mark.parametrize("path", ["/es/acerca", "https://portal.example/es/acerca/?x=1", "es/acerca"])
def test_path_may_carry_host_and_query_or_lack_slashes(client: Client, home: Pages, path: str) -> None:
    _content(home["es"], "acerca")
    assert [row["url"] for row in _get(client, path=path)["results"]] == ["/es/acerca/"]


def test_missing_translation_gives_the_original_at_the_address_asked(client: Client, home: Pages) -> None:
    _content(home["es"], "acerca")
    [row] = _get(client, path="/fr/acerca/")["results"]
    assert (row["locale"], row["url"], row["translations"]) == ("es", "/fr/acerca/", {"es": "/es/acerca/"})


@pytest.mark.few(3)
@pytest.mark.parametrize(
    "query",
    [
        {"path": "/es/nada/"},
        {"path": "/acerca/"},
        {"path": "/xx/acerca/"},
        {"path": "http://["},
        {"path": "/es/" + "a/" * 500},
        {"path": "/es/acerca/", "type": "HomePage"},
        {"path": "/es/acerca/", "locale": "fr"},
    ],
)
def test_what_fits_nothing_gives_an_empty_list(client: Client, home: Pages, query: dict[str, str]) -> None:
    _content(home["es"], "acerca")
    assert _get(client, **query) == {"count": 0, "next": None, "results": []}


@pytest.mark.parametrize(
    "query",
    [
        {"path": "/es/\x00/"},
        {"type": "no.Such"},
        {"type": "wagtailcore.Page"},
        {"locale": "de"},
        {"cursor": "x' or 1"},
        {"cursor": "9" * 40},
    ],
)
def test_what_is_no_value_is_refused(client: Client, home: Pages, query: dict[str, str]) -> None:
    answer = client.get("/api/v1/pages", query)
    assert (answer.status_code, [row["parameter"] for row in answer.json()["detail"]]) == (422, [*query])


def test_consultation_is_given_with_its_facts(client: Client, db: None) -> None:
    tree = make_consultation(starts_on="2024-05-16", place="Brasilia", opening="<p>Why.</p>")
    [row] = _get(client, path="/pt/consultations/brasilia/")["results"]
    assert {name: row[name] for name in ("number", "state", "starts_on", "ends_on", "place", "opening")} == {
        "number": "2",
        "state": "open",
        "starts_on": "2024-05-16",
        "ends_on": None,
        "place": "Brasilia",
        "opening": "<p>Why.</p>",
    }
    assert row["translation_key"] == str(tree.consultation["es"].translation_key)
    assert {"import_key", "import_digest"} & set(row) == set()


def test_type_and_locale_narrow_the_list(client: Client, consultation_pages: ConsultationTree) -> None:
    data = _get(client, type="GuidingQuestionPage", locale="fr")
    pages = consultation_pages.question_pages
    assert [row["id"] for row in data["results"]] == [pages[1]["fr"].pk, pages[0]["fr"].pk]
    assert _get(client, type="consultations.segmentpage")["count"] == 4


def test_parts_follow_each_other_without_gap(client: Client, home: Pages) -> None:
    keys = [_content(home["es"], f"page-{number}").pk for number in range(5)]
    path, ids, parts = "/api/v1/pages?type=ContentPage&size=2", [], 0
    while path:
        data = client.get(path).json()
        assert data["count"] == 5
        ids += [row["id"] for row in data["results"]]
        path, parts = data["next"], parts + 1
    assert (ids, parts) == (keys[::-1], 3)


def test_drafts_never_appear(client: Client, consultation_pages: ConsultationTree) -> None:
    draft = consultation_pages.question_pages[0]["fr"]
    Page.objects.filter(pk=draft.pk).update(live=False, title="Secret")
    assert "Secret" not in client.get("/api/v1/pages?size=200").text
    [row] = _get(client, path="/es/consultations/brasilia/segment-1/area-1/question-1/")["results"]
    assert set(row["translations"]) == {"es", "en", "pt"}


def test_pages_below_a_draft_never_appear(client: Client, consultation_pages: ConsultationTree) -> None:
    keys = [page.pk for page in consultation_pages.segment.values()]
    Page.objects.filter(pk__in=keys).update(live=False)
    assert _get(client, type="GuidingQuestionPage")["count"] == 0
    assert _get(client, path="/es/consultations/brasilia/segment-1/area-1/question-1/")["count"] == 0


def test_restricted_pages_never_appear(client: Client, home: Pages) -> None:
    parent = _content(home["es"], "staff")
    _content(parent, "below")
    PageViewRestriction.objects.create(page=parent, restriction_type=PageViewRestriction.LOGIN)
    assert _get(client, type="ContentPage")["count"] == 0
    assert _get(client, path="/es/staff/below/")["count"] == 0


@pytest.mark.long
@renders
def test_pictures_come_with_their_renditions(client: Client, home: Pages) -> None:
    image = Image.objects.create(title="Boat", file=get_test_image_file(size=(900, 600)))
    picture = {"image": image.pk, "decorative": False, "alt_text": "A boat"}
    _content(home["es"], "acerca", [{"type": "picture", "id": "p", "value": picture}])
    value = _get(client, path="/es/acerca/")["results"][0]["blocks"][0]["value"]
    assert value["alt"] == "A boat"
    assert [(row["width"], row["height"], row["alt"]) for row in value["renditions"]] == [
        (400, 266, "A boat"),
        (800, 533, "A boat"),
        (900, 600, "A boat"),
    ]


def test_links_inside_text_become_addresses_in_the_readers_language(client: Client, home: Pages) -> None:
    target = _content(home["es"], "meta")
    text = f'<p><a linktype="page" id="{target.pk}">here</a></p>'
    _content(home["es"], "acerca", [{"type": "paragraph", "id": "x", "value": text}])
    [row] = _get(client, path="/es/acerca/", lang="es")["results"]
    assert row["blocks"][0]["value"] == '<p><a href="/es/meta/">here</a></p>'


def test_columns_of_links_are_plain_values(client: Client, home: Pages) -> None:
    links = [{"type": "item", "id": "i", "value": {"text": "Pledges", "target": "pledges/"}}]
    home["es"].columns = json.dumps(
        [{"type": "column", "id": "c", "value": {"title": "Read", "links": links}}]
    )
    home["es"].save()
    [row] = _get(client, path="/es/")["results"]
    assert row["blocks"] == [
        {
            "type": "column",
            "value": {"title": "Read", "links": [{"text": "Pledges", "target": "pledges/"}]},
            "id": "c",
            "field": "columns",
        }
    ]


@renders
@pytest.mark.parametrize("number", [rarely(1), 5, rarely(50)])
def test_queries_do_not_grow_with_the_pages(
    client: Client, home: Pages, django_assert_num_queries: Any, number: int
) -> None:
    image = Image.objects.create(title="Boat", file=get_test_image_file(size=(900, 600)))
    picture = {"type": "picture", "id": "p", "value": {"image": image.pk, "decorative": True, "alt_text": ""}}
    text = f'<p><a linktype="page" id="{home["es"].pk}">home</a></p>'
    for at in range(number):
        _content(
            home["es"], f"page-{at}", [picture, {"type": "paragraph", "id": "t", "value": text + str(at)}]
        )
    _get(client, type="ContentPage")
    with django_assert_num_queries(12):
        assert len(_get(client, type="ContentPage")["results"]) == number
