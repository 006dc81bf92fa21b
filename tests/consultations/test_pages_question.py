"""The page of a guiding question: published interventions, their authors, what followed; nothing private."""

from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from django.utils import timezone

from portal.common.actors import system
from portal.consultations.models import ConsultationPage
from portal.organizations.models import Organization
from portal.publication.domain import publish, withdraw
from portal.publication.enums import RecordKind, Relation
from portal.publication.models import Record
from portal.publication.projections import Link, Projection, Translated
from portal.submissions.states import SubmissionState
from tests.factories import (
    make_intervention,
    make_organization,
    make_pledge,
    publish_intervention,
    publish_organization,
    publish_pledge,
)
from tests.factories.pages import ConsultationTree
from tests.markup import dense
from tests.thinning import rarely

PATH = "/en/consultations/brasilia/segment-1/area-1/question-1/"


def _intervention(organization: Organization, tree: ConsultationTree, **fields: object) -> Record:
    return publish_intervention(
        make_intervention(
            organization, state=SubmissionState.PUBLISHED, questions=tree.questions[:1], **fields
        )
    )


def test_question_shows_number_area_words_and_state(
    client: Client, consultation_pages: ConsultationTree
) -> None:
    text = dense(client.get(PATH).text)
    assert "Guiding question 1.1 · <span>Area (en)</span>" in text
    assert "<h1>Which step number 1? (en)</h1>" in text
    assert "Open now" in text
    assert "No contribution yet. Your organization could be the first." in text


def test_door_leads_through_sign_in_to_a_new_intervention(
    client: Client, consultation_pages: ConsultationTree
) -> None:
    key = consultation_pages.questions[0]
    place = quote(f"/en/desk/interventions/new/?question={key}", safe="/")
    assert f'href="/accounts/login/?next={place}">Write an intervention on this question</a>' in dense(
        client.get(PATH).text
    )


@pytest.mark.parametrize(
    "fields",
    [{"opens_at": None}, {"closed_at": "2024-01-01T00:00:00Z"}, {"deadline": "2024-01-01T00:00:00Z"}],
)
def test_door_is_shut_when_the_consultation_is_not_open(
    client: Client, consultation_pages: ConsultationTree, fields: dict[str, str]
) -> None:
    ConsultationPage.objects.update(**fields)
    text = dense(client.get(PATH).text)
    assert "Write an intervention on this question" not in text
    assert "There is no contribution on this question." in text


def test_intervention_is_shown_with_its_facts_and_language(
    client: Client, consultation_pages: ConsultationTree, organization: Organization
) -> None:
    record = _intervention(
        organization, consultation_pages, title="Sábados", body="El registro abre.", form="good_practice"
    )
    text = dense(client.get(PATH).text)
    assert f'<a href="/en/interventions/{record.public_id}/" lang="es">Sábados</a>' in text
    for words in ("Red Uno", "Refugee-led organization", "Mexico", "Good practice", "Original in Spanish"):
        assert words in text
    assert '<p class="item__text" lang="es">El registro abre.</p>' in text
    for words in ("1 contribution<", "from 1 country", "1 refugee-led", "Who took part"):
        assert words in text


def test_intervention_in_the_readers_language_carries_no_mark(
    client: Client, consultation_pages: ConsultationTree, organization: Organization
) -> None:
    _intervention(organization, consultation_pages, title="Saturdays", language="en")
    text = dense(client.get(PATH).text)
    assert '/">Saturdays</a>' in text
    assert "Original in" not in text


def test_official_translation_stands_in_for_the_original(
    client: Client, consultation_pages: ConsultationTree, organization: Organization
) -> None:
    projection = Projection(
        kind=RecordKind.INTERVENTION,
        source_key=make_intervention(organization).key,
        language="es",
        title="Sábados",
        summary="El registro abre.",
        year=2024,
        organization_key=organization.key,
        texts={"body": "El registro abre."},
        facts={"form": "intervention"},
        links=(Link(Relation.ANSWERS, str(consultation_pages.questions[0])),),
        translations=(Translated("en", "Saturdays", {"body": "The registry opens."}),),
    )
    publish(projection, actor=system("tests"), now=timezone.now())
    text = dense(client.get(PATH).text)
    assert '/">Saturdays</a>' in text
    assert "The registry opens." in text
    assert "Original in Spanish" in text


