"""The page of an organization: from the question to what it said and what became of it."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from portal.accounts.models import User
from portal.common.actors import Group, person
from portal.common.languages import CODES
from portal.conclusions.enums import Outcome
from portal.conclusions.objections.domain import file_objection, uphold
from portal.organizations.models import Organization
from portal.publication.models import Record
from portal.submissions import domain as submissions
from portal.submissions.states import SubmissionState
from tests.factories import make_intervention, make_user, publish_intervention
from tests.factories.backed_conclusions import recommendations_of
from tests.factories.objections import Told, publish_with_disposition
from tests.factories.pages import ConsultationTree
from tests.thinning import rarely

pytestmark = pytest.mark.django_db
TITLE, REASON = "Gorrioncanario", "Jilguerocanario"


@pytest.fixture
def told(organization: Organization, consultation_pages: ConsultationTree) -> Told:
    return publish_with_disposition(organization, tree=consultation_pages, title=TITLE, reason=REASON)


def page(client: Client, code: str = "en") -> str:
    answer = client.get(f"/{code}/desk/contributions/became/")
    assert answer.status_code == 200
    return answer.text


@pytest.mark.few(1)
@pytest.mark.parametrize("code", CODES)
def test_the_chain_leads_on_by_clicks(
    client: Client, told: Told, code: str, viewer_member: User, focal_point: User
) -> None:
    part = recommendations_of(told.conclusions)[0]
    objection = file_objection(
        consultation_key=told.consultation_key,
        intervention_key=told.intervention.key,
        text="No.",
        language="es",
        actor=person(focal_point),
        now=timezone.now(),
    )
    changed: dict[str, Any] = {"outcome": Outcome.PARTLY, "recommendation": part.key}
    uphold(
        objection,
        reason="Bien.",
        reasons={"es": REASON},
        **changed,
        actor=person(make_user(Group.EDITOR)),
        now=timezone.now(),
    )
    said = Record.objects.get(source_key=told.intervention.key)
    recommendation = Record.objects.get(source_key=part.key)
    client.force_login(viewer_member)
    text = page(client, code)
    ways = [
        f'href="/{code}/consultations/brasilia/segment-1/area-1/question-1/"',
        f'href="{said.path(code)}"',
        f'href="{recommendation.path(code)}"',
        f'href="/{code}/consultations/brasilia/conclusions/"',
        f'href="/{code}/desk/contributions/became/{told.consultation_key}/{told.intervention.key}/objection/"',
    ]
    assert [way for way in ways if way not in text] == []
    lang = "" if code == "es" else ' lang="es"'
    assert f"<p{lang}>{REASON}</p>" in text


def test_it_offers_the_objection_to_those_who_may(
    client: Client, told: Told, signatory: User, viewer_member: User
) -> None:
    shown = []
    for user in (signatory, viewer_member):
        client.force_login(user)
        shown.append("Object to this" in page(client))
    assert shown == [True, False]


@pytest.mark.parametrize("who", ["other_org_member", "editor", "moderator"])
def test_others_read_nothing_of_it(
    who: str, client: Client, told: Told, request: pytest.FixtureRequest
) -> None:
    client.force_login(request.getfixturevalue(who))
    text = page(client)
    assert (TITLE in text, REASON in text) == (False, False)
    assert "None of your organizations has a published contribution yet." in text


def test_what_is_not_published_is_not_there(
    client: Client, told: Told, organization: Organization, focal_point: User
) -> None:
    make_intervention(organization, state=SubmissionState.SUBMITTED, title="Waits")
    client.force_login(focal_point)
    assert "Waits" not in page(client)
    submissions.withdraw(told.intervention, actor=person(focal_point), now=timezone.now())
    assert TITLE not in page(client)


def test_what_no_conclusions_speak_of_says_so(
    client: Client, organization: Organization, focal_point: User
) -> None:
    publish_intervention(make_intervention(organization, state=SubmissionState.PUBLISHED, title=TITLE))
    client.force_login(focal_point)
    text = page(client)
    assert (TITLE in text, "No conclusions say yet what became of it." in text) == (True, True)


@pytest.mark.long
def test_the_desk_leads_there(client: Client, told: Told, focal_point: User, editor: User) -> None:
    shown = []
    for user in (focal_point, editor):
        client.force_login(user)
        shown.append('href="/en/desk/contributions/became/"' in client.get("/en/desk/").text)
    assert shown == [True, False]


@pytest.mark.parametrize("number", [rarely(1), 3])
def test_the_page_takes_as_many_queries_whatever_it_holds(
    client: Client,
    organization: Organization,
    consultation_pages: ConsultationTree,
    focal_point: User,
    django_assert_num_queries: Any,
    number: int,
) -> None:
    for _ in range(number - 1):
        row = make_intervention(
            organization, state=SubmissionState.PUBLISHED, questions=consultation_pages.questions
        )
        publish_intervention(row)
    publish_with_disposition(organization, tree=consultation_pages, outcome=Outcome.CARRIED_OVER)
    client.force_login(focal_point)
    with django_assert_num_queries(11):
        assert page(client).count("item__title") == number
