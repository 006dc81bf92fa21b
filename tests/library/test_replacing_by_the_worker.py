"""A large file in the place of another: the worker reads it, the old one stays until then."""

import hashlib
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import DjangoCaptureOnCommitCallbacks

from portal.accounts.models import User
from portal.common.actors import VISITOR, person
from portal.common.errors import NotAllowed, WrongState
from portal.files.refusals import Refused
from portal.library import taking
from portal.library.domain import withdraw_document
from portal.library.intakes import hand_over_in_place, take_in
from portal.library.models import LibraryDocument, LibraryIntake, library_storage
from portal.library.uploading import replace_with
from portal.work.models import Job
from tests.files.quality_texts import PROSE
from tests.library.conftest import IN, NOW, AddDocument

pytestmark = pytest.mark.django_db
NEW = (IN["en"] * 5).encode()


def given(document: LibraryDocument, editor: User, content: bytes = NEW) -> LibraryIntake:
    return hand_over_in_place(document, content=content, file_name="new.txt", actor=person(editor), now=NOW)


def test_a_large_file_waits_and_the_old_one_stays_until_it_is_read(
    added: AddDocument,
    editor: User,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    monkeypatch.setattr(taking, "LARGE", 300)
    document = added()
    old = document.sha256
    sent = SimpleUploadedFile("new.txt", NEW)
    assert not replace_with(document, sent, actor=person(editor), now=NOW)
    document.refresh_from_db()
    assert (document.version, document.sha256) == (1, old)
    with django_capture_on_commit_callbacks(execute=True):
        intake = take_in(LibraryIntake.objects.get(), now=NOW)
    document.refresh_from_db()
    assert (intake.state, intake.document, intake.given_by) == ("public", document, editor)
    assert (document.version, document.sha256, document.file_name) == (
        2,
        hashlib.sha256(NEW).hexdigest(),
        "new.txt",
    )
    assert [version.sha256 for version in document.versions.all()] == [old]
    assert library_storage().listdir("waiting")[1] == []


def test_a_small_file_is_there_at_once(added: AddDocument, editor: User) -> None:
    document = added()
    assert replace_with(document, SimpleUploadedFile("new.txt", NEW), actor=person(editor), now=NOW)
    assert not Job.objects.exists()


def test_one_file_waits_for_a_document_and_known_ones_do_not(added: AddDocument, editor: User) -> None:
    document, other = added(), added()
    given(document, editor)
    with pytest.raises(WrongState, match=r"Another file|Otro archivo"):
        given(document, editor, NEW * 2)
    with pytest.raises(WrongState):
        given(other, editor, Path(library_storage().path(str(document.file.name))).read_bytes())
    with pytest.raises(Refused):
        given(other, editor, b"")
    with pytest.raises(NotAllowed):
        hand_over_in_place(other, content=NEW, file_name="new.txt", actor=VISITOR, now=NOW)
    assert (LibraryIntake.objects.count(), Job.objects.count()) == (1, 1)


def test_what_cannot_be_read_leaves_the_old_file_and_says_why_in_the_language_of_who_gave_it(
    added: AddDocument, editor: User
) -> None:
    document = added()
    User.objects.filter(pk=editor.pk).update(language="fr")
    intake = take_in(LibraryIntake.objects.get(pk=given(document, editor, PROSE["es"].encode()).pk), now=NOW)
    document.refresh_from_db()
    assert (intake.state, document.version) == ("refused", 1)
    assert "une autre langue" in intake.problem


def test_a_document_withdrawn_meanwhile_stays_withdrawn(added: AddDocument, editor: User) -> None:
    document = added()
    intake = given(document, editor)
    withdraw_document(document, reason="Gone.", actor=person(editor), now=NOW)
    take_in(LibraryIntake.objects.get(pk=intake.pk), now=NOW)
    document.refresh_from_db()
    intake.refresh_from_db()
    assert (intake.state, document.live, document.passages.count()) == ("refused", False, 0)


def test_a_worker_that_ended_before_its_note_does_it_no_second_time(added: AddDocument, editor: User) -> None:
    document = added()
    intake = given(document, editor)
    take_in(intake, now=NOW)
    LibraryIntake.objects.filter(pk=intake.pk).update(
        state="reading", finished_at=None, document=None, file=f"waiting/{intake.key}.txt"
    )
    again = take_in(LibraryIntake.objects.get(pk=intake.pk), now=NOW)
    document.refresh_from_db()
    assert (again.state, again.document, document.version) == ("public", document, 2)
