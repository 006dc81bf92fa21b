"""Writing an intervention at the desk: steps, two phones, submitting, coming back, withdrawing."""

import hashlib
import json
import re
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from portal.accounts.models import User
from portal.interventions.models import Intervention
from portal.interventions.queries import question_keys
from portal.organizations.enums import OrganizationState
from portal.organizations.models import Organization
from portal.submissions.models import SubmittedVersion
from portal.submissions.states import SubmissionState
from tests.factories import make_intervention, make_organization
from tests.factories.pages import ConsultationTree
from tests.factories.records import BODY
from tests.markup import dense

NEW = "/en/desk/interventions/new/"


@pytest.fixture
def writer(client: Client, focal_point: User, organization: Organization) -> Client:
    client.force_login(focal_point)
    return client


@pytest.fixture
def draft(organization: Organization, consultation_pages: ConsultationTree) -> Intervention:
    return make_intervention(
        organization, questions=consultation_pages.questions[:1], title="First", language="en"
    )


def url(draft: Intervention, name: str, *args: object) -> str:
    with translation.override("en"):
        return reverse(f"interventions_desk:{name}", args=[draft.key, *args])


def hidden(html: str, name: str) -> str:
    match = re.search(rf'name="{name}" value="([^"]*)"', html)
    assert match is not None
    return match[1]


def typed_text(client: Client, draft: Intervention, **changes: str) -> dict[str, str]:
    """What a browser would send from the answer step as it stands now."""
    html = client.get(url(draft, "answer")).content.decode()
    typed = {"title": "First", "form": "intervention", "country": "MX", "language": "en", "body": BODY}
    names = ("revision", "base", "opened_by")
    return {**{name: hidden(html, name) for name in names}, **typed, **changes}


def test_a_question_that_was_asked_for_begins_the_draft_and_no_other_is_offered(
    writer: Client, organization: Organization, consultation_pages: ConsultationTree
) -> None:
    key = consultation_pages.questions[1]
    html = dense(writer.get(f"{NEW}?question={key}").text)
    assert (hidden(html, "question"), 'name="questions"' in html) == (str(key), False)
    names = ("draft_key", "organization", "language", "question")
    writer.post(NEW, {name: hidden(html, name) for name in names})
    draft = Intervention.objects.get()
    assert (question_keys(draft), draft.language, draft.country) == ((key,), "en", organization.country)


def test_another_question_from_a_page_that_has_begun_a_draft_is_not_lost(
    writer: Client, organization: Organization, consultation_pages: ConsultationTree
) -> None:
    """By the browser's way back, under the key of the form as it was."""
    first, second = map(str, consultation_pages.questions[:2])
    sent = {"organization": str(organization.key), "draft_key": str(uuid4()), "language": "en"}
    for _twice in range(2):
        assert writer.post(NEW, sent | {"question": first}).status_code == 302
    refused = writer.post(NEW, sent | {"question": second})
    assert ("is saved already, and this is something else" in refused.text, second in refused.text) == (
        True,
        True,
    )
    again = sent | {"question": second, "draft_key": hidden(refused.text, "draft_key")}
    assert writer.post(NEW, again).status_code == 302
    asked = [list(map(str, question_keys(draft))) for draft in Intervention.objects.order_by("pk")]
    assert asked == [[first], [second]]


def test_the_questions_can_all_be_chosen_from_where_none_was_asked_for(
    writer: Client, consultation_pages: ConsultationTree
) -> None:
    first, second = (str(key) for key in consultation_pages.questions)
    assert re.findall(r'name="questions" value="([0-9a-f-]+)"', dense(writer.get(NEW).text)) == [
        first,
        second,
    ]


def test_new_starts_one_draft_however_often_it_is_sent(
    writer: Client, organization: Organization, consultation_pages: ConsultationTree
) -> None:
    sent = {
        "draft_key": str(uuid4()),
        "organization": str(organization.key),
        "language": "fr",
        "questions": [str(key) for key in consultation_pages.questions],
    }
    answers = [writer.post(NEW, sent) for _ in range(2)]
    draft = Intervention.objects.get()
    assert [answer.url for answer in answers] == [url(draft, "answer")] * 2
    assert (draft.language, draft.answers.count()) == ("fr", 2)


def test_a_draft_begun_with_nothing_chosen_goes_on_to_its_text_and_says_so(
    writer: Client, organization: Organization, consultation_pages: ConsultationTree
) -> None:
    sent = {"draft_key": str(uuid4()), "organization": str(organization.key), "language": "en"}
    answers = [writer.post(NEW, sent, follow=True) for _ in range(2)]
    draft = Intervention.objects.get()
    assert [answer.redirect_chain[-1][0] for answer in answers] == [url(draft, "answer")] * 2
    assert "Say later what it is about: that is the step “What it is about”." in answers[0].text


def test_a_form_that_is_refused_keeps_the_question_it_came_from(
    writer: Client, focal_point: User, consultation_pages: ConsultationTree
) -> None:
    make_organization(owner=focal_point)
    first, second = (str(key) for key in consultation_pages.questions)
    sent = {"draft_key": str(uuid4()), "language": "es", "question": first, "chosen": "1"}
    html = writer.post(NEW, sent).text
    assert ("Choose the organization you write for." in html, first in html, second in html) == (
        True,
        True,
        False,
    )


