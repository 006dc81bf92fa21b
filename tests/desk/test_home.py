"""The desk's first page: what it says to whom, and at which cost."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from portal.accounts.models import User
from portal.common.actors import person
from portal.common.formatting import day
from portal.interventions.models import Intervention
from portal.organizations.enums import OrganizationState, Role
from portal.organizations.member_models import JoinRequest
from portal.organizations.members.joining import ask
from portal.organizations.models import Organization, OrganizationClaim
from portal.organizations.verifying.appeals import appeal
from portal.submissions.states import SubmissionState
from tests.factories import (
    make_claim,
    make_intervention,
    make_listed,
    make_organization,
    make_pledge,
    make_user,
    publish_organization,
)
from tests.factories.organizations import add_member
from tests.factories.pages import ConsultationTree
from tests.submissions.kinds import KINDS
from tests.thinning import rarely


def queries(captured: CaptureQueriesContext) -> list[str]:
    """What was asked besides the session's own query and the marks of transactions."""
    marks = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT", "ROLLBACK")
    asked = [query["sql"] for query in captured.captured_queries]
    return [sql for sql in asked if not sql.startswith(marks) and Session._meta.db_table not in sql]


def test_somebody_new_sees_one_thing_to_do(client: Client, focal_point: User) -> None:
    client.force_login(focal_point)
    html = client.get("/en/desk/").content.decode()
    assert html.count('class="button"') == 1
    assert 'href="/en/desk/organizations/new/"' in html
    assert 'href="/en/desk/organizations/claim/"' in html


@pytest.mark.few(1)
@pytest.mark.parametrize("way", ["join", "claim"])
def test_who_waits_to_be_let_in_is_not_told_to_register(
    way: str, client: Client, organization: Organization, other_organization: Organization
) -> None:
    guest, now = make_user(language="en"), timezone.now()
    if way == "join":
        publish_organization(other_organization)
        ask(other_organization, text="I keep the books.", actor=person(guest), now=now)
    else:
        make_claim(make_listed(name=other_organization.name), guest)
    client.force_login(guest)
    page = client.get("/en/desk/")
    home = page.context["home"]
    (item,) = home.joins or home.claims
    assert (item.title, item.waits) == (other_organization.name, True)
    assert (home.must_register, home.must_wait) == (False, True)
    assert 'class="button"' not in page.text
    assert client.get(item.url).status_code == 200
    JoinRequest.objects.update(state="declined", decided_at=now, reason="No.")
    OrganizationClaim.objects.update(state="declined", decided_at=now, reason="No.")
    home = client.get("/en/desk/").context["home"]
    assert [(row.title, row.waits) for row in home.joins or home.claims] == [(item.title, False)]
    assert home.must_register
    JoinRequest.objects.update(decided_at=now - timedelta(days=31))
    assert client.get("/en/desk/").context["home"].joins == []


def test_empty_places_say_what_to_do(client: Client, focal_point: User, organization: Organization) -> None:
    client.force_login(focal_point)
    html = client.get("/en/desk/").content.decode()
    assert ("Nothing written yet." in html, "No pledge yet." in html) == (True, True)


def test_an_unverified_organization_may_write_and_is_told_what_waits(
    client: Client, focal_point: User
) -> None:
    make_organization(owner=focal_point, state=OrganizationState.SUBMITTED)
    client.force_login(focal_point)
    html = client.get("/en/desk/").content.decode()
    assert "only submitting has to wait" in html
    assert 'href="/en/desk/interventions/new/"' in html


@pytest.mark.few(2)
@pytest.mark.parametrize(
    ("state", "words", "is_asked"),
    [
        ("draft", "Go on writing", True),
        ("submitted", "The secretariat reads it next.", False),
        ("returned", "Read why it was returned, and correct it", True),
        ("published", "Link a pledge", False),
    ],
)
def test_each_state_says_what_comes_next(
    client: Client, focal_point: User, organization: Organization, state: str, words: str, is_asked: bool
) -> None:
    make_intervention(organization, state=SubmissionState(state))
    client.force_login(focal_point)
    page = client.get("/en/desk/")
    assert page.text.count(words) == 1 + is_asked
    assert [str(duty.todo) for duty in page.context["home"].next] == [words] * is_asked


