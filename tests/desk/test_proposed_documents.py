"""Proposed documents: nothing public before a yes, the reason of a no, and who may do and read what."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from portal.accounts.models import User
from portal.common.actors import Group, person
from portal.library.models import DocumentProposal, LibraryDocument
from portal.library.rules import can_decide
from portal.organizations.enums import OrganizationState, Role
from portal.organizations.models import Organization
from tests.factories import make_organization, make_user
from tests.factories.library import make_proposal
from tests.factories.organizations import add_member
from tests.library.conftest import PARAGRAPH
from tests.markup import dense

pytestmark = pytest.mark.django_db
ROOM = "/en/desk/proposed-documents/"
SAID = {"title": "Zunzuncanario", "kind": "guide", "language": "en", "offer": "cleaned", "dated": "2024-05"}


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "media"


@pytest.fixture
def proposer(db: None) -> User:
    user = make_user(language="en")
    make_organization(name="Own", state=OrganizationState.VERIFIED, owner=user)
    return user


def send(client: Client, user: User, content: bytes = PARAGRAPH.encode(), **more: Any) -> Any:
    client.force_login(user)
    key = Organization.objects.get(members=user).key if "organization" not in more else ""
    file = SimpleUploadedFile("zunzuncanario.txt", content)
    return client.post(f"{ROOM}new/", SAID | {"organization": str(key), "file": file} | more)


def files_in(folder: Path) -> list[str]:
    return [path.name for path in folder.rglob("*") if path.is_file()]


def test_nothing_is_public_before_an_editor_accepts(
    client: Client, proposer: User, media: Path, django_capture_on_commit_callbacks: Any
) -> None:
    assert send(client, proposer, why="It is short.").status_code == 302
    row = DocumentProposal.objects.get()
    reader = Client()
    public = ("/en/library/", "/api/v1/documents", "/data/catalogue.jsonld")
    assert ["unzuncanario" in reader.get(path).text for path in public] == [False] * 3
    assert (LibraryDocument.objects.count(), len(files_in(media))) == (0, 1)
    client.force_login(make_user(Group.EDITOR, language="en"))
    assert "It is short." in client.get(f"{ROOM}{row.key}/").text
    file = client.get(f"{ROOM}{row.key}/file/")
    assert (file.content, file.headers["Content-Disposition"].startswith("attachment")) == (
        PARAGRAPH.encode(),
        True,
    )
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(f"{ROOM}{row.key}/accept/").status_code == 302
    document = LibraryDocument.objects.get()
    told = (document.title, document.kind, document.dated, document.offer, document.file_name)
    assert told == ("Zunzuncanario", "guide", "2024-05", "cleaned", "zunzuncanario.txt")
    assert "Zunzuncanario" in reader.get("/en/library/").text
    assert not [name for name in files_in(media) if name.startswith("proposed-")]
    client.post(f"{ROOM}{row.key}/decline/", {"reason": "Too late"})
    row.refresh_from_db()
    assert (row.state, row.document, row.reason) == ("accepted", document, "")
    client.force_login(proposer)
    assert document.public_id in client.get(f"{ROOM}{row.key}/").text


def test_who_proposed_reads_why_it_was_declined(
    client: Client, proposer: User, media: Path, django_capture_on_commit_callbacks: Any
) -> None:
    send(client, proposer)
    row = DocumentProposal.objects.get()
    client.force_login(make_user(Group.EDITOR, language="en"))
    assert "Say why" in client.post(f"{ROOM}{row.key}/decline/", {"reason": " "}).text
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(f"{ROOM}{row.key}/decline/", {"reason": "Not of the process."}).status_code == 302
    assert (LibraryDocument.objects.count(), files_in(media)) == (0, [])
    client.force_login(proposer)
    assert "Not of the process." in client.get(f"{ROOM}{row.key}/").text


def test_a_bad_file_is_refused_in_words_and_what_was_typed_stays(client: Client, proposer: User) -> None:
    answer = send(client, proposer, b"", why="Kept words")
    assert "This file is empty." in dense(answer.text)
    assert "Kept words" in answer.text
    send(client, proposer)
    again = dense(send(client, proposer).text)
    assert "This very file is in the library already, or waits for an editor." in again
    assert DocumentProposal.objects.count() == 1


def test_only_writers_of_verified_organizations_and_the_observatory_propose(
    client: Client, proposer: User, moderator: User
) -> None:
    viewer, draft, withheld = (make_user(language="en") for _each in range(3))
    add_member(Organization.objects.get(members=proposer), viewer, Role.VIEWER)
    make_organization(name="Draft", state=OrganizationState.DRAFT, owner=draft)
    hidden = make_organization(name="Hidden", state=OrganizationState.VERIFIED, owner=withheld)
    Organization.objects.filter(pk=hidden.pk).update(is_protected=True)
    key = str(Organization.objects.get(members=proposer, name="Own").key)
    for user in (moderator, viewer, draft, withheld):
        assert "<form method" not in send(client, user, organization=key).text.partition("<main")[2]
    observatory = make_user(Group.OBSERVATORY, language="en")
    assert send(client, observatory, organization=key).status_code == 200
    assert DocumentProposal.objects.count() == 0
    assert send(client, observatory, organization="observatory").status_code == 302


def test_nobody_decides_about_what_is_their_own_or_their_organizations(proposer: User) -> None:
    own = Organization.objects.get(members=proposer)
    colleague, other = (make_user(Group.EDITOR) for _each in range(2))
    add_member(own, colleague, Role.VIEWER)
    row = make_proposal(own, proposer)
    proposer.groups.add(*colleague.groups.all())
    assert [can_decide(person(user), row) for user in (proposer, colleague, other)] == [False, False, True]
