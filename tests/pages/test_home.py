"""The home page: what is open, honest figures, what was published last, and no leak."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from portal.common.actors import system
from portal.organizations.models import Organization
from portal.plan.reference import load_frameworks
from portal.publication.domain import withdraw
from portal.publication.enums import RecordKind
from portal.submissions.states import SubmissionState
from tests.factories import (
    make_consultation,
    make_home,
    make_intervention,
    make_organization,
    make_pledge,
    make_practice,
    publish_intervention,
    publish_pledge,
    publish_practice,
)
from tests.factories.pages import ConsultationTree
from tests.thinning import rarely


def _counts(text: str) -> list[int]:
    return [int(number) for number in re.findall(r'diagram__count">(\d+)<', text)]


def _published(organization: Organization, number: int, **fields: object) -> None:
    for _ in range(number):
        publish_intervention(make_intervention(organization, state=SubmissionState.PUBLISHED, **fields))


def test_home_without_anything_says_so(client: Client, db: None) -> None:
    make_home()
    text = client.get("/en/").text
    assert _counts(text) == [0, 0, 0, 0, 0, 0, 0]
    assert text.count("none yet") == 7
    assert "Nothing has been published yet." in text
    assert "No consultation is open at the moment" in text


def test_home_shows_what_is_open_and_how_to_take_part(
    client: Client, consultation_pages: ConsultationTree
) -> None:
    text = client.get("/en/").text
    assert "Open now" in text
    assert '<a href="/en/consultations/brasilia/">Consultation (en)</a>' in text
    assert 'href="/en/consultations/brasilia/#segments"' in text
    assert 'href="/en/take-part/"' in text
    assert "1 segment, 2 guiding questions. Write on one, or on many." in text


@pytest.mark.long
def test_home_shows_the_consultation_that_closes_first(client: Client, db: None) -> None:
    home, now = make_home(), timezone.now()
    for days, slug in ((9, "later"), (2, "sooner"), (-1, "over")):
        make_consultation(home, slug=slug, deadline=now + timedelta(days=days))
    assert 'href="/es/consultations/sooner/"' in client.get("/es/").text.split("diagram")[0]


def test_home_leads_to_the_actions_of_the_plan_in_force(client: Client, db: None) -> None:
    make_home()
    assert _counts(client.get("/en/").text)[3] == 0
    load_frameworks()
    text = client.get("/en/").text
    assert _counts(text) == [0, 0, 0, 101, 0, 0, 0]
    assert '<a class="diagram__label" href="/en/plan/">plan actions</a>' in text


def test_home_counts_what_the_ledger_holds(
    client: Client, consultation_pages: ConsultationTree, organization: Organization
) -> None:
    _published(organization, 3, questions=consultation_pages.questions)
    publish_pledge(make_pledge(organization, stage="fulfilled"))
    publish_pledge(make_pledge(organization, stage="planning"))
    text = client.get("/en/").text
    assert _counts(text) == [2, 3, 0, 0, 2, 0, 0]
    assert "from 1 organization; 1 refugee-led" in text
    publish_practice(make_practice(make_organization(type_code="state")))
    more = client.get("/en/").text
    assert (_counts(more), "from 2 organizations; 1 refugee-led" in more) == ([2, 4, 0, 0, 2, 0, 0], True)
    assert "1 claimed fulfilled, 0 assessed as complete" in text


def test_home_shows_the_latest_and_who_has_been_heard(
    client: Client, consultation_pages: ConsultationTree, organization: Organization
) -> None:
    _published(
        organization,
        1,
        title="Sábados abiertos",
        questions=consultation_pages.questions,
        form="good_practice",
    )
    text = client.get("/en/").text
    assert '<a href="/en/interventions/' in text
    assert 'lang="es">Sábados abiertos</a>' in text
    assert "Original in Spanish" in text
    assert [row.kind.text for row in client.get("/en/").context["latest"]] == ["Good practice"]
    assert "Who has been heard" in text
    assert "Refugee-led organization" in text


def test_home_says_nothing_of_what_is_private_or_withdrawn(
    client: Client, consultation_pages: ConsultationTree, organization: Organization
) -> None:
    for state in (SubmissionState.DRAFT, SubmissionState.SUBMITTED, SubmissionState.RETURNED):
        make_intervention(organization, state=state, title=f"Secret {state}")
    make_pledge(organization, state=SubmissionState.SUBMITTED, title="Secret pledge")
    gone = make_intervention(organization, state=SubmissionState.WITHDRAWN, title="Secret gone")
    publish_intervention(gone)
    withdraw(RecordKind.INTERVENTION, gone.key, actor=system("tests"), now=timezone.now())
    text = client.get("/es/").text
    assert "Secret" not in text
    assert _counts(text)[1:] == [0, 0, 0, 0, 0, 0]


@pytest.mark.few(1)
@pytest.mark.parametrize("code", ["es", "en", "pt", "fr"])
def test_home_names_itself_in_every_language(client: Client, db: None, code: str) -> None:
    make_home()
    text = client.get(f"/{code}/").text
    for other in ("es", "en", "pt", "fr"):
        assert f'hreflang="{other}" href="http://testserver/{other}/"' in text
    assert 'hreflang="x-default" href="http://testserver/es/"' in text


@pytest.mark.parametrize("number", [rarely(1), 6, rarely(30)])
def test_home_costs_the_same_with_more_records(
    client: Client,
    consultation_pages: ConsultationTree,
    organization: Organization,
    django_assert_num_queries: Any,
    number: int,
) -> None:
    _published(organization, number, questions=consultation_pages.questions)
    client.get("/pt/")
    with django_assert_num_queries(9):
        client.get("/pt/")
