"""What is refused of assessments and replies: in words at its place, with what was typed still there."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone, translation

from portal.accounts.models import User
from portal.common.actors import person
from portal.common.errors import WrongState
from portal.followup.assessing.domain import publish_assessment
from portal.followup.models import Assessment, Body, Seat
from portal.organizations.enums import Role
from portal.organizations.models import Organization
from portal.plan.models import PlanNode
from portal.pledges.models import Pledge
from portal.publication.models import Record
from portal.submissions.domain import withdraw
from portal.submissions.states import SubmissionState
from tests.factories import make_pledge, make_user, publish_pledge
from tests.factories.followup import (
    make_assessment,
    make_body,
    make_reply,
    make_seat,
)
from tests.factories.followup import (
    publish_assessment as approved,
)
from tests.factories.organizations import add_member
from tests.factories.plan import make_framework, make_node

NOW = timezone.now()
DAY = timedelta(days=1)
TYPED = "What I typed a moment ago."
WHOLE = {
    "completion": "limited",
    "confidence": "high",
    "basis": "3",
    "text": TYPED,
    "sources": "Report of the registry",
    "conflict": "Nothing.",
}
Happens = Callable[["Draft"], None]


class Draft:
    """An assessment by Red Dos, and what can happen to what it is of and to its writers."""

    def __init__(self, row: Assessment, pledge: Pledge, writer: User) -> None:
        self.row, self.pledge, self.writer = row, pledge, writer

    def joins_as_party(self) -> None:
        self.pledge.parties.create(organization=self.row.organization, role="partner", state="named")

    def person_joins_party(self) -> None:
        add_member(self.pledge.organization, self.writer, Role.VIEWER)

    def seat_ends(self) -> None:
        Seat.objects.update(until=NOW.date() - DAY)

    def body_assesses_no_more(self) -> None:
        Body.objects.update(may_assess=False)

    def seat_gets_a_person(self) -> None:
        Seat.objects.update(person=make_user(email="another@example.org"))

    def pledge_is_withdrawn(self) -> None:
        withdraw(self.pledge, actor=person(self.pledge.organization.memberships.get().user), now=NOW)

    def goal_is_dropped(self) -> None:
        self.pledge.goals.all().delete()
        publish_pledge(self.pledge)

    def action_is_retired(self) -> None:
        PlanNode.objects.update(retired_on=NOW.date())


# What happens: what it is of, the words, and whether what was typed is stored as well as shown.
CASES: dict[str, tuple[Happens, str, str, bool]] = {
    "joins": (Draft.joins_as_party, "pledge", "Your organization is a party of this pledge", False),
    "person": (Draft.person_joins_party, "pledge", "You belong to an organization that is a party", False),
    "seat": (Draft.seat_ends, "pledge", "holds no seat any more", False),
    "body": (Draft.body_assesses_no_more, "action", "holds no seat any more", False),
    "named": (Draft.seat_gets_a_person, "goal", "held by a named person", False),
    "withdrawn": (Draft.pledge_is_withdrawn, "pledge", "This pledge is not public now", True),
    "dropped": (Draft.goal_is_dropped, "goal", "This goal is no part of the pledge any more", True),
    "retired": (Draft.action_is_retired, "action", "This action is no part of its plan any more", True),
}


@pytest.fixture
def pledge(organization: Organization) -> Pledge:
    made = make_pledge(organization, state=SubmissionState.PUBLISHED)
    made.goals.create(statement="Two offices open", position=0)
    publish_pledge(made)
    return made


def draft_of(kind: str, pledge: Pledge, organization: Organization, writer: User) -> Draft:
    body = make_body(may_assess=True)
    make_seat(body, organization)
    of: dict[str, Any] = {}
    if kind == "action":
        of = {"action": make_node(make_framework(in_force=True), "1.1").key}
    if kind == "goal":
        of = {"goal": pledge.goals.get().key}
    about = None if kind == "action" else pledge
    row = make_assessment(about, organization, body, author=writer, text="Before.", **of)
    return Draft(row, pledge, writer)


@pytest.mark.few(4)
@pytest.mark.parametrize("case", CASES)
def test_refused_at_the_save_and_at_submission_with_what_was_typed(
    client: Client, pledge: Pledge, other_organization: Organization, other_org_member: User, case: str
) -> None:
    happens, kind, words, is_stored = CASES[case]
    draft = draft_of(kind, pledge, other_organization, other_org_member)
    client.force_login(other_org_member)
    happens(draft)
    answer = client.post(f"/en/desk/assessments/{draft.row.key}/assessment/", {**WHOLE, "revision": "1"})
    assert (answer.status_code, words in answer.text, TYPED in answer.text) == (200, True, True)
    draft.row.refresh_from_db()
    assert draft.row.text == (TYPED if is_stored else "Before.")
    check = f"/en/desk/assessments/{draft.row.key}/check/"
    answer = client.post(check, {"submit_key": str(draft.row.submit_key)})
    assert (answer.status_code, words in answer.text) == (200, True)
    draft.row.refresh_from_db()
    assert (draft.row.state, draft.row.completion) == ("draft", "limited")


@pytest.mark.few(3)
@pytest.mark.parametrize("case", [case for case in CASES if case not in ("person", "named")])
def test_refused_at_publication_and_told_to_who_decides(
    client: Client,
    pledge: Pledge,
    other_organization: Organization,
    other_org_member: User,
    moderator: User,
    case: str,
) -> None:
    happens, kind, words, _is_stored = CASES[case]
    draft = draft_of(kind, pledge, other_organization, other_org_member)
    Assessment.objects.update(state=SubmissionState.SUBMITTED, submitted_at=NOW)
    draft.row.refresh_from_db()
    happens(draft)
    with translation.override("en"), pytest.raises(WrongState, match=words):
        publish_assessment(draft.row, actor=person(moderator), now=NOW + DAY)
    client.force_login(moderator)
    page = client.get(f"/en/desk/moderation/assessment/{draft.row.key}/").text
    assert ("It cannot be published now" in page, words in page) == (True, True)
    assert Record.objects.filter(kind="assessment").count() == 0


@pytest.mark.long
def test_what_cannot_be_assessed_is_told_where_one_chooses(
    client: Client, pledge: Pledge, other_organization: Organization, other_org_member: User
) -> None:
    draft_of("action", pledge, other_organization, other_org_member)
    client.force_login(other_org_member)
    number = Record.objects.get(source_key=pledge.key).public_id
    gone = make_node(make_framework("old"), "7", retired_on=NOW.date()).key
    told = {
        "pledge=P-99999": "There is no public pledge with this number.",
        "pledge=<b>": "There is no public pledge with this number.",
        f"pledge={number}&goal=00000000-0000-0000-0000-000000000000": "no part of the pledge any more",
        f"pledge={number}&goal=x": "no part of the pledge any more",
        "action=plan-a:9.9": "There is no action with this key.",
        f"action={gone}": "no part of its plan any more",
    }
    for query, words in told.items():
        page = client.get(f"/en/desk/assessments/new/?{query}").text
        assert (words in page, "Begin the assessment" in page, "<b>" in page) == (True, False, False), query
    assert f'value="{number}"' in client.get(f"/en/desk/assessments/new/?pledge={number}&goal=x").text
    typed = {"pledge": str(pledge.key), "goal": "x", "organization": str(other_organization.key)}
    answer = client.post("/en/desk/assessments/new/", {**typed, "language": "en"})
    assert ("no part of the pledge any more" in answer.text, Assessment.objects.count()) == (True, 1)


def test_a_reply_after_its_time_keeps_what_was_typed_and_is_not_submitted(
    client: Client,
    pledge: Pledge,
    organization: Organization,
    focal_point: User,
    other_organization: Organization,
) -> None:
    assessment = make_assessment(pledge, other_organization)
    record = approved(assessment)
    reply = make_reply(assessment, organization, author=focal_point, text="Before.")
    Record.objects.filter(pk=record.pk).update(published_at=NOW - 31 * DAY)
    client.force_login(focal_point)
    answer = client.post(f"/en/desk/replies/{reply.key}/reply/", {"text": TYPED, "revision": "1"})
    words = "The thirty days for a reply are over."
    assert (answer.status_code, words in answer.text, TYPED in answer.text) == (200, True, True)
    reply.refresh_from_db()
    assert reply.text == TYPED
    answer = client.post(f"/en/desk/replies/{reply.key}/check/", {"submit_key": str(reply.submit_key)})
    reply.refresh_from_db()
    assert (words in answer.text, reply.state) == (True, "draft")
    assert words in client.get(f"/en/desk/replies/new/?assessment={assessment.key}").text


def test_who_holds_no_seat_is_offered_no_form_below_the_refusal(
    client: Client, organization: Organization, focal_point: User
) -> None:
    client.force_login(focal_point)
    page = client.get("/en/desk/assessments/new/").text
    assert ("Only who holds a seat" in page, 'name="pledge"' in page, 'name="action"' in page) == (
        *(True, False),
        False,
    )
