"""Giving one organization more time at the desk: who may, what is refused, who is told, who reads of it."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from portal.accounts.models import User
from portal.common.actors import Group, person
from portal.common.errors import NotAllowed, WrongState
from portal.common.events import history
from portal.consultations import later
from portal.consultations.models import ConsultationPage, LaterDeadline, TypeDeadline
from portal.desk.home import home_of
from portal.interventions.submission import INTERVENTION
from portal.organizations.enums import OrganizationState, Role
from portal.organizations.models import Organization
from portal.practices.submission import PRACTICE
from portal.publication.figures import note_change
from portal.submissions import domain
from portal.submissions.deadlines import Why
from portal.submissions.models import SubmittedVersion
from portal.submissions.states import SubmissionState
from portal.submissions.types import SubmissionType
from tests.factories import (
    make_intervention,
    make_organization,
    make_practice,
    make_user,
    publish_organization,
)
from tests.factories.organizations import add_member
from tests.factories.pages import ConsultationTree
from tests.markup import dense
from tests.thinning import rarely

DAY = timedelta(days=1)
LIST, NEW = "/en/desk/deadlines/", "/en/desk/deadlines/new/"
UNTIL = datetime(2090, 6, 14, 21, tzinfo=UTC)


@pytest.fixture
def closed_call(consultation_pages: ConsultationTree) -> ConsultationTree:
    """Closed since yesterday, by the clock of Brasília."""
    ConsultationPage.objects.update(
        deadline=timezone.now() - DAY, time_zone="America/Sao_Paulo", place="Brasília"
    )
    note_change()
    return consultation_pages


def _typed(call: ConsultationTree, **more: str) -> dict[str, str]:
    return {
        "consultation": str(call.consultation["es"].translation_key),
        "organization": "Red Uno",
        "until": "2090-06-14 18:00",
        "reason": "No power for a week",
    } | more


def _give(organization: Organization, call: ConsultationTree, giver: User) -> LaterDeadline:
    return later.give(
        organization,
        consultation=call.consultation["es"].translation_key,
        until=UNTIL,
        reason="Power",
        actor=person(giver),
        now=timezone.now(),
    )


def test_a_later_deadline_is_given_told_logged_shown_and_revoked(
    client: Client,
    closed_call: ConsultationTree,
    organization: Organization,
    focal_point: User,
    moderator: User,
    mailoutbox: list[Any],
) -> None:
    """The hour typed is that of the consultation's place."""
    User.objects.update(language="en")
    draft = make_intervention(organization, questions=closed_call.questions[:1])
    client.force_login(moderator)
    assert client.post(NEW, _typed(closed_call)).headers["Location"] == LIST
    row = LaterDeadline.objects.get()
    assert (row.until, row.given_by, row.reason) == (UNTIL, moderator, "No power for a week")
    words = "14 June 2090, 18:00 (time in Brasília, UTC−3)"
    listed = dense(client.get(LIST).text)
    assert all(text in listed for text in (words, "No power for a week", "Red Uno", "Moderator"))
    [sent] = mailoutbox
    assert (sent.to, sent.subject) == ([focal_point.email], "You have more time to submit")
    assert words in sent.body
    assert "No power" not in sent.body
    client.force_login(focal_point)
    page = dense(client.get(f"/en/desk/interventions/{draft.key}/answer/").text)
    assert words in page
    assert "gave your organization this later deadline" in page
    assert client.get(LIST).status_code == 404
    client.force_login(moderator)
    assert client.post(f"{LIST}{row.key}/revoke/").headers["Location"] == LIST
    assert (mailoutbox[-1].to, len(mailoutbox)) == ([focal_point.email], 2)
    assert "revoked on" in dense(client.get(LIST).text)
    [deadline] = INTERVENTION.deadlines_of(draft, timezone.now())
    assert deadline.why == Why.COMMON
    events = history("consultation", row.consultation_key).values_list("action", flat=True)
    assert list(events) == ["later_deadline_given", "later_deadline_revoked"]


@pytest.mark.few(3)
@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"organization": "Nobody"}, "organization"),
        ({"until": "tomorrow"}, "until"),
        ({"until": "2020-01-01 10:00"}, "until"),
        ({"until": "2990-01-01 10:00"}, "until"),
        ({"reason": " "}, "reason"),
        ({"reason": "a" * 1001}, "reason"),
        ({"consultation": ""}, "consultation"),
    ],
)
def test_what_is_wrong_stands_at_its_field_and_what_was_typed_stays(
    client: Client,
    closed_call: ConsultationTree,
    organization: Organization,
    moderator: User,
    typed: dict[str, str],
    field: str,
) -> None:
    client.force_login(moderator)
    page = client.post(NEW, _typed(closed_call, **typed)).text
    assert f'id="id_{field}_error"' in page
    assert "No power for a week" in page or field == "reason"
    assert not LaterDeadline.objects.exists()