def test_new_finds_questions_and_keeps_what_was_chosen(
    writer: Client, consultation_pages: ConsultationTree
) -> None:
    first, second = (str(key) for key in consultation_pages.questions)
    page = writer.post(NEW, {"find": "Number 2", "filter": "1", "questions": [first]})
    html = dense(page.content.decode())
    assert re.findall(r'name="questions" value="([0-9a-f-]+)"', html) == [first, second]
    html = writer.post(NEW, {"find": "nowhere", "filter": "1"}).content.decode()
    assert "No question has these words." in html
    assert Intervention.objects.count() == 0


@pytest.mark.long
def test_new_leads_somebody_without_organization_to_register_and_back(
    client: Client, other_org_member: User
) -> None:
    client.force_login(other_org_member)
    html = client.get(f"{NEW}?question={uuid4()}").content.decode()
    match = re.search(r'href="(/en/desk/organizations/new/\?next=[^"]+)"', html)
    assert match is not None
    assert hidden(client.get(match[1]).content.decode(), "next").startswith(f"{NEW}?question=")


def test_new_asks_for_which_organization_when_there_are_two(
    writer: Client, focal_point: User, consultation_pages: ConsultationTree
) -> None:
    make_organization(owner=focal_point)
    html = writer.post(NEW, {"draft_key": str(uuid4()), "language": "es"}).content.decode()
    assert html.count("Choose the organization you write for.") == 2


def test_the_intervention_is_saved_and_leads_on(writer: Client, draft: Intervention) -> None:
    response = writer.post(url(draft, "answer"), typed_text(writer, draft, title=" New  title "))
    draft.refresh_from_db()
    assert (response.url, draft.title, draft.revision) == (url(draft, "check"), "New title", 2)


def test_an_incomplete_intervention_is_saved_and_says_what_to_correct(
    writer: Client, draft: Intervention
) -> None:
    response = writer.post(url(draft, "answer"), typed_text(writer, draft, country="", body="Two words"))
    draft.refresh_from_db()
    html = response.content.decode()
    assert (draft.country, draft.body, draft.revision) == ("", "Two words", 2)
    assert "2 things need your attention" in html
    assert html.count("The intervention has 2 words. Write at least 28 more words.") == 2
    assert ">2 to correct<" in html
    assert 'aria-invalid="true"' in html
    assert hidden(html, "revision") == "2"


def test_leaving_needs_nothing_complete(writer: Client, draft: Intervention) -> None:
    response = writer.post(url(draft, "answer"), typed_text(writer, draft, title="", body="", leave="1"))
    draft.refresh_from_db()
    assert (response.url, draft.title, draft.body) == ("/en/desk/", "", "")


@pytest.mark.long
def test_a_title_that_does_not_fit_stays_in_the_form(writer: Client, draft: Intervention) -> None:
    long = "x" * 210
    response = writer.post(
        url(draft, "answer"), typed_text(writer, draft, title=long, body="Kept", leave="1")
    )
    draft.refresh_from_db()
    html = response.content.decode()
    assert (response.status_code, draft.title, draft.body) == (200, "First", "Kept")
    assert f'value="{long}"' in html
    assert html.count("Shorten this by 10 characters.") == 2
    assert ("Not saved yet." in html, "Saved on our server" in html) == (False, True)


@pytest.mark.long
def test_two_phones_lose_nothing(writer: Client, draft: Intervention) -> None:
    mine = typed_text(writer, draft, body="What I typed on this phone")
    writer.post(url(draft, "answer"), typed_text(writer, draft, body="What the other phone saved"))
    html = writer.post(url(draft, "answer"), mine).content.decode()
    draft.refresh_from_db()
    assert draft.body == "What the other phone saved"
    assert "This step was saved in another window, or by somebody else, while you were writing" in html
    assert "<p>What the other phone saved</p>" in html
    assert ("Not saved yet." in html, "Saved on our server" in html) == (True, False)
    assert re.search(r"<textarea[^>]*>\s*What I typed on this phone</textarea>", html) is not None
    again = mine | {name: hidden(html, name) for name in ("revision", "base")}
    writer.post(url(draft, "answer"), again)
    draft.refresh_from_db()
    assert draft.body == "What I typed on this phone"


@pytest.mark.long
def test_two_phones_on_different_steps_do_not_clash(writer: Client, draft: Intervention) -> None:
    mine = typed_text(writer, draft, body=BODY + " Mine.")
    page = writer.get(url(draft, "recommendations")).content.decode()
    seen = {name: hidden(page, name) for name in ("revision", "base")}
    writer.post(url(draft, "recommendations"), {**seen, "recommendation_1": "Open on Saturdays."})
    response = writer.post(url(draft, "answer"), mine)
    draft.refresh_from_db()
    assert response.status_code == 302
    assert (draft.body, draft.recommendations) == (BODY + " Mine.", ["Open on Saturdays."])


