"""What the desk does alike with every type of submission: check, submit, receive back, withdraw, refuse."""

from uuid import uuid4

import pytest
from django.test import Client
from django.utils import translation

from portal.accounts.models import User
from portal.organizations.models import Organization
from portal.submissions.models import Submission, SubmittedVersion
from portal.submissions.states import SubmissionState
from tests.desk.test_intervention_desk import hidden
from tests.factories.pages import ConsultationTree
from tests.submissions.kinds import Kind


@pytest.fixture
def writer(client: Client, focal_point: User, organization: Organization) -> Client:
    client.force_login(focal_point)
    return client


@pytest.fixture
def draft(kind: Kind, organization: Organization, consultation_pages: ConsultationTree) -> Submission:
    return kind.make(organization, consultation_pages)


def url(kind: Kind, row: Submission, name: str) -> str:
    with translation.override("en"):
        return kind.of.address(name, row.key)


def state_of(row: Submission) -> str:
    row.refresh_from_db()
    return row.state


@pytest.mark.few(1)
def test_submitting_twice_from_one_page_gives_one_receipt(
    writer: Client, kind: Kind, draft: Submission
) -> None:
    html = writer.get(url(kind, draft, "check")).content.decode()
    sent = {"submit_key": hidden(html, "submit_key")}
    answers = [writer.post(url(kind, draft, "check"), sent).url for _ in range(2)]
    number = SubmittedVersion.objects.get().receipt_number
    assert answers == [url(kind, draft, "receipt")] * 2
    assert number in writer.get(url(kind, draft, "receipt")).content.decode()


def test_an_editor_leaves_submitting_to_a_signatory(
    client: Client, kind: Kind, draft: Submission, member_editor: User
) -> None:
    client.force_login(member_editor)
    html = client.get(url(kind, draft, "check")).content.decode()
    assert "A signatory or owner of your organization submits this." in html
    sent = {"submit_key": str(draft.submit_key)}
    assert client.post(url(kind, draft, "check"), sent).status_code == 403
    assert state_of(draft) == "draft"


@pytest.mark.few(1)
def test_what_came_back_shows_the_reason_on_every_page(
    writer: Client, kind: Kind, organization: Organization, consultation_pages: ConsultationTree
) -> None:
    row = kind.make(organization, consultation_pages, SubmissionState.RETURNED)
    assert row.reason
    for name in (*(step.name for step in kind.of.steps), "check", "detail"):
        html = writer.get(url(kind, row, name)).content.decode()
        assert html.index(row.reason) < html.index("<h1"), name


@pytest.mark.few(1)
def test_withdrawing_asks_first(
    writer: Client, kind: Kind, organization: Organization, consultation_pages: ConsultationTree
) -> None:
    row = kind.make(organization, consultation_pages, SubmissionState.SUBMITTED)
    told = "You can take it up again later" if kind.of.is_correctable else "This cannot be undone."
    assert told in writer.get(url(kind, row, "withdraw")).content.decode()
    assert state_of(row) == "submitted"
    assert writer.post(url(kind, row, "withdraw")).url == url(kind, row, "detail")
    assert state_of(row) == "withdrawn"


@pytest.mark.few(1)
def test_deleting_a_draft_asks_first(writer: Client, kind: Kind, draft: Submission) -> None:
    page = url(kind, draft, "delete")
    assert page in writer.get(url(kind, draft, "detail")).content.decode()
    assert "This cannot be undone." in writer.get(page).content.decode()
    assert state_of(draft) == "draft"
    answer = writer.post(page, follow=True)
    assert "Deleted. Nothing of this draft is left." in answer.content.decode()
    assert not kind.of.model.objects.exists()
    assert writer.post(page).status_code == 404


@pytest.mark.few(1)
def test_what_was_submitted_once_offers_no_deletion(
    writer: Client, kind: Kind, organization: Organization, consultation_pages: ConsultationTree
) -> None:
    row = kind.make(organization, consultation_pages, SubmissionState.WITHDRAWN)
    kind.of.model.objects.update(state="draft")
    page = url(kind, row, "delete")
    assert page not in writer.get(url(kind, row, "detail")).content.decode()
    assert writer.get(page).url == url(kind, row, "detail")
    assert writer.post(page).status_code == 409
    assert kind.of.model.objects.filter(pk=row.pk).exists()


@pytest.mark.few(1)
def test_a_viewer_reads_but_cannot_write(
    client: Client, kind: Kind, draft: Submission, viewer_member: User
) -> None:
    client.force_login(viewer_member)
    title = draft.title
    assert client.get(url(kind, draft, "detail")).status_code == 200
    for step in kind.of.steps:
        page = url(kind, draft, step.name)
        assert client.get(page).url == url(kind, draft, "detail")
        assert client.post(page, {"title": "No", "revision": "1"}).status_code == 403
    draft.refresh_from_db()
    assert draft.title == title


@pytest.mark.few(1)
def test_the_receipt_of_a_draft_leads_to_its_page(writer: Client, kind: Kind, draft: Submission) -> None:
    assert writer.get(url(kind, draft, "receipt")).url == url(kind, draft, "detail")
    assert writer.get(url(kind, draft, "sent_file")).status_code == 404


def test_what_is_not_there_is_not_found(writer: Client, kind: Kind) -> None:
    unknown = kind.of.model(key=uuid4())
    assert writer.get(url(kind, unknown, "detail")).status_code == 404
    assert writer.post(url(kind, unknown, "check"), {"submit_key": str(uuid4())}).status_code == 404
