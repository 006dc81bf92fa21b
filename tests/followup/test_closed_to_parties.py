"""Whoever of the secretariat belongs to a party reads nothing of what is written about it, by no way."""

import random
from typing import Any

import pytest
from django.contrib.auth.models import Group as StoredGroup
from django.test import Client
from django.utils import timezone

from portal.accounts.models import User
from portal.common.actors import Group, person
from portal.files.domain import store_file
from portal.followup.assessing.parties import belongs_to_a_party
from portal.followup.assessing.parties import closed_to as assessments_closed_to
from portal.followup.assessing.subjects import subject_of as assessed
from portal.followup.models import Assessment, AssessmentPaper, Observation, Reply
from portal.followup.observing.involved import belongs_to_involved
from portal.followup.observing.involved import closed_to as observations_closed_to
from portal.followup.observing.subjects import subject_of as observed
from portal.followup.replying.domain import may_review as may_review_reply
from portal.followup.replying.drafts import closed_to as replies_closed_to
from portal.followup.replying.drafts import may_reply, to_reply_to, who_replies
from portal.moderation.queries import number_waiting, numbers_waiting
from portal.organizations.enums import OrganizationState, Role
from portal.organizations.models import Organization
from portal.organizations.queries import writable_organizations
from portal.pledges.models import Pledge
from portal.publication.models import Record
from portal.submissions import rules
from portal.submissions.models import SubmittedVersion
from portal.submissions.states import SubmissionState
from tests.factories import (
    make_organization,
    make_pledge,
    make_report,
    make_user,
    publish_organization,
    publish_pledge,
    publish_report,
)
from tests.factories.followup import (
    make_assessment,
    make_observation,
    make_reply,
    make_seat,
    publish_assessment,
)
from tests.factories.organizations import add_member
from tests.files.builders import telling_pdf
from tests.followup.test_nobody_of_a_party_assesses import DRAWS, World

CANARY = "Zunzuncanario"
PUBLISHED, SUBMITTED = SubmissionState.PUBLISHED, SubmissionState.SUBMITTED


@pytest.fixture(autouse=True)
def folders(settings: Any, tmp_path: Any) -> None:
    settings.PRIVATE_MEDIA_ROOT, settings.MEDIA_ROOT = tmp_path / "private", tmp_path / "media"


@pytest.fixture
def pledge(organization: Organization) -> Pledge:
    """Kept by Red Uno."""
    made = make_pledge(organization, state=SubmissionState.PUBLISHED, stage="fulfilled")
    publish_pledge(made)
    return made


@pytest.fixture
def waiting(pledge: Pledge, other_organization: Organization) -> tuple[Assessment, Observation]:
    """Of Red Dos, both with the canary; the assessment with a private document."""
    assessment = make_assessment(pledge, other_organization, state=SUBMITTED, text=CANARY, title=CANARY)
    author = person(make_user(email="author@example.org"))
    paper = store_file(telling_pdf(), f"{CANARY}.pdf", actor=author, now=timezone.now())
    AssessmentPaper.objects.create(assessment=assessment, file=paper, is_open=False)
    record = Record.objects.get(source_key=pledge.key)
    observation = make_observation(
        other_organization, record=record, state=SUBMITTED, title=CANARY, text=CANARY
    )
    for row in (assessment, observation):
        sent = f'{{"title": "{CANARY}", "language": "en", "text": "{CANARY}"}}'
        SubmittedVersion.objects.create(
            kind=row.kind,
            submission_key=row.key,
            number=1,
            content=sent,
            digest="0" * 64,
            submitted_at=timezone.now(),
            receipt_number=f"{row.kind[:5].upper()}-00001",
        )
    return assessment, observation


def addresses(assessment: Assessment, observation: Observation) -> list[str]:
    """Every page and file at the desk that tells of one of them."""
    paths = [f"/en/desk/assessments/papers/{assessment.papers.get().file.key}/"]
    for path, row in (("assessments", assessment), ("observations", observation)):
        own = f"/en/desk/{path}/{row.key}/"
        paths += [own, f"{own}receipt/", f"{own}receipts/", f"{own}receipt/{row.kind[:5].upper()}-00001/"]
        paths += [
            f"{own}receipt/{row.kind[:5].upper()}-00001/sent.json",
            f"/en/desk/moderation/{row.kind}/{row.key}/",
        ]
    return paths


@pytest.mark.few(2)
@pytest.mark.parametrize("group", [Group.MODERATOR, Group.PROTECTION])
@pytest.mark.parametrize("as_party", [False, True])
def test_the_secretariat_reads_unless_it_belongs_to_a_party(
    client: Client,
    pledge: Pledge,
    waiting: tuple[Assessment, Observation],
    group: Group,
    as_party: bool,
) -> None:
    user = make_user(group)
    third = make_organization(name="Party", state=OrganizationState.VERIFIED)
    add_member(third, user, Role.VIEWER)
    if as_party:
        pledge.parties.create(organization=third, role="partner", state="named")
    client.force_login(user)
    answers = [client.get(path) for path in addresses(*waiting)]
    told = {answer.status_code for answer in answers}
    assert told == ({404} if as_party else {200})
    pages = ("/en/desk/moderation/", "/en/desk/", *(f"/en/desk/moderation/?kind={r.kind}" for r in waiting))
    shown = [CANARY in client.get(page).content.decode() for page in pages]
    assert shown == [not as_party] * len(pages)
    actor = person(user)
    own = [numbers_waiting(actor)[kind] for kind in ("assessment", "observation")]
    assert (own, number_waiting(actor)) == (([0, 0], 0) if as_party else ([1, 1], 2))


