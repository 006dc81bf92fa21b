"""Adding and withdrawing documents: all or nothing, once, and only by those who may."""

import hashlib
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from pytest_django import DjangoCaptureOnCommitCallbacks

from portal.accounts.models import User
from portal.common.actors import VISITOR, person, system
from portal.common.errors import NotAllowed
from portal.common.events import history
from portal.common.models import Event
from portal.library.domain import Added, add_document, withdraw_document
from portal.library.extraction import Refused
from portal.library.models import LibraryDocument, LibraryPassage
from portal.library.signals import document_changed
from portal.tables.report import Outcome
from tests.library.builders import column, pdf_of
from tests.library.conftest import NOW, PARAGRAPH, AddDocument
from tests.rivals import after_query

pytestmark = pytest.mark.django_db


def files_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file()) if folder.exists() else []


def test_a_document_comes_with_passages_file_and_event(added: AddDocument, library_folder: Path) -> None:
    document = added(
        text=f"# One\n\n{PARAGRAPH * 8}", name="plan.md", title=" The plan ", kind="plan", source="A town"
    )
    digest = hashlib.sha256(f"# One\n\n{PARAGRAPH * 8}".encode()).hexdigest()
    assert (
        document.title,
        document.kind,
        document.source,
        document.file_name,
        document.pages,
        document.live,
    ) == (
        "The plan",
        "plan",
        "A town",
        "plan.md",
        1,
        True,
    )
    assert document.sha256 == digest
    assert files_in(library_folder) == [f"{digest}.md"]
    assert document.public_id == f"D-{document.pk:05d}"
    assert list(document.passages.values_list("position", "heading")) == [
        (n, "One") for n in range(1, document.passages_count + 1)
    ]
    assert [event.action for event in history("document", document.public_id)] == ["added"]


def test_passages_keep_the_page_of_a_pdf(tmp_path: Path) -> None:
    path = tmp_path / "two.pdf"
    path.write_bytes(
        pdf_of([column([f"Line {n} of page {page} ends here." for n in range(30)]) for page in (1, 2)])
    )
    document = add_document(
        path=path, language="en", title="Two pages", actor=system("test"), now=NOW
    ).document
    assert document.pages == 2
    assert set(document.passages.values_list("page", flat=True)) == {1, 2}
    assert [f"page {passage.page}" in passage.text for passage in document.passages.all()] == [True] * (
        document.passages_count
    )


def test_the_same_file_again_changes_nothing(tmp_path: Path, library_folder: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(PARAGRAPH)
    values = {"path": path, "language": "en", "title": "A", "actor": system("test"), "now": NOW}
    first, again = add_document(**values), add_document(**values)
    assert (first.outcome, again.outcome) == (Outcome.CREATED, Outcome.UNCHANGED)
    assert again.document.pk == first.document.pk
    assert (LibraryDocument.objects.count(), len(files_in(library_folder)), Event.objects.count()) == (
        1,
        1,
        1,
    )


def test_the_same_file_with_another_description_is_updated(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(PARAGRAPH)
    values = {"path": path, "language": "en", "actor": system("test"), "now": NOW}
    first = add_document(**values, title="A")
    again = add_document(**values, title="B", year=2020)
    first.document.refresh_from_db()
    assert again.outcome == Outcome.UPDATED
    assert (first.document.title, first.document.year, LibraryPassage.objects.count()) == ("B", 2020, 1)


def test_a_refused_file_leaves_nothing(tmp_path: Path, library_folder: Path) -> None:
    path = tmp_path / "lie.pdf"
    path.write_bytes(b"This is no PDF. " * 20)
    with pytest.raises(Refused):
        add_document(path=path, language="en", title="Lie", actor=system("test"), now=NOW)
    assert (LibraryDocument.objects.count(), LibraryPassage.objects.count(), Event.objects.count()) == (
        0,
        0,
        0,
    )
    assert files_in(library_folder) == []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", " "),
        ("title", "x" * 301),
        ("language", "de"),
        ("kind", "novel"),
        ("year", 1800),
        ("source", "x" * 501),
    ],
)
def test_a_description_that_cannot_stand_names_its_field(tmp_path: Path, field: str, value: object) -> None:
    path = tmp_path / "a.txt"
    path.write_text(PARAGRAPH)
    values = {"language": "en", "title": "A", "kind": "other", "year": 2024, "source": "", field: value}
    with pytest.raises(ValidationError) as invalid:
        add_document(path=path, actor=system("test"), now=NOW, **values)
    assert list(invalid.value.message_dict) == [field]
    assert LibraryDocument.objects.count() == 0


