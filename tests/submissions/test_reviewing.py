"""Taken back until somebody reads it, replaced after that: the verbs, and what moderators meet."""

from datetime import timedelta

import pytest
from django.utils import timezone, translation

from portal.accounts.models import User
from portal.accounts.rights.domain import erase_account
from portal.common.actors import person
from portal.common.errors import NotAllowed, OutOfDate, WrongState
from portal.moderation import domain as moderation
from portal.moderation.models import Assignment, Decision
from portal.organizations.models import Organization
from portal.publication.models import Record
from portal.submissions import domain
from portal.submissions.models import Submission
from portal.submissions.queries import versions_of
from portal.submissions.rules import can_correct, can_recall
from tests.factories.pages import ConsultationTree
from tests.submissions.kinds import KINDS, Kind
from tests.thinning import thinned

NOW = timezone.now()


@pytest.fixture(params=thinned(sorted(KINDS), lambda name: name == "practice"))
def kind(request: pytest.FixtureRequest) -> Kind:
    """By default one kind: the verbs are the same for all, and `test_submission_domain` asks each."""
    return KINDS[request.param]


@pytest.fixture
def waiting(
    kind: Kind, organization: Organization, focal_point: User, consultation_pages: ConsultationTree
) -> Submission:
    """A complete draft, submitted with a receipt."""
    draft, actor = kind.make(organization, consultation_pages), person(focal_point)
    fields = kind.complete(consultation_pages)
    saved = domain.save_draft(draft, fields=fields, revision=1, actor=actor, now=NOW)
    domain.submit(saved, submit_key=saved.submit_key, actor=actor, now=NOW)
    saved.refresh_from_db()
    return saved


def state_of(row: Submission) -> str:
    row.refresh_from_db()
    return row.state


def test_who_takes_it_begins_to_read_and_who_gives_it_back_ends(
    kind: Kind, waiting: Submission, moderator: User
) -> None:
    actor = person(moderator)
    moderation.take(kind.name, waiting.key, actor=actor, now=NOW)
    assert state_of(waiting) == "in_review"
    moderation.take(kind.name, waiting.key, actor=actor, now=NOW)
    assert state_of(waiting) == "in_review"
    moderation.give_back(kind.name, waiting.key, actor=actor, now=NOW)
    assert (state_of(waiting), Assignment.objects.count()) == ("submitted", 0)


def test_a_colleague_takes_over_and_only_who_looks_after_it_gives_it_back(
    kind: Kind, waiting: Submission, moderator: User, administrator: User
) -> None:
    for user in (moderator, administrator):
        moderation.take(kind.name, waiting.key, actor=person(user), now=NOW)
    moderation.give_back(kind.name, waiting.key, actor=person(moderator), now=NOW)
    assert (state_of(waiting), Assignment.objects.get().moderator) == ("in_review", administrator)


def test_what_somebody_read_whose_account_is_erased_is_read_by_nobody(
    kind: Kind, waiting: Submission, focal_point: User, moderator: User, administrator: User
) -> None:
    """Its authors can take it back again."""
    moderation.take(kind.name, waiting.key, actor=person(moderator), now=NOW)
    erase_account(moderator, actor=person(moderator), now=NOW)
    assert (state_of(waiting), Assignment.objects.count()) == ("submitted", 0)
    assert can_recall(person(focal_point), waiting)


def test_what_is_read_by_nobody_is_freed(kind: Kind, waiting: Submission, moderator: User) -> None:
    """As after a take-down of what was being read is undone."""
    moderation.take(kind.name, waiting.key, actor=person(moderator), now=NOW)
    moderation.left_the_queue(kind.name, waiting.key)
    moderation.free(kind.name, waiting.key, actor=person(moderator), now=NOW)
    assert state_of(waiting) == "submitted"


@pytest.mark.parametrize("code", ["approved", "returned"])
def test_what_is_read_is_decided_about(kind: Kind, waiting: Submission, moderator: User, code: str) -> None:
    moderation.take(kind.name, waiting.key, actor=person(moderator), now=NOW)
    moderation.decide(kind.name, waiting.key, code, reason="Why", actor=person(moderator), now=NOW)
    assert state_of(waiting) == {"approved": "published", "returned": "returned"}[code]


