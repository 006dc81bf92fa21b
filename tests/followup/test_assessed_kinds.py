"""Assessments of one goal and of an action: chosen, written, public, on the trace, and replied to."""

import csv
import io
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.utils import timezone, translation

from portal.accounts.models import User
from portal.common.actors import Actor, person, system
from portal.common.errors import Incomplete, Unadmitted
from portal.followup.assessing.drafts import AssessmentFields
from portal.followup.assessing.submission import ASSESSMENT
from portal.followup.followers import move
from portal.followup.models import Assessment, Body, Reply
from portal.followup.replying.drafts import ReplyFields
from portal.followup.replying.submission import REPLY
from portal.moderation.domain import decide
from portal.organizations.enums import Role
from portal.organizations.models import Organization
from portal.plan.models import PlanNode
from portal.pledges.duplicates.followers import Moving
from portal.pledges.enums import PartyState
from portal.pledges.models import Pledge
from portal.publication.enums import Relation
from portal.publication.models import Record
from portal.submissions.domain import create_draft, submit
from portal.submissions.states import SubmissionState
from tests.factories import make_organization, make_pledge, make_user, publish_pledge
from tests.factories.followup import make_assessment, make_body, make_seat, publish_assessment
from tests.factories.organizations import add_member
from tests.factories.plan import link_to, make_framework, make_node, make_recommendation
from tests.markup import voices_of

NOW = timezone.now()
CANARY = "zunzuncanario"
WHOLE = {
    "completion": "limited",
    "confidence": "high",
    "basis": "3",
    "text": "One office is open.",
    "sources": "Report of the registry https://example.org/registry.pdf",
    "conflict": "Nothing.",
}


@pytest.fixture
def action(db: None) -> PlanNode:
    """In force; a recommendation leads to it."""
    node = make_node(make_framework(in_force=True), "1.1")
    link_to(make_recommendation(), {node.key: True})
    return node


@pytest.fixture
def pledge(organization: Organization, action: PlanNode) -> Pledge:
    """Public, of Red Uno, claimed as fulfilled, with a goal; it carries out the action."""
    made = make_pledge(organization, state=SubmissionState.PUBLISHED, stage="fulfilled")
    made.goals.create(statement="Two offices open", position=0)
    made.links.create(
        relation=Relation.CARRIES_OUT, target=action.key, asserted_by="parties", asserted_at=NOW
    )
    publish_pledge(made)
    return made


@pytest.fixture
def body(other_organization: Organization) -> Body:
    """Assesses; Red Dos holds a seat in it."""
    made = make_body(may_assess=True)
    make_seat(made, other_organization)
    return made


def number_of(pledge: Pledge) -> str:
    return Record.objects.get(source_key=pledge.key).public_id


def table(client: Client, path: str) -> list[dict[str, str]]:
    answer: Any = client.get(path)
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def started(client: Client, user: User, organization: Organization, **asked: str) -> Any:
    client.force_login(user)
    typed = {**asked, "language": "en", "organization": str(organization.key)}
    return client.post("/en/desk/assessments/new/", typed)


def _begun(actor: Actor, organization: Organization, body: Body, **of: Any) -> Assessment:
    fields = AssessmentFields(body=body, **WHOLE, **of)
    draft: Assessment = create_draft(
        ASSESSMENT, organization=organization, language="en", fields=fields, actor=actor, now=NOW
    )
    return draft