def test_over_or_without_a_deadline_there_is_no_later_one(
    client: Client, closed_call: ConsultationTree, organization: Organization, moderator: User
) -> None:
    client.force_login(moderator)
    ConsultationPage.objects.update(followed_up_on=timezone.now().date() - 2 * DAY)
    page = client.post(NEW, _typed(closed_call)).text
    assert "Its conclusions are published" in page
    assert not LaterDeadline.objects.exists()


@pytest.mark.parametrize("group", [Group.MODERATOR, Group.EDITOR])
def test_nobody_of_the_secretariat_decides_about_their_own_organization(
    client: Client, closed_call: ConsultationTree, organization: Organization, moderator: User, group: Group
) -> None:
    own = make_user(group, language="en")
    add_member(organization, own, Role.VIEWER)
    client.force_login(own)
    assert "This is your own organization" in client.post(NEW, _typed(closed_call)).text
    assert not LaterDeadline.objects.exists()
    row = _give(organization, closed_call, moderator)
    client.post(f"{LIST}{row.key}/revoke/")
    row.refresh_from_db()
    assert row.revoked_at is None


@pytest.mark.parametrize("who", ["focal_point", "commissioner"])
def test_others_neither_read_nor_give(
    request: pytest.FixtureRequest,
    client: Client,
    closed_call: ConsultationTree,
    organization: Organization,
    moderator: User,
    who: str,
) -> None:
    row, user = _give(organization, closed_call, moderator), request.getfixturevalue(who)
    client.force_login(user)
    pages = [client.get(LIST), client.post(NEW, _typed(closed_call)), client.post(f"{LIST}{row.key}/revoke/")]
    assert [page.status_code for page in pages] == [404] * 3
    assert LaterDeadline.objects.filter(revoked_at__isnull=True).count() == 1
    with pytest.raises(NotAllowed):
        _give(make_organization(), closed_call, user)


def test_a_second_one_takes_the_place_of_the_first_and_revoking_twice_is_told(
    closed_call: ConsultationTree, organization: Organization, moderator: User
) -> None:
    first, second = (_give(organization, closed_call, moderator) for _ in range(2))
    first.refresh_from_db()
    assert (first.revoked_by, second.revoked_at) == (moderator, None)
    with pytest.raises(WrongState):
        later.revoke(first, actor=person(moderator), now=timezone.now())


def test_a_withheld_name_is_reached_by_its_pseudonym_and_stays_withheld(
    client: Client, closed_call: ConsultationTree, moderator: User
) -> None:
    hidden = make_organization(name="Organization K7M2", state=OrganizationState.VERIFIED)
    Organization.objects.filter(pk=hidden.pk).update(is_protected=True)
    client.force_login(moderator)
    client.post(NEW, _typed(closed_call, organization="organization k7m2"))
    assert LaterDeadline.objects.get().organization == hidden


def test_the_desk_says_when_nobody_gets_the_mail(
    client: Client, closed_call: ConsultationTree, moderator: User, mailoutbox: list[Any]
) -> None:
    made = make_organization(name="Red Sola", state=OrganizationState.VERIFIED)
    publish_organization(made)
    client.force_login(moderator)
    pages = [client.post(NEW, _typed(closed_call, organization="Red Sola"), follow=True)]
    pages.append(client.post(f"{LIST}{LaterDeadline.objects.get().key}/revoke/", follow=True))
    assert ["Nobody gets a mail" in page.text for page in pages] == [True, True]
    assert ["organization gets a mail" in page.text for page in pages] == [False, False]
    assert mailoutbox == []


@pytest.mark.parametrize("number", [rarely(1), 3])
def test_the_list_costs_the_same_with_few_and_many_rows(
    client: Client, closed_call: ConsultationTree, moderator: User, number: int
) -> None:
    for _ in range(number):
        _give(make_organization(state=OrganizationState.VERIFIED), closed_call, moderator)
    client.force_login(moderator)
    client.get(LIST)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(LIST).text.count("item__title") == number
    assert len(captured.captured_queries) == 5


@pytest.mark.parametrize("number", [rarely(1), 3])
def test_deadlines_of_many_drafts_cost_no_query_each(
    closed_call: ConsultationTree, organization: Organization, number: int
) -> None:
    states = (SubmissionState.DRAFT, SubmissionState.RETURNED)
    rows = [
        make_intervention(organization, questions=closed_call.questions, state=state)
        for state in states
        for _ in range(number)
    ]
    with CaptureQueriesContext(connection) as captured:
        told = INTERVENTION.deadlines(rows, timezone.now())
    assert (len(told), len(captured.captured_queries)) == (2 * number, 6)


