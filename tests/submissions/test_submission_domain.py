"""The verbs of submissions, for every type: what they change, what they refuse, what reaches the ledger."""

import hashlib
import json
from dataclasses import replace
from uuid import uuid4

import pytest
from django.utils import timezone

from portal.accounts.models import User
from portal.common.actors import person
from portal.common.digests import canonical
from portal.common.errors import EditConflict, Incomplete, NotAllowed, OutOfDate, SavedBefore, WrongState
from portal.common.events import history
from portal.common.ids import ALPHABET
from portal.organizations.enums import OrganizationState
from portal.organizations.models import Organization
from portal.publication.models import Record
from portal.submissions import domain
from portal.submissions.models import Submission, SubmittedVersion
from portal.submissions.queries import newest_version, versions_of
from portal.submissions.receipts import Receipt
from portal.submissions.types import review_types, submission_type, submission_types
from tests.factories import make_organization
from tests.factories.pages import ConsultationTree
from tests.submissions.kinds import Kind

NOW = timezone.now()


def started(kind: Kind, organization: Organization, author: User, **given: object) -> Submission:
    return domain.create_draft(
        kind.of, organization=organization, language="pt", actor=person(author), now=NOW, **given
    )


def complete(kind: Kind, organization: Organization, author: User, pages: ConsultationTree) -> Submission:
    draft = started(kind, organization, author)
    return domain.save_draft(draft, fields=kind.complete(pages), revision=1, actor=person(author), now=NOW)


def submitted(kind: Kind, organization: Organization, author: User, pages: ConsultationTree) -> Submission:
    draft = complete(kind, organization, author, pages)
    domain.submit(draft, submit_key=draft.submit_key, actor=person(author), now=NOW)
    draft.refresh_from_db()
    return draft


def test_types_are_found_lowest_app_first() -> None:
    written = ["intervention", "practice", "pledge", "report", "assessment", "reply", "observation"]
    assert [of.kind for of in submission_types()] == written
    measures = ["take_down", "appeal", "amendment", "translation"]
    of_organizations = ["organization", "organization_claim", "organization_change", "organization_appeal"]
    assert [of.kind for of in review_types()] == [*of_organizations, *measures, *written]
    with pytest.raises(LookupError):
        submission_type("organization")


def test_a_draft_is_started_by_its_author(kind: Kind, organization: Organization, focal_point: User) -> None:
    draft = started(kind, organization, focal_point)
    assert (draft.state, draft.language, draft.author, draft.revision) == ("draft", "pt", focal_point, 1)


def test_the_same_key_again_gives_the_same_draft(
    kind: Kind, organization: Organization, focal_point: User
) -> None:
    key = uuid4()
    drafts = [started(kind, organization, focal_point, key=key) for _ in range(2)]
    assert (drafts[0].pk, kind.of.model.objects.count()) == (drafts[1].pk, 1)


def test_the_same_key_with_something_else_overwrites_nothing_and_says_so(
    kind: Kind, organization: Organization, focal_point: User, consultation_pages: ConsultationTree
) -> None:
    key, fields = uuid4(), kind.complete(consultation_pages)
    first = started(kind, organization, focal_point, key=key, fields=fields)
    assert started(kind, organization, focal_point, key=key, fields=fields) == first
    for other in (None, replace(fields, title="Another")):
        with pytest.raises(SavedBefore):
            started(kind, organization, focal_point, key=key, fields=other)
    assert [row.title for row in kind.of.model.objects.all()] == [first.title]


def test_the_key_of_another_draft_starts_nothing(
    kind: Kind,
    organization: Organization,
    other_organization: Organization,
    focal_point: User,
    consultation_pages: ConsultationTree,
) -> None:
    foreign = kind.make(other_organization, consultation_pages)
    with pytest.raises(NotAllowed):
        started(kind, organization, focal_point, key=foreign.key)
    assert kind.of.model.objects.count() == 1


@pytest.mark.parametrize("who", ["viewer_member", "other_org_member"])
def test_starting_is_refused_to_others(
    kind: Kind, organization: Organization, request: pytest.FixtureRequest, who: str
) -> None:
    with pytest.raises(NotAllowed):
        started(kind, organization, request.getfixturevalue(who))
    assert kind.of.model.objects.count() == 0


