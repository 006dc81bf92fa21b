"""Submitted, published, corrected and reported are four moments; years are those of their place."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client

from portal.consultations.models import ConsultationPage
from portal.interventions.projection import project as project_intervention
from portal.organizations.models import Organization
from portal.pledges.projection import project as project_pledge
from portal.publication.models import Record
from portal.records.stages import Stage
from tests.factories import make_intervention, make_pledge, publish_pledge
from tests.factories.pages import ConsultationTree
from tests.markup import voices_of

NEW_YEAR = datetime(2026, 1, 1, 4, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "year"), [("America/Mexico_City", 2025), ("UTC", 2026), ("Asia/Tokyo", 2026)]
)
def test_year_of_an_intervention_is_by_the_clock_of_its_consultation(
    organization: Organization, consultation_pages: ConsultationTree, zone: str, year: int
) -> None:
    ConsultationPage.objects.update(time_zone=zone)
    questions = consultation_pages.questions
    assert (
        project_intervention(make_intervention(organization, questions=questions, submitted_at=NEW_YEAR)).year
        == year
    )
    assert project_intervention(make_intervention(organization, submitted_at=NEW_YEAR)).year == 2026


@pytest.mark.parametrize(("forum", "year"), [("2019", 2019), ("2023", 2023), ("", 2026)])
def test_year_of_a_pledge_is_that_of_its_forum(organization: Organization, forum: str, year: int) -> None:
    assert project_pledge(make_pledge(organization, forum=forum, submitted_at=NEW_YEAR)).year == year


@pytest.mark.few(1)
@pytest.mark.parametrize("stage", ["planning", "in_progress", "fulfilled"])
def test_page_of_a_pledge_without_a_report_never_says_that_it_is_up_to_date(
    client: Client, organization: Organization, stage: str
) -> None:
    record = publish_pledge(make_pledge(organization, stage=stage, submitted_at=NEW_YEAR))
    response = client.get(record.path("en"))
    page = response.content.decode()
    assert ("Report up to date" in page, "Reported:" in page, "No report yet" in page) == (False, False, True)
    assert response.context["trace"][Stage.REPORT] == ()
    voice = voices_of(response.context)[0]
    assert voice["note"] == "They said so when they pledged and have not reported since."


def test_page_of_a_pledge_says_when_its_parties_reported(client: Client, organization: Organization) -> None:
    record = publish_pledge(make_pledge(organization, stage="fulfilled", reported_on=date(2026, 1, 2)))
    voice = voices_of(client.get(record.path("en")).context)[0]
    assert voice["note"] == "Reported on 2 January 2026"
    assert client.get(f"/api/v1/pledges/{record.public_id}").json()["reported_on"] == "2026-01-02"


def test_old_records_keep_their_facts_and_are_read_as_never_reported(
    client: Client, organization: Organization
) -> None:
    record = publish_pledge(make_pledge(organization, stage="in_progress"))
    old = {"stage": "in_progress", "forum": "2019", "external_id": "X", "reported_on": "2026-01-01"}
    Record.objects.filter(pk=record.pk).update(facts=old)
    told = client.get(f"/api/v1/pledges/{record.public_id}").json()
    assert (told["reported_on"], told["health"]) == (None, "never_reported")
    assert Record.objects.get(pk=record.pk).facts == old