def test_the_public_reads_the_common_deadline_alone(
    client: Client, closed_call: ConsultationTree, organization: Organization, moderator: User
) -> None:
    """Neither that of a type nor that of one organization, nor that something came late."""
    publish_organization(organization)
    _give(organization, closed_call, moderator)
    TypeDeadline.objects.create(
        page=closed_call.consultation["es"], type_code=organization.type_code, deadline=UNTIL
    )
    note_change()
    said = make_intervention(
        organization, state=SubmissionState.SUBMITTED, questions=closed_call.questions[:1]
    )
    SubmittedVersion.objects.filter(submission_key=said.key).update(is_late=True)
    record = domain.publish(said, actor=person(moderator), now=timezone.now())
    addresses = (
        "/en/consultations/brasilia/",
        "/api/v1/consultations?ui=en",
        "/en/calendar.ics",
        "/en/calendar/",
        "/en/calendar/feed/",
        record.path("en"),
        f"/api/v1/interventions/{record.public_id}",
        "/en/interventions/?format=json",
    )
    answers = {path: client.get(path) for path in addresses}
    assert {path: answer.status_code for path, answer in answers.items()} == dict.fromkeys(addresses, 200)
    told = {path: answer.getvalue().decode() for path, answer in answers.items()}
    leaks = [path for path, text in told.items() if "2090" in text or "20900614" in text or "is_late" in text]
    assert leaks == []
    assert "submitted late" not in told[record.path("en")].lower()


@pytest.mark.long
def test_who_wrote_and_who_decides_read_that_it_is_late_before_and_after(
    client: Client,
    consultation_pages: ConsultationTree,
    organization: Organization,
    focal_point: User,
    moderator: User,
) -> None:
    now = timezone.now()
    ConsultationPage.objects.update(deadline=now - timedelta(minutes=5))
    draft = make_intervention(
        organization, questions=consultation_pages.questions[:1], created_at=now - DAY, updated_at=now - DAY
    )
    desk = f"/en/desk/interventions/{draft.key}/"
    client.force_login(focal_point)
    with translation.override("en"):
        check = dense(client.get(f"{desk}check/").text)
    assert "your text will be marked late" in check
    client.post(f"{desk}check/", {"submit_key": str(draft.submit_key)})
    pages = [client.get(path).text for path in (desk, f"{desk}receipt/", f"{desk}receipts/")]
    assert ["late" in dense(page) for page in pages] == [True] * 3
    client.force_login(moderator)
    review = dense(client.get(f"/en/desk/moderation/intervention/{draft.key}/").text)
    assert review.count("Submitted late") == 2


def test_a_draft_is_due_on_its_last_day_and_not_asked_for_once_it_is_shut(
    consultation_pages: ConsultationTree, organization: Organization, focal_point: User
) -> None:
    now = timezone.now()
    made: dict[str, Any] = {"created_at": now - 2 * DAY, "updated_at": now - 2 * DAY}
    draft = make_intervention(organization, questions=consultation_pages.questions[:1], **made)
    told = {}
    for name, deadline in {"ahead": now + 3 * DAY, "past": now - DAY}.items():
        ConsultationPage.objects.update(deadline=deadline, time_zone="America/Bogota")
        with translation.override("en"):
            home = home_of(person(focal_point), "en", now)
            told[name] = [duty.due for duty in home.next if str(draft.key) in duty.url]
            [item] = home.rooms[0].items
            assert any("eadline" in text for text in item.meta), name
    assert told == {"ahead": [(now + 3 * DAY).astimezone(ZoneInfo("America/Bogota")).date()], "past": []}


@pytest.mark.few(1)
@pytest.mark.parametrize("of", [INTERVENTION, PRACTICE], ids=lambda of: of.kind)
def test_every_page_on_which_one_writes_says_the_deadline(
    client: Client,
    consultation_pages: ConsultationTree,
    organization: Organization,
    focal_point: User,
    of: SubmissionType,
) -> None:
    ConsultationPage.objects.update(deadline=UNTIL, time_zone="America/Santiago", place="Santiago")
    question = consultation_pages.questions[0]
    make = make_intervention if of is INTERVENTION else make_practice
    draft = make(organization, questions=[question])
    client.force_login(focal_point)
    names = (*(step.name for step in of.steps), "check", "detail")
    with translation.override("en"):
        paths = [of.address(name, draft.key) for name in names]
        paths += [f"{of.address('new')}?question={question}", "/en/desk/", "/en/desk/offline/"]
    told = {path: dense(client.get(path).text).split("<main")[1] for path in paths}
    words = "Deadline: 14 June 2090, 17:00 (time in Santiago, UTC−4)."
    assert [path for path, text in told.items() if words not in text or "Time left: 6" not in text] == []
