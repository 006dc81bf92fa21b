"""Receipts at the desk: every version has its own, with its file, and the page says which code is which."""

import hashlib
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone, translation

from portal.accounts.models import User
from portal.common.actors import person
from portal.organizations.models import Organization
from portal.submissions import domain
from portal.submissions.models import Submission, SubmittedVersion
from portal.submissions.queries import versions_of
from tests.factories.pages import ConsultationTree
from tests.submissions.kinds import Kind

NOW = timezone.now() - timedelta(hours=1)


@pytest.fixture
def twice(
    kind: Kind,
    organization: Organization,
    focal_point: User,
    moderator: User,
    consultation_pages: ConsultationTree,
) -> Submission:
    """Submitted, returned, changed and submitted again."""
    row = kind.make(organization, consultation_pages, "submitted", submitted_at=NOW)
    back = domain.return_to_author(row, reason="Why", actor=person(moderator), now=NOW)
    fields, actor = kind.fields(title="Mended"), person(focal_point)
    saved = domain.save_draft(back, fields=fields, revision=1, actor=actor, now=NOW)
    domain.submit(saved, submit_key=saved.submit_key, actor=actor, now=NOW + timedelta(minutes=5))
    return saved


def url(kind: Kind, name: str, *args: object) -> str:
    with translation.override("en"):
        return kind.of.address(name, *args)


@pytest.mark.few(1)
def test_every_version_keeps_its_receipt_and_its_file(
    kind: Kind, client: Client, focal_point: User, twice: Submission
) -> None:
    client.force_login(focal_point)
    listed = client.get(url(kind, "receipts", twice.key)).content.decode()
    for version in versions_of(twice):
        file = url(kind, "sent_file_of", twice.key, version.receipt_number)
        receipt = client.get(url(kind, "receipt_of", twice.key, version.receipt_number)).content.decode()
        assert (version.receipt_number in receipt, version.digest in receipt, file in receipt) == (True,) * 3
        assert (version.receipt_number in listed, version.digest in listed, file in listed) == (True,) * 3
        assert hashlib.sha256(client.get(file).content).hexdigest() == version.digest
    first, second = versions_of(twice)
    assert first.digest != second.digest


@pytest.mark.few(1)
def test_the_old_addresses_give_the_newest_version(
    kind: Kind, client: Client, focal_point: User, twice: Submission
) -> None:
    client.force_login(focal_point)
    newest = versions_of(twice).last()
    assert newest is not None
    assert newest.receipt_number in client.get(url(kind, "receipt", twice.key)).content.decode()
    response = client.get(url(kind, "sent_file", twice.key))
    assert (response.content.decode(), response.headers["Content-Disposition"]) == (
        newest.content,
        f'attachment; filename="{newest.receipt_number}.json"',
    )


@pytest.mark.few(1)
def test_a_version_whose_text_was_not_kept_has_no_file(
    kind: Kind, client: Client, focal_point: User, twice: Submission
) -> None:
    SubmittedVersion.objects.filter(number=1).update(content="")
    client.force_login(focal_point)
    first = versions_of(twice)[0]
    file = url(kind, "sent_file_of", twice.key, first.receipt_number)
    assert client.get(file).status_code == 404
    listed = client.get(url(kind, "receipts", twice.key)).content.decode()
    assert (file in listed, "The file of this version is not kept." in listed) == (False, True)


@pytest.mark.few(1)
def test_the_receipt_says_where_it_stands_once_it_was_read(
    kind: Kind, client: Client, focal_point: User, moderator: User, twice: Submission
) -> None:
    client.force_login(focal_point)
    address, follows = url(kind, "receipt", twice.key), "The secretariat reads it next."
    assert follows in client.get(address).content.decode()
    first = versions_of(twice)[0]
    old = client.get(url(kind, "receipt_of", twice.key, first.receipt_number)).content.decode()
    domain.publish(twice, actor=person(moderator), now=timezone.now())
    html = client.get(address).content.decode()
    assert (follows in old, follows in html, "Current state: Published." in html) == (
        False,
        False,
        True,
    )


def test_receipts_of_others_and_unknown_numbers_are_not_found(
    kind: Kind, client: Client, focal_point: User, other_org_member: User, twice: Submission
) -> None:
    number = versions_of(twice)[0].receipt_number
    client.force_login(focal_point)
    assert client.get(url(kind, "receipt_of", twice.key, "AAAAA-AAAAA")).status_code == 404
    client.force_login(other_org_member)
    for name, args in (
        ("receipts", ()),
        ("receipt", ()),
        ("receipt_of", (number,)),
        ("sent_file_of", (number,)),
    ):
        assert client.get(url(kind, name, twice.key, *args)).status_code == 404


@pytest.mark.few(3)
@pytest.mark.parametrize(
    ("language", "sent", "published"),
    [
        ("es", "Código de control de lo que envió", "Código de control de la versión publicada"),
        ("en", "Control code of what you submitted", "Control code of the published version"),
        ("pt", "Código de controle do que você enviou", "Código de controle da versão publicada"),
        ("fr", "Code de contrôle de ce que vous avez envoyé", "Code de contrôle de la version publiée"),
    ],
)
def test_receipt_and_public_page_say_which_code_is_which(
    kind: Kind,
    client: Client,
    focal_point: User,
    moderator: User,
    twice: Submission,
    language: str,
    sent: str,
    published: str,
) -> None:
    record = domain.publish(twice, actor=person(moderator), now=timezone.now())
    client.force_login(focal_point)
    with translation.override(language):
        receipt = client.get(kind.of.address("receipt", twice.key)).content.decode()
    public = client.get(record.path(language)).content.decode()
    assert (sent in receipt, published in receipt) == (True, False)
    assert (published in public, sent in public) == (True, False)
    words = ("fingerprint", "huella", "impressão digital", "empreinte")
    assert [word for word in words if word in (receipt + public).lower()] == []
