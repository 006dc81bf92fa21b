"""Good practices as everybody sees them: list, filters, page, files, feed, API, trace, search, coverage."""

import csv
import io
from uuid import uuid4

import pytest
from django.test import Client

from portal.organizations.models import Organization
from portal.publication.models import Record
from portal.submissions.states import SubmissionState
from search.index.builders import build
from search.index.outbox import Subject
from search.models import Source
from tests.factories import (
    make_intervention,
    make_organization,
    make_practice,
    publish_intervention,
    publish_practice,
)
from tests.factories.pages import ConsultationTree

LIST = "/en/practices/"


def listed(client: Client, query: str = "") -> list[str]:
    return [item.title for item in client.get(f"{LIST}{query}").context["items"]]


@pytest.fixture
def record(organization: Organization, consultation_pages: ConsultationTree) -> Record:
    """On the first question, in Mexico and Guatemala."""
    practice = make_practice(
        organization, title="Sábados", countries=["GT"], questions=consultation_pages.questions[:1]
    )
    return publish_practice(practice)


def test_list_filters_by_country_theme_question_and_organization(
    client: Client, record: Record, consultation_pages: ConsultationTree
) -> None:
    publish_practice(make_practice(make_organization(type_code="state"), title="Other", country="BR"))
    first, second = consultation_pages.questions
    area = consultation_pages.area["es"].translation_key
    number = record.organization.public_id if record.organization else ""
    here = ("country=MX", "country=GT", "consultation=brasilia", f"theme={area}", f"question={first}")
    for query in (*here, f"organization={number}"):
        assert listed(client, f"?{query}") == ["Sábados"], query
    assert listed(client, "?country=BR") == listed(client, "?type=state") == ["Other"]
    nowhere = (f"theme={uuid4()}", f"question={second}", "country=CL")
    assert [listed(client, f"?{query}") for query in (nowhere[1], nowhere[2])] == [[], []]
    assert "This list has no such choice, so it shows nothing." in client.get(f"{LIST}?{nowhere[0]}").text


def test_list_offers_the_countries_in_which_something_was_done(client: Client, record: Record) -> None:
    field = client.get(LIST).context["filters"].fields["country"]
    assert {code for code, _label in field.widget.choices} == {"", "MX", "GT"}


def test_list_costs_the_same_with_more_rows(
    client: Client, organization: Organization, record: Record, django_assert_num_queries: object
) -> None:
    client.get(LIST)
    for more in range(2):
        if more:
            for _ in range(3):
                publish_practice(make_practice(organization, countries=["HN"]))
            client.get(LIST)
        with django_assert_num_queries(8):  # type: ignore[operator]
            client.get(LIST)


def test_page_tells_every_part_and_leads_to_the_question_and_back(
    client: Client, record: Record, consultation_pages: ConsultationTree
) -> None:
    page = client.get(record.path("en"))
    assert [row["heading"] for row in page.context["texts"]] == [
        "The problem",
        "What was done",
        "Who benefits",
        "Evidence",
        "Conditions to repeat it",
        "Whom to ask",
    ]
    rows = {row["term"]: row for row in page.context["rows"]}
    assert [link["label"] for link in rows["Countries"]["links"]] == ["Mexico", "Guatemala"]
    question = rows["On the questions"]["links"][0]["url"]
    assert record.path("en") in client.get(question).text
    assert client.get(f"/r/{record.public_id}/?lang=en").url == record.path("en")


def test_exports_feed_and_api_tell_the_countries(client: Client, record: Record) -> None:
    streamed = client.get(f"{LIST}?format=csv")
    rows = list(csv.DictReader(io.StringIO(b"".join(streamed.streaming_content).decode("utf-8-sig"))))
    assert [(row["id"], row["countries"]) for row in rows] == [(record.public_id, "MX GT")]
    assert rows[0]["evidence_text"] == "Twice as many births were registered."
    assert record.path("en") in client.get(f"{LIST}feed/").text
    told = client.get(f"/api/v1/practices/{record.public_id}").json()
    assert (told["countries"], told["texts"]["contact_role"]) == (
        ["MX", "GT"],
        "Coordination of the registry",
    )
    assert client.get("/api/v1/practices?country=GT").json()["count"] == 1
    assert client.get("/api/v1/practices?country=CL").json()["count"] == 0
    assert client.get("/api/v1/practices?question=x").status_code == 422


def test_trace_stands_at_the_stage_of_contributions(
    client: Client, record: Record, consultation_pages: ConsultationTree
) -> None:
    question = str(consultation_pages.questions[0])
    down = client.get(f"/api/v1/trace/{question}").json()["thread"]
    up = client.get(f"/api/v1/trace/{record.public_id}").json()["thread"]
    stage = {row["stage"]: [item["id"] for item in row["items"]] for row in down}
    assert stage["intervention"] == [record.public_id]
    assert {row["stage"]: [item["id"] for item in row["items"]] for row in up}["guiding_question"] == [
        question
    ]


def test_coverage_and_the_question_count_it_once(
    client: Client, record: Record, organization: Organization, consultation_pages: ConsultationTree
) -> None:
    first = consultation_pages.questions[0]
    publish_intervention(make_intervention(organization, questions=[first]))
    row = client.get("/api/v1/coverage?consultation=brasilia").json()["results"][0]
    assert (row["answers"], row["by_type"][organization.type_code]) == (2, 2)
    page = client.get(consultation_pages.question_pages[0]["en"].url)
    assert [str(item.kind.text) for item in page.context["interventions"].items if item.kind] == [
        "Good practice"
    ]


def test_search_holds_its_words_and_countries(record: Record, consultation_pages: ConsultationTree) -> None:
    built = build(Subject(Source.RECORD, f"practice:{record.source_key}"), 1)
    document = built.documents[0]
    assert (document.kind, document.facets["country"]) == ("practice", ("MX", "GT"))
    assert document.facets["theme"] == (str(consultation_pages.area["es"].translation_key),)
    assert "Twice as many births were registered." in document.passages[0].text


@pytest.mark.parametrize("state", [each for each in SubmissionState if each != SubmissionState.PUBLISHED])
def test_nothing_of_an_unpublished_practice_is_public(
    client: Client, organization: Organization, state: SubmissionState
) -> None:
    words = dict.fromkeys(("title", "problem", "evidence", "contact_role"), "zqcanary")
    make_practice(organization, state=state, **words)
    paths = (LIST, f"{LIST}feed/", f"{LIST}?format=json", "/api/v1/practices", "/en/")
    assert [path for path in paths if "zqcanary" in client.get(path).text] == []


def test_lists_of_one_stage_lead_to_each_other(client: Client, record: Record) -> None:
    assert f'href="{LIST}"' in client.get("/en/interventions/").text
    assert 'href="/en/interventions/"' in client.get(LIST).text.split("<main")[1]