@pytest.mark.parametrize(
    "state", [SubmissionState.DRAFT, SubmissionState.SUBMITTED, SubmissionState.RETURNED]
)
def test_private_intervention_is_not_shown(
    client: Client, consultation_pages: ConsultationTree, organization: Organization, state: SubmissionState
) -> None:
    make_intervention(
        organization, state=state, questions=consultation_pages.questions, title="Secret", body="Secret words"
    )
    text = dense(client.get(PATH).text)
    assert "Secret" not in text
    assert "No contribution yet." in text


def test_withdrawn_intervention_is_not_shown(
    client: Client, consultation_pages: ConsultationTree, organization: Organization
) -> None:
    record = _intervention(organization, consultation_pages, title="Secret")
    withdraw(RecordKind.INTERVENTION, record.source_key, actor=system("tests"), now=timezone.now())
    text = dense(client.get(PATH).text)
    assert "Secret" not in text
    assert record.public_id not in text
    assert "No contribution yet" in text


def test_interventions_to_another_question_are_not_shown(
    client: Client, consultation_pages: ConsultationTree, organization: Organization
) -> None:
    other = make_intervention(organization, questions=consultation_pages.questions[1:], title="Elsewhere")
    publish_intervention(other)
    assert "Elsewhere" not in dense(client.get(PATH).text)


def test_trace_leads_to_the_pledges_that_followed(
    client: Client, consultation_pages: ConsultationTree, organization: Organization
) -> None:
    record = _intervention(organization, consultation_pages)
    pledge = publish_pledge(make_pledge(organization, interventions=[record.source_key], title="Promesa"))
    make_pledge(organization, interventions=[record.source_key], title="Secret pledge")
    text = dense(client.get(PATH).text)
    assert "1 pledge" in text
    assert f'<a href="/en/pledges/{pledge.public_id}/" lang="es">Promesa</a>' in text
    assert "Secret pledge" not in text


@pytest.mark.long
def test_silent_countries_are_named(
    client: Client, consultation_pages: ConsultationTree, organization: Organization
) -> None:
    _intervention(organization, consultation_pages)
    for country in ("HT", "BZ", "MX", "XX"):
        publish_organization(make_organization(country=country))
    assert "No contribution yet from: Belize, Haiti." in dense(client.get(PATH).text)
    for country in ("CL", "CU", "UY"):
        publish_organization(make_organization(country=country))
    expected = (
        "No contribution yet from Belize, Chile, Cuba or 2 other countries that take part on this site."
    )
    assert expected in dense(client.get(PATH).text)


@pytest.mark.long
def test_interventions_come_twenty_to_a_page(
    client: Client, consultation_pages: ConsultationTree, organization: Organization
) -> None:
    for number in range(41):
        _intervention(organization, consultation_pages, title=f"Intervention-{number:02d}")
    first, third = client.get(PATH).text, client.get(f"{PATH}?page=3").text
    assert (first.count(">Intervention-"), third.count(">Intervention-")) == (20, 1)
    assert "Intervention-40" in first
    assert "Intervention-00" in third
    assert "41 contributions" in third
    assert "Page 3 of 3" in third


@pytest.mark.few(3)
@pytest.mark.parametrize("page", ["0", "-1", "999", "x", "", "1' or 1", "9" * 30])
def test_odd_page_number_gives_the_nearest_part(
    client: Client, consultation_pages: ConsultationTree, organization: Organization, page: str
) -> None:
    _intervention(organization, consultation_pages, title="The one")
    assert "The one" in dense(client.get(PATH, {"page": page}).text)


@pytest.mark.parametrize("number", [rarely(1), 7, rarely(50)])
def test_question_costs_the_same_with_one_and_fifty_interventions(
    client: Client,
    consultation_pages: ConsultationTree,
    organization: Organization,
    django_assert_num_queries: Any,
    number: int,
) -> None:
    for _ in range(number):
        _intervention(organization, consultation_pages)
    client.get(PATH)
    with django_assert_num_queries(10):
        client.get(PATH)