def test_a_moderator_of_a_party_decides_nothing_by_address(
    client: Client, pledge: Pledge, waiting: tuple[Assessment, Observation], organization: Organization
) -> None:
    user = make_user(Group.MODERATOR)
    add_member(organization, user, Role.VIEWER)
    client.force_login(user)
    for row in waiting:
        path = f"/en/desk/moderation/{row.kind}/{row.key}/returned/"
        answer = client.post(path, {"returned-reason": "A typed reason."})
        assert (answer.status_code, CANARY in answer.content.decode()) == (404, False)
        row.refresh_from_db()
        assert row.state == SUBMITTED


def test_members_of_the_body_go_on_reading_their_own(
    client: Client, waiting: tuple[Assessment, Observation], other_org_member: User, pledge: Pledge
) -> None:
    """Also one of the secretariat whose other organization became a party: the text is their own."""
    other_org_member.groups.add(StoredGroup.objects.get_or_create(name=Group.MODERATOR)[0])
    add_member(pledge.organization, other_org_member, Role.VIEWER)
    client.force_login(other_org_member)
    own = [path for path in addresses(*waiting) if "moderation" not in path]
    assert {client.get(path).status_code for path in own} == {200}


def test_a_reply_is_closed_to_the_body_it_answers(
    client: Client, pledge: Pledge, organization: Organization, other_organization: Organization
) -> None:
    assessment = make_assessment(pledge, other_organization)
    publish_assessment(assessment)
    reply = make_reply(assessment, organization, state=SUBMITTED, title=CANARY, text=CANARY)
    user, outside = make_user(Group.MODERATOR), make_user(Group.MODERATOR, email="outside@example.org")
    add_member(other_organization, user, Role.VIEWER)
    pages = (f"/en/desk/moderation/reply/{reply.key}/", f"/en/desk/replies/{reply.key}/")
    for reader, status in ((user, 404), (outside, 200)):
        client.force_login(reader)
        assert [client.get(page).status_code for page in pages] == [status] * 2
        assert may_review_reply(person(reader), reply) == (status == 200)
        assert (CANARY in client.get("/en/desk/moderation/").content.decode()) == (status == 200)


@pytest.mark.parametrize("world", DRAWS, indirect=True)
def test_what_is_closed_is_what_the_rule_of_one_says(world: World) -> None:
    """The query for lists and the rule for one row agree for everybody, also by way of reports."""
    chance: random.Random = world.chance
    outside = make_organization(name="Outside", state=OrganizationState.VERIFIED)
    records = [publish_organization(outside), *Record.objects.filter(kind__in=("organization", "pledge"))]
    records += [publish_report(make_report(pledge)) for pledge in world.pledges]
    make_seat(world.body, outside)
    for subject in world.subjects():
        about = {"goal": subject.get("goal"), "action": subject.get("action", "")}
        assessment = make_assessment(subject.get("pledge"), outside, world.body, **about)
        if subject.get("pledge") and not subject.get("goal"):
            records.append(publish_assessment(assessment))
    for record in records:
        make_observation(chance.choice(world.places), record=record)
    make_observation(outside, action=world.action.key)
    for user in world.people:
        actor = person(user)
        assert {*assessments_closed_to(actor)} == {
            row for row in Assessment.objects.all() if belongs_to_a_party(actor, assessed(row))
        }
        assert {*observations_closed_to(actor)} == {
            row
            for row in Observation.objects.all()
            if (about_it := observed(row)) and belongs_to_involved(actor, about_it)
        }


@pytest.mark.parametrize("world", DRAWS, indirect=True)
def test_who_is_offered_a_reply_is_who_may_give_one(world: World) -> None:
    """Lists of assessments and the rule for one agree, also for a part below the action that was assessed."""
    chance: random.Random = world.chance
    for subject in world.subjects():
        about = {"goal": subject.get("goal"), "action": subject.get("action", "")}
        body = chance.choice(world.places)
        row = make_assessment(subject.get("pledge"), body, world.body, state=PUBLISHED, **about)
        make_reply(row, chance.choice(world.places), state=SUBMITTED)
    for user in world.people:
        user.groups.add(StoredGroup.objects.get_or_create(name=Group.MODERATOR)[0])
        actor = person(user)
        own, every = writable_organizations(actor), Assessment.objects.all()
        offered = {row for row in every if who_replies(row, own)}
        assert {*to_reply_to(actor)} == offered
        assert may_reply(actor) == bool(offered or Reply.objects.filter(organization__in=own))
        closed = {*replies_closed_to(actor)}
        for reply in Reply.objects.all():
            usual = rules.may_review(actor, reply)
            assert may_review_reply(actor, reply) == (usual and reply not in closed)


@pytest.fixture
def world(request: pytest.FixtureRequest, db: None) -> World:
    return World(random.Random(request.param))