@pytest.mark.long
def test_the_same_form_sent_twice_is_no_clash(writer: Client, draft: Intervention) -> None:
    typed = typed_text(writer, draft, title="Sent twice")
    assert [writer.post(url(draft, "answer"), typed).status_code for _ in range(2)] == [302, 302]


def test_text_sent_after_the_session_was_lost_waits_behind_signing_in(
    writer: Client, focal_point: User, draft: Intervention
) -> None:
    typed = typed_text(writer, draft, body="Typed for an hour")
    writer.logout()
    response = writer.post(url(draft, "answer"), typed)
    assert response.url == f"/accounts/login/?next={url(draft, 'answer')}"
    writer.post(response.url, {"login": focal_point.email, "password": "correct horse battery"})
    html = writer.get(url(draft, "answer")).content.decode()
    assert "You were signed out before this was saved" in html
    assert ("Not saved yet." in html, "Saved on our server" in html) == (True, False)
    assert re.search(r"<textarea[^>]*>\s*Typed for an hour</textarea>", html) is not None
    draft.refresh_from_db()
    assert draft.body == BODY


def test_recommendations_too_long_are_kept_and_marked(writer: Client, draft: Intervention) -> None:
    response = writer.post(url(draft, "recommendations"), {"revision": "1", "recommendation_2": "x" * 601})
    draft.refresh_from_db()
    assert draft.recommendations == ["x" * 601]
    assert response.content.decode().count("Recommendation 2: 600 characters at most. Shorten it by ") == 2


def test_questions_can_be_changed_and_one_must_stay(
    writer: Client, draft: Intervention, consultation_pages: ConsultationTree
) -> None:
    second = str(consultation_pages.questions[1])
    response = writer.post(url(draft, "questions"), {"revision": "1", "questions": [second]})
    assert response.url == url(draft, "answer")
    assert [str(answer.question_key) for answer in draft.answers.all()] == [second]
    html = writer.post(url(draft, "questions"), {"revision": "2"}).content.decode()
    assert html.count("Choose at least one guiding question, or what your text is about as a whole.") == 2


def submit(client: Client, draft: Intervention) -> str:
    """The receipt's page."""
    html = client.get(url(draft, "check")).content.decode()
    response = client.post(url(draft, "check"), {"submit_key": hidden(html, "submit_key")})
    return client.get(response.url).content.decode()


def test_submitting_gives_a_receipt_with_a_file_to_check_it(writer: Client, draft: Intervention) -> None:
    html = submit(writer, draft)
    version = SubmittedVersion.objects.get()
    sent = writer.get(url(draft, "sent_file"))
    assert (version.receipt_number in html, version.digest in html) == (True, True)
    assert hashlib.sha256(sent.content).hexdigest() == version.digest
    assert json.loads(sent.content)["title"] == "First"
    assert url(draft, "sent_file_of", version.receipt_number) in html


@pytest.mark.long
def test_submitting_an_old_page_asks_to_read_again(writer: Client, draft: Intervention) -> None:
    html = writer.get(url(draft, "check")).content.decode()
    old = hidden(html, "submit_key")
    writer.post(url(draft, "answer"), typed_text(writer, draft, title="Changed since"))
    html = writer.post(url(draft, "check"), {"submit_key": old}).content.decode()
    draft.refresh_from_db()
    assert "This changed after you opened the page." in html
    assert ("Changed since" in html, draft.state) == (True, "draft")


def test_check_links_each_problem_to_its_step(writer: Client, draft: Intervention) -> None:
    Intervention.objects.update(country="", recommendations=["a", "b", "c", "d"])
    html = writer.get(url(draft, "check")).content.decode()
    assert (
        f'<a href="{url(draft, "answer")}?back=check#id_country">Say in which country this happened.</a>'
        in html
    )
    assert f'<a href="{url(draft, "recommendations")}?back=check#id_recommendations">Keep the three' in html
    assert 'name="submit_key"' not in html


def test_only_submitting_waits_for_verification(
    client: Client, focal_point: User, consultation_pages: ConsultationTree
) -> None:
    unverified = make_organization(state=OrganizationState.SUBMITTED, owner=focal_point)
    draft = make_intervention(unverified, questions=consultation_pages.questions)
    client.force_login(focal_point)
    html = client.get(url(draft, "check")).content.decode()
    assert "only submitting has to wait, and nothing is lost" in html
    client.post(url(draft, "check"), {"submit_key": str(draft.submit_key)})
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_steps_of_what_was_submitted_lead_to_its_page(writer: Client, organization: Organization) -> None:
    draft = make_intervention(organization, state=SubmissionState.SUBMITTED)
    assert writer.get(url(draft, "answer")).url == url(draft, "detail")
    assert writer.get(url(draft, "check")).url == url(draft, "detail")
    html = writer.post(
        url(draft, "answer"), {"revision": "1", "title": "Late", "body": "Typed too late"}
    ).content.decode()
    assert "This has already been submitted and cannot be changed now." in html
    assert "Typed too late" in html
