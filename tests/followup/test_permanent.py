"""Permanent addresses: `/r/<number>/` leads to everything public in the reader's language."""

import pytest
from django.test import Client
from django.utils import timezone

from portal.common.actors import system
from portal.common.languages import CODES
from portal.library.models import LibraryDocument
from portal.organizations.models import Organization
from portal.publication import domain
from portal.publication.enums import RecordKind
from tests.factories import make_intervention, make_pledge, publish_intervention, publish_pledge
from tests.factories.pages import ConsultationTree

CANARY = "kanarienvogel"


@pytest.mark.few(1)
@pytest.mark.parametrize("code", CODES)
def test_number_leads_to_the_record_in_the_readers_language(
    client: Client, organization: Organization, code: str
) -> None:
    intervention = publish_intervention(make_intervention(organization))
    pledge = publish_pledge(make_pledge(organization))
    for record in (intervention, pledge, intervention.organization):
        response = client.get(f"/r/{record.public_id}/", headers={"accept-language": code})
        assert (response.status_code, response["Location"]) == (302, record.path(code))
        assert "Accept-Language" in response["Vary"]


def test_question_decides_the_language(client: Client, organization: Organization) -> None:
    record = publish_intervention(make_intervention(organization))
    response = client.get(f"/r/{record.public_id.lower()}/?lang=fr")
    assert response["Location"] == record.path("fr")


def test_page_key_leads_to_the_page(client: Client, consultation_pages: ConsultationTree) -> None:
    response = client.get(f"/r/{consultation_pages.questions[0]}/?lang=pt")
    assert response["Location"] == "/pt/consultations/brasilia/segment-1/area-1/question-1/"


def test_document_number_leads_to_the_reading_page(client: Client, db: None) -> None:
    document = LibraryDocument.objects.create(
        title="Note",
        language="es",
        sha256="0" * 64,
        passages_count=1,
        created_at=timezone.now(),
        updated_at=timezone.now(),
    )
    response = client.get(f"/r/{document.public_id}/?lang=en")
    assert response["Location"] == f"/en/library/{document.public_id}/"


@pytest.mark.few(3)
@pytest.mark.parametrize(
    "number", ["I-99999", "D-99999", "Z-00001", "nonsense", "00000000-0000-4000-8000-000000000000", "I-"]
)
@pytest.mark.parametrize("code", ["pt", "fr"])
def test_unknown_number_is_not_found_in_the_readers_language(
    client: Client, db: None, code: str, number: str
) -> None:
    response = client.get(f"/r/{number}/", headers={"accept-language": code})
    assert (response.status_code, f'<html lang="{code}">' in response.content.decode()) == (404, True)


@pytest.mark.few(1)
@pytest.mark.parametrize("code", CODES)
def test_withdrawn_number_is_gone_in_the_readers_language(
    client: Client, organization: Organization, code: str
) -> None:
    pledge = make_pledge(organization, title=CANARY)
    record = publish_pledge(pledge)
    domain.withdraw(RecordKind.PLEDGE, pledge.key, actor=system("tests"), now=timezone.now())
    response = client.get(f"/r/{record.public_id}/", headers={"accept-language": code})
    page = response.content.decode()
    assert (response.status_code, record.public_id in page, CANARY in page) == (410, True, False)
    assert f'<html lang="{code}">' in page
