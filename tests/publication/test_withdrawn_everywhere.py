"""A withdrawn contribution is gone from every public place, and a draft never was in one."""

from itertools import cycle, product
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from portal.accounts.models import User
from portal.common.actors import Group, person
from portal.common.languages import CODES
from portal.interventions.models import Intervention
from portal.moderation.domain import decide
from portal.organizations.models import Organization
from portal.pledges.models import Pledge
from portal.publication.models import Record
from portal.submissions.domain import withdraw
from portal.submissions.states import SubmissionState
from tests.empty_index import use_index
from tests.factories import make_intervention, make_pledge, make_user
from tests.factories.pages import ConsultationTree
from tests.thinning import rarely

CANARY = "kanarienvogel"
NOW = timezone.now()


@pytest.fixture(autouse=True)
def _empty_index(db: None, settings: Any, tmp_path: Path) -> None:
    use_index(settings, tmp_path / "search")


@pytest.fixture
def intervention(organization: Organization, consultation_pages: ConsultationTree) -> Intervention:
    return make_intervention(
        organization,
        state=SubmissionState.SUBMITTED,
        title=f"{CANARY} título",
        body=f"{CANARY} texto",
        recommendations=[CANARY],
        questions=consultation_pages.questions,
        translations=[{"language": "en", "title": CANARY, "body": CANARY, "recommendations": []}],
    )


@pytest.fixture
def pledge(organization: Organization, intervention: Intervention) -> Pledge:
    return make_pledge(
        organization,
        state=SubmissionState.SUBMITTED,
        title=f"{CANARY} promesa",
        description=CANARY,
        interventions=[intervention.key],
    )


IN_TURN_AND_EACH = pytest.mark.parametrize(
    "in_each", [pytest.param(False, id="in turn"), rarely(True, name="in each language")]
)


def public_places(organization: Organization, questions: list[object], *, in_each: bool) -> list[str]:
    """Every list and page that could show it, in each language or one in turn, and the read API."""
    number = Record.objects.get(kind="organization", source_key=organization.key).public_id
    question = "consultations/brasilia/segment-1/area-1/question-1/"
    pages = [
        "",
        "interventions/",
        "pledges/",
        f"organizations/{number}/",
        "follow-up/",
        "consultations/brasilia/",
        question,
        f"search/?q={CANARY}",
    ]
    api = ["interventions", "pledges", "organizations", f"trace/{number}", f"trace/{questions[0]}"]
    api += [f"organizations/{number}", f"search?q={CANARY}", "pages"]
    spoken = product(CODES, pages) if in_each else zip(cycle(CODES), pages, strict=False)
    return [f"/{code}/{path}" for code, path in spoken] + [f"/api/v1/{path}" for path in api]


def shown_in(client: Client, places: list[str]) -> list[str]:
    """The places that tell more than the searched word, which the search repeats."""
    call_command("drain_outbox", verbosity=0)
    words = (f"{CANARY} t", f"{CANARY} p", f"{CANARY}</mark> t", f"{CANARY}</mark> p")
    where = []
    for place in places:
        page = client.get(place).content.decode()
        told = any(word in page for word in words) if "search" in place else CANARY in page
        if told:
            where.append(place)
    return where


@IN_TURN_AND_EACH
def test_approved_is_shown_and_withdrawn_is_gone_everywhere(
    in_each: bool,
    client: Client,
    organization: Organization,
    focal_point: User,
    moderator: User,
    intervention: Intervention,
    pledge: Pledge,
    consultation_pages: ConsultationTree,
) -> None:
    places = public_places(organization, consultation_pages.questions, in_each=in_each)
    assert shown_in(client, places) == []
    decide("intervention", intervention.key, "approved", actor=person(moderator), now=NOW)
    decide("pledge", pledge.key, "approved", actor=person(moderator), now=NOW)
    records = [Record.objects.get(source_key=row.key) for row in (intervention, pledge)]
    shown = shown_in(client, places)
    lists = ("/interventions/", "/pledges/", f"/search/?q={CANARY}", f"/search?q={CANARY}")
    assert [place for place in places if place.endswith(lists) and place not in shown] == []
    withdraw(pledge, actor=person(focal_point), now=NOW)
    withdraw(intervention, actor=person(focal_point), now=NOW)
    assert shown_in(client, places) == []
    for record in records:
        for path in (record.path("pt"), f"/r/{record.public_id}/", f"/api/v1/trace/{record.public_id}"):
            response = client.get(path)
            page = response.content.decode()
            assert (response.status_code, record.public_id in page, CANARY in page) == (410, True, False)
            assert response["Cache-Control"] == "no-cache"


@IN_TURN_AND_EACH
def test_returned_is_shown_nowhere_and_to_nobody_else(
    in_each: bool,
    client: Client,
    organization: Organization,
    other_org_member: User,
    moderator: User,
    intervention: Intervention,
    pledge: Pledge,
    consultation_pages: ConsultationTree,
) -> None:
    places = public_places(organization, consultation_pages.questions, in_each=in_each)
    for kind, key in (("intervention", intervention.key), ("pledge", pledge.key)):
        decide(kind, key, "returned", reason=CANARY, actor=person(moderator), now=NOW)
    assert shown_in(client, places) == []
    staff = make_user(Group.EDITOR, Group.COMMISSIONER)
    for user in (other_org_member, staff):
        client.force_login(user)
        assert shown_in(client, places) == []