def test_saving_changes_only_what_is_given(
    kind: Kind, organization: Organization, focal_point: User, consultation_pages: ConsultationTree
) -> None:
    draft = complete(kind, organization, focal_point, consultation_pages)
    text, before = getattr(draft, kind.text), kind.of.related(draft)
    saved = domain.save_draft(
        draft, fields=kind.fields(title="New"), revision=2, actor=person(focal_point), now=NOW
    )
    assert (saved.title, getattr(saved, kind.text), saved.revision) == ("New", text, 3)
    assert kind.of.related(saved) == before


def test_saving_over_a_newer_version_holds_the_stored_one(
    kind: Kind,
    organization: Organization,
    focal_point: User,
    member_editor: User,
    consultation_pages: ConsultationTree,
) -> None:
    draft = complete(kind, organization, focal_point, consultation_pages)
    theirs, mine = kind.fields(title="Theirs"), kind.fields(title="Mine")
    domain.save_draft(draft, fields=theirs, revision=2, actor=person(member_editor), now=NOW)
    with pytest.raises(EditConflict) as caught:
        domain.save_draft(draft, fields=mine, revision=2, actor=person(focal_point), now=NOW)
    assert (caught.value.stored.title, kind.of.model.objects.get().title) == ("Theirs", "Theirs")


def test_saving_is_refused_to_a_viewer_and_after_submitting(
    kind: Kind,
    organization: Organization,
    focal_point: User,
    viewer_member: User,
    consultation_pages: ConsultationTree,
) -> None:
    draft = submitted(kind, organization, focal_point, consultation_pages)
    late = kind.fields(title="Late")
    with pytest.raises(NotAllowed):
        domain.save_draft(draft, fields=late, revision=2, actor=person(viewer_member), now=NOW)
    with pytest.raises(WrongState):
        domain.save_draft(draft, fields=late, revision=2, actor=person(focal_point), now=NOW)
    assert kind.of.model.objects.get().title == draft.title


def test_the_receipt_has_a_digest_that_anybody_can_check(
    kind: Kind, organization: Organization, focal_point: User, consultation_pages: ConsultationTree
) -> None:
    draft = complete(kind, organization, focal_point, consultation_pages)
    receipt = domain.submit(draft, submit_key=draft.submit_key, actor=person(focal_point), now=NOW)
    version = SubmittedVersion.objects.get()
    sent = kind.of.sent(draft, kind.of.related(draft))
    assert receipt == Receipt(version.receipt_number, NOW, hashlib.sha256(canonical(sent)).hexdigest())
    assert hashlib.sha256(version.content.encode()).hexdigest() == receipt.digest
    assert (version.number, version.submitted_by, json.loads(version.content)) == (1, focal_point, sent)
    assert (kind.of.model.objects.get().state, set(receipt.number) <= {*ALPHABET, "-"}) == ("submitted", True)


def test_submitting_twice_with_one_key_gives_the_same_receipt(
    kind: Kind, organization: Organization, focal_point: User, consultation_pages: ConsultationTree
) -> None:
    draft = complete(kind, organization, focal_point, consultation_pages)
    actor, key = person(focal_point), draft.submit_key
    receipts = [domain.submit(draft, submit_key=key, actor=actor, now=timezone.now()) for _ in range(2)]
    assert receipts[0] == receipts[1]
    assert history(kind.name, draft.key).filter(action="submitted").count() == 1
    assert SubmittedVersion.objects.count() == 1


