"""The file of a document: replaced under its number, downloaded as it is or cleaned, gone when withdrawn."""

import hashlib
import io
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from docx import Document
from pytest_django import DjangoCaptureOnCommitCallbacks

from portal.common.actors import VISITOR, system
from portal.common.errors import NotAllowed, WrongState
from portal.files.refusals import Refused
from portal.library.describing import About, correct_document
from portal.library.domain import add_document, withdraw_document
from portal.library.models import LibraryDocument
from portal.library.replacing import replace_file
from tests.library.conftest import NOW, PARAGRAPH, AddDocument

pytestmark = pytest.mark.django_db
EDITOR = system("test")
PAGE = "/en/library/{}/original/"


def files_in(folder: Path) -> set[str]:
    return {path.name for path in folder.rglob("*") if path.is_file()}


def test_a_new_file_keeps_number_and_the_old_hash(
    added: AddDocument,
    tmp_path: Path,
    library_folder: Path,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    document = added(title="The book", text=PARAGRAPH * 3)
    old, path = document.sha256, tmp_path / "second edition.md"
    path.write_text(f"# Second\n\n{PARAGRAPH * 9}")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    with pytest.raises(NotAllowed):
        replace_file(document, path=path, actor=VISITOR, now=NOW)
    with django_capture_on_commit_callbacks(execute=True):
        replace_file(document, path=path, actor=EDITOR, now=NOW)
    document.refresh_from_db()
    assert (document.title, document.version, document.sha256) == ("The book", 2, digest)
    assert document.file_name == "second edition.md"
    assert list(document.versions.values_list("number", "sha256", "file_name")) == [(1, old, "book.txt")]
    assert set(document.passages.values_list("heading", flat=True)) == {"Second"}
    assert document.passages.count() == document.passages_count
    assert files_in(library_folder) == {f"{digest}.md"}


def test_a_file_that_is_bad_or_known_replaces_nothing(
    added: AddDocument, tmp_path: Path, library_folder: Path
) -> None:
    document, other = added(), added(text=f"Another. {PARAGRAPH}")
    before = (files_in(library_folder), LibraryDocument.objects.values_list("sha256", "version"))
    bad, known = tmp_path / "bad.pdf", tmp_path / "known.txt"
    bad.write_bytes(b"This is no PDF. " * 20)
    known.write_text(f"Another. {PARAGRAPH}")
    with pytest.raises(Refused):
        replace_file(document, path=bad, actor=EDITOR, now=NOW)
    with pytest.raises(WrongState, match=other.public_id):
        replace_file(document, path=known, actor=EDITOR, now=NOW)
    withdraw_document(other, actor=EDITOR, now=NOW)
    with pytest.raises(WrongState):
        replace_file(other, path=known, actor=EDITOR, now=NOW)
    assert (document.versions.count(), before[0] - files_in(library_folder)) == (0, set())


def test_the_original_is_downloaded_byte_for_byte_and_never_shown_inside(
    client: Client, added: AddDocument
) -> None:
    document = added(text=PARAGRAPH, name="a.txt")
    LibraryDocument.objects.filter(pk=document.pk).update(file_name='..\\x"<b>\u202e.exe')
    answer = client.get(PAGE.format(document.public_id))
    assert (answer.content, answer.status_code) == (PARAGRAPH.encode(), 200)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="x b.txt"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Repr-Digest"].startswith("sha-256=:")
    assert answer.cookies == {}


def test_the_copy_has_no_name_of_its_author(client: Client, tmp_path: Path) -> None:
    written, path = Document(), tmp_path / "note.docx"
    written.core_properties.author = "Zunzuncanario"
    written.add_paragraph(PARAGRAPH)
    written.save(path)
    document = add_document(path=path, language="en", title="A", actor=EDITOR, now=NOW).document
    page = PAGE.format(document.public_id)
    assert Document(io.BytesIO(client.get(page).content)).core_properties.author == "Zunzuncanario"
    correct_document(document, About(offer="cleaned"), actor=EDITOR, now=NOW)
    copy = client.get(page).content
    document.refresh_from_db()
    assert Document(io.BytesIO(copy)).core_properties.author == ""
    assert hashlib.sha256(copy).hexdigest() == document.offered_sha256 == document.clean_sha256
    assert document.offered_sha256 != document.sha256
    correct_document(document, About(offer="none"), actor=EDITOR, now=NOW)
    assert client.get(page).status_code == 404
    assert client.get("/api/v1/documents").json()["results"][0]["file"] == ""


def test_withdrawn_tells_why_and_keeps_no_file(
    client: Client,
    added: AddDocument,
    library_folder: Path,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    document = added(title="Zunzuncanario")
    said = About(description="Zunzuncanario", rights="Zunzuncanario", offer="cleaned", countries=("CO",))
    correct_document(document, said, actor=EDITOR, now=NOW)
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_document(document, reason=" Replaced by the final text. ", actor=EDITOR, now=NOW)
    assert files_in(library_folder) == set()
    for path in (document.path("en"), PAGE.format(document.public_id)):
        page = client.get(path)
        assert (page.status_code, "Replaced by the final text." in page.text) == (410, True)
        assert "can appeal" not in page.text
    answer = client.get(f"/api/v1/documents/{document.public_id}")
    assert (answer.status_code, answer.json()["reason"]) == (410, "Replaced by the final text.")
    listed = client.get("/en/library/")
    assert ("Zunzuncanario" in listed.text, "Colombia" in listed.text) == (False, False)


def test_a_file_that_cannot_be_cleaned_is_offered_as_before(added: AddDocument, library_folder: Path) -> None:
    document = added(text=PARAGRAPH, name="note.md")
    (library_folder / str(document.file.name)).write_bytes(b"")
    with pytest.raises(ValidationError) as refusal:
        correct_document(document, About(title="B", offer="cleaned"), actor=EDITOR, now=NOW)
    assert list(refusal.value.message_dict) == ["offer"]
    document.refresh_from_db()
    assert (document.offer, document.title == "B") == ("original", False)
