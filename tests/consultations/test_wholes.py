"""What is about a segment, a consultation or a plan as a whole: chosen, published, shown, counted apart."""

import csv
import io
import json
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone, translation
from wagtail.models import Page

from portal.accounts.models import User
from portal.common.actors import person
from portal.consultations.models import ConsultationPage
from portal.interventions.models import Intervention
from portal.moderation.domain import decide
from portal.organizations.models import Organization
from portal.publication.figures import note_change
from portal.publication.models import Record
from portal.publication.wholes import WholeKind, whole_code
from portal.submissions.models import SubmittedVersion
from portal.submissions.states import SubmissionState
from tests.desk.test_intervention_desk import hidden
from tests.factories import make_intervention, make_organization, publish_intervention
from tests.factories.pages import ConsultationTree
from tests.factories.plan import make_framework, make_node
from tests.markup import dense

NEW = "/en/desk/interventions/new/"
PAGE = "/en/consultations/brasilia/"
SEGMENT = f"{PAGE}segment-1/"


@pytest.fixture
def writer(client: Client, focal_point: User, organization: Organization) -> Client:
    client.force_login(focal_point)
    return client


@pytest.fixture
def codes(consultation_pages: ConsultationTree) -> dict[str, str]:
    segment, consultation = consultation_pages.segment["es"], consultation_pages.consultation["es"]
    make_node(make_framework("plan-a", in_force=True, title_en="The plan"), "1")
    return {
        "segment": whole_code(WholeKind.SEGMENT, segment.translation_key),
        "consultation": whole_code(WholeKind.CONSULTATION, consultation.translation_key),
        "plan": "plan:plan-a",
    }


def about(organization: Organization, *codes: str, questions: tuple[UUID, ...] = ()) -> Record:
    row = make_intervention(
        organization, state=SubmissionState.PUBLISHED, wholes=list(codes), questions=questions
    )
    return publish_intervention(row)


def address(row: Intervention, name: str) -> str:
    with translation.override("en"):
        return f"/en/desk/interventions/{row.key}/{name}/"


def begun(client: Client, code: str) -> Intervention:
    html = dense(client.get(f"{NEW}?about={code}").text)
    client.post(NEW, {name: hidden(html, name) for name in ("draft_key", "organization", "about")})
    return Intervention.objects.get()


@pytest.mark.few(2)
@pytest.mark.parametrize("kind", ["segment", "consultation", "plan"])
def test_a_door_leads_to_a_record_with_links_both_ways(
    writer: Client, codes: dict[str, str], moderator: User, kind: str
) -> None:
    page = {"segment": SEGMENT, "consultation": PAGE, "plan": "/en/plan/"}[kind]
    assert f"about%3D{codes[kind].replace(':', '%3A')}" in writer.get(page).text
    row = begun(writer, codes[kind])
    Intervention.objects.update(title="As a whole", body=make_intervention(row.organization).body)
    html = writer.get(address(row, "check")).text
    writer.post(address(row, "check"), {"submit_key": hidden(html, "submit_key")})
    decide("intervention", row.key, "approved", actor=person(moderator), now=timezone.now())
    record = Record.objects.get(kind="intervention")
    assert [link.target for link in record.links.all()] == [codes[kind]]
    assert f'href="{page if kind != "plan" else "/en/plan/#plan-a"}"' in writer.get(record.path("en")).text
    assert f"/en/interventions/?about={codes[kind]}" in writer.get(page).text
    listed = writer.get(f"/en/interventions/?about={codes[kind]}&format=json").json()
    assert [each["id"] for each in listed] == [record.public_id]


@pytest.mark.long
def test_the_step_offers_each_as_a_whole_and_keeps_what_is_there(
    writer: Client, organization: Organization, codes: dict[str, str]
) -> None:
    row = make_intervention(organization, language="en")
    html = dense(writer.get(address(row, "questions")).text)
    assert [html.count(f'name="about" value="{code}"') for code in codes.values()] == [1, 1, 1]
    marks = {name: hidden(html, name) for name in ("revision", "base")}
    unknown = "segment:00000000-0000-0000-0000-000000000000"
    sent = {"about": [*codes.values(), unknown, "plan:none", "<b>"]}
    assert writer.post(address(row, "questions"), marks | sent).url == address(row, "answer")
    row.refresh_from_db()
    assert row.wholes == list(codes.values())
    html = writer.get(address(row, "questions")).text
    assert html.count(" checked") == 3