def test_taken_back_it_is_changed_and_submitted_again_with_both_receipts(
    kind: Kind, waiting: Submission, focal_point: User
) -> None:
    actor, old_key = person(focal_point), waiting.submit_key
    row = domain.recall(waiting, actor=actor, now=NOW)
    assert (row.state, row.is_editable, versions_of(row).count()) == ("correcting", True, 1)
    with pytest.raises(OutOfDate):
        domain.submit(row, submit_key=old_key, actor=actor, now=NOW)
    fields = kind.fields(title="Another title")
    saved = domain.save_draft(row, fields=fields, revision=row.revision, actor=actor, now=NOW)
    domain.submit(saved, submit_key=saved.submit_key, actor=actor, now=NOW + timedelta(minutes=1))
    first, second = versions_of(row)
    assert (state_of(row), first.digest != second.digest) == ("submitted", True)


def test_what_is_read_is_not_taken_back(
    kind: Kind, waiting: Submission, focal_point: User, moderator: User
) -> None:
    moderation.take(kind.name, waiting.key, actor=person(moderator), now=NOW)
    with pytest.raises(WrongState), translation.override("en"):
        domain.recall(waiting, actor=person(focal_point), now=NOW)
    with pytest.raises(WrongState) as refusal:
        domain.withdraw(waiting, actor=person(focal_point), now=NOW)
    with translation.override("en"):
        assert "You can replace it" in str(refusal.value.message)
    assert state_of(waiting) == "in_review"


def test_what_is_read_is_replaced_and_who_read_it_is_told_in_words(
    kind: Kind, waiting: Submission, focal_point: User, moderator: User
) -> None:
    moderation.take(kind.name, waiting.key, actor=person(moderator), now=NOW)
    row = domain.open_correction(waiting, actor=person(focal_point), now=NOW)
    assert (row.state, Assignment.objects.count(), Record.objects.filter(source_key=row.key).count()) == (
        "correcting",
        0,
        0,
    )
    with pytest.raises(WrongState) as refusal:
        moderation.decide(kind.name, row.key, "approved", actor=person(moderator), now=NOW)
    with translation.override("en"):
        assert "Its authors have taken it back" in str(refusal.value.message)
    assert Decision.objects.count() == 0


def test_only_who_submits_takes_back_or_replaces_what_waits(
    kind: Kind, waiting: Submission, member_editor: User, moderator: User, other_org_member: User
) -> None:
    for user in (member_editor, other_org_member):
        with pytest.raises(NotAllowed):
            domain.recall(waiting, actor=person(user), now=NOW)
    moderation.take(kind.name, waiting.key, actor=person(moderator), now=NOW)
    with pytest.raises(WrongState):
        domain.open_correction(waiting, actor=person(member_editor), now=NOW)
    assert state_of(waiting) == "in_review"


def test_only_a_reviewer_begins_to_read(kind: Kind, waiting: Submission, focal_point: User) -> None:
    with pytest.raises(NotAllowed):
        domain.begin_review(waiting, actor=person(focal_point), now=NOW)
    assert state_of(waiting) == "submitted"


def test_what_was_taken_down_or_declined_is_not_written_anew(
    kind: Kind, waiting: Submission, focal_point: User
) -> None:
    """It would be out of the hands of who settles the measure."""
    actor = person(focal_point)
    for state in ("taken_down", "declined"):
        waiting.state = state
        waiting.save()
        assert not can_correct(actor, waiting)
        with pytest.raises(WrongState):
            domain.open_correction(waiting, actor=actor, now=timezone.now())
        assert state_of(waiting) == state


def test_what_is_public_stays_until_its_new_version_is_published(
    kind: Kind, waiting: Submission, focal_point: User, moderator: User
) -> None:
    writer, reviewer = person(focal_point), person(moderator)
    record = domain.publish(waiting, actor=reviewer, now=NOW)
    title = record.title
    row = domain.open_correction(waiting, actor=writer, now=NOW)
    fields = kind.fields(title="Another title")
    saved = domain.save_draft(row, fields=fields, revision=row.revision, actor=writer, now=NOW)
    domain.submit(saved, submit_key=saved.submit_key, actor=writer, now=NOW)
    record.refresh_from_db()
    assert (record.title, record.is_published) == (title, True)
    domain.publish(saved, actor=reviewer, now=NOW)
    record.refresh_from_db()
    assert (record.title, record.version) == ("Another title", 2)
