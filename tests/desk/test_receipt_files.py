"""Receipts as files and by mail: in the language of who submitted, the same bytes each time, sent once."""

import io
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.test import Client, override_settings
from django.utils import timezone, translation
from pypdf import PdfReader

from portal.accounts.models import User
from portal.common.actors import person
from portal.common.languages import CODES
from portal.desk.receipts.domain import send_receipts
from portal.desk.receipts.files import Form, file_of
from portal.desk.receipts.words import following
from portal.organizations.enums import Role
from portal.organizations.models import Membership, Organization
from portal.submissions import domain
from portal.submissions.models import ReceiptFile, Submission, SubmittedVersion
from portal.submissions.queries import versions_of
from tests.factories.pages import ConsultationTree
from tests.submissions.kinds import KINDS, Kind
from tests.thinning import thinned

# The night on which clocks go back in Mexico City's neighbours and in Geneva: ten working days across it.
AT = datetime(2026, 10, 23, 23, 30, tzinfo=UTC)
CANARY = "zunzuncanario"


@pytest.fixture
def submitted(organization: Organization, focal_point: User, consultation_pages: ConsultationTree) -> Any:
    return submitted_by(focal_point, KINDS["intervention"], organization, consultation_pages)


def submitted_by(user: User, kind: Kind, organization: Organization, pages: ConsultationTree) -> Submission:
    row, actor = kind.make(organization, pages), person(user)
    fields = kind.complete(pages)
    saved = domain.save_draft(row, fields=fields, revision=1, actor=actor, now=AT)
    domain.submit(saved, submit_key=saved.submit_key, actor=actor, now=AT)
    saved.refresh_from_db()
    return saved


def version_of(row: Submission) -> SubmittedVersion:
    version = versions_of(row).last()
    assert version is not None
    return version


def address(row: Submission, form: str, language: str = "en") -> str:
    with translation.override(language):
        of = KINDS[row.kind].of
        return of.address("receipt_file", row.key, version_of(row).receipt_number, form)


def words_in(content: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).split())


@pytest.mark.parametrize("language", thinned(CODES, lambda code: code == "es"))
def test_both_files_say_all_of_the_receipt_in_the_language_of_who_submitted(
    client: Client, focal_point: User, submitted: Submission, language: str
) -> None:
    User.objects.filter(pk=focal_point.pk).update(language=language)
    version = version_of(submitted)
    version.refresh_from_db()
    client.force_login(User.objects.get(pk=focal_point.pk))
    with translation.override(language):
        told = (*following(version), translation.gettext("What comes next"), version.receipt_number)
        received = str(KINDS["intervention"].of.phrases.received)
    text = client.get(address(submitted, "txt", "fr")).content.decode()
    content = client.get(address(submitted, "pdf", "fr")).content
    read = words_in(content)
    for each in (*told, received, f"/{language}/verify/?number={version.receipt_number}"):
        assert (each in text, " ".join(each.split()) in read, each) == (True, True, each)
    assert (version.digest in text, version.digest in read.replace(" ", "")) == (True, True)
    assert (len(content) < 60_000, b"FontFile2" in content, "UTC" in read) == (True, True, True)


def test_a_receipt_says_nothing_of_the_text_or_its_organization(
    client: Client, focal_point: User, organization: Organization, submitted: Submission
) -> None:
    client.force_login(focal_point)
    read = words_in(client.get(address(submitted, "pdf")).content)
    read += client.get(address(submitted, "txt")).content.decode()
    private = (submitted.title, organization.name, focal_point.name, focal_point.email, str(submitted.key))
    assert [word for word in private if word in read] == []


@pytest.mark.few(1)
@pytest.mark.parametrize("form", ["pdf", "txt"])
def test_the_same_bytes_whenever_and_by_whomever_it_is_downloaded(
    client: Client, focal_point: User, member_editor: User, moderator: User, submitted: Submission, form: str
) -> None:
    """After the clocks have changed, in another language, by somebody else, once it was decided."""
    client.force_login(focal_point)
    first = client.get(address(submitted, form)).content
    User.objects.filter(pk=focal_point.pk).update(language="fr")
    domain.publish(submitted, actor=person(moderator), now=AT + timedelta(days=9))
    with override_settings(TIME_ZONE="America/Mexico_City", DECISION_WORKING_DAYS=3):
        for user in (focal_point, member_editor, moderator):
            client.force_login(user)
            for language in ("es", "pt"):
                assert client.get(address(submitted, form, language)).content == first
    assert ReceiptFile.objects.filter(form=form).count() == 1


