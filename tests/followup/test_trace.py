"""The trace: from every public thing to everything that hangs together with it, both ways."""

import pytest
from django.http import Http404
from django.test import Client
from django.utils import timezone

from portal.common.actors import system
from portal.common.errors import Gone
from portal.organizations.models import Organization
from portal.pledges.models import Pledge
from portal.publication import domain
from portal.publication.enums import RecordKind
from portal.publication.models import Record
from portal.records.stages import Stage
from portal.records.trace import trace
from tests.factories import make_intervention, make_pledge, publish_intervention, publish_pledge
from tests.factories.pages import ConsultationTree
from tests.thinning import rarely

STAGES = [
    "guiding_question",
    "intervention",
    "recommendation",
    "plan_action",
    "pledge",
    "progress_report",
    "review",
]


@pytest.fixture
def line(organization: Organization, consultation_pages: ConsultationTree) -> tuple[str, Record, Record]:
    """A question, an intervention that answers it, a pledge that follows."""
    intervention = make_intervention(
        organization, title="Respuesta", questions=consultation_pages.questions[:1]
    )
    record = publish_intervention(intervention)
    pledge = publish_pledge(make_pledge(organization, title="Promesa", interventions=[intervention.key]))
    return str(consultation_pages.questions[0]), record, pledge


def ids(public_id: str) -> list[list[str]]:
    return [[row.id for row in rows] for rows in trace(public_id, "pt").stages.values()]


def test_trace_is_the_same_line_from_each_of_its_ends(line: tuple[str, Record, Record]) -> None:
    question, intervention, pledge = line
    whole = [[question], [intervention.public_id], [], [], [pledge.public_id], [], []]
    ends = (question, intervention.public_id, pledge.public_id, intervention.organization.public_id)
    assert [ids(end) for end in ends] == [whole] * 4


def test_trace_of_a_pledge_leads_to_its_own_intervention_only(
    line: tuple[str, Record, Record], organization: Organization, consultation_pages: ConsultationTree
) -> None:
    question, intervention, pledge = line
    publish_intervention(make_intervention(organization, questions=consultation_pages.questions))
    assert ids(pledge.public_id)[:2] == [[question], [intervention.public_id]]


def test_trace_forgets_what_was_withdrawn(
    line: tuple[str, Record, Record], organization: Organization
) -> None:
    question, intervention, pledge = line
    domain.withdraw(
        RecordKind.INTERVENTION, intervention.source_key, actor=system("tests"), now=timezone.now()
    )
    assert ids(question) == [[question], [], [], [], [], [], []]
    assert ids(pledge.public_id) == [[], [], [], [], [pledge.public_id], [], []]
    with pytest.raises(Gone):
        trace(intervention.public_id, "es")


def test_trace_leaves_out_a_question_that_is_a_draft(
    line: tuple[str, Record, Record], consultation_pages: ConsultationTree
) -> None:
    question, intervention, _pledge = line
    for page in consultation_pages.question_pages[0].values():
        page.unpublish()
    assert ids(intervention.public_id)[0] == []
    with pytest.raises(Http404):
        trace(question, "es")


def test_trace_of_a_page_that_is_no_question_is_unknown(consultation_pages: ConsultationTree) -> None:
    with pytest.raises(Http404):
        trace(str(consultation_pages.segment["es"].translation_key), "es")


@pytest.mark.parametrize("number", [rarely(1), 5, rarely(30)])
def test_trace_query_count_does_not_grow(
    organization: Organization,
    consultation_pages: ConsultationTree,
    django_assert_max_num_queries: object,
    number: int,
) -> None:
    question = consultation_pages.questions[0]
    for _ in range(number):
        intervention = make_intervention(organization, questions=consultation_pages.questions)
        publish_intervention(intervention)
        pledge = make_pledge(organization, interventions=[intervention.key])
        publish_pledge(pledge)
    last = Record.objects.get(source_key=Pledge.objects.latest("pk").key)
    first = Record.objects.filter(kind=RecordKind.INTERVENTION).first()
    author = Record.objects.get(kind=RecordKind.ORGANIZATION)
    trace(str(question), "en")
    for public_id in (str(question), last.public_id, first.public_id, author.public_id):
        with django_assert_max_num_queries(11):  # type: ignore[operator]
            trace(public_id, "en")
    assert len(trace(str(question), "en").stages[Stage.PLEDGE]) == number


def test_api_gives_the_trace_in_the_readers_language(
    client: Client, line: tuple[str, Record, Record]
) -> None:
    question, intervention, pledge = line
    told = client.get(f"/api/v1/trace/{pledge.public_id}?ui=fr").json()
    assert (told["id"], told["kind"], told["title"], told["url"]) == (
        pledge.public_id,
        "pledge",
        "Promesa",
        pledge.path("fr"),
    )
    assert [stage["stage"] for stage in told["thread"]] == STAGES
    assert told["thread"][0]["items"] == [
        {
            "id": question,
            "kind": "guiding_question",
            "title": "Which step number 1? (fr)",
            "url": "/fr/consultations/brasilia/segment-1/area-1/question-1/",
            "language": "fr",
            "organization": "",
        }
    ]
    assert told["thread"][1]["items"][0] == {
        "id": intervention.public_id,
        "kind": "intervention",
        "title": "Respuesta",
        "url": intervention.path("fr"),
        "language": "es",
        "organization": "Red Uno",
    }


def test_record_page_names_up_to_three_of_a_stage_and_then_counts(
    client: Client, line: tuple[str, Record, Record], organization: Organization
) -> None:
    _question, intervention, _pledge = line
    for number in (3, 4):
        while Record.objects.filter(kind=RecordKind.PLEDGE).count() < number:
            publish_pledge(make_pledge(organization, interventions=[intervention.source_key]))
        steps = client.get(intervention.path("en")).context["steps"]
        labels = [
            step["label"] for step in steps if step.get("note") == "Pledge" or step.get("url") == "#pledge"
        ]
        assert len(labels) == (3 if number == 3 else 1)
    assert labels == ["4 pledges"]
