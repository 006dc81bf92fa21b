"""`/sitemap.xml` names every public address and nothing else; `/robots.txt` names the map."""

from xml.etree import ElementTree

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from wagtail.models import PageViewRestriction

from portal.common.actors import system
from portal.common.languages import CODES
from portal.library.domain import withdraw_document
from portal.organizations.models import Organization
from portal.publication.enums import TranslationKind
from portal.publication.models import RecordTranslation
from tests.factories.help import public_pledge, record_of
from tests.factories.library import make_document
from tests.factories.pages import ConsultationTree

pytestmark = pytest.mark.django_db
NAMES = {"map": "http://www.sitemaps.org/schemas/sitemap/0.9", "xhtml": "http://www.w3.org/1999/xhtml"}
HOST = "http://testserver"
# By path, the languages beside it by code.
Listed = dict[str, dict[str, str]]


def read(client: Client, path: str) -> ElementTree.Element:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return ElementTree.fromstring(answer.content)


def listed(client: Client, path: str = "/sitemap.xml") -> Listed:
    root = read(client, path)
    paths: Listed = {}
    for part in root.findall("map:sitemap/map:loc", NAMES):
        paths |= listed(client, str(part.text).removeprefix(HOST))
    for row in root.findall("map:url", NAMES):
        others = row.findall("xhtml:link", NAMES)
        address = row.findtext("map:loc", "", NAMES).removeprefix(HOST)
        paths[address] = {each.get("hreflang", ""): each.get("href", "") for each in others}
    return paths


def test_every_address_answers(
    client: Client, organization: Organization, consultation_pages: ConsultationTree
) -> None:
    public_pledge(organization)
    make_document(title="A book", language="fr")
    paths = listed(client)
    wrong = [(path, code) for path in paths if (code := client.get(path).status_code) != 200]
    assert not wrong
    assert {"/es/", "/en/consultations/brasilia/", "/pt/pledges/", "/fr/library/"} <= paths.keys()


def test_a_record_stands_in_its_own_language_with_its_translations_beside_it(
    client: Client, organization: Organization
) -> None:
    record = record_of(public_pledge(organization, language="es"))
    for language, kind in (("pt", TranslationKind.OFFICIAL), ("fr", TranslationKind.MACHINE)):
        RecordTranslation.objects.create(
            record=record, language=language, kind=kind, title="A", of_version=1, texts={}
        )
    paths = listed(client)
    assert set(paths[record.path("es")]) == {"es", "pt"}
    assert record.path("en") not in paths


def test_what_is_not_public_stands_nowhere(
    client: Client, organization: Organization, consultation_pages: ConsultationTree
) -> None:
    closed, gone = consultation_pages.segment["es"], make_document(title="Gone", language="es")
    PageViewRestriction.objects.create(page=closed, restriction_type="login")
    consultation_pages.question_pages[0]["pt"].unpublish()
    withdraw_document(gone, reason="x", actor=system("tests"), now=timezone.now())
    paths = listed(client)
    assert not [path for path in paths if "/segment-1/" in path and path.startswith("/es/")]
    assert not [path for path in paths if "question-1" in path and path.startswith("/pt/")]
    assert gone.path("es") not in paths
    assert not [path for path in paths if "/desk/" in path or "/search/" in path]


@pytest.mark.parametrize("number", [1, 12])
def test_queries_do_not_grow(
    client: Client,
    organization: Organization,
    django_assert_num_queries: DjangoAssertNumQueries,
    number: int,
) -> None:
    for _each in range(number):
        public_pledge(organization)
    client.get("/sitemap-pledges.xml")
    with django_assert_num_queries(3):
        client.get("/sitemap-pledges.xml")


def test_robots_name_the_map_and_leave_rooms_alone(client: Client) -> None:
    lines = client.get("/robots.txt").text.splitlines()
    assert f"Sitemap: {HOST}/sitemap.xml" in lines
    assert {f"Disallow: /{code}/desk/" for code in CODES} < set(lines)
    assert "Disallow: /" not in lines


def test_a_part_that_is_not_there_is_not_found(client: Client) -> None:
    assert client.get("/sitemap-nothing.xml").status_code == 404