def test_listeners_that_fail_undo_everything(tmp_path: Path, library_folder: Path) -> None:
    def fail(**kwargs: object) -> None:
        raise RuntimeError("the index said no")

    path = tmp_path / "a.txt"
    path.write_text(PARAGRAPH)
    document_changed.connect(fail)
    try:
        with pytest.raises(RuntimeError):
            add_document(path=path, language="en", title="A", actor=system("test"), now=NOW)
    finally:
        document_changed.disconnect(fail)
    assert (LibraryDocument.objects.count(), LibraryPassage.objects.count(), files_in(library_folder)) == (
        0,
        0,
        [],
    )


def test_every_change_is_announced_by_number(added: AddDocument) -> None:
    heard: list[str] = []

    def hear(*, key: str, **kwargs: object) -> None:
        heard.append(key)

    document_changed.connect(hear)
    try:
        document = added()
        withdraw_document(document, actor=system("test"), now=NOW)
    finally:
        document_changed.disconnect(hear)
    assert heard == [document.public_id, document.public_id]


def test_withdrawing_leaves_number_and_dates_only(
    added: AddDocument,
    library_folder: Path,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    document = added(title="Secret words")
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_document(document, actor=system("test"), now=NOW)
    document.refresh_from_db()
    assert (document.live, document.title, document.file.name, document.sha256, document.passages_count) == (
        False,
        "",
        "",
        "",
        0,
    )
    assert (document.withdrawn_at, document.passages.count(), files_in(library_folder)) == (NOW, 0, [])
    again = withdraw_document(document, actor=system("test"), now=NOW + timedelta(days=1))
    assert again.withdrawn_at == NOW


def test_a_withdrawn_file_may_come_back_under_a_new_number(added: AddDocument) -> None:
    first = added(text=PARAGRAPH)
    withdraw_document(first, actor=system("test"), now=NOW)
    assert added(text=PARAGRAPH).pk != first.pk


def test_only_editors_add_and_withdraw(
    added: AddDocument, tmp_path: Path, editor: User, moderator: User, focal_point: User
) -> None:
    document = added()
    path = tmp_path / "b.txt"
    path.write_text("Other words.")
    for actor in (VISITOR, person(moderator), person(focal_point)):
        with pytest.raises(NotAllowed):
            add_document(path=path, language="en", title="B", actor=actor, now=NOW)
        with pytest.raises(NotAllowed):
            withdraw_document(document, actor=actor, now=NOW)
    assert (
        add_document(path=path, language="en", title="B", actor=person(editor), now=NOW).outcome == "created"
    )
    assert withdraw_document(document, actor=person(editor), now=NOW).live is False


def test_a_file_added_twice_at_the_same_moment_is_one(tmp_path: Path, library_folder: Path, db: None) -> None:
    path = tmp_path / "plan.txt"
    path.write_text(PARAGRAPH)

    def add() -> Added:
        return add_document(path=path, language="en", title="Plan", actor=system("test"), now=NOW)

    first: list[Added] = []
    with after_query('SELECT "library_librarydocument"', lambda: first.append(add())):
        second = add()
    assert (second.document, second.outcome) == (first[0].document, Outcome.UNCHANGED)
    assert (LibraryDocument.objects.count(), len(files_in(library_folder))) == (1, 1)


def test_another_error_of_the_database_is_no_second_adding(tmp_path: Path, library_folder: Path) -> None:
    """A document whose number is taken, say: it is not taken for the same file."""
    path = tmp_path / "plan.txt"
    path.write_text(PARAGRAPH)

    def refuse(**kwargs: object) -> None:
        raise IntegrityError("another constraint")

    document_changed.connect(refuse)
    try:
        with pytest.raises(IntegrityError, match="another constraint"):
            add_document(path=path, language="en", title="Plan", actor=system("test"), now=NOW)
    finally:
        document_changed.disconnect(refuse)
    assert LibraryDocument.objects.count() == 0
