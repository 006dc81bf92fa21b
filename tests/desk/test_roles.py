"""A desk for each role: which rooms it has, what it asks next, and that it tells nothing of others."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.accounts.models import User
from portal.common.actors import Group, system
from portal.common.desk_duties import Duty, days_left, most_urgent, tone_of
from portal.followup.cycles.domain import open_cycle
from portal.organizations.enums import OrganizationState, Role
from portal.organizations.models import Organization
from portal.submissions.states import SubmissionState
from tests.factories import (
    make_intervention,
    make_organization,
    make_pledge,
    make_report,
    make_user,
    publish_pledge,
    publish_report,
)
from tests.factories.followup import make_assessment, make_body, make_cycle, make_seat, publish_assessment
from tests.factories.organizations import add_member
from tests.thinning import rarely

CANARY = "zunzuncanario"
DESK = "/en/desk/"
NOW = timezone.now()
TODAY = NOW.date()
DAY = timedelta(days=1)

NO_OWNER = "Organizations without an owner"
RESEARCH = {"Saved searches", "Dossiers"}
MEMBER = {"Parties of pledges", "Needs and offers"}
WRITER = MEMBER | {"Proposed documents"}
VERIFYING = "Organizations and their verification"
QUEUE = {
    "Moderation",
    "Objections",
    "Listed organizations",
    "Made in the room",
    VERIFYING,
    NO_OWNER,
    "Later deadlines",
    "Translations of texts",
}
EDITING = {
    *(
        "Objections",
        "Conclusions",
        "Recommendations and the plan",
        "Networks",
        "Import of pledges",
        "Library",
        "Proposed documents",
    ),
    *("Pledges without a link", "Pledges that look alike", "Parties of pledges", "Listed organizations"),
    *("Made in the room", "Drafts of pages", "Translations of pages", "Later deadlines"),
    "Translations of texts",
}


def in_group(*groups: Group) -> Callable[[], User]:
    return lambda: make_user(*groups)


def member(role: Role = Role.OWNER, *groups: Group) -> Callable[[], User]:
    def make() -> User:
        user = make_user(*groups)
        add_member(make_organization(name="Own", state=OrganizationState.VERIFIED), user, role)
        return user

    return make


def seated(kind: str, *groups: Group, role: Role = Role.OWNER, ended: bool = False) -> Callable[[], User]:
    def make() -> User:
        user = make_user(*groups)
        own = make_organization(name="Seat holder", state=OrganizationState.VERIFIED)
        add_member(own, user, role)
        until = TODAY - DAY if ended else None
        make_seat(make_body(kind, runs_cycles=kind == "commission"), own, until=until)
        return user

    return make


# Who, the rooms beside what everybody has, whether to register an organization.
ROLES: dict[str, tuple[Callable[[], User], set[str], bool]] = {
    "somebody new": (in_group(), set(), True),
    "writer": (member(), WRITER, False),
    "viewer": (member(Role.VIEWER), MEMBER, False),
    "moderator": (in_group(Group.MODERATOR), QUEUE, False),
    "protection focal point": (in_group(Group.PROTECTION), {"Moderation", VERIFYING, NO_OWNER}, False),
    "editor": (in_group(Group.EDITOR), EDITING, False),
    "administrator": (in_group(Group.ADMINISTRATOR), EDITING | QUEUE | {"The worker", "Staff"}, False),
    "commissioner without a seat": (in_group(Group.COMMISSIONER), {"Follow-up"}, False),
    "observatory without a seat": (in_group(Group.OBSERVATORY), {"Follow-up", "Proposed documents"}, False),
    "seat of a commission": (seated("commission"), WRITER | {"Follow-up"}, False),
    "seat of the mechanism": (seated("mechanism"), WRITER | {"Follow-up"}, False),
    "seat of the platform": (seated("platform"), WRITER | {"Support platform"}, False),
    "seat of the observatory": (seated("observatory"), WRITER | {"Observatory"}, False),
    "seat that has ended": (seated("commission", ended=True), WRITER | {"Follow-up"}, False),
    "viewer where there is a seat": (seated("commission", role=Role.VIEWER), MEMBER, False),
    "moderator with a seat": (
        seated("observatory", Group.MODERATOR),
        WRITER | QUEUE | {"Observatory"},
        False,
    ),
}


@pytest.mark.parametrize("role", ROLES)
def test_each_role_has_its_rooms(client: Client, db: None, role: str) -> None:
    make, rooms, must_register = ROLES[role]
    client.force_login(make())
    page = client.get(DESK)
    cards = page.context["home"].cards
    assert {str(card.title) for card in cards} == rooms | RESEARCH
    assert ("Register your organization" in page.text) == must_register
    assert ("To do next" in page.text) != must_register
    # Each of them opens.
    answers = {card.url: client.get(card.url).status_code for card in cards if card.url.startswith(DESK)}
    assert {url: status for url, status in answers.items() if status != 200} == {}


@pytest.mark.parametrize(
    ("role", "told"),
    [
        ("commissioner without a seat", "You act on no seat today."),
        ("seat that has ended", "The seat of your organization ended on "),
    ],
)
def test_who_has_no_seat_is_told_so(client: Client, db: None, role: str, told: str) -> None:
    client.force_login(ROLES[role][0]())
    page = client.get(DESK)
    (card,) = [card for card in page.context["home"].cards if str(card.title) == "Follow-up"]
    assert (card.told.startswith(told), card.number, card.url) == (True, None, "/en/follow-up/bodies/")


def test_a_focal_point_is_asked_for_what_is_due_first(
    client: Client, focal_point: User, organization: Organization, other_organization: Organization
) -> None:
    silent, told, done, read = (
        make_pledge(organization, title=title, state=SubmissionState.PUBLISHED) for title in "ABCD"
    )
    for pledge in (silent, told, done, read):
        publish_pledge(pledge)
    cycle = open_cycle(make_cycle(closes_on=TODAY + 60 * DAY), actor=system("tests"), now=NOW)
    publish_report(make_report(told))
    publish_report(make_report(done, stage="fulfilled"))
    make_report(read, state=SubmissionState.SUBMITTED)
    publish_assessment(make_assessment(done, other_organization, title="Found"))
    make_intervention(organization, state=SubmissionState.RETURNED, title="Back")
    publish_pledge(make_pledge(other_organization, title=CANARY))
    make_intervention(other_organization, title=CANARY)
    client.force_login(focal_point)
    page = client.get(DESK)
    duties = [(duty.title, str(duty.todo), duty.due) for duty in page.context["home"].next]
    assert duties == [
        ("Back", "Read why it was returned, and correct it", None),
        ("Found", "Reply to the assessment", TODAY + 30 * DAY),
        ("A", "Report on it", cycle.closes_on),
    ]
    assert ("30 days left" in page.text, "60 days left" in page.text) == (True, True)
    cards = {str(card.title): (card.number, card.told) for card in page.context["home"].cards}
    told = "1 of your 3 pledges have no report of the open review cycle."
    assert cards["Reports due"] == (1, f"{told} For 1 a report waits with the secretariat.")
    assert cards["Replies due"] == (1, "You have not replied to 1 of 1 assessments.")
    assert CANARY not in page.text


def test_a_moderator_sees_what_has_waited_longest(
    client: Client, moderator: User, other_organization: Organization
) -> None:
    for title, days in (("Young", 1), ("Old", 9)):
        at = NOW - days * DAY
        make_intervention(other_organization, state=SubmissionState.SUBMITTED, title=title, submitted_at=at)
    make_intervention(other_organization, title=CANARY)
    client.force_login(moderator)
    page = client.get(DESK)
    assert [duty.title for duty in page.context["home"].next] == ["Old", "Young"]
    assert (" left" in page.text, CANARY in page.text) == (True, False)


@pytest.mark.parametrize("number", [rarely(1), rarely(2), 3])
@pytest.mark.parametrize(("role", "cost"), [("moderator with a seat", 57), ("administrator", 43)])
def test_a_desk_costs_the_same_with_few_and_many_rows(
    client: Client, other_organization: Organization, role: str, cost: int, number: int
) -> None:
    user = ROLES[role][0]()
    own = Organization.objects.filter(memberships__user=user).first()
    open_cycle(make_cycle(), actor=system("tests"), now=NOW)
    for _each in range(number):
        make_intervention(other_organization, state=SubmissionState.SUBMITTED)
        publish_pledge(make_pledge(other_organization, stage="fulfilled", reported_on=TODAY))
        if own is not None:
            pledge = make_pledge(own)
            publish_pledge(pledge)
            publish_assessment(make_assessment(pledge, other_organization))
    client.force_login(user)
    client.get(DESK)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(DESK).status_code == 200
    assert len(captured) == cost


def test_what_is_due_goes_before_what_waits_and_nothing_stands_twice() -> None:
    late = Duty("Late", "/a/", "Do", due=TODAY - DAY)
    soon = Duty("Soon", "/b/", "Do", due=TODAY + 5 * DAY)
    waiting = Duty("Waiting", "/c/", "Do", since=TODAY - 26 * DAY)
    back = Duty("Back", "/d/", "Do", since=TODAY - DAY, within=7)
    whenever = Duty("Whenever", "/e/", "Do")
    old = Duty("Old", "/f/", "Do", since=TODAY - 200 * DAY)
    every = [old, whenever, back, waiting, soon, late, Duty("Late again", "/a/", "Do", due=TODAY)]
    assert most_urgent(every, TODAY) == [late, waiting, soon, back, whenever, old]


def test_days_are_told_with_their_tone() -> None:
    told = [
        (days_left(TODAY + days * DAY, TODAY), tone_of(TODAY + days * DAY, TODAY)) for days in (9, 7, 0, -1)
    ]
    assert [tone for _words, tone in told] == ["", "warn", "warn", "bad"]
    assert len({words for words, _tone in told}) == 4
