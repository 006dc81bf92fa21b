"""Describing a good practice at the desk: steps, optional questions, a receipt, and what is refused."""

import hashlib
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from portal.accounts.models import User
from portal.common.actors import person
from portal.consultations.models import ConsultationPage
from portal.moderation.domain import decide
from portal.organizations.models import Organization
from portal.practices.models import Practice
from portal.practices.queries import question_keys
from portal.publication.models import Record
from portal.submissions.models import SubmittedVersion
from portal.submissions.states import SubmissionState
from tests.desk.test_intervention_desk import hidden
from tests.factories import make_intervention, make_practice
from tests.factories.pages import ConsultationTree

NEW = "/en/desk/practices/new/"


@pytest.fixture
def writer(client: Client, focal_point: User, organization: Organization) -> Client:
    client.force_login(focal_point)
    return client


def url(practice: Practice, name: str) -> str:
    with translation.override("en"):
        return reverse(f"practices_desk:{name}", args=[practice.key])


def send(client: Client, address: str, **typed: object) -> str:
    """Fill in a step; where it leads, or its page when something is to correct."""
    html = client.get(address).text
    marks = {name: hidden(html, name) for name in ("revision", "base")}
    response = client.post(address, marks | typed)
    return response.url if response.status_code == 302 else response.text


MEASURE = {
    "title": "Saturdays",
    "country": "MX",
    "country_2": "GT",
    "country_3": "",
    "country_4": "MX",
    "language": "en",
    "problem": "Nobody wrote births down.",
    "measure": "A clerk came.",
    "beneficiaries": "Children.",
}
EVIDENCE = {"evidence": "Twice as many.", "conditions": "A clerk.", "contact_role": "Registry, coordination"}


def test_the_steps_lead_to_a_receipt_and_to_a_public_record(
    writer: Client, organization: Organization, moderator: User, consultation_pages: ConsultationTree
) -> None:
    first = consultation_pages.questions[0]
    html = writer.get(f"{NEW}?question={first}").text
    sent = {
        "draft_key": hidden(html, "draft_key"),
        "organization": str(organization.key),
        "question": hidden(html, "question"),
        "language": "en",
    }
    step = writer.post(NEW, sent).url
    practice = Practice.objects.get()
    assert (step, question_keys(practice)) == (url(practice, "measure"), (first,))
    step = send(writer, step, **MEASURE)
    check = send(writer, step, **EVIDENCE)
    assert check == url(practice, "check")
    assert send(writer, f"{url(practice, 'questions')}?back=check", questions=[str(first)]) == check
    assert send(writer, f"{url(practice, 'marks')}?back=check", marks=["children"]) == check
    submit_key = hidden(writer.get(check).text, "submit_key")
    receipt = writer.post(check, {"submit_key": submit_key}).url
    practice.refresh_from_db()
    assert (receipt, practice.state, practice.countries) == (url(practice, "receipt"), "submitted", ["GT"])
    version = SubmittedVersion.objects.get(kind="practice")
    assert hashlib.sha256(writer.get(url(practice, "sent_file")).content).hexdigest() == version.digest
    decide("practice", practice.key, "approved", actor=person(moderator), now=timezone.now())
    record = Record.objects.get(kind="practice")
    assert (record.public_id[:2], record.title) == ("B-", "Saturdays")
    assert record.facts == {"countries": "MX GT", "marks": "children"}


def test_questions_are_optional(writer: Client, organization: Organization) -> None:
    practice = make_practice(organization)
    assert 'name="submit_key"' in writer.get(url(practice, "check")).text


def test_a_question_of_a_closed_consultation_stops_submitting(
    writer: Client, organization: Organization, consultation_pages: ConsultationTree
) -> None:
    practice = make_practice(organization, questions=consultation_pages.questions[:1])
    ConsultationPage.objects.update(closed_at=timezone.now() - timedelta(hours=1))
    page = writer.get(url(practice, "check")).text
    assert ('name="submit_key"' in page, url(practice, "questions") in page) == (False, True)


@pytest.mark.few(2)
@pytest.mark.parametrize(
    "contact", ["Ana, ana@example.org", "Reception 55 1234 5678", "", "x" * 121], ids=range(4)
)
def test_the_contact_is_a_role_and_what_was_typed_stays(
    writer: Client, organization: Organization, contact: str
) -> None:
    practice = make_practice(organization, contact_role="Kept")
    page = send(writer, url(practice, "evidence"), **EVIDENCE | {"contact_role": contact})
    assert 'id="id_contact_role_error"' in page
    assert f'value="{contact}"' in page or not contact


@pytest.mark.long
def test_too_many_words_are_said_at_the_field(writer: Client, organization: Organization) -> None:
    practice = make_practice(organization)
    page = send(writer, url(practice, "measure"), **MEASURE | {"problem": "word " * 302, "country": ""})
    assert page.count("Shorten this by 2 words.") == page.count("Say in which country this happened.") == 2
    practice.refresh_from_db()
    assert len(practice.problem.split()) == 302


def test_an_intervention_begins_a_draft_with_its_words(
    writer: Client, organization: Organization, consultation_pages: ConsultationTree
) -> None:
    source = make_intervention(
        organization,
        state=SubmissionState.PUBLISHED,
        country="HN",
        questions=consultation_pages.questions[:1],
    )
    with translation.override("en"):
        detail = writer.get(reverse("interventions_desk:detail", args=[source.key])).text
    address = f"{NEW}?intervention={source.key}"
    assert address in detail
    html = writer.get(address).text
    sent = {name: hidden(html, name) for name in ("draft_key", "intervention")}
    writer.post(NEW, sent | {"organization": str(organization.key), "language": "es"})
    practice = Practice.objects.get()
    assert (practice.title, practice.country, practice.measure) == (source.title, "HN", source.body)
    assert question_keys(practice) == tuple(consultation_pages.questions[:1])