@pytest.mark.few(1)
@pytest.mark.parametrize("kind", ["segment", "consultation", "plan"])
def test_a_closed_consultation_takes_nothing_about_it_as_a_whole(
    writer: Client, organization: Organization, codes: dict[str, str], kind: str
) -> None:
    row = make_intervention(organization, wholes=[codes[kind]])
    ConsultationPage.objects.update(closed_at=timezone.now() - timedelta(days=1))
    note_change()
    page = writer.get(address(row, "check")).text
    assert ("is closed. Closed since" in page, 'name="submit_key"' in page) == (
        (False, True) if kind == "plan" else (True, False)
    )
    assert ("takes no interventions now" in writer.get(f"{NEW}?about={codes[kind]}").text) == (kind != "plan")


def test_a_consultation_without_questions_can_be_written_on(
    writer: Client, codes: dict[str, str], consultation_pages: ConsultationTree
) -> None:
    pages = [page.pk for page in consultation_pages.segment.values()]
    Page.objects.filter(pk__in=pages).update(live=False)
    note_change()
    row = begun(writer, codes["consultation"])
    Intervention.objects.update(title="As a whole", body=make_intervention(row.organization).body)
    assert 'name="submit_key"' in writer.get(address(row, "check")).text


@pytest.mark.long
def test_they_are_counted_apart_from_the_questions(
    client: Client, codes: dict[str, str], consultation_pages: ConsultationTree, organization: Organization
) -> None:
    question = consultation_pages.questions[0]
    about(organization, codes["segment"], codes["consultation"], questions=(question,))
    about(make_organization(type_code="state"), codes["segment"])
    about(make_organization(type_code="state"), codes["plan"])
    told = client.get("/api/v1/coverage?ui=en").json()["results"]
    assert [(row["id"], row["answers"]) for row in told if row["answers"]] == [(str(question), 1)]
    rows = client.get("/api/v1/coverage/whole?ui=en").json()["results"]
    assert {row["id"]: row["contributions"] for row in rows} == {
        codes["consultation"]: 1,
        codes["segment"]: 2,
        codes["plan"]: 1,
    }
    assert {row["kind"]: row["by_type"]["state"] for row in rows} == {
        "consultation": 0,
        "segment": 1,
        "plan": 1,
    }
    text = client.get(f"{PAGE}coverage/?format=csv&by=whole").text
    table = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert [(row["id"], row["all"]) for row in table] == [
        (codes["consultation"], "1"),
        (codes["segment"], "2"),
    ]
    assert client.get("/en/consultations/").text.count("2 published contributions") == 1
    listed = client.get("/en/interventions/?consultation=brasilia&format=json").json()
    assert len(listed) == 2
    scoped = {kind: len(client.get(f"/en/interventions/?scope={kind}&format=json").json()) for kind in codes}
    assert scoped == {"segment": 2, "consultation": 1, "plan": 1}


def test_the_trace_has_them_at_the_first_of_its_seven_stages(
    client: Client, codes: dict[str, str], organization: Organization
) -> None:
    record = about(organization, *codes.values())
    told = client.get(f"/api/v1/trace/{record.public_id}?ui=en").json()["thread"]
    assert len(told) == 7
    first = [(item["id"], item["kind"]) for item in told[0]["items"]]
    assert sorted(first) == sorted((code, kind) for kind, code in codes.items())
    for code in codes.values():
        thread = client.get(f"/api/v1/trace/{code}?ui=en").json()["thread"]
        assert [item["id"] for item in thread[1]["items"]] == [record.public_id]
    assert client.get("/api/v1/trace/segment:none").status_code == 404


def test_a_hidden_segment_is_named_nowhere(
    client: Client, codes: dict[str, str], organization: Organization, consultation_pages: ConsultationTree
) -> None:
    record = about(organization, codes["segment"])
    Page.objects.filter(pk__in=[page.pk for page in consultation_pages.segment.values()]).update(live=False)
    note_change()
    assert "Segment (en)" not in client.get(record.path("en")).text
    assert client.get(f"/api/v1/trace/{record.public_id}").json()["thread"][0]["items"] == []
    assert client.get(f"/api/v1/trace/{codes['segment']}").status_code == 404
    assert codes["segment"] not in json.dumps(client.get("/api/v1/coverage/whole").json())


def test_the_words_of_what_it_is_about_are_kept_with_what_was_submitted(
    writer: Client, organization: Organization, codes: dict[str, str], consultation_pages: ConsultationTree
) -> None:
    row = make_intervention(
        organization,
        state=SubmissionState.SUBMITTED,
        language="en",
        questions=consultation_pages.questions[:1],
        wholes=[codes["segment"]],
    )
    content: dict[str, Any] = json.loads(SubmittedVersion.objects.get().content)
    words = {
        str(consultation_pages.questions[0]): "Which step number 1? (en)",
        codes["segment"]: "Segment (en)",
    }
    assert content["asked"] == words
    Page.objects.filter(title__startswith="Which step").update(live=False)
    assert "Which step number 1? (en)" in writer.get(address(row, "")[:-1]).text
