"""Replies: a party of the pledge, within thirty days, read by the secretariat, below the assessment."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone, translation

from portal.accounts.models import User
from portal.common.actors import Group, person
from portal.common.errors import Incomplete, NotAllowed, WrongState
from portal.common.formatting import day
from portal.followup.models.assessments import Assessment, Reply
from portal.followup.replying.drafts import ReplyFields
from portal.followup.replying.submission import REPLY
from portal.moderation.domain import decide
from portal.organizations.enums import Role
from portal.organizations.models import Organization
from portal.publication.models import Record
from portal.submissions.domain import create_draft, submit, withdraw
from portal.submissions.states import SubmissionState
from tests.factories import make_pledge, make_report, make_user, publish_pledge, publish_report
from tests.factories.followup import make_assessment, publish_assessment
from tests.factories.organizations import add_member

CANARY = "zunzuncanario"
NOW = timezone.now()
DAY = timedelta(days=1)


def told(refusal: Any) -> str:
    """The first reason, in English."""
    with translation.override("en"):
        return str(refusal.value.problems[0].message)


@pytest.fixture
def assessment(organization: Organization, other_organization: Organization) -> Assessment:
    """Red Dos has assessed a pledge of Red Uno."""
    pledge = make_pledge(organization, state=SubmissionState.PUBLISHED)
    publish_pledge(pledge)
    made = make_assessment(pledge, other_organization)
    publish_assessment(made)
    made.refresh_from_db()
    return made


def begun(assessment: Assessment, organization: Organization, user: User) -> Reply:
    fields = ReplyFields(assessment=assessment, text=f"{CANARY} opened.")
    reply: Reply = create_draft(
        REPLY, organization=organization, language="en", fields=fields, actor=person(user), now=NOW
    )
    return reply


def test_a_reply_stands_below_the_assessment_once_it_is_published(
    client: Client, assessment: Assessment, organization: Organization, focal_point: User, moderator: User
) -> None:
    reply, record = begun(assessment, organization, focal_point), Record.objects.get(kind="assessment")
    submit(reply, submit_key=reply.submit_key, actor=person(focal_point), now=NOW)
    address = record.path("en")
    before = client.get(address).content.decode() + client.get(f"/api/v1{address[3:-1]}").content.decode()
    decide("reply", reply.key, "approved", actor=person(moderator), now=NOW)
    assert (CANARY in before, CANARY in client.get(address).content.decode()) == (False, True)
    told = client.get(f"/api/v1{address[3:-1]}").json()
    assert (told["replies"], told["completion"]) == (1, "limited")
    assert [row["text"] for row in told["reply_texts"]] == [f"{CANARY} opened."]
    reply.refresh_from_db()
    withdraw(reply, actor=person(focal_point), now=NOW)
    assert CANARY not in client.get(address).content.decode()
    assert client.get(f"/api/v1{address[3:-1]}").json()["replies"] == 0


def test_nobody_but_a_party_replies(
    client: Client, assessment: Assessment, other_organization: Organization, other_org_member: User
) -> None:
    with pytest.raises(Incomplete) as refusal:
        begun(assessment, other_organization, other_org_member)
    assert "parties that have confirmed" in told(refusal)
    client.force_login(other_org_member)
    page = client.get(f"/en/desk/replies/new/?assessment={assessment.key}").text
    assert "There is no assessment that you can reply to today." in page
    assert Reply.objects.count() == 0


def test_after_thirty_days_nobody_replies_any_more(
    client: Client, assessment: Assessment, organization: Organization, focal_point: User
) -> None:
    reply, record = begun(assessment, organization, focal_point), Record.objects.get(kind="assessment")
    with pytest.raises(Incomplete) as refusal:
        submit(reply, submit_key=reply.submit_key, actor=person(focal_point), now=NOW + 31 * DAY)
    assert told(refusal) == "The thirty days for a reply are over."
    client.force_login(focal_point)
    new = f"/en/desk/replies/new/?assessment={assessment.key}"
    assert client.get(new).context["assessment"] == assessment
    Record.objects.filter(pk=record.pk).update(published_at=NOW - 31 * DAY)
    assert "The thirty days for a reply are over." in client.get(new).text
    submitted = client.post(f"/en/desk/replies/{reply.key}/check/", {"submit_key": str(reply.submit_key)})
    assert "The thirty days for a reply are over." in submitted.text
    Record.objects.filter(pk=record.pk).update(published_at=NOW - 30 * DAY)
    submit(reply, submit_key=reply.submit_key, actor=person(focal_point), now=NOW)


def test_an_organization_replies_once(
    client: Client, assessment: Assessment, organization: Organization, focal_point: User
) -> None:
    first, second = (begun(assessment, organization, focal_point) for _ in range(2))
    submit(first, submit_key=first.submit_key, actor=person(focal_point), now=NOW)
    with pytest.raises(Incomplete) as refusal:
        submit(second, submit_key=second.submit_key, actor=person(focal_point), now=NOW)
    assert "has replied to it already" in told(refusal)
    client.force_login(focal_point)
    page = client.get(f"/en/desk/replies/new/?assessment={assessment.key}")
    assert ("has replied to it already" in page.text, "draft_key" in page.text) == (True, False)


def test_the_desk_offers_a_reply_to_parties_only(
    client: Client, assessment: Assessment, focal_point: User, other_org_member: User
) -> None:
    for user, offered in ((focal_point, True), (other_org_member, False)):
        client.force_login(user)
        assert ("/en/desk/replies/new/" in client.get("/en/desk/").text) == offered
    client.force_login(focal_point)
    assert str(assessment.key) in client.get("/en/desk/replies/new/").text


def test_a_reply_brings_no_withdrawn_assessment_back(
    client: Client,
    assessment: Assessment,
    organization: Organization,
    focal_point: User,
    other_org_member: User,
    moderator: User,
) -> None:
    """Neither when its own organization withdrew it nor when its pledge is withdrawn."""
    reply, record = begun(assessment, organization, focal_point), Record.objects.get(kind="assessment")
    submit(reply, submit_key=reply.submit_key, actor=person(focal_point), now=NOW)
    withdraw(assessment, actor=person(other_org_member), now=NOW)
    with pytest.raises(WrongState):
        decide("reply", reply.key, "approved", actor=person(moderator), now=NOW)
    record.refresh_from_db()
    assert (record.state, client.get(record.path("en")).status_code) == ("withdrawn", 410)


@pytest.mark.long
def test_a_reply_brings_no_assessment_of_a_withdrawn_pledge_back(
    assessment: Assessment, organization: Organization, focal_point: User, moderator: User
) -> None:
    reply = begun(assessment, organization, focal_point)
    submit(reply, submit_key=reply.submit_key, actor=person(focal_point), now=NOW)
    pledge = assessment.pledge
    assert pledge is not None
    withdraw(pledge, actor=person(focal_point), now=NOW)
    with pytest.raises(WrongState):
        decide("reply", reply.key, "approved", actor=person(moderator), now=NOW)
    assert Record.objects.get(kind="assessment").state == "withdrawn"


def test_who_assessed_decides_about_no_reply_to_it(
    assessment: Assessment, organization: Organization, other_organization: Organization, focal_point: User
) -> None:
    reply = begun(assessment, organization, focal_point)
    submit(reply, submit_key=reply.submit_key, actor=person(focal_point), now=NOW)
    assessor = make_user(Group.MODERATOR)
    add_member(other_organization, assessor, Role.EDITOR)
    for decision in ("approved", "returned"):
        with pytest.raises(NotAllowed):
            decide("reply", reply.key, decision, actor=person(assessor), now=NOW, reason="Not so.")
    reply.refresh_from_db()
    assert reply.state == SubmissionState.SUBMITTED


def test_who_replies_and_who_decides_read_what_was_assessed(
    client: Client, assessment: Assessment, organization: Organization, focal_point: User, moderator: User
) -> None:
    reply, record = begun(assessment, organization, focal_point), Record.objects.get(kind="assessment")
    client.force_login(focal_point)
    with translation.override("en"):
        last = str(day(NOW.date() + 30 * DAY))
    for path in (f"new/?assessment={assessment.key}", f"{reply.key}/reply/"):
        page = client.get(f"/en/desk/replies/{path}").text
        told = (record.public_id, "<span>Limited", "Medium", assessment.text, record.path("en"), last)
        assert [words for words in told if words not in page] == []
    submit(reply, submit_key=reply.submit_key, actor=person(focal_point), now=NOW)
    client.force_login(moderator)
    page = client.get(f"/en/desk/moderation/reply/{reply.key}/").text
    assert [words for words in told if words not in page] == []


def test_who_decides_about_an_assessment_reads_what_the_parties_claim(
    client: Client, organization: Organization, other_organization: Organization, moderator: User
) -> None:
    pledge = make_pledge(organization, state=SubmissionState.PUBLISHED)
    public = publish_pledge(pledge)
    report = publish_report(make_report(pledge, stage="fulfilled", text="All is done."))
    waiting = make_assessment(pledge, other_organization, state=SubmissionState.SUBMITTED)
    client.force_login(moderator)
    page = client.get(f"/en/desk/moderation/assessment/{waiting.key}/").text
    assert "They say that it is fulfilled. Nobody has checked this yet." in page
    links = (public.path("en"), report.path("en"), f"/en/reports/?pledge={public.public_id}")
    assert [path for path in links if f'href="{path}"' not in page] == []
