"""Documents named beside another, and what it is filed under: by what is public alone."""

import re
from uuid import UUID

import pytest
from django.test import Client
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from portal.common.actors import system
from portal.library.domain import withdraw_document
from portal.library.enums import Facet
from portal.library.filing import labels, tags_of
from portal.library.models import LibraryDocument
from portal.library.related import MOST, related_to
from portal.organizations.enums import OrganizationState
from tests.factories import make_organization
from tests.factories.library import make_document
from tests.factories.pages import make_consultation
from tests.library.conftest import NOW
from tests.markup import dense

pytestmark = pytest.mark.django_db


def filed(title: str, tags: list[tuple[Facet, str]], **fields: object) -> LibraryDocument:
    document = make_document(title=title, **fields)
    for facet, value in tags:
        document.tags.create(facet=facet, value=value)
    return document


def near(document: LibraryDocument) -> list[tuple[str, str]]:
    with translation.override("en"):
        return _near(document)


def _near(document: LibraryDocument) -> list[tuple[str, str]]:
    named = labels(tags_of(document), "en")
    return [(each.document.title, each.why) for each in related_to(document, named)]


def test_what_shares_more_comes_first_and_says_why() -> None:
    tree = make_consultation()
    consultation, country = (
        (Facet.CONSULTATION, str(tree.consultation["es"].translation_key)),
        (Facet.COUNTRY, "CO"),
    )
    text = filed("The text", [consultation, country], kind="report", year=2024)
    filed("Country alone", [country])
    filed("Both", [country, consultation])
    filed("Same kind and year", [], kind="report", year=2024)
    filed("Another kind", [], kind="study", year=2024)
    gone = filed("Withdrawn", [])
    withdraw_document(gone, actor=system("test"), now=NOW)
    gone.tags.create(facet=country[0], value=country[1])
    assert near(text) == [
        ("Both", f"Consultation: {labels(tags_of(text), 'en')[Facet.CONSULTATION][consultation[1]].text}"),
        ("Country alone", "Countries: Colombia"),
        ("Same kind and year", "Same kind and year: Report, 2024"),
    ]


def test_what_is_not_public_relates_nothing(client: Client) -> None:
    hidden = make_organization(name="Hidden union", state=OrganizationState.DRAFT)
    tags = [(Facet.ORGANIZATION, str(hidden.key))]
    text = filed("The text", tags)
    filed("Of the same union", tags)
    page = client.get(text.path("en")).text
    assert "Hidden union" not in page
    assert "Of the same union" not in page


def test_other_languages_of_the_work_are_not_named_twice() -> None:
    work = UUID(int=7)
    text = filed("The text", [(Facet.COUNTRY, "CO")], work=work)
    filed("Le texte", [(Facet.COUNTRY, "CO")], work=work, language="fr")
    assert near(text) == []


@pytest.mark.parametrize("number", [1, 30])
def test_two_queries_and_five_documents_at_most(
    number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    text = filed("The text", [(Facet.COUNTRY, "CO")])
    for n in range(number):
        filed(f"Other {n}", [(Facet.COUNTRY, "CO")])
    named = labels(tags_of(text), "en")
    with django_assert_num_queries(2):
        assert len(related_to(text, named)) == min(number, MOST)


def test_filing_leads_to_the_documents_that_share_it(client: Client) -> None:
    text = filed("The text", [(Facet.COUNTRY, "CO")])
    filed("Elsewhere", [(Facet.COUNTRY, "PE")])
    page = dense(client.get(text.path("en")).text)
    (address,) = re.findall(r'<a href="([^"]+country=CO)"', page)
    listed = client.get(address).text
    assert ("The text" in listed, "Elsewhere" in listed) == (True, False)