@pytest.mark.long
def test_a_goal_is_chosen_and_its_assessment_is_not_that_of_the_pledge(
    client: Client,
    pledge: Pledge,
    body: Body,
    other_organization: Organization,
    other_org_member: User,
    moderator: User,
) -> None:
    goal, number = pledge.goals.get(), number_of(pledge)
    client.force_login(other_org_member)
    page = client.get(f"/en/desk/assessments/new/?pledge={number}").text
    assert (f'value="{goal.key}"' in page, "Two offices open" in page) == (True, True)
    answer = started(client, other_org_member, other_organization, pledge=str(pledge.key), goal=str(goal.key))
    draft = Assessment.objects.get()
    assert (answer.status_code, draft.goal, draft.pledge) == (302, goal.key, pledge)
    assert draft.title == f"Assessment of the goal “Two offices open” of “{pledge.title}”"
    step = f"/en/desk/assessments/{draft.key}/assessment/"
    assert client.post(step, {**WHOLE, "completion": "complete", "revision": "1"}).status_code == 302
    draft.refresh_from_db()
    submit(draft, submit_key=draft.submit_key, actor=person(other_org_member), now=NOW)
    decide("assessment", draft.key, "approved", actor=person(moderator), now=NOW)
    record = Record.objects.get(kind="assessment")
    row = client.get("/api/v1/assessments").json()["results"][0]
    told = {name: row[name] for name in ("subject", "pledge", "goal", "action", "claimed")}
    assert told == {
        "subject": "goal",
        "pledge": number,
        "goal": str(goal.key),
        "action": None,
        "claimed": "fulfilled",
    }
    whole = client.get(f"/api/v1/pledges/{number}").json()
    assert (whole["assessment"], whole["fulfilment"]) == ([record.public_id], "claimed")
    assert whole["goals"][0]["assessments"] == [record.public_id]
    seen = client.get(f"/en/pledges/{number}/")
    assert ("Claimed: fulfilled" in seen.text, "One goal assessed: Complete" in seen.text) == (True, True)
    assert [voice["text"] for voice in voices_of(seen.context)[1:]] == ["Nothing yet."] * 2
    assert "1 assessment is of a goal alone" in voices_of(seen.context)[1]["note"]
    assert "Two offices open" in client.get(record.path("en")).text


@pytest.mark.long
def test_a_goal_that_was_dropped_since_is_told_on_the_page_of_its_assessment(
    client: Client, pledge: Pledge, body: Body, other_organization: Organization
) -> None:
    goal = pledge.goals.get()
    record = publish_assessment(make_assessment(pledge, other_organization, body, goal=goal.key))
    goal.delete()
    publish_pledge(pledge)
    assert "have dropped this goal since" in client.get(record.path("en")).text
    assert client.get(f"/api/v1/pledges/{number_of(pledge)}").json()["assessment"] == [record.public_id]


def test_an_action_is_assessed_and_stands_on_its_trace(
    client: Client,
    pledge: Pledge,
    action: PlanNode,
    body: Body,
    other_organization: Organization,
    other_org_member: User,
    moderator: User,
    mailoutbox: list[Any],
    focal_point: User,
) -> None:
    answer = started(client, other_org_member, other_organization, action="1.1")
    draft = Assessment.objects.get()
    assert (answer.status_code, draft.action, draft.pledge) == (302, action.key, None)
    step = f"/en/desk/assessments/{draft.key}/assessment/"
    assert "Node 1.1 in en" in client.get(step).text
    assert client.post(step, {**WHOLE, "revision": "1"}).status_code == 302
    draft.refresh_from_db()
    submit(draft, submit_key=draft.submit_key, actor=person(other_org_member), now=NOW)
    before = client.get(action.path("en")).text
    decide("assessment", draft.key, "approved", actor=person(moderator), now=NOW)
    record, number = Record.objects.get(kind="assessment"), number_of(pledge)
    row = client.get("/api/v1/assessments").json()["results"][0]
    told = {name: row[name] for name in ("subject", "pledge", "goal", "action", "claimed", "completion")}
    assert told == {
        "subject": "action",
        "pledge": None,
        "goal": None,
        "action": action.key,
        "claimed": None,
        "completion": "limited",
    }
    page = client.get(action.path("en")).text
    assert (record.path("en") in before, record.path("en") in page) == (False, True)
    assert client.get(f"/api/v1/actions/{action.key}").json()["assessments"] == [record.public_id]
    stages = {
        key: {
            row["stage"]: [item["id"] for item in row["items"]] for row in client.get(path).json()["thread"]
        }
        for key, path in (
            ("action", f"/api/v1/trace/{action.key}"),
            ("own", f"/api/v1/trace/{record.public_id}"),
            ("pledge", f"/api/v1/trace/{number}"),
        )
    }
    assert stages["action"]["review"] == stages["own"]["review"] == [record.public_id]
    assert stages["own"]["plan_action"] == [action.key]
    assert len(stages["own"]["recommendation"]) == 1
    assert stages["pledge"]["review"] == []
    assert client.get(f"/api/v1/pledges/{number}").json()["assessment"] is None
    assert "none yet" not in client.get(record.path("en")).context["steps"][-2].get("note", "")
    assert [mail.to for mail in mailoutbox if "/desk/replies/new/" in mail.body] == [[focal_point.email]]


