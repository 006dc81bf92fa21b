"""The queue at the desk: what moderators see, press and are told; what others do not see."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from portal.accounts.models import User
from portal.common.actors import Group, person, system
from portal.interventions.drafts import InterventionFields
from portal.interventions.models import Intervention
from portal.moderation.models import Decision
from portal.organizations.enums import OrganizationState, Role
from portal.organizations.models import Organization
from portal.pledges.drafts import PledgeFields
from portal.pledges.models import Pledge
from portal.publication.domain import withdraw
from portal.submissions import domain as submissions
from portal.submissions.states import SubmissionState
from tests.factories import make_intervention, make_organization, make_pledge, make_user, publish_pledge
from tests.factories.browser import Browser
from tests.factories.organizations import add_member
from tests.factories.pages import ConsultationTree
from tests.factories.records import BODY
from tests.thinning import rarely

CANARY = "kanarienvogel"
QUEUE = "/en/desk/moderation/"
NOW = timezone.now()
# Everything that waits, who looks after it, groups of copies, what came late, what is ready, what is public
# of the page, who may look after it, what is closed to people of parties, kinds of measures for each of two;
# session, person and groups.
QUEUE_QUERIES = 16


@pytest.fixture
def desk(client: Client, moderator: User) -> Client:
    client.force_login(moderator)
    return client


def waiting(organization: Organization, **fields: object) -> str:
    subject = make_intervention(organization, state=SubmissionState.SUBMITTED, **fields)
    return f"{QUEUE}intervention/{subject.key}/"


def titles(client: Client, path: str = QUEUE) -> list[str]:
    return [row.title for row in client.get(path).context["rows"]]


def said(response: object) -> list[str]:
    return [str(message) for message in response.context["messages"]]  # type: ignore[attr-defined]


def test_queue_lists_everything_that_waits_oldest_first(desk: Client, organization: Organization) -> None:
    waiting(organization, title="B", submitted_at=NOW - timedelta(days=2))
    make_pledge(
        organization, title="A", state=SubmissionState.SUBMITTED, submitted_at=NOW - timedelta(days=3)
    )
    make_organization(name="C", state=OrganizationState.SUBMITTED, submitted_at=NOW - timedelta(days=1))
    make_intervention(organization, title="draft")
    make_intervention(organization, title="returned", state=SubmissionState.RETURNED)
    assert titles(desk) == ["A", "B", "C"]
    assert [titles(desk, f"{QUEUE}?kind={kind}") for kind in ("intervention", "pledge", "organization")] == [
        ["B"],
        ["A"],
        ["C"],
    ]
    assert titles(desk, f"{QUEUE}?kind=&page=none") == ["A", "B", "C"]
    assert titles(desk, f"{QUEUE}?kind=nonsense") == []


def test_the_choice_of_kinds_says_how_many_of_each_wait(desk: Client, organization: Organization) -> None:
    waiting(organization)
    page = desk.get(f"{QUEUE}?kind=pledge").content.decode()
    told = dict(re.findall(r"<option[^>]*>(Intervention|Pledge) \((\d+)\)</option>", page))
    assert told == {"Intervention": "1", "Pledge": "0"}


@pytest.mark.long
def test_menu_counts_what_waits_for_moderators_only(
    desk: Client, organization: Organization, editor: User
) -> None:
    for _ in range(3):
        waiting(organization)
    assert "Moderation (3)" in desk.get("/admin/", headers={"accept-language": "en"}).content.decode()
    desk.force_login(editor)
    assert "Moderation (" not in desk.get("/admin/", headers={"accept-language": "en"}).content.decode()


@pytest.mark.parametrize("number", [rarely(1), 6, rarely(50)])
def test_queue_query_count_does_not_grow(
    desk: Client, organization: Organization, django_assert_num_queries: object, number: int
) -> None:
    for _ in range(number):
        waiting(organization)
        make_pledge(organization, state=SubmissionState.SUBMITTED)
        make_organization(state=OrganizationState.SUBMITTED)
    desk.get(QUEUE)
    with django_assert_num_queries(QUEUE_QUERIES):  # type: ignore[operator]
        desk.get(QUEUE)


def test_page_shows_everything_needed_to_decide(
    desk: Client, organization: Organization, focal_point: User, consultation_pages: ConsultationTree
) -> None:
    path = waiting(
        organization,
        title="Dos testigos",
        body="Primero.\n\n<b>Segundo</b>",
        language="pt",
        author=focal_point,
        questions=consultation_pages.questions[:1],
        recommendations=["Abrir"],
        translations=[{"language": "en", "title": "Two witnesses", "body": "First.", "recommendations": []}],
    )
    page = desk.get(path).content.decode()
    parts = [
        '<h1 class="title" lang="pt">Dos testigos</h1>',
        "&lt;b&gt;Segundo&lt;/b&gt;",
        "<li>Abrir</li>",
        "Two witnesses",
        "Red Uno",
        "Focal point",
        "/en/consultations/brasilia/segment-1/area-1/question-1/",
    ]
    assert [part in page for part in parts] == [True] * len(parts)


@pytest.mark.long
def test_pledge_and_organization_have_pages(desk: Client, organization: Organization) -> None:
    source = make_intervention(organization, state=SubmissionState.SUBMITTED, title="Fuente")
    pledge = make_pledge(
        organization, state=SubmissionState.SUBMITTED, external_id="GRF-77", interventions=[source.key]
    )
    asking = make_organization(
        state=OrganizationState.SUBMITTED, evidence="Estatutos", website="https://x.org"
    )
    page = desk.get(f"{QUEUE}pledge/{pledge.key}/").content.decode()
    assert ("GRF-77" in page, "Fuente" in page) == (True, True)
    page = desk.get(f"{QUEUE}organization/{asking.key}/").content.decode()
    assert ("Estatutos" in page, "https://x.org" in page) == (True, True)


def test_approve_button_publishes_and_goes_back_to_the_queue(
    desk: Client, organization: Organization
) -> None:
    path = waiting(organization, title="Dos testigos")
    response = desk.post(f"{path}approved/", follow=True)
    assert response.redirect_chain == [(QUEUE, 302)]
    assert said(response) == ["Dos testigos: approved and published."]
    assert desk.get("/es/interventions/").context["items"][0].title == "Dos testigos"


def test_return_button_needs_a_reason_and_keeps_what_was_typed(
    desk: Client, organization: Organization
) -> None:
    path = waiting(organization)
    empty = desk.post(f"{path}returned/", {"reason": "  "})
    assert "Say why, so that the authors know what to correct." in empty.content.decode()
    told = "in the portal and by mail. Write it in the language of the text, Spanish: it is not translated."
    assert empty.text.count(told) == len(re.findall('name="reason"', empty.text)) == 2
    long = desk.post(f"{path}returned/", {"reason": "x" * 4001})
    assert ("x" * 4001 in long.content.decode(), Decision.objects.count()) == (True, 0)
    response = desk.post(f"{path}returned/", {"reason": "Name the town."}, follow=True)
    assert (response.redirect_chain, Decision.objects.get().reason) == ([(QUEUE, 302)], "Name the town.")


@pytest.mark.few(1)
@pytest.mark.parametrize(
    ("action", "state"),
    [("verified", "verified"), ("info_requested", "info_requested"), ("declined", "declined")],
)
def test_organization_buttons(desk: Client, db: None, action: str, state: str) -> None:
    asking = make_organization(state=OrganizationState.SUBMITTED)
    desk.post(f"{QUEUE}organization/{asking.key}/{action}/", {"reason": "R", "ground": "other"})
    asking.refresh_from_db()
    assert asking.state == state


@pytest.mark.long
def test_second_moderator_reads_that_it_was_decided_before(desk: Client, organization: Organization) -> None:
    path = waiting(organization)
    desk.post(f"{path}approved/")
    response = desk.post(f"{path}approved/", follow=True)
    assert (response.redirect_chain, len(said(response)), Decision.objects.count()) == ([(path, 302)], 2, 1)


@pytest.mark.long
def test_a_reason_that_came_too_late_is_given_back(desk: Client, organization: Organization) -> None:
    path = waiting(organization)
    desk.post(f"{path}approved/")
    response = desk.post(f"{path}returned/", {"reason": "Name the town."})
    assert response.status_code == 409
    assertContains(response, "Name the town.</textarea>", status_code=409)
    assert Decision.objects.get().reason == ""


def test_moderator_of_the_same_organization_sees_why_there_is_no_button(
    desk: Client, organization: Organization, moderator: User
) -> None:
    add_member(organization, moderator, Role.VIEWER)
    path = waiting(organization)
    page = desk.get(path)
    assert (page.context["buttons"], page.context["refusal"]) == (
        [],
        "You belong to this organization, so somebody else has to decide.",
    )
    response = desk.post(f"{path}approved/", follow=True)
    assert said(response) == ["You belong to this organization, so somebody else has to decide."]
    assert Decision.objects.count() == 0


def test_protection_focal_point_reads_but_has_no_button(client: Client, organization: Organization) -> None:
    client.force_login(make_user(Group.PROTECTION))
    path = waiting(organization, title="Dos testigos")
    page = client.get(path)
    assert (page.context["buttons"], page.context["refusal"]) == ([], "Only a moderator can decide.")
    client.post(f"{path}approved/")
    assert Decision.objects.count() == 0


@pytest.mark.parametrize("group", [Group.EDITOR, Group.COMMISSIONER, Group.OBSERVATORY])
def test_other_staff_see_nothing_of_the_queue(
    client: Client, organization: Organization, group: Group
) -> None:
    path = waiting(organization, title=CANARY)
    client.force_login(make_user(group))
    for response in (
        client.get(QUEUE),
        client.get(path),
        client.post(f"{path}approved/"),
    ):
        assert CANARY not in response.content.decode()
    assert (client.get(QUEUE).status_code, Decision.objects.count()) == (403, 0)


def test_members_and_visitors_are_sent_to_sign_in_or_away(
    client: Client, organization: Organization, focal_point: User
) -> None:
    path = waiting(organization, title=CANARY)
    assert client.get(QUEUE)["Location"] == f"/accounts/login/?next={QUEUE}"
    client.force_login(focal_point)
    response = client.get(path)
    assert (response.status_code, CANARY in response.content.decode()) == (403, False)
    client.post(f"{path}approved/")
    assert Decision.objects.count() == 0


def test_draft_unknown_and_wrong_addresses_are_not_found(desk: Client, organization: Organization) -> None:
    draft = make_intervention(organization, title=CANARY)
    pending = waiting(organization)
    paths = [
        f"{QUEUE}intervention/{draft.key}/",
        f"{QUEUE}pledge/{draft.key}/",
        f"{QUEUE}nonsense/{draft.key}/",
    ]
    assert [desk.get(path).status_code for path in paths] == [404] * 3
    assert [desk.post(f"{pending}{action}/").status_code for action in ("verified", "nonsense")] == [404] * 2


def test_buttons_work_by_post_only(desk: Client, organization: Organization) -> None:
    path = waiting(organization)
    assert (desk.get(f"{path}approved/").status_code, desk.post(QUEUE).status_code) == (405, 405)
    assert Decision.objects.count() == 0


@pytest.mark.long
def test_page_tells_the_decisions_so_far(desk: Client, organization: Organization, moderator: User) -> None:
    path = waiting(organization)
    desk.post(f"{path}returned/", {"reason": "Name the town."})
    page = desk.get(path)
    assert [(row.label, row.reason) for row in page.context["decisions"]] == [
        ("Returned with a reason", "Name the town.")
    ]
    assert page.context["buttons"] == []


def test_old_addresses_lead_to_the_desk(desk: Client, organization: Organization) -> None:
    path = waiting(organization)
    english = {"headers": {"accept-language": "en"}}
    assert desk.get("/admin/moderation/?kind=pledge", **english).url == f"{QUEUE}?kind=pledge"
    assert desk.get(path.replace("/en/desk/", "/admin/"), **english).url == path


def test_the_desk_tells_moderators_alone_what_waits(
    desk: Client, organization: Organization, focal_point: User
) -> None:
    waiting(organization)
    assert "1 thing waits for a decision." in desk.get("/en/desk/").content.decode()
    desk.force_login(focal_point)
    assert "for a decision" not in desk.get("/en/desk/").content.decode()


def returned_and_edited(organization: Organization, focal_point: User, moderator: User) -> Intervention:
    """Submitted, returned, and changed since without being submitted again."""
    row = make_intervention(
        organization, state=SubmissionState.SUBMITTED, title="Sent", body=BODY, author=focal_point
    )
    submissions.return_to_author(row, reason="Name the town.", actor=person(moderator), now=NOW)
    edit = InterventionFields(title=CANARY, body=f"{BODY} {CANARY}")
    return submissions.save_draft(row, fields=edit, revision=1, actor=person(focal_point), now=NOW)


@pytest.mark.parametrize("address", ["desk/moderation/intervention/{}/", "desk/interventions/{}/"])
def test_moderators_read_what_was_submitted_and_no_later_edit(
    desk: Client, organization: Organization, focal_point: User, moderator: User, address: str
) -> None:
    row = returned_and_edited(organization, focal_point, moderator)
    page = desk.get("/en/" + address.format(row.key)).content.decode()
    assert ("Sent" in page, CANARY in page) == (True, False)


def test_moderators_read_no_unsent_edit_at_any_address_of_the_desk(
    desk: Client, organization: Organization, focal_point: User, moderator: User
) -> None:
    row = returned_and_edited(organization, focal_point, moderator)
    names = ("", "questions/", "answer/", "recommendations/", "check/", "receipt/", "receipts/", "withdraw/")
    pages = {name: desk.get(f"/en/desk/interventions/{row.key}/{name}", follow=True) for name in names}
    assert [name for name, page in pages.items() if CANARY in page.content.decode()] == []


@pytest.mark.long
def test_the_difference_between_two_versions_is_marked(
    desk: Client,
    organization: Organization,
    focal_point: User,
    moderator: User,
    consultation_pages: ConsultationTree,
) -> None:
    row = returned_and_edited(organization, focal_point, moderator)
    fields = InterventionFields(
        title="Sent again", body=BODY, question_keys=tuple(consultation_pages.questions)
    )
    row = submissions.save_draft(row, fields=fields, revision=2, actor=person(focal_point), now=NOW)
    submissions.submit(row, submit_key=row.submit_key, actor=person(focal_point), now=NOW)
    page = desk.get(f"{QUEUE}intervention/{row.key}/")
    changes = {str(change.label): (change.old, change.new) for change in page.context["dossier"].changes}
    assert changes["Title"] == ("Sent", "Sent again")
    assert set(changes) == {"Title", "What it is about"}
    assert "<ins>again</ins>" in page.content.decode()
    assert [version.number for version in page.context["dossier"].versions] == [1, 2]


def test_a_decision_on_an_older_version_is_refused_and_the_new_one_shown(
    desk: Client, organization: Organization, moderator: User
) -> None:
    path = waiting(organization)
    seen = desk.get(path).context["seen"]
    row = Intervention.objects.get()
    row.submitted_at += timedelta(minutes=5)
    row.save()
    response = desk.post(f"{path}approved/", {"seen": seen})
    assert (Decision.objects.count(), Intervention.objects.get().state) == (0, "submitted")
    response = desk.post(f"{path}returned/", {"seen": seen, "reason": "Name the town."})
    assertContains(response, "Name the town.</textarea>")
    assert response.context["seen"] == row.submitted_at.isoformat()
    desk.post(f"{path}returned/", {"seen": response.context["seen"], "reason": "Name the town."})
    assert Decision.objects.get().reason == "Name the town."


@pytest.mark.long
def test_a_reason_is_given_back_where_somebody_else_has_decided_meanwhile(
    desk: Client, organization: Organization
) -> None:
    path = waiting(organization)
    seen = desk.get(path).context["seen"]
    Intervention.objects.update(
        state=SubmissionState.RETURNED, reason="No.", submitted_at=NOW + timedelta(minutes=5)
    )
    response = desk.post(f"{path}returned/", {"seen": seen, "reason": "Name the town."})
    assert (response.status_code, "Name the town." in response.text) == (409, True)
    assert Decision.objects.count() == 0


def test_moderators_read_the_profile_as_it_was_submitted(desk: Client, db: None) -> None:
    asked = make_organization(state=OrganizationState.INFO_REQUESTED, evidence="Register 12")
    asked.name, asked.evidence = "Kanarienname", "Kanarienregister"
    asked.save()
    page = desk.get(f"{QUEUE}organization/{asked.key}/")
    assertContains(page, "Register 12")
    assertNotContains(page, "Kanarien")
    assert desk.get(f"/en/desk/organizations/{asked.key}/").status_code == 404


def test_moderators_read_the_titles_of_linked_texts_as_submitted(
    desk: Client, organization: Organization
) -> None:
    source = make_intervention(organization, state=SubmissionState.SUBMITTED, title="As it was sent")
    pledge = make_pledge(organization, state=SubmissionState.SUBMITTED, interventions=[source.key])
    source.title, source.state, source.reason = "Kanarientitel", SubmissionState.RETURNED, "Why?"
    source.save()
    page = desk.get(f"{QUEUE}pledge/{pledge.key}/")
    assertContains(page, "As it was sent")
    assertNotContains(page, "Kanarientitel")


@pytest.mark.long
def test_the_queue_tells_new_from_correction_and_taken_up(desk: Client, organization: Organization) -> None:
    for title, is_public, is_gone in (("A", False, False), ("B", True, False), ("C", True, True)):
        row = make_pledge(organization, state=SubmissionState.SUBMITTED, title=title)
        if is_public:
            record = publish_pledge(row)
            if is_gone:
                withdraw(record.kind, row.key, actor=system("tests"), now=NOW)
    waiting(organization)
    rows = desk.get(QUEUE).context["rows"]
    assert {row.title: row.course for row in rows if row.title in "ABC"} == {
        "A": "new",
        "B": "correction",
        "C": "taken up again",
    }
    assert "Pledge, correction" in desk.get(QUEUE).content.decode()


def test_the_reason_of_a_correction_is_read_once(
    desk: Client, organization: Organization, focal_point: User
) -> None:
    row = make_pledge(organization, state=SubmissionState.PUBLISHED)
    publish_pledge(row)
    actor = person(focal_point)
    row = submissions.open_correction(row, actor=actor, now=timezone.now())
    fields = PledgeFields(title="Another", change_reason="Two offices closed.")
    row = submissions.save_draft(row, fields=fields, revision=row.revision, actor=actor, now=timezone.now())
    Pledge.objects.filter(pk=row.pk).update(decided_at=timezone.now())
    submissions.submit(row, submit_key=row.submit_key, actor=actor, now=timezone.now())
    html = desk.get(f"{QUEUE}pledge/{row.key}/").content.decode()
    assert html.count("Two offices closed.") == 1


@pytest.mark.long
def test_a_reason_that_was_sent_signed_out_comes_back_under_its_own_button(
    db: None, moderator: User, focal_point: User
) -> None:
    waiting = make_organization(state=OrganizationState.SUBMITTED, owner=focal_point)
    page = f"{QUEUE}organization/{waiting.key}/"
    browser = Browser()
    browser.force_login(moderator)
    form = browser.form_at(page, f"{page}info_requested/")
    browser.cookies.pop("sessionid")
    browser.send(form, reason="Who signed the statutes?")
    browser.force_login(moderator)
    kept = browser.get(page).text.split("You were signed out before this was saved")[1].split("</form>")[0]
    assert "Who signed the statutes?" in kept
    assert ("Ask for this information" in kept, "Send again" in kept) == (True, False)