@pytest.mark.few(5)
@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("draft", ""),
        ("submitted", "The secretariat reads it next."),
        ("returned", ""),
        ("published", ""),
        ("withdrawn", ""),
    ],
)
@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_viewer_is_told_of_each_state_but_offered_nothing_to_do(
    kind: str,
    client: Client,
    viewer_member: User,
    organization: Organization,
    consultation_pages: ConsultationTree,
    state: str,
    words: str,
) -> None:
    KINDS[kind].make(organization, consultation_pages, state, title="Seen")
    client.force_login(viewer_member)
    home = client.get("/en/desk/").context["home"]
    items = [item for room in home.rooms for item in room.items]
    assert [(item.title, item.todo, item.todo_url) for item in items] == [("Seen", words, "")]


def test_a_writer_who_is_a_viewer_elsewhere_is_offered_only_their_own(
    client: Client, focal_point: User, organization: Organization, other_organization: Organization
) -> None:
    add_member(other_organization, focal_point, Role.VIEWER)
    make_intervention(organization, title="Mine")
    make_intervention(other_organization, title="Theirs")
    client.force_login(focal_point)
    home = client.get("/en/desk/").context["home"]
    todo = {item.title: item.todo for room in home.rooms for item in room.items}
    assert todo == {"Mine": "Go on writing", "Theirs": ""}


def test_a_viewer_gets_no_button_to_write_and_reads_why(
    client: Client, viewer_member: User, organization: Organization
) -> None:
    client.force_login(viewer_member)
    page = client.get("/en/desk/").text
    assert ("/desk/interventions/new/" in page, "Nothing written yet." in page) == (False, False)
    assert "You only read here" in page
    own = client.get(f"/en/desk/organizations/{organization.key}/").text
    assert ("you can write and submit" in own, "Your role only lets you read here" in own) == (False, True)
    start = client.get("/en/desk/interventions/new/").text
    assert ("/desk/organizations/new/" in start, "Your role only lets you read here" in start) == (
        False,
        True,
    )
    assert f'href="/en/desk/organizations/{organization.key}/members/"' in start


@pytest.mark.few(2)
@pytest.mark.parametrize(
    ("state", "words"),
    [
        (OrganizationState.DRAFT, "Until the secretariat has verified your organization"),
        (OrganizationState.LAPSED, "Once the profile is confirmed you can submit again."),
        (OrganizationState.SUSPENDED, "While your organization is suspended"),
        (OrganizationState.VERIFIED, ""),
    ],
)
def test_home_says_why_nothing_can_be_submitted_now(
    client: Client, focal_point: User, state: OrganizationState, words: str
) -> None:
    make_organization(owner=focal_point, state=state, confirmed_at=timezone.now())
    client.force_login(focal_point)
    told = client.get("/en/desk/").context["home"].told
    assert (told.startswith(words), bool(told)) == (True, bool(words))


def test_a_refusal_asks_for_nothing_while_its_appeal_waits(client: Client, focal_point: User) -> None:
    now = timezone.now()
    declined = make_organization(
        owner=focal_point, state=OrganizationState.DECLINED, decided_at=now, submitted_profile={"name": "x"}
    )
    Organization.objects.update(submitted_profile=declined.profile)
    client.force_login(focal_point)
    home = client.get("/en/desk/").context["home"]
    assert [str(duty.todo) for duty in home.next] == ["Read why it was declined, and correct it or appeal"]
    appeal(declined, text="We exist.", language="en", actor=person(focal_point), now=now)
    home = client.get("/en/desk/").context["home"]
    assert (home.next, home.organizations[0].todo_url) == ([], "")


@pytest.mark.few(3)
@pytest.mark.parametrize(
    ("state", "role", "todo"),
    [
        (OrganizationState.DRAFT, Role.OWNER, "Submit the profile to the secretariat"),
        (OrganizationState.INFO_REQUESTED, Role.OWNER, "Say what the secretariat asks for"),
        (OrganizationState.LAPSED, Role.OWNER, "Confirm the profile"),
        (OrganizationState.VERIFIED, Role.OWNER, "Confirm the profile"),
        (OrganizationState.SUBMITTED, Role.OWNER, ""),
        (OrganizationState.INFO_REQUESTED, Role.VIEWER, ""),
    ],
)
def test_what_its_verification_asks_for_stands_first(
    client: Client, db: None, state: OrganizationState, role: Role, todo: str
) -> None:
    user = make_user(language="en")
    organization = make_organization(state=state, confirmed_at=timezone.now() - timedelta(days=350))
    add_member(organization, user, role)
    client.force_login(user)
    home = client.get("/en/desk/").context["home"]
    page = f"/en/desk/organizations/{organization.key}/"
    assert [(str(duty.todo), duty.url) for duty in home.next] == ([(todo, page)] if todo else [])
    assert home.asked == bool(todo)


