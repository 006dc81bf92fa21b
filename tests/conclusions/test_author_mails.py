"""One mail to each organization once conclusions are public: in its language, without a word of others."""

from email import message_from_bytes
from email.message import Message
from email.policy import default
from typing import Any

import pytest
from django.core import mail
from django.db import transaction
from django.utils import timezone

from portal.accounts.models import User
from portal.common.actors import Group, person
from portal.common.models import Event
from portal.conclusions.domain import set_disposition
from portal.conclusions.enums import Outcome
from portal.conclusions.models import Conclusions, PublicConclusions
from portal.conclusions.publishing.author_mails import KIND
from portal.conclusions.publishing.domain import publish_conclusions
from portal.interventions.models import Intervention
from portal.organizations.enums import OrganizationState, Role
from portal.organizations.models import Organization
from portal.organizations.recipients import recipients_of
from portal.submissions import domain as submissions
from portal.submissions.states import SubmissionState
from portal.work.models import Job
from portal.work.running import run
from tests.factories import make_intervention, make_organization, make_user, publish_intervention
from tests.factories.backed_conclusions import complete, make_conclusions, publish_draft
from tests.factories.organizations import add_member
from tests.factories.pages import ConsultationTree
from tests.thinning import rarely
from tests.work.conftest import claim, do_all, stored_mails  # noqa: F401  # reason: a fixture

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stored_mails")]
SECRET = "Tordocanario"


@pytest.fixture
def both(
    organization: Organization, other_organization: Organization, consultation_pages: ConsultationTree
) -> list[Intervention]:
    """Two of one organization, one of another."""
    rows = []
    for author in (organization, organization, other_organization):
        row = make_intervention(
            author, state=SubmissionState.PUBLISHED, questions=consultation_pages.questions, title=SECRET
        )
        publish_intervention(row)
        rows.append(row)
    return rows


def sent() -> dict[str, Message]:
    """By address; every mail that waits goes out first."""
    do_all("long")
    do_all("mail")
    return {
        address: message_from_bytes(message.message().as_bytes(), policy=default)
        for message in mail.outbox
        for address in message.to
    }


def text_of(message: Message) -> str:
    return str(message.get_content())  # type: ignore[attr-defined]


def test_each_organization_gets_one_mail(
    both: list[Intervention], conclusions: Conclusions, focal_point: User, other_org_member: User
) -> None:
    other_org_member.language = "pt"
    other_org_member.save()
    publish_draft(conclusions)
    mails = sent()
    assert (len(mail.outbox), set(mails)) == (2, {focal_point.email, other_org_member.email})
    body = text_of(mails[other_org_member.email])
    assert "/accounts/login/?next=/pt/desk/contributions/became/" in body
    assert "Consultation (pt)" in body
    assert [SECRET in text_of(each) for each in mails.values()] == [False, False]
    event = Event.objects.get(action="authors_told")
    assert event.details == {"version": 1, "organizations": 2, "without_people": 0}


def test_nothing_is_told_while_nothing_is_published(
    both: list[Intervention], conclusions: Conclusions
) -> None:
    with transaction.atomic():
        publish_draft(conclusions)
        transaction.set_rollback(True)
    assert sent() == {}


@pytest.mark.long
def test_a_worker_that_dies_sends_nothing_twice(both: list[Intervention], conclusions: Conclusions) -> None:
    publish_draft(conclusions)
    job = claim()
    assert job is not None
    assert job.kind == KIND
    with transaction.atomic():
        run(job, stopped=lambda: False)
        assert Job.objects.filter(kind="mail").count() == 2
        transaction.set_rollback(True)
    Job.objects.filter(kind=KIND).update(state="waiting", worker="", leased_until=None)
    assert len(sent()) == 2
    assert (len(sent()), len(mail.outbox)) == (2, 2)


@pytest.mark.long
def test_a_later_version_tells_only_whom_it_says_something_new(
    both: list[Intervention],
    conclusions: Conclusions,
    consultation_pages: ConsultationTree,
    editor: User,
    other_org_member: User,
) -> None:
    publish_draft(conclusions, editor)
    sent()
    mail.outbox.clear()
    following = make_conclusions(consultation_pages, number=2)
    changed = {"intervention_key": both[2].key, "outcome": Outcome.CARRIED_OVER}
    set_disposition(following, **changed, actor=person(editor), now=timezone.now())
    complete(following, editor)
    publish_conclusions(following, actor=person(make_user(Group.EDITOR)), now=timezone.now())
    assert set(sent()) == {other_org_member.email}


def test_what_was_withdrawn_meanwhile_is_told_nobody(
    both: list[Intervention], conclusions: Conclusions, focal_point: User, other_org_member: User
) -> None:
    publish_draft(conclusions)
    submissions.withdraw(both[2], actor=person(other_org_member), now=timezone.now())
    assert set(sent()) == {focal_point.email}


def recipients(organization: Organization) -> tuple[list[str], str]:
    to = recipients_of([organization])[organization.pk]
    return to.addresses, to.language


def test_who_reads_it_and_in_which_language() -> None:
    organization = make_organization(state=OrganizationState.VERIFIED, language="fr")
    assert recipients(organization) == ([], "fr")
    add_member(organization, make_user(language="en"), Role.VIEWER)
    assert recipients(organization) == ([], "fr")
    writer, owner, other = make_user(language="en"), make_user(language="pt"), make_user(language="pt")
    add_member(organization, writer, Role.EDITOR)
    assert recipients(organization) == ([writer.email], "en")
    add_member(organization, owner, Role.OWNER)
    add_member(organization, other, Role.OWNER)
    assert recipients(organization) == ([owner.email, other.email], "pt")
    User.objects.filter(pk=other.pk).update(language="es")
    assert recipients(organization) == ([owner.email, other.email], "fr")
    User.objects.filter(pk__in=[owner.pk, other.pk]).update(is_active=False)
    assert recipients(organization) == ([writer.email], "en")


@pytest.mark.long
def test_an_organization_without_people_is_counted(
    conclusions: Conclusions, consultation_pages: ConsultationTree
) -> None:
    row = make_intervention(
        make_organization(state=OrganizationState.VERIFIED),
        state=SubmissionState.PUBLISHED,
        questions=consultation_pages.questions,
    )
    publish_intervention(row)
    publish_draft(conclusions)
    assert sent() == {}
    assert Event.objects.get(action="authors_told").details["without_people"] == 1
    assert PublicConclusions.objects.count() == 1


@pytest.mark.parametrize("number", [rarely(1), 3])
def test_telling_takes_few_queries_beside_the_mails(
    conclusions: Conclusions,
    consultation_pages: ConsultationTree,
    django_assert_num_queries: Any,
    number: int,
) -> None:
    for _ in range(number):
        organization = make_organization(state=OrganizationState.VERIFIED, owner=make_user())
        row = make_intervention(
            organization, state=SubmissionState.PUBLISHED, questions=consultation_pages.questions
        )
        publish_intervention(row)
    publish_draft(conclusions)
    job = claim()
    assert job is not None
    # Per mail: its title, and the job with its savepoint.
    with django_assert_num_queries(10 + 4 * number):
        run(job, stopped=lambda: False)
    assert Job.objects.filter(kind="mail").count() == number
