"""Who may read the queue and who may decide: every rule over roles and states."""

import pytest
from django.test import Client
from django.utils import timezone

from portal.accounts.models import User
from portal.common.actors import VISITOR, Actor, Group, person, system
from portal.common.errors import NotAllowed
from portal.common.reviews import ReviewType, Row
from portal.moderation import rules
from portal.moderation.notes import write_note
from portal.organizations.enums import OrganizationState, Role
from portal.organizations.models import Organization
from portal.submissions.states import SubmissionState
from portal.submissions.types import review_type
from tests.factories import make_intervention, make_organization, make_pledge, make_practice, make_user
from tests.factories.joint import ask, invite, make_signatories
from tests.factories.organizations import add_member

READERS = {Group.MODERATOR, Group.PROTECTION, Group.ADMINISTRATOR}
DECIDERS = {Group.MODERATOR, Group.ADMINISTRATOR}


def subjects(organization: Organization) -> list[Row]:
    return [
        make_intervention(organization, state=SubmissionState.SUBMITTED),
        make_pledge(organization, state=SubmissionState.SUBMITTED),
        make_organization(state=OrganizationState.SUBMITTED),
    ]


def type_of(subject: Row) -> ReviewType:
    return review_type(subject._meta.model_name)


def decides(actor: Actor, subject: Row) -> bool:
    return rules.may_review(actor, type_of(subject), subject)


def is_waiting(subject: Row) -> bool:
    return subject.state in type_of(subject).states.waiting


@pytest.mark.parametrize("group", list(Group))
def test_groups_read_and_decide(organization: Organization, group: Group) -> None:
    actor = person(make_user(group))
    assert rules.may_read_queue(actor) == (group in READERS)
    assert [rules.can_view(actor, type_of(subject), subject) for subject in subjects(organization)] == [
        group in READERS
    ] * 3
    assert [decides(actor, subject) for subject in subjects(organization)] == [group in DECIDERS] * 3


@pytest.mark.parametrize("role", list(Role))
def test_members_neither_read_the_queue_nor_decide(organization: Organization, role: Role) -> None:
    user = make_user()
    add_member(organization, user, role)
    subject = make_intervention(organization, state=SubmissionState.SUBMITTED)
    assert (rules.can_view(person(user), type_of(subject), subject), decides(person(user), subject)) == (
        False,
        False,
    )


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("group", sorted(DECIDERS))
def test_four_eyes_a_moderator_does_not_decide_for_the_own_organization(
    db: None, group: Group, role: Role
) -> None:
    user = make_user(group)
    own = make_organization(state=OrganizationState.SUBMITTED)
    add_member(own, user, role)
    mine = make_intervention(own, state=SubmissionState.SUBMITTED)
    pledge = make_pledge(own, state=SubmissionState.SUBMITTED)
    assert [decides(person(user), subject) for subject in (own, mine, pledge)] == [False] * 3
    assert rules.is_own(person(user), type_of(own), own)


@pytest.mark.parametrize("actor", [VISITOR, system("worker")])
def test_visitor_and_system_neither_read_nor_decide(organization: Organization, actor: Actor) -> None:
    assert rules.may_read_queue(actor) is False
    assert [decides(actor, subject) for subject in subjects(organization)] == [False] * 3


def test_nobody_of_the_secretariat_reads_a_draft(organization: Organization, moderator: User) -> None:
    drafts = [make_intervention(organization), make_pledge(organization), make_organization()]
    assert [rules.can_view(person(moderator), type_of(subject), subject) for subject in drafts] == [False] * 3


def test_nobody_of_the_secretariat_reads_or_notes_what_only_waits_for_signatures(
    client: Client, organization: Organization, moderator: User
) -> None:
    asked = invite(make_practice(organization, title="Not yet given to anybody"), *make_signatories(1))
    ask(asked)
    actor, of = person(moderator), type_of(asked)
    assert rules.can_view(actor, of, asked) is False
    with pytest.raises(NotAllowed):
        write_note(asked.kind, asked.key, "Seen", actor=actor, now=timezone.now())
    client.force_login(moderator)
    address = f"/en/desk/moderation/practice/{asked.key}/"
    own = f"/en/desk/practices/{asked.key}/"
    pages = [client.get(page) for page in (address, f"{address}redaction/", own)]
    assert {page.status_code for page in pages} <= {403, 404}
    assert [page for page in pages if asked.title in page.text] == []
    asked.submitted_at = timezone.now()
    asked.save()
    assert rules.can_view(actor, of, asked) is True


def test_only_what_was_submitted_waits(organization: Organization) -> None:
    states = {
        state.value: is_waiting(make_intervention(organization, state=state)) for state in SubmissionState
    }
    assert [state for state, waits in states.items() if waits] == ["submitted", "in_review"]
    waiting = [state for state in OrganizationState if is_waiting(make_organization(state=state))]
    assert waiting == [OrganizationState.SUBMITTED]
    pledges = [state for state in SubmissionState if is_waiting(make_pledge(organization, state=state))]
    assert pledges == [SubmissionState.SUBMITTED, SubmissionState.IN_REVIEW]