@pytest.mark.parametrize("number", [rarely(1), 5, rarely(20)])
def test_the_desk_costs_the_same_with_few_and_many_lines(
    client: Client, focal_point: User, organization: Organization, number: int
) -> None:
    now = timezone.now()
    for _ in range(number):
        make_intervention(organization)
        make_pledge(organization)
        make_organization(owner=focal_point, state=OrganizationState.DECLINED)
        other = make_organization(state=OrganizationState.VERIFIED)
        publish_organization(other)
        JoinRequest.objects.create(
            organization=other, person=focal_point, asked_at=now, expires_at=now + timedelta(days=1)
        )
    client.force_login(focal_point)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        html = client.get("/en/desk/").content.decode()
    assert html.count("<li>\n<h3") == 4 * number + 1
    # The rooms, one for each type of submission, and the questions of what could be submitted.
    assert len(queries(captured)) == 34


def test_submitting_takes_seventeen_queries(
    client: Client, focal_point: User, organization: Organization, consultation_pages: ConsultationTree
) -> None:
    draft = make_intervention(organization, questions=consultation_pages.questions)
    client.force_login(focal_point)
    path = reverse("interventions_desk:check", args=[draft.key])
    with CaptureQueriesContext(connection) as captured:
        response = client.post(path, {"submit_key": str(draft.submit_key)})
    assert response.status_code == 302
    assert Intervention.objects.get().state == "submitted"
    assert len(queries(captured)) == 17, queries(captured)


def test_submitting_a_pledge_takes_nine_queries(
    client: Client, focal_point: User, organization: Organization
) -> None:
    source = make_intervention(organization, state=SubmissionState.SUBMITTED)
    pledge = make_pledge(organization, interventions=[source.key])
    client.force_login(focal_point)
    path = reverse("pledges_desk:check", args=[pledge.key])
    with CaptureQueriesContext(connection) as captured:
        client.post(path, {"submit_key": str(pledge.submit_key)})
    pledge.refresh_from_db()
    assert pledge.state == "submitted"
    assert len(queries(captured)) == 9, queries(captured)


def test_a_desk_page_has_the_short_header_of_desks(client: Client, focal_point: User) -> None:
    client.force_login(focal_point)
    assert '<body class="is-desk">' in client.get("/en/desk/").text
    assert '<body class="">' in client.get("/en/pledges/").text


@pytest.mark.parametrize("path", ["", "profile/", "organizations/new/", "interventions/new/", "pledges/new/"])
def test_every_page_asks_a_visitor_to_sign_in(client: Client, db: None, path: str) -> None:
    response = client.get(f"/pt/desk/{path}")
    assert (response.status_code, response.url) == (302, f"/accounts/login/?next=/pt/desk/{path}")


@pytest.mark.parametrize("kind", ["interventions", "pledges", "organizations"])
def test_unknown_keys_are_not_found(client: Client, focal_point: User, kind: str) -> None:
    client.force_login(focal_point)
    assert client.get(f"/en/desk/{kind}/{uuid4()}/").status_code == 404


def test_desk_pages_are_never_kept_by_a_cache(client: Client, focal_point: User) -> None:
    client.force_login(focal_point)
    assert "no-store" in client.get("/en/desk/").headers["Cache-Control"]
    assert '<meta name="robots" content="noindex">' in client.get("/en/desk/").content.decode()


@pytest.mark.long
def test_the_desk_says_of_a_public_pledge_when_it_was_reported_on_and_whether_it_is_due(
    client: Client, organization: Organization, focal_point: User
) -> None:
    today = timezone.localdate()
    make_pledge(organization, title="Fresh", state=SubmissionState.PUBLISHED, reported_on=today)
    make_pledge(
        organization,
        title="Over",
        state=SubmissionState.PUBLISHED,
        reported_on=date(2025, 1, 31),
        ends_on=date(2025, 6, 30),
    )
    make_pledge(organization, title="Silent", state=SubmissionState.PUBLISHED)
    make_pledge(organization, title="Written", reported_on=today)
    client.force_login(focal_point)
    rooms = client.get("/en/desk/").context["home"].rooms
    items = next(room.items for room in rooms if room.of.kind == "pledge")
    with translation.override("en"):
        fresh = f"Last report: {day(today)}"
    assert {item.title: item.meta[1:-1] for item in items} == {
        "Fresh": [fresh, "Report up to date"],
        "Over": ["Last report: 31 January 2025", "End date passed"],
        "Silent": ["No report yet"],
        "Written": [],
    }