def test_another_number_is_taken_when_one_is_in_use(
    kind: Kind,
    organization: Organization,
    focal_point: User,
    consultation_pages: ConsultationTree,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    other = kind.make(organization, consultation_pages, "submitted")
    versions_of(other).update(receipt_number="AAAAA-AAAAA")
    letters = iter("A" * 10 + "B" * 10)
    monkeypatch.setattr("secrets.choice", lambda alphabet: next(letters))
    draft = complete(kind, organization, focal_point, consultation_pages)
    receipt = domain.submit(draft, submit_key=draft.submit_key, actor=person(focal_point), now=NOW)
    assert receipt.number == "BBBBB-BBBBB"


def test_submitting_with_an_old_key_sends_nothing(
    kind: Kind, organization: Organization, focal_point: User, consultation_pages: ConsultationTree
) -> None:
    draft = complete(kind, organization, focal_point, consultation_pages)
    read_before, actor = draft.submit_key, person(focal_point)
    domain.save_draft(draft, fields=kind.fields(title="More"), revision=2, actor=actor, now=NOW)
    with pytest.raises(OutOfDate):
        domain.submit(draft, submit_key=read_before, actor=actor, now=NOW)
    assert (kind.of.model.objects.get().state, SubmittedVersion.objects.count()) == ("draft", 0)


def test_submitting_is_refused_to_an_editor(
    kind: Kind,
    organization: Organization,
    focal_point: User,
    member_editor: User,
    consultation_pages: ConsultationTree,
) -> None:
    draft = complete(kind, organization, focal_point, consultation_pages)
    with pytest.raises(NotAllowed):
        domain.submit(draft, submit_key=draft.submit_key, actor=person(member_editor), now=NOW)


def test_submitting_names_everything_that_is_missing(
    kind: Kind, organization: Organization, focal_point: User
) -> None:
    draft = started(kind, organization, focal_point)
    with pytest.raises(Incomplete) as caught:
        domain.submit(draft, submit_key=draft.submit_key, actor=person(focal_point), now=NOW)
    assert tuple(problem.field for problem in caught.value.problems) == kind.missing


def test_only_submitting_waits_for_verification(
    kind: Kind, focal_point: User, consultation_pages: ConsultationTree
) -> None:
    unverified = make_organization(state=OrganizationState.SUBMITTED, owner=focal_point)
    draft = complete(kind, unverified, focal_point, consultation_pages)
    with pytest.raises(Incomplete) as caught:
        domain.submit(draft, submit_key=draft.submit_key, actor=person(focal_point), now=NOW)
    assert [problem.field for problem in caught.value.problems] == ["organization"]


def test_every_submitted_version_is_kept_with_its_receipt(
    kind: Kind,
    organization: Organization,
    focal_point: User,
    moderator: User,
    consultation_pages: ConsultationTree,
) -> None:
    draft = submitted(kind, organization, focal_point, consultation_pages)
    used, first, actor = draft.submit_key, newest_version(draft), person(focal_point)
    back = domain.return_to_author(draft, reason=" Name the town. ", actor=person(moderator), now=NOW)
    assert (back.state, back.reason, back.submit_key == used) == ("returned", "Name the town.", False)
    with pytest.raises(OutOfDate):
        domain.submit(draft, submit_key=used, actor=actor, now=NOW)
    saved = domain.save_draft(back, fields=kind.fields(title="Mended"), revision=2, actor=actor, now=NOW)
    again = domain.submit(saved, submit_key=saved.submit_key, actor=actor, now=timezone.now())
    versions = list(versions_of(draft))
    assert [(row.number, json.loads(row.content)["title"]) for row in versions] == [
        (1, draft.title),
        (2, "Mended"),
    ]
    assert versions[0] == first
    assert (versions[1].receipt_number, kind.of.model.objects.get().reason) == (again.number, "")


def test_returning_needs_a_reason(
    kind: Kind,
    organization: Organization,
    focal_point: User,
    moderator: User,
    consultation_pages: ConsultationTree,
) -> None:
    draft = submitted(kind, organization, focal_point, consultation_pages)
    with pytest.raises(Incomplete):
        domain.return_to_author(draft, reason="  ", actor=person(moderator), now=NOW)
    assert kind.of.model.objects.get().state == "submitted"


@pytest.mark.parametrize("who", ["focal_point", "member_moderator", "editor"])
def test_members_and_other_staff_decide_nothing(
    kind: Kind,
    organization: Organization,
    focal_point: User,
    moderator: User,
    editor: User,
    consultation_pages: ConsultationTree,
    who: str,
) -> None:
    draft = submitted(kind, organization, focal_point, consultation_pages)
    people = {"focal_point": focal_point, "member_moderator": moderator, "editor": editor}
    if who == "member_moderator":
        organization.memberships.create(user=moderator, role="viewer", since=NOW)
    with pytest.raises(NotAllowed):
        domain.publish(draft, actor=person(people[who]), now=NOW)
    with pytest.raises(NotAllowed):
        domain.return_to_author(draft, reason="Why", actor=person(people[who]), now=NOW)
    assert Record.objects.filter(kind=kind.name).count() == 0


def test_publishing_twice_says_that_it_was_done(
    kind: Kind,
    organization: Organization,
    focal_point: User,
    moderator: User,
    consultation_pages: ConsultationTree,
) -> None:
    draft = submitted(kind, organization, focal_point, consultation_pages)
    domain.publish(draft, actor=person(moderator), now=NOW)
    with pytest.raises(WrongState):
        domain.publish(draft, actor=person(moderator), now=NOW)


def test_publishing_waits_for_an_organization_that_was_suspended(
    kind: Kind, organization: Organization, moderator: User, consultation_pages: ConsultationTree
) -> None:
    waiting = kind.make(organization, consultation_pages, "submitted")
    rows = Organization.objects.filter(pk=organization.pk)
    rows.update(state=OrganizationState.SUSPENDED, reason="Its address is somebody else's.")
    with pytest.raises(WrongState):
        domain.publish(waiting, actor=person(moderator), now=NOW)
    assert kind.of.model.objects.get().state == "submitted"


def test_withdrawing_leaves_a_tombstone_and_keeps_the_text_for_its_authors(
    kind: Kind,
    organization: Organization,
    focal_point: User,
    moderator: User,
    consultation_pages: ConsultationTree,
) -> None:
    draft = submitted(kind, organization, focal_point, consultation_pages)
    domain.publish(draft, actor=person(moderator), now=NOW)
    withdrawn = domain.withdraw(draft, actor=person(focal_point), now=NOW)
    record = Record.objects.get(kind=kind.name)
    assert (record.state, record.title, record.texts, record.facts, record.links.count()) == (
        "withdrawn",
        "",
        {},
        {},
        0,
    )
    assert (withdrawn.state, getattr(withdrawn, kind.text)) == ("withdrawn", getattr(draft, kind.text))
    assert versions_of(draft).count() == 1


def test_withdrawing_is_refused_to_an_editor_and_for_a_draft(
    kind: Kind,
    organization: Organization,
    focal_point: User,
    member_editor: User,
    consultation_pages: ConsultationTree,
) -> None:
    waiting = kind.make(organization, consultation_pages, "submitted")
    with pytest.raises(NotAllowed):
        domain.withdraw(waiting, actor=person(member_editor), now=NOW)
    draft = kind.make(organization, consultation_pages)
    with pytest.raises(WrongState):
        domain.withdraw(draft, actor=person(focal_point), now=NOW)


def test_only_what_is_published_is_corrected(
    kind: Kind, organization: Organization, moderator: User, consultation_pages: ConsultationTree
) -> None:
    waiting = kind.make(organization, consultation_pages, "submitted")
    with pytest.raises(WrongState):
        domain.correct(waiting, actor=person(moderator), now=NOW)
    domain.publish(waiting, actor=person(moderator), now=NOW)
    kind.of.model.objects.update(title="Corrected")
    record = domain.correct(waiting, actor=person(moderator), now=NOW)
    assert (record.title, record.version) == ("Corrected", 2)


def test_a_draft_that_was_never_submitted_is_deleted_with_all_that_belongs_to_it(
    kind: Kind,
    organization: Organization,
    focal_point: User,
    member_editor: User,
    consultation_pages: ConsultationTree,
) -> None:
    kept = kind.make(organization, consultation_pages)
    draft = kind.make(organization, consultation_pages)
    with pytest.raises(NotAllowed):
        domain.delete_draft(draft, actor=person(member_editor), now=NOW)
    domain.delete_draft(draft, actor=person(focal_point), now=NOW)
    assert list(kind.of.model.objects.values_list("pk", flat=True)) == [kept.pk]
    assert [event.action for event in history(kind.name, draft.key)] == ["deleted"]


@pytest.mark.parametrize("state", ["submitted", "returned", "published", "correcting", "withdrawn"])
def test_nothing_that_was_submitted_is_deleted(
    kind: Kind,
    state: str,
    organization: Organization,
    focal_point: User,
    consultation_pages: ConsultationTree,
) -> None:
    row = kind.make(organization, consultation_pages, state)
    for again in (state, "draft"):
        kind.of.model.objects.update(state=again)
        with pytest.raises(WrongState):
            domain.delete_draft(row, actor=person(focal_point), now=NOW)
    assert kind.of.model.objects.count() == 1
