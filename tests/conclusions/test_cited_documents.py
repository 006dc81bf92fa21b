"""Documents of the library that recommendations cite: from both pages, and only while both are public."""

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from portal.accounts.models import User
from portal.common.actors import system
from portal.conclusions.domain import Passage
from portal.conclusions.models import Conclusions, PublicEvidence
from portal.conclusions.public.cited import citing
from portal.library.domain import withdraw_document
from portal.library.models import LibraryDocument
from portal.publication import domain as ledger
from portal.publication.models import Record
from tests.factories.backed_conclusions import attach, publish_draft, recommendations_of
from tests.factories.library import make_document

NOW = timezone.now()
WORDS = "Nadie espera"


@pytest.fixture
def document(db: None) -> LibraryDocument:
    made = make_document(title="Declaración", language="es")
    made.passages.update(text=f"{WORDS} en el río.")
    return made


@pytest.fixture
def cited(conclusions: Conclusions, document: LibraryDocument, editor: User) -> Record:
    """The first recommendation is published and cites the document; the second one does so in a draft."""
    first = recommendations_of(conclusions)[0]
    attach(first, Passage(document=document.public_id, field="1", start=0, end=len(WORDS)), editor)
    publish_draft(conclusions, editor)
    return Record.objects.get(kind="recommendation", source_key=first.key)


def test_nothing_of_a_draft_is_told(
    client: Client, conclusions: Conclusions, document: LibraryDocument, editor: User
) -> None:
    part = recommendations_of(conclusions)[0]
    attach(part, Passage(document=document.public_id, field="1", start=0, end=len(WORDS)), editor)
    page = client.get(document.path("es")).text
    assert 'id="cited"' not in page
    assert "R-0" not in page


def test_passage_and_recommendation_lead_to_each_other(
    client: Client, cited: Record, document: LibraryDocument
) -> None:
    page = client.get(document.path("en")).text
    assert page.count(f'<a href="{cited.path("en")}">') == 2  # beside the passage, and in the list
    assert f'<a href="{document.path("en")}p/1/">' in page
    assert f"{document.path('en')}?passage=1#p1" in client.get(cited.path("en")).text


def test_a_withdrawn_recommendation_vanishes(
    client: Client, cited: Record, document: LibraryDocument
) -> None:
    ledger.withdraw(cited.kind, cited.source_key, actor=system("test"), now=NOW)
    assert PublicEvidence.objects.filter(document=document.public_id).exists()
    page = client.get(document.path("en")).text
    assert cited.public_id not in page
    assert cited.title not in page


def test_words_of_another_file_are_not_taken_for_those_cited(
    client: Client, cited: Record, document: LibraryDocument
) -> None:
    document.passages.update(text="Otra cosa del todo distinta.")
    page = client.get(document.path("en")).text
    assert page.count(f'<a href="{cited.path("en")}">') == 1
    assert f'<a href="{document.path("en")}p/1/">' not in page
    told = client.get(cited.path("en")).text
    assert f'href="{document.path("en")}"' in told
    assert f"{document.path('en')}?passage" not in told


def test_a_withdrawn_document_tells_nothing_of_it(
    client: Client, cited: Record, document: LibraryDocument
) -> None:
    withdraw_document(document, actor=system("test"), now=NOW)
    assert cited.public_id not in client.get(document.path("en")).text


@pytest.mark.parametrize("number", [1, 12])
def test_the_same_queries_for_any_number(
    cited: Record, document: LibraryDocument, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    row = PublicEvidence.objects.get(document=document.public_id)
    for n in range(1, number):
        row.pk, row.position = None, row.position + n
        row.save()
    with django_assert_num_queries(4):
        assert len(citing(document, "en")) == number
