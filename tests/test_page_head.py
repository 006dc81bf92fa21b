"""What search engines and messengers are told of a public page: once, and only what the page shows."""

import json
import re
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from portal.organizations.models import Organization
from portal.publication.enums import TranslationKind
from portal.publication.models import RecordTranslation
from tests.factories.help import public_pledge, record_of
from tests.factories.library import make_document
from tests.factories.pages import ConsultationTree

pytestmark = pytest.mark.django_db
HOSTILE = '"><script>alert(1)</script></script><!--'


def told(client: Client, path: str) -> tuple[dict[str, list[str]], list[dict[str, Any]]]:
    """Contents of `meta` by name or property, and the things of the page's JSON-LD."""
    text = client.get(path).text
    metas: dict[str, list[str]] = {}
    for name, content in re.findall(r'<meta (?:name|property)="([^"]+)" content="([^"]*)"', text):
        metas.setdefault(name, []).append(unescape(content))
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
    assert len(blocks) == 1, path
    return metas, json.loads(blocks[0])["@graph"]


def links(client: Client, path: str, kind: str) -> list[str]:
    text = client.get(path).text
    return re.findall(rf'<link rel="{kind}"(?: hreflang="[^"]*")? href="http://testserver([^"]*)"', text)


def test_each_page_has_one_description_of_its_own(
    client: Client, organization: Organization, consultation_pages: ConsultationTree
) -> None:
    record, document = (
        record_of(public_pledge(organization, language="en")),
        make_document(title="A book", language="en"),
    )
    paths = [
        "/en/",
        "/en/pledges/",
        "/en/library/",
        "/en/consultations/brasilia/",
        "/en/consultations/brasilia/segment-1/area-1/question-1/",
        record.path("en"),
        document.path("en"),
        "/en/follow-up/",
        "/en/countries/",
    ]
    descriptions = []
    for path in paths:
        metas, things = told(client, path)
        assert [len(metas[name]) for name in ("description", "og:title", "og:image")] == [1, 1, 1], path
        assert things[0]["url"] == metas["og:url"][0] == f"http://testserver{path}"
        descriptions += metas["description"]
    assert all(descriptions)
    assert len(set(descriptions)) == len(paths)


def test_types_of_things(
    client: Client, organization: Organization, consultation_pages: ConsultationTree
) -> None:
    for page in consultation_pages.consultation.values():
        page.starts_on = page.ends_on = timezone.localdate()
        page.save()
    document = make_document(title="A book", language="en", year=None)
    _metas, (event, way) = told(client, "/en/consultations/brasilia/")
    assert (event["@type"], way["@type"]) == ("Event", "BreadcrumbList")
    assert event["startDate"] == timezone.localdate().isoformat()
    _metas, (text, _way) = told(client, document.path("en"))
    assert text["@type"] == "DigitalDocument"
    assert not {"datePublished", "author"} & text.keys()


def test_hostile_words_end_nothing(client: Client, organization: Organization) -> None:
    record = record_of(public_pledge(organization, title=HOSTILE, language="en"))
    metas, things = told(client, record.path("en"))
    assert HOSTILE in metas["og:title"][0]
    assert things[0]["name"] == metas["og:title"][0]
    assert "<script>alert" not in client.get(record.path("en")).text


def test_no_language_without_words_is_named(client: Client, organization: Organization) -> None:
    record = record_of(public_pledge(organization, language="es"))
    RecordTranslation.objects.create(
        record=record,
        language="fr",
        kind=TranslationKind.MACHINE,
        title="A",
        of_version=1,
        texts={},
    )
    for language in ("es", "en", "fr"):
        path = record.path(language)
        assert set(links(client, path, "alternate")) == {record.path("es")}
        assert links(client, path, "canonical") == [record.path("es")]


def test_a_page_of_the_tree_names_the_languages_it_is_written_in(
    client: Client, consultation_pages: ConsultationTree
) -> None:
    consultation_pages.consultation["pt"].unpublish()
    path = "/pt/consultations/brasilia/"
    assert "/pt/consultations/brasilia/" not in links(client, path, "alternate")
    assert links(client, path, "canonical") == ["/es/consultations/brasilia/"]


@pytest.mark.parametrize(
    ("query", "canonical"),
    [
        ("", ""),
        ("?page=2", "?page=2"),
        ("?page=1", ""),
        ("?page=²", ""),
        ("?page=-4", ""),
        ("?page=2&country=CL", ""),
        ("?q=a", ""),
    ],
)
def test_a_later_page_of_a_list_is_a_page_of_its_own(client: Client, query: str, canonical: str) -> None:
    path = f"/en/pledges/{query}"
    assert links(client, path, "canonical") == [f"/en/pledges/{canonical}"]
    assert f"/fr/pledges/{canonical}" in links(client, path, "alternate")


def test_rooms_and_results_are_told_to_nobody(client: Client) -> None:
    for path in ("/accounts/login/?lang=en", "/en/nothing-here/"):
        assert "og:title" not in client.get(path).text
