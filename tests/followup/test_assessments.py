"""Assessments: by no party, by a seat that lasts, published by another; beside the claim, never for it."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from portal.accounts.models import User
from portal.common.actors import Actor, Group, person
from portal.common.errors import Incomplete, NotAllowed, WrongState
from portal.common.languages import CODES
from portal.followup.assessing.domain import may_review, publish_assessment
from portal.followup.assessing.drafts import AssessmentFields
from portal.followup.assessing.submission import ASSESSMENT
from portal.followup.models import Assessment, Body
from portal.moderation.domain import decide
from portal.organizations.enums import Role
from portal.organizations.models import Organization
from portal.pledges.enums import PartyState
from portal.pledges.joining import decide_party
from portal.pledges.models import Pledge
from portal.publication.models import Record
from portal.submissions.domain import create_draft, save_draft, submit, withdraw
from portal.submissions.states import SubmissionState
from tests.factories import (
    make_organization,
    make_pledge,
    make_report,
    make_user,
    publish_pledge,
    publish_report,
)
from tests.factories.followup import make_assessment, make_body, make_seat
from tests.factories.followup import publish_assessment as approved
from tests.factories.organizations import add_member

CANARY = "zunzuncanario"
NOW = timezone.now()
DAY = timedelta(days=1)
WHOLE = {
    "completion": "limited",
    "confidence": "high",
    "basis": "3",
    "text": "One office is open.",
    "sources": "Report of the registry",
    "conflict": "Nothing.",
}


def told(refusal: Any) -> str:
    """The first reason, in English."""
    with translation.override("en"):
        return str(refusal.value.problems[0].message)


@pytest.fixture
def pledge(organization: Organization) -> Pledge:
    """Public; kept by Red Uno, claimed as fulfilled."""
    made = make_pledge(organization, state=SubmissionState.PUBLISHED, stage="fulfilled")
    publish_pledge(made)
    return made


@pytest.fixture
def body(other_organization: Organization) -> Body:
    """Assesses; Red Dos holds a seat in it."""
    made = make_body(may_assess=True)
    make_seat(made, other_organization)
    return made


@pytest.fixture
def assessor(other_org_member: User) -> Actor:
    return person(other_org_member)


def begun(pledge: Pledge, organization: Organization, body: Body, actor: Actor, **fields: str) -> Assessment:
    told = AssessmentFields(pledge=pledge, body=body, **(WHOLE | fields))
    return create_draft(
        ASSESSMENT, organization=organization, language="en", fields=told, actor=actor, now=NOW
    )


def test_an_assessment_stands_beside_the_claim(
    client: Client,
    pledge: Pledge,
    body: Body,
    other_organization: Organization,
    assessor: Actor,
    moderator: User,
) -> None:
    draft = begun(pledge, other_organization, body, assessor)
    submit(draft, submit_key=draft.submit_key, actor=assessor, now=NOW)
    number = Record.objects.get(source_key=pledge.key).public_id
    before = client.get(f"/api/v1/pledges/{number}").json()
    decide("assessment", draft.key, "approved", actor=person(moderator), now=NOW)
    record = Record.objects.get(source_key=draft.key)
    after = client.get(f"/api/v1/pledges/{number}").json()
    assert (before["assessment"], before["assessed_completion"]) == (None, None)
    assert (after["assessment"], after["assessed_completion"]) == ([record.public_id], ["limited"])
    assert after["stage"] == before["stage"] == "fulfilled"
    row = client.get("/api/v1/assessments?ui=en").json()["results"][0]
    told = {name: row[name] for name in ("pledge", "body", "completion", "claimed", "published_on")}
    assert told == {
        "pledge": number,
        "body": body.slug,
        "completion": "limited",
        "claimed": "fulfilled",
        "published_on": NOW.date().isoformat(),
    }
    page = client.get(f"/en/pledges/{number}/").content.decode()
    assert (record.public_id in page, "Assessed: Limited" in page, "Claimed: fulfilled" in page) == (
        True,
    ) * 3
    figures = client.get("/api/v1/follow-up").json()["figures"]
    assert (figures["claimed_fulfilled"], figures["assessed"]) == (1, 1)


def test_nothing_of_an_assessment_is_public_before_it_is_published(
    client: Client, pledge: Pledge, body: Body, other_organization: Organization, assessor: Actor
) -> None:
    draft = begun(pledge, other_organization, body, assessor, text=CANARY, completion="no_evidence")
    submit(draft, submit_key=draft.submit_key, actor=assessor, now=NOW)
    number = Record.objects.get(source_key=pledge.key).public_id
    pages = ("/en/assessments/", f"/en/pledges/{number}/", "/en/pledges/?format=csv", "/api/v1/assessments")
    text = "".join(_text(client.get(page)) for page in pages)
    assert [word for word in (CANARY, "Assessed:") if word in text] == []


def _text(response: Any) -> str:
    if response.streaming:
        return b"".join(response.streaming_content).decode()
    return str(response.content.decode())


@pytest.mark.parametrize("state", PartyState)
def test_no_party_assesses_its_own_pledge(
    pledge: Pledge, body: Body, other_organization: Organization, assessor: Actor, state: PartyState
) -> None:
    """Who keeps it, and who is named or confirmed; who has declined or only asks is none."""
    pledge.parties.create(organization=other_organization, role="partner", state=state)
    if state in (PartyState.NAMED, PartyState.CONFIRMED):
        with pytest.raises(Incomplete) as refusal:
            begun(pledge, other_organization, body, assessor)
        assert "is a party of this pledge" in told(refusal)
        assert Assessment.objects.count() == 0
    else:
        assert begun(pledge, other_organization, body, assessor).state == SubmissionState.DRAFT


@pytest.mark.parametrize("role", Role)
def test_nobody_of_a_party_writes_submits_or_decides(
    pledge: Pledge,
    body: Body,
    organization: Organization,
    other_organization: Organization,
    assessor: Actor,
    other_org_member: User,
    moderator: User,
    role: Role,
) -> None:
    draft = begun(pledge, other_organization, body, assessor)
    add_member(organization, other_org_member, role)
    with pytest.raises(NotAllowed):
        begun(pledge, other_organization, body, assessor)
    with pytest.raises(NotAllowed):
        save_draft(draft, fields=AssessmentFields(text="x"), revision=1, actor=assessor, now=NOW)
    with pytest.raises(NotAllowed):
        submit(draft, submit_key=draft.submit_key, actor=assessor, now=NOW)
    Assessment.objects.filter(pk=draft.pk).update(state=SubmissionState.SUBMITTED, submitted_at=NOW)
    draft.refresh_from_db()
    assert may_review(person(moderator), draft)
    add_member(organization, moderator, role)
    assert not may_review(person(moderator), draft)
    for verb in (publish_assessment, lambda row, **told: decide("assessment", row.key, "approved", **told)):
        with pytest.raises(NotAllowed):
            verb(draft, actor=person(moderator), now=NOW)
    assert Record.objects.filter(kind="assessment").count() == 0


def test_a_seat_that_has_ended_submits_nothing(
    pledge: Pledge, body: Body, other_organization: Organization, assessor: Actor, moderator: User
) -> None:
    draft = begun(pledge, other_organization, body, assessor)
    body.seats.update(until=NOW.date() - DAY)
    with pytest.raises(Incomplete) as refusal:
        submit(draft, submit_key=draft.submit_key, actor=assessor, now=NOW)
    assert "holds no seat any more" in told(refusal)
    body.seats.update(until=NOW.date())
    submit(draft, submit_key=draft.submit_key, actor=assessor, now=NOW)
    draft.refresh_from_db()
    record = publish_assessment(draft, actor=person(moderator), now=NOW + DAY)
    assert record.is_published


def test_a_conflict_that_comes_up_before_publication_refuses_it(
    pledge: Pledge, body: Body, other_organization: Organization, moderator: User
) -> None:
    waiting = make_assessment(pledge, other_organization, body, state=SubmissionState.SUBMITTED)
    pledge.parties.create(organization=other_organization, role="funder", state=PartyState.CONFIRMED)
    with translation.override("en"), pytest.raises(WrongState, match="is a party of this pledge"):
        publish_assessment(waiting, actor=person(moderator), now=NOW)
    assert Record.objects.filter(kind="assessment").count() == 0


@pytest.mark.few(2)
@pytest.mark.parametrize(
    ("wrong", "fields"),
    [
        ({"completion": "", "confidence": "", "basis": ""}, ["basis", "completion", "confidence"]),
        ({"completion": "complete", "basis": "1"}, ["completion"]),
        ({"text": " ", "conflict": ""}, ["conflict", "text"]),
        ({"sources": ""}, ["sources"]),
        ({"text": "word " * 601}, ["text"]),
        ({"sources": "line\n" * 13}, ["sources"]),
    ],
)
def test_what_is_missing_is_said_at_its_field(
    client: Client,
    pledge: Pledge,
    body: Body,
    other_organization: Organization,
    other_org_member: User,
    wrong: dict[str, str],
    fields: list[str],
) -> None:
    draft = make_assessment(pledge, other_organization, body, author=other_org_member)
    client.force_login(other_org_member)
    page = f"/en/desk/assessments/{draft.key}/assessment/"
    answer = client.post(page, {**WHOLE, **wrong, "revision": "1"})
    assert sorted(answer.context["form"].errors) == fields
    draft.refresh_from_db()
    assert draft.conflict == wrong.get("conflict", WHOLE["conflict"])
    with pytest.raises(Incomplete):
        submit(draft, submit_key=draft.submit_key, actor=person(other_org_member), now=NOW)


@pytest.mark.long
def test_the_desk_leads_from_the_number_to_the_receipt(
    client: Client, pledge: Pledge, body: Body, other_organization: Organization, other_org_member: User
) -> None:
    client.force_login(other_org_member)
    number = Record.objects.get(source_key=pledge.key).public_id
    new = reverse("assessments_desk:new")
    assert "P-99999" in client.get(f"{new}?pledge=P-99999").text
    with translation.override("en"):
        new = reverse("assessments_desk:new")
    assert "There is no public pledge with this number." in client.get(f"{new}?pledge=P-99999").text
    assert number in client.get(new).text
    page = client.get(f"{new}?pledge={number}")
    typed = {"pledge": str(pledge.key), "draft_key": page.context["draft_key"], "language": "en"}
    begin = client.post(new, {**typed, "organization": str(other_organization.key)})
    draft = Assessment.objects.get()
    assert (begin.status_code, draft.body, draft.pledge) == (302, body, pledge)
    step = f"/en/desk/assessments/{draft.key}/assessment/"
    assert client.post(step, {**WHOLE, "revision": "1"}).status_code == 302
    draft.refresh_from_db()
    check = f"/en/desk/assessments/{draft.key}/check/"
    assert client.post(check, {"submit_key": str(draft.submit_key)}).status_code == 302
    draft.refresh_from_db()
    assert (draft.state, draft.title.startswith("Assessment of")) == ("submitted", True)


def test_the_desk_offers_assessing_to_who_holds_a_seat_only(
    client: Client, pledge: Pledge, body: Body, focal_point: User, other_org_member: User
) -> None:
    number = Record.objects.get(source_key=pledge.key).public_id
    for user, offered in ((focal_point, False), (other_org_member, True)):
        client.force_login(user)
        assert ("/en/desk/assessments/new/" in client.get("/en/desk/").text) == offered
    client.force_login(focal_point)
    told = client.get(f"/en/desk/assessments/new/?pledge={number}").text
    assert "Only who holds a seat in a body that assesses" in told
    make_seat(body, pledge.organization)
    told = client.get(f"/en/desk/assessments/new/?pledge={number}").text
    assert "is a party of this pledge" in told
    typed = {"pledge": str(pledge.key), "language": "en", "organization": str(pledge.organization.key)}
    assert client.post("/en/desk/assessments/new/", typed).status_code == 200
    assert Assessment.objects.count() == 0


@pytest.mark.few(1)
@pytest.mark.parametrize("code", CODES)
def test_bodies_that_disagree_stand_side_by_side(
    client: Client, pledge: Pledge, other_organization: Organization, code: str
) -> None:
    commission, observatory = make_body(may_assess=True), make_body("observatory", may_assess=True)
    third = make_organization(name="Red Tres", state="verified")
    make_seat(commission, other_organization)
    make_seat(observatory, third)
    first = approved(make_assessment(pledge, other_organization, commission, completion="substantial"))
    second = approved(make_assessment(pledge, third, observatory, completion="not_started"))
    number = Record.objects.get(source_key=pledge.key).public_id
    page = client.get(f"/{code}/pledges/{number}/").content.decode()
    assert [record.path(code) in page for record in (first, second)] == [True, True]
    row = client.get(f"/api/v1/pledges/{number}").json()
    assert sorted(row["assessed_completion"]) == ["not_started", "substantial"]
    own = client.get(first.path(code))
    assert (own.status_code, other_organization.name in own.content.decode()) == (200, True)


def test_a_withdrawn_assessment_leaves_the_pledge_unassessed(
    client: Client, pledge: Pledge, body: Body, other_organization: Organization, assessor: Actor
) -> None:
    assessment = make_assessment(pledge, other_organization, body)
    record = approved(assessment)
    assessment.refresh_from_db()
    withdraw(assessment, actor=assessor, now=NOW)
    number = Record.objects.get(source_key=pledge.key).public_id
    row = client.get(f"/api/v1/pledges/{number}").json()
    assert (row["assessment"], client.get(record.path("en")).status_code) == (None, 410)
    assert "Not yet assessed" in client.get(f"/en/pledges/{number}/").content.decode()
    assert client.get("/api/v1/follow-up").json()["figures"]["assessed"] == 0


@pytest.mark.long
def test_assessments_go_with_a_withdrawn_pledge_and_come_back_with_it(
    client: Client,
    pledge: Pledge,
    body: Body,
    other_organization: Organization,
    assessor: Actor,
    focal_point: User,
) -> None:
    Pledge.objects.update(title=CANARY)
    pledge.refresh_from_db()
    publish_pledge(pledge)
    kept, gone = (
        make_assessment(pledge, other_organization, body, title=f"On {CANARY}") for _each in range(2)
    )
    record, _other = approved(kept), approved(gone)
    gone.refresh_from_db()
    withdraw(gone, actor=assessor, now=NOW)
    pages = [record.path("en"), f"/api/v1/assessments/{record.public_id}"]
    lists = ["/en/assessments/", "/api/v1/assessments", "/en/assessments/feed/"]
    assert [place for place in lists if CANARY not in client.get(place).text] == []
    withdraw(pledge, actor=person(focal_point), now=NOW)
    assert [client.get(page).status_code for page in pages] == [410, 410]
    assert [place for place in lists if CANARY in client.get(place).text] == []
    publish_pledge(pledge)
    assert [client.get(page).status_code for page in pages] == [200, 200]
    number = Record.objects.get(source_key=pledge.key).public_id
    assert client.get(f"/api/v1/pledges/{number}").json()["assessment"] == [record.public_id]
    assert client.get("/api/v1/assessments").json()["count"] == 1


def test_what_a_pledge_says_of_its_assessments_outlives_its_correction(
    client: Client, pledge: Pledge, body: Body, other_organization: Organization
) -> None:
    record = approved(make_assessment(pledge, other_organization, body))
    publish_pledge(pledge)
    number = Record.objects.get(source_key=pledge.key).public_id
    assert client.get(f"/api/v1/pledges/{number}").json()["assessment"] == [record.public_id]


@pytest.mark.long
def test_the_trace_goes_through_the_reports_that_were_weighed(
    client: Client, pledge: Pledge, body: Body, other_organization: Organization
) -> None:
    report = publish_report(make_report(pledge))
    record = approved(make_assessment(pledge, other_organization, body))
    later = publish_report(make_report(pledge))
    number = Record.objects.get(source_key=pledge.key).public_id
    seen = {
        key: {
            stage["stage"]: [item["id"] for item in stage["items"]]
            for stage in client.get(f"/api/v1/trace/{key}").json()["thread"]
        }
        for key in (number, report.public_id, record.public_id)
    }
    assert [told["review"] for told in seen.values()] == [[record.public_id]] * 3
    assert seen[record.public_id]["progress_report"] == [report.public_id]
    assert later.public_id in seen[number]["progress_report"]
    assert record.path("en") in client.get(report.path("en")).content.decode()
    assert report.path("en") in client.get(record.path("en")).content.decode()
    assert client.get(f"/r/{record.public_id}/").status_code == 302


@pytest.mark.long
def test_exports_tell_completion_only_where_somebody_assessed(
    client: Client, pledge: Pledge, body: Body, other_organization: Organization
) -> None:
    other = make_pledge(pledge.organization, stage="fulfilled")
    publish_pledge(other)
    record = approved(make_assessment(pledge, other_organization, body, text="=1+1"))
    rows = list(csv.DictReader(io.StringIO(_text(client.get("/en/pledges/?format=csv")).lstrip("\ufeff"))))
    told = {row["id"]: (row["assessment"], row["assessed_completion"]) for row in rows}
    number = Record.objects.get(source_key=pledge.key).public_id
    without = Record.objects.get(source_key=other.key).public_id
    assert told == {number: (record.public_id, "limited"), without: ("", "")}
    rows = list(
        csv.DictReader(io.StringIO(_text(client.get("/en/assessments/?format=csv")).lstrip("\ufeff")))
    )
    assert [(row["id"], row["pledge"], row["text_text"]) for row in rows] == [
        (record.public_id, number, "'=1+1")
    ]
    assert client.get("/api/v1/assessments?pledge=P-99999").json()["count"] == 0
    assert client.get(f"/api/v1/assessments?pledge={number}&completion=limited").json()["count"] == 1
    assert client.get("/api/v1/assessments?completion=great").status_code == 422


@pytest.mark.parametrize("group", [Group.MODERATOR, Group.EDITOR, Group.COMMISSIONER, Group.OBSERVATORY])
def test_no_group_assesses(
    pledge: Pledge, body: Body, other_organization: Organization, group: Group
) -> None:
    with pytest.raises(NotAllowed):
        begun(pledge, other_organization, body, person(make_user(group)))


def test_on_the_seat_of_a_named_person_nobody_else_writes(
    pledge: Pledge, body: Body, other_organization: Organization, other_org_member: User, assessor: Actor
) -> None:
    colleague = make_user(email="colleague@example.org")
    add_member(other_organization, colleague, Role.SIGNATORY)
    draft = begun(pledge, other_organization, body, assessor)
    body.seats.update(person=colleague)
    with pytest.raises(NotAllowed):
        submit(draft, submit_key=draft.submit_key, actor=assessor, now=NOW)
    submit(draft, submit_key=draft.submit_key, actor=person(colleague), now=NOW)


def test_the_parties_are_told_by_mail_until_when_they_may_reply(
    pledge: Pledge, body: Body, other_organization: Organization, focal_point: User, mailoutbox: list[Any]
) -> None:
    record = approved(make_assessment(pledge, other_organization, body))
    told = [message for message in mailoutbox if record.public_id in message.body]
    assert [message.to for message in told] == [[focal_point.email]]
    assert "/desk/replies/new/" in told[0].body


def test_who_joined_a_party_after_submitting_is_not_published(
    pledge: Pledge,
    body: Body,
    organization: Organization,
    other_organization: Organization,
    other_org_member: User,
    assessor: Actor,
    moderator: User,
) -> None:
    draft = begun(pledge, other_organization, body, assessor)
    submit(draft, submit_key=draft.submit_key, actor=assessor, now=NOW)
    add_member(organization, other_org_member, Role.VIEWER)
    with pytest.raises(WrongState):
        decide("assessment", draft.key, "approved", actor=person(moderator), now=NOW)
    assert not Record.objects.filter(source_key=draft.key).exists()


def test_who_has_become_a_party_is_no_outside_voice(
    client: Client, pledge: Pledge, body: Body, other_organization: Organization, focal_point: User
) -> None:
    """Its assessment stays; the pledge says no longer that others have assessed it."""
    approved(make_assessment(pledge, other_organization, body, completion="complete", basis="3"))
    row = Record.objects.get(source_key=pledge.key)
    assert client.get(f"/api/v1/pledges/{row.public_id}").json()["fulfilment"] == "assessed_complete"
    party = pledge.parties.create(organization=other_organization, role="partner", state="asked")
    decide_party(party, is_accepted=True, actor=person(focal_point), now=NOW)
    told = client.get(f"/api/v1/pledges/{row.public_id}").json()
    assert (told["fulfilment"], told["assessment"]) == ("claimed", None)
    assert client.get("/api/v1/follow-up").json()["figures"]["assessed"] == 0


@pytest.mark.long
def test_what_a_withdrawn_pledge_was_assessed_on_comes_back_with_it(
    pledge: Pledge, body: Body, other_organization: Organization, focal_point: User, moderator: User
) -> None:
    publish_report(make_report(pledge))
    approved(make_assessment(pledge, other_organization, body))
    record = Record.objects.get(kind="assessment")
    before = record.links.filter(relation="weighs").count()
    withdraw(pledge, actor=person(focal_point), now=NOW)
    publish_pledge(pledge)
    record.refresh_from_db()
    assert (before, record.state, record.links.filter(relation="weighs").count()) == (1, "published", 1)
