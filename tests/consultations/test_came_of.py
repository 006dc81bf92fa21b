"""A consultation, segment and question lead to what belongs to them: each number is that of the list."""

import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from portal.common.actors import system
from portal.consultations.came_of import came_of
from portal.library.domain import withdraw_document
from portal.library.enums import Facet
from portal.library.models import DocumentTag
from portal.organizations.models import Organization
from portal.submissions.states import SubmissionState
from tests.factories import (
    make_consultation,
    make_home,
    make_intervention,
    make_pledge,
    publish_intervention,
    publish_pledge,
)
from tests.factories.library import make_document
from tests.factories.pages import ConsultationTree
from tests.markup import dense
from tests.thinning import rarely

PATH = "/en/consultations/brasilia/"
SEGMENT = f"{PATH}segment-1/"
QUESTION = f"{SEGMENT}area-1/question-1/"


def _publish(organization: Organization, tree: ConsultationTree, number: int) -> list[Any]:
    said = [
        make_intervention(organization, state=SubmissionState.PUBLISHED, questions=tree.questions[:1])
        for _ in range(number)
    ]
    for each in said:
        publish_intervention(each)
    make_intervention(organization, state=SubmissionState.DRAFT, questions=tree.questions[:1])
    return said


def _ways(client: Client, path: str) -> dict[str, tuple[str, str]]:
    """By label the address and the number of each way."""
    text = dense(client.get(path).text)
    part = text.split("More on this</h2>")[1].split("</section>")[0]
    rows = re.findall(r'<li><a href="([^"]*)">([^<]*)</a>(?:<span class="badge">(\d+)</span>)?', part)
    return {label: (url, number) for url, label, number in rows}


def test_pages_lead_to_lists_that_hold_what_they_count(client: Client, organization: Organization) -> None:
    home = make_home()
    said = _publish(organization, make_consultation(home), 2)
    pledge = make_pledge(organization, interventions=[said[0].key])
    publish_pledge(pledge)
    other = make_consultation(home, slug="elsewhere")
    _publish(organization, other, 1)
    for path in (PATH, SEGMENT):
        ways = _ways(client, path)
        assert (ways["Interventions"][1], ways["Pledges that came of it"][1]) == ("2", "1")
        assert ways["Coverage of the questions"][0] == f"{PATH}coverage/"
        for label, number in (("Interventions", 2), ("Pledges that came of it", 1)):
            listed = client.get(ways[label][0])
            assert (listed.status_code, listed.text.count('class="item__title"')) == (200, number)
    ways = _ways(client, QUESTION)
    assert ("Interventions" in ways, ways["Pledges that came of it"][1]) == (False, "1")
    assert _ways(client, "/en/consultations/elsewhere/").keys() == {
        "Interventions",
        "Coverage of the questions",
    }


@pytest.mark.parametrize("value", ["x", "00000000-0000-0000-0000-000000000000", "' OR 1=1 --"])
def test_what_is_no_page_has_nothing(
    client: Client, consultation_pages: ConsultationTree, organization: Organization, value: str
) -> None:
    _publish(organization, consultation_pages, 1)
    for name in ("interventions", "pledges", "practices", "recommendations"):
        answer = client.get(f"/en/{name}/?part={value}")
        assert (answer.status_code, answer.text.count('class="item__title"')) == (200, 0)


def test_documents_are_counted_once_and_withdrawn_ones_not(
    client: Client, consultation_pages: ConsultationTree
) -> None:
    key = consultation_pages.consultation["en"].translation_key
    documents = [make_document(title=f"Note {number}") for number in range(3)]
    for document in documents:
        DocumentTag.objects.create(document=document, facet=Facet.CONSULTATION, value=str(key))
    withdraw_document(documents[0], actor=system("tests"), now=timezone.now())
    assert _ways(client, PATH)["Documents"] == (f"/en/library/?consultation={key}", "2")


@pytest.mark.parametrize("number", [1, rarely(12)])
def test_ways_cost_the_same_with_more_records(
    client: Client,
    consultation_pages: ConsultationTree,
    organization: Organization,
    django_assert_num_queries: Any,
    number: int,
) -> None:
    _publish(organization, consultation_pages, number)
    key = consultation_pages.consultation["en"].translation_key
    assert dict(came_of(key).contributions) == {"intervention": number}
    with django_assert_num_queries(1):
        came_of(key)
