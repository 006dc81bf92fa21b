"""What is taken down is gone from page, lists, files, feed, API and search at once; all of it comes back."""

from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from portal.accounts.models import User
from portal.common.actors import Group, person
from portal.interventions.models import Intervention
from portal.moderation.domain import decide
from portal.organizations.models import Organization
from portal.publication.models import Record
from portal.submissions.models import Measure
from portal.submissions.states import SubmissionState
from tests.empty_index import use_index
from tests.factories import make_intervention, make_user
from tests.factories.pages import ConsultationTree

CANARY = "kanarienvogel"
NOW = timezone.now()


@pytest.fixture
def text(
    settings: Any, tmp_path: Path, organization: Organization, consultation_pages: ConsultationTree
) -> Intervention:
    use_index(settings, tmp_path / "search")
    return make_intervention(
        organization,
        state=SubmissionState.SUBMITTED,
        title=f"{CANARY} title",
        body=f"{CANARY} text",
        recommendations=[CANARY],
        questions=consultation_pages.questions[:1],
        translations=[{"language": "en", "title": CANARY, "body": CANARY, "recommendations": []}],
    )


def told(client: Client, places: list[str]) -> list[str]:
    """Where a word of it is read; the search repeats what is searched, so that it takes another there."""
    call_command("drain_outbox", verbosity=0)
    where = []
    for place in places:
        response = client.get(place)
        body = response.getvalue() if response.streaming else response.content  # type: ignore[attr-defined]
        page = body.decode("utf-8", "replace")
        words = (f"{CANARY}</mark>", f'"{CANARY} t', f"{CANARY} text") if "search" in place else (CANARY,)
        if any(word in page for word in words):
            where.append(place)
    return where


def test_it_is_gone_at_once_and_comes_back(
    client: Client,
    text: Intervention,
    moderator: User,
    organization: Organization,
    consultation_pages: ConsultationTree,
) -> None:
    decide("intervention", text.key, "approved", actor=person(moderator), now=NOW)
    record = Record.objects.get(source_key=text.key)
    number, owner = record.public_id, Record.objects.get(kind="organization", source_key=organization.key)
    places = [
        f"/en/interventions/{number}/",
        "/pt/interventions/",
        "/en/interventions/feed/",
        "/en/interventions/?format=csv",
        "/en/interventions/?format=json",
        f"/es/organizations/{owner.public_id}/",
        "/en/consultations/brasilia/segment-1/area-1/question-1/",
        f"/en/search/?q={CANARY}",
        "/api/v1/interventions",
        f"/api/v1/interventions/{number}",
        f"/api/v1/trace/{number}",
        f"/api/v1/search?q={CANARY}",
    ]
    assert told(client, places) == places
    given = {"ground": "danger", "reason": "R"}
    decide("intervention", text.key, "taken_down", **given, actor=person(moderator), now=NOW)
    assert told(client, places) == []
    for path in (record.path("en"), f"/r/{number}/"):
        page = client.get(path, headers={"accept-language": "en"})
        words = ("was taken down", "It could put people in danger", number)
        assert (page.status_code, [word for word in words if word not in page.text]) == (410, [])
    gone = client.get(f"/api/v1/interventions/{number}")
    assert (gone.status_code, gone.json()["taken_down_for"]) == (410, "danger")
    second = person(make_user(Group.MODERATOR, email="second@example.org"))
    measure = Measure.objects.get()
    decide("take_down", measure.key, "undone", reason="R", actor=second, now=NOW)
    assert told(client, places) == places