@pytest.mark.long
def test_lists_are_narrowed_to_an_action_and_to_a_kind(
    client: Client, pledge: Pledge, action: PlanNode, body: Body, other_organization: Organization
) -> None:
    goal = pledge.goals.get().key
    told: list[dict[str, Any]] = [{"pledge": pledge}, {"pledge": pledge, "goal": goal}]
    made = [make_assessment(row.pop("pledge"), other_organization, body, **row) for row in told]
    made.append(make_assessment(None, other_organization, body, action=action.key))
    whole, part, plan = (publish_assessment(row).public_id for row in made)
    asked = {
        "subject=pledge": [whole],
        "subject=goal": [part],
        "subject=action": [plan],
        f"action={action.key}": [plan],
        f"pledge={number_of(pledge)}": [part, whole],
        "action=plan-a:9.9": [],
    }
    for query, numbers in asked.items():
        rows = client.get(f"/api/v1/assessments?{query}").json()["results"]
        assert sorted(row["id"] for row in rows) == sorted(numbers), query
        lines = table(client, f"/en/assessments/?{query}&format=csv")
        assert sorted(line["id"] for line in lines) == sorted(numbers), query
    assert client.get("/api/v1/assessments?subject=plan").status_code == 422


def test_no_party_of_a_pledge_that_carries_an_action_out_assesses_it(
    pledge: Pledge, action: PlanNode, body: Body, organization: Organization, focal_point: User
) -> None:
    """Who keeps it and who is named in it; not who declined, nor who is a party of a draft."""
    people = {state: make_user(email=f"{state}@example.org") for state in (*PartyState, "draft")}
    places = {
        state: make_organization(name=state, state="verified", owner=user) for state, user in people.items()
    }
    for state in PartyState:
        pledge.parties.create(organization=places[state], role="partner", state=state)
    draft = make_pledge(places["draft"], title=CANARY)
    draft.links.create(relation=Relation.CARRIES_OUT, target=action.key, asserted_at=NOW)
    refused = {}
    for state, user in (people | {"keeper": focal_point}).items():
        place = places.get(state, organization)
        make_seat(body, place)
        with translation.override("en"):
            try:
                _begun(person(user), place, body, action=action.key)
            except Incomplete as refusal:
                refused[str(state)] = str(refusal.problems[0].message)
    assert set(refused) == {"keeper", "named", "confirmed"}
    assert ["that carries out this action" in words for words in refused.values()] == [True] * 3


def test_who_belongs_to_a_party_assesses_an_action_for_nobody(
    client: Client,
    pledge: Pledge,
    action: PlanNode,
    body: Body,
    organization: Organization,
    other_organization: Organization,
    other_org_member: User,
) -> None:
    add_member(organization, other_org_member, Role.VIEWER)
    with translation.override("en"), pytest.raises(Unadmitted, match="whichever organization"):
        _begun(person(other_org_member), other_organization, body, action=action.key)
    answer = started(client, other_org_member, other_organization, action=action.key)
    assert ("You belong to an organization that is a party here" in answer.text) is True
    assert Assessment.objects.count() == 0


def test_parties_that_carry_an_action_out_reply_to_its_assessment(
    client: Client,
    pledge: Pledge,
    action: PlanNode,
    body: Body,
    organization: Organization,
    other_organization: Organization,
    focal_point: User,
    moderator: User,
) -> None:
    assessment = make_assessment(None, other_organization, body, action=action.key)
    record = publish_assessment(assessment)
    client.force_login(focal_point)
    assert str(assessment.key) in client.get("/en/desk/replies/new/").text
    fields = ReplyFields(assessment=assessment, text=f"{CANARY} opened.")
    reply: Reply = create_draft(
        REPLY, organization=organization, language="en", fields=fields, actor=person(focal_point), now=NOW
    )
    submit(reply, submit_key=reply.submit_key, actor=person(focal_point), now=NOW)
    decide("reply", reply.key, "approved", actor=person(moderator), now=NOW)
    assert CANARY in client.get(record.path("en")).text


