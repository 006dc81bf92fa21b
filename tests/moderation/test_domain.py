"""Decisions: what they do, what they write down, whom they tell, and when they are refused."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.db import transaction
from django.utils import timezone

from portal.accounts.models import User
from portal.common.actors import VISITOR, Group, person, system
from portal.common.errors import NotAllowed, WrongState
from portal.interventions.models import Intervention
from portal.moderation import domain
from portal.moderation.models import Decision
from portal.organizations.enums import OrganizationState, Role
from portal.organizations.members.domain import remove
from portal.organizations.models import Organization
from portal.publication.models import Record
from portal.submissions.models import Measure
from portal.submissions.states import SubmissionState
from portal.submissions.types import review_type, review_types
from portal.work.models import Job
from tests.factories import (
    make_intervention,
    make_organization,
    make_pledge,
    make_user,
    publish_pledge,
)
from tests.factories.organizations import add_member
from tests.factories.pages import ConsultationTree
from tests.work.conftest import do_all

NOW = timezone.now()
# What one of two says goes to the second; the author is told of what both say.
UNTOLD = {"first_yes", "grant", "refused", "dismiss", "disagreed"}
Commit = Callable[..., object]


@pytest.fixture
def submitted(
    organization: Organization, focal_point: User, consultation_pages: ConsultationTree
) -> Intervention:
    return make_intervention(
        organization,
        state=SubmissionState.SUBMITTED,
        author=focal_point,
        title="Dos testigos",
        questions=consultation_pages.questions,
    )


def test_approve_publishes_and_writes_the_decision(submitted: Intervention, moderator: User) -> None:
    decision = domain.decide("intervention", submitted.key, "approved", actor=person(moderator), now=NOW)
    submitted.refresh_from_db()
    assert submitted.state == SubmissionState.PUBLISHED
    assert Record.objects.get(source_key=submitted.key).title == "Dos testigos"
    assert (decision.action, decision.decided_by, decision.reason) == ("approved", moderator, "")


def test_return_gives_the_reason_and_publishes_nothing(submitted: Intervention, moderator: User) -> None:
    domain.decide(
        "intervention",
        submitted.key,
        "returned",
        reason="  Name the town. ",
        actor=person(moderator),
        now=NOW,
    )
    submitted.refresh_from_db()
    assert (submitted.state, submitted.reason) == ("returned", "Name the town.")
    assert Decision.objects.get().reason == "Name the town."
    assert Record.objects.filter(source_key=submitted.key).exists() is False


def test_pledge_is_approved_and_returned(organization: Organization, moderator: User) -> None:
    first, second = (
        make_pledge(organization, state=SubmissionState.SUBMITTED, external_id=f"GRF-{n}") for n in (1, 2)
    )
    domain.decide("pledge", first.key, "approved", actor=person(moderator), now=NOW)
    domain.decide("pledge", second.key, "returned", reason="Which forum?", actor=person(moderator), now=NOW)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state, second.reason) == ("published", "returned", "Which forum?")


@pytest.mark.parametrize("code", ["verified", "info_requested", "declined"])
def test_organization_is_verified_asked_or_declined(db: None, moderator: User, code: str) -> None:
    waiting = make_organization(state=OrganizationState.SUBMITTED)
    given = {"reason": "R", "ground": "other"}
    decision = domain.decide("organization", waiting.key, code, **given, actor=person(moderator), now=NOW)
    waiting.refresh_from_db()
    assert (waiting.state, decision.action) == (code, code)
    assert Record.objects.filter(source_key=waiting.key).exists() == (code == "verified")


def test_what_a_type_does_not_declare_is_no_decision(submitted: Intervention, moderator: User) -> None:
    with pytest.raises(LookupError):
        domain.decide("intervention", submitted.key, "verified", actor=person(moderator), now=NOW)


@pytest.mark.parametrize("reason", ["", "   "])
def test_return_without_a_reason_is_refused(submitted: Intervention, moderator: User, reason: str) -> None:
    with pytest.raises(WrongState):
        domain.decide(
            "intervention", submitted.key, "returned", reason=reason, actor=person(moderator), now=NOW
        )
    submitted.refresh_from_db()
    assert (submitted.state, Decision.objects.count()) == ("submitted", 0)


def test_second_moderator_hears_that_it_was_decided_before(submitted: Intervention, moderator: User) -> None:
    second = make_user(Group.MODERATOR)
    domain.decide("intervention", submitted.key, "approved", actor=person(moderator), now=NOW)
    for decide in (
        lambda: domain.decide("intervention", submitted.key, "approved", actor=person(second), now=NOW),
        lambda: domain.decide(
            "intervention", submitted.key, "returned", reason="Late", actor=person(second), now=NOW
        ),
    ):
        with pytest.raises(WrongState):
            decide()
    assert list(Decision.objects.values_list("action", flat=True)) == ["approved"]


def test_four_eyes_refuses_a_moderator_of_the_same_organization(
    submitted: Intervention, organization: Organization, moderator: User
) -> None:
    add_member(organization, moderator, Role.VIEWER)
    with pytest.raises(NotAllowed):
        domain.decide("intervention", submitted.key, "approved", actor=person(moderator), now=NOW)
    assert (Decision.objects.count(), Record.objects.filter(source_key=submitted.key).count()) == (0, 0)


@pytest.mark.parametrize(
    "group", [group for group in Group if group not in (Group.MODERATOR, Group.ADMINISTRATOR)]
)
def test_other_groups_are_refused(submitted: Intervention, group: Group) -> None:
    with pytest.raises(NotAllowed):
        domain.decide("intervention", submitted.key, "approved", actor=person(make_user(group)), now=NOW)


@pytest.mark.parametrize("actor", [VISITOR, system("worker")])
def test_nobody_without_a_name_decides(submitted: Intervention, actor: object) -> None:
    with pytest.raises(NotAllowed):
        domain.decide("intervention", submitted.key, "approved", actor=actor, now=NOW)


def test_unknown_thing_raises(db: None, moderator: User) -> None:
    with pytest.raises(Intervention.DoesNotExist):
        domain.decide("intervention", uuid4(), "approved", actor=person(moderator), now=NOW)


def test_contribution_of_an_unverified_organization_is_not_published(db: None, moderator: User) -> None:
    unverified = make_organization(state=OrganizationState.SUBMITTED)
    waiting = make_intervention(unverified, state=SubmissionState.SUBMITTED)
    with pytest.raises(WrongState):
        domain.decide("intervention", waiting.key, "approved", actor=person(moderator), now=NOW)
    assert Decision.objects.count() == 0


@pytest.mark.parametrize(
    ("language", "subject"),
    [
        ("es", "La secretaría le ha devuelto «Dos testigos»"),
        ("en", "The secretariat has returned “Dos testigos” to you"),
        ("pt", "A secretaria devolveu “Dos testigos” a você"),
        ("fr", "Le secrétariat vous a renvoyé « Dos testigos »"),
    ],
)
def test_author_is_told(
    submitted: Intervention,
    focal_point: User,
    moderator: User,
    django_capture_on_commit_callbacks: Commit,
    language: str,
    subject: str,
) -> None:
    focal_point.language = language
    focal_point.save()
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        domain.decide(
            "intervention",
            submitted.key,
            "returned",
            reason="Name the town.",
            actor=person(moderator),
            now=NOW,
        )
    sent = mail.outbox[0]
    assert (len(mail.outbox), sent.to, sent.subject) == (1, [focal_point.email], subject)
    assert ("Name the town." in sent.body, submitted.body in sent.body) == (True, False)
    assert f"/accounts/login/?next=/{language}/desk/interventions/{submitted.key}/" in sent.body


def test_mail_of_an_approval_leads_to_the_public_page(
    submitted: Intervention, moderator: User, django_capture_on_commit_callbacks: Commit
) -> None:
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        domain.decide("intervention", submitted.key, "approved", actor=person(moderator), now=NOW)
    record = Record.objects.get(source_key=submitted.key)
    assert f"http://testserver/r/{record.public_id}/" in mail.outbox[0].body


def test_owners_are_told_about_their_organization_and_for_an_author_who_left(
    organization: Organization,
    focal_point: User,
    viewer_member: User,
    moderator: User,
    django_capture_on_commit_callbacks: Commit,
) -> None:
    left = make_pledge(organization, state=SubmissionState.SUBMITTED, author=None)
    waiting = make_organization(state=OrganizationState.SUBMITTED, owner=focal_point)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        domain.decide("pledge", left.key, "approved", actor=person(moderator), now=NOW)
        given = {"reason": "No statutes.", "ground": "other"}
        domain.decide("organization", waiting.key, "declined", **given, actor=person(moderator), now=NOW)
    assert [message.to for message in mail.outbox] == [[focal_point.email]] * 2


def test_who_was_taken_out_of_an_organization_reads_no_decision_about_its_texts(
    organization: Organization, focal_point: User, member_editor: User, moderator: User
) -> None:
    written = make_pledge(organization, state=SubmissionState.SUBMITTED, author=member_editor)
    remove(organization.memberships.get(user=member_editor), actor=person(focal_point), now=NOW)
    mail.outbox.clear()
    domain.decide("pledge", written.key, "approved", actor=person(moderator), now=NOW)
    assert [message.to for message in mail.outbox] == [[focal_point.email]]


def test_nor_does_such_a_person_read_what_becomes_of_a_take_down(
    organization: Organization, focal_point: User, member_editor: User, moderator: User
) -> None:
    written = make_pledge(organization, state=SubmissionState.PUBLISHED, author=member_editor)
    publish_pledge(written)
    given = {"ground": "danger", "reason": "It names the shelter."}
    domain.decide("pledge", written.key, "taken_down", **given, actor=person(moderator), now=NOW)
    remove(organization.memberships.get(user=member_editor), actor=person(focal_point), now=NOW)
    mail.outbox.clear()
    second = person(make_user(Group.MODERATOR, email="second@example.org"))
    domain.decide("take_down", Measure.objects.get().key, "confirmed", actor=second, now=NOW)
    assert [message.to for message in mail.outbox] == [[focal_point.email]]


def test_a_mail_is_stored_with_the_decision_or_not_at_all(
    submitted: Intervention, moderator: User, settings: Any
) -> None:
    settings.EMAIL_BACKEND = "portal.work.mail_backend.EmailBackend"
    with transaction.atomic():
        domain.decide("intervention", submitted.key, "approved", actor=person(moderator), now=NOW)
        assert Job.objects.filter(kind="mail").count() == 1
        transaction.set_rollback(True)
    assert (Job.objects.count(), mail.outbox) == (0, [])


def test_a_mail_server_that_is_down_undoes_nothing(
    submitted: Intervention, moderator: User, settings: Any
) -> None:
    settings.EMAIL_BACKEND = "portal.work.mail_backend.EmailBackend"
    settings.MAIL_DELIVERY = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    domain.decide("intervention", submitted.key, "approved", actor=person(moderator), now=NOW)
    assert do_all("mail") == 1
    submitted.refresh_from_db()
    assert (submitted.state, Job.objects.get(kind="mail").state) == ("published", "waiting")


def test_every_decision_has_its_words_and_a_verb() -> None:
    for of in review_types():
        for row in of.decisions:
            assert callable(row.verb)
            assert "" not in {str(row.label), str(row.button)}
            assert bool(row.mail_subject) == bool(row.mail_text) == (row.code not in UNTOLD)
            assert bool(row.heading) == row.needs_reason


@pytest.mark.parametrize("state", ["draft", "info_requested", "declined", "listed", "suspended", "verified"])
def test_no_decision_is_taken_that_the_page_does_not_offer(db: None, moderator: User, state: str) -> None:
    made = make_organization(state=OrganizationState(state), name="Nadie la ha leido")
    offered = {row.code for row in review_type("organization").offered(person(moderator), made)}
    for code in {row.code for row in review_type("organization").decisions} - offered:
        with pytest.raises(WrongState):
            domain.decide(
                "organization",
                made.key,
                code,
                reason="R",
                ground="other",
                actor=person(moderator),
                now=NOW,
            )
    made.refresh_from_db()
    assert (made.state, Record.objects.exists(), Decision.objects.exists()) == (state, False, False)