def test_the_day_by_which_it_is_read_is_that_of_its_submission(submitted: Submission) -> None:
    """Ten working days after a Friday; the clock on the wall says which day that was."""
    with translation.override("en"):
        assert "by 6 November 2026" in following(version_of(submitted))[0]
        with timezone.override("Asia/Tokyo"):
            assert "by 6 November 2026" in following(version_of(submitted))[0]


def test_files_are_for_who_reads_the_text_alone(
    client: Client, other_org_member: User, submitted: Submission
) -> None:
    client.force_login(other_org_member)
    assert [client.get(address(submitted, form)).status_code for form in ("pdf", "txt")] == [404, 404]
    assert ReceiptFile.objects.count() == 0


def test_no_other_form_and_no_other_number(client: Client, focal_point: User, submitted: Submission) -> None:
    client.force_login(focal_point)
    number = version_of(submitted).receipt_number
    assert client.get(address(submitted, "exe")).status_code == 404
    assert client.get(address(submitted, "pdf").replace(number, "AAAAA-AAAAA")).status_code == 404


def test_the_worker_sends_it_once_and_keeps_its_files(submitted: Submission, focal_point: User) -> None:
    assert (len(mail.outbox), send_receipts(), send_receipts()) == (0, 1, 0)
    (message,) = mail.outbox
    version = version_of(submitted)
    assert (message.to, version.receipt_number in message.subject) == ([focal_point.email], True)
    with translation.override(focal_point.language):
        told = following(version)
    body = str(message.body)
    assert [each for each in (*told, version.digest, "/verify/?number=") if each not in body] == []
    assert submitted.body not in body  # type: ignore[attr-defined]
    assert sorted(ReceiptFile.objects.values_list("form", flat=True)) == ["pdf", "txt"]


def test_one_receipt_that_fails_keeps_no_other_waiting(
    submitted: Submission,
    focal_point: User,
    organization: Organization,
    consultation_pages: ConsultationTree,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Its text is gone, as after a deletion by hand."""
    first = version_of(submitted)
    SubmittedVersion.objects.filter(pk=first.pk).update(submission_key=uuid4())
    later = version_of(submitted_by(focal_point, KINDS["practice"], organization, consultation_pages))
    assert (send_receipts(), first.pk < later.pk) == (1, True)
    (message,) = mail.outbox
    assert later.receipt_number in message.subject
    assert f"event=receipt_failed version={first.pk}" in caplog.text
    assert list(SubmittedVersion.objects.filter(is_to_tell=True)) == [first]


def test_who_wrote_it_is_told_in_their_own_language(
    organization: Organization,
    member_editor: User,
    signatory: User,
    consultation_pages: ConsultationTree,
) -> None:
    User.objects.filter(pk=member_editor.pk).update(language="pt")
    row = submitted_by(signatory, KINDS["intervention"], organization, consultation_pages)
    type(row).objects.filter(pk=row.pk).update(author=member_editor)
    send_receipts()
    assert {message.to[0] for message in mail.outbox} == {member_editor.email, signatory.email}
    addresses = {message.to[0]: "/pt/verify/" in str(message.body) for message in mail.outbox}
    assert addresses == {member_editor.email: True, signatory.email: False}


def test_who_left_the_organization_is_not_told(
    submitted: Submission, organization: Organization, focal_point: User, signatory: User
) -> None:
    Membership.objects.filter(user=signatory).update(role=Role.OWNER)
    Membership.objects.filter(user=focal_point, organization=organization).delete()
    assert (send_receipts(), mail.outbox) == (1, [])


@pytest.mark.few(1)
def test_every_kind_has_its_receipt_by_mail(
    kind: Kind, organization: Organization, focal_point: User, consultation_pages: ConsultationTree
) -> None:
    submitted_by(focal_point, kind, organization, consultation_pages)
    assert (send_receipts(), len(mail.outbox)) == (1, 1)


def test_what_the_secretariat_takes_in_is_not_told(organization: Organization, focal_point: User) -> None:
    row = KINDS["pledge"].make_row(organization)
    domain.keep_version(row, {"title": CANARY}, actor=person(focal_point), now=AT)
    assert (send_receipts(), mail.outbox) == (0, [])


def test_two_who_make_a_file_at_once_get_the_first(submitted: Submission) -> None:
    of, version = KINDS["intervention"].of, version_of(submitted)
    ReceiptFile.objects.create(version=version, form="txt", content=b"first", made_at=AT)
    assert file_of(of, version, Form.TEXT, now=AT) == b"first"