def test_an_assessor_reads_no_title_that_is_not_public_yet(
    client: Client, pledge: Pledge, body: Body, other_organization: Organization, other_org_member: User
) -> None:
    """The pledge is being corrected: what it will say is for its keeper alone."""
    Pledge.objects.filter(pk=pledge.pk).update(title=CANARY, country="BZ", state=SubmissionState.CORRECTING)
    client.force_login(other_org_member)
    pages = [client.get(f"/en/desk/assessments/new/?pledge={number_of(pledge)}").text]
    started(client, other_org_member, other_organization, pledge=str(pledge.key))
    draft = Assessment.objects.get()
    for name in ("", "assessment/", "check/"):
        pages.append(client.get(f"/en/desk/assessments/{draft.key}/{name}").text)
    assert [CANARY in text for text in (*pages, draft.title)] == [False] * 5
    assert draft.country != "BZ"


@pytest.mark.few(2)
@pytest.mark.parametrize("seen", [("limited", "complete"), ("complete", "complete"), ("complete", "")])
def test_voices_that_differ_say_so_and_are_not_averaged(
    client: Client, pledge: Pledge, other_organization: Organization, seen: tuple[str, str]
) -> None:
    for kind, completion in zip(("commission", "observatory"), seen, strict=True):
        if completion:
            seat = make_body(kind, may_assess=True)
            make_seat(seat, other_organization)
            publish_assessment(make_assessment(pledge, other_organization, seat, completion=completion))
    answer = client.get(f"/en/pledges/{number_of(pledge)}/")
    voices = voices_of(answer.context)
    labels = [completion.capitalize() or "Nothing yet." for completion in seen]
    assert [str(voice["text"]) for voice in voices[1:]] == labels
    told = next(block["context"] for block in answer.context["blocks"] if "voices" in block["context"])
    expected = (
        "The voices differ. The parties: fulfilled · The commission: limited · The observatory: complete. "
        "Each stands as it spoke; no mean is taken."
    )
    assert told["difference"] == (expected if "limited" in seen else "")


@pytest.mark.long
def test_public_pages_lead_who_holds_a_seat_to_the_start(
    client: Client, pledge: Pledge, action: PlanNode, body: Body, other_org_member: User, focal_point: User
) -> None:
    goal = pledge.goals.get().key
    asked = (
        {"pledge": number_of(pledge)},
        {"pledge": number_of(pledge), "goal": str(goal)},
        {"action": action.key},
    )
    wanted = [f"/en/desk/assessments/new/?{urlencode(each)}" for each in asked]
    starts = [f'href="/accounts/login/?{urlencode({"next": each})}"' for each in wanted]
    pages = client.get(f"/en/pledges/{number_of(pledge)}/").text + client.get(action.path("en")).text
    assert [start for start in starts if start not in pages] == []
    told = {}
    for user in (other_org_member, focal_point):
        client.force_login(user)
        answers = [client.get(each) for each in wanted]
        told[user] = ["Begin the assessment" in answer.text for answer in answers]
    assert told == {other_org_member: [True] * 3, focal_point: [False] * 3}


@pytest.mark.long
def test_a_merged_pledge_takes_the_assessments_of_its_goal_along(
    client: Client, pledge: Pledge, organization: Organization, body: Body, other_organization: Organization
) -> None:
    goal = pledge.goals.get().key
    record = publish_assessment(make_assessment(pledge, other_organization, body, goal=goal))
    kept = make_pledge(organization, state=SubmissionState.PUBLISHED)
    same = kept.goals.create(statement="Two offices open", position=0)
    publish_pledge(kept)
    move(Moving(old=pledge, new=kept, goals={goal: same.key}, actor=system("tests"), now=NOW))
    row = client.get(f"/api/v1/assessments/{record.public_id}").json()
    assert (row["pledge"], row["goal"]) == (number_of(kept), str(same.key))
